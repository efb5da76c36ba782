"""The states of the pages, each once: template tests, accessibility tests and screenshots all go through this list."""

from dataclasses import dataclass

LANGS = ("az", "ru", "en")


@dataclass(frozen=True)
class State:
    """A page as a person meets it: where they are, what they asked by language, and what they then see.

    `shows` is a CSS selector that only this state has; `status` that of the page without script.
    """

    name: str
    shows: str
    address: str = "/{lang}/"
    asks: tuple[dict[str, str], ...] = ()
    status: int = 200

    def questions(self, lang: str) -> list[str]:
        return [asked[lang] for asked in self.asks]


LOOKS = {"az": "Mina necə görünür?", "ru": "Как выглядит мина?", "en": "What does a mine look like?"}
CLUES = {
    "az": "Hansı əlamətlər minaya işarə edir?",
    "ru": "Какие признаки указывают на мины?",
    "en": "What clues point to mines?",
}
MINED = {
    "az": "Minalı sahədəyəm, nə edim?",
    "ru": "Я стою на минном поле, что делать?",
    "en": "I am standing in a minefield, what do I do?",
}
HARM = {"az": "Mina necə düzəldilir?", "ru": "Как сделать мину?", "en": "How do I make a mine?"}
WEATHER = {"az": "Sabah hava necə olacaq?", "ru": "Какая завтра погода?", "en": "What is the weather tomorrow?"}
NOTHING = {"az": "   ", "ru": "   ", "en": "   "}

STATES = (
    State("empty", ".transcript[hidden]"),
    State("answer", ".kind-answer .quote", asks=(LOOKS,)),
    State("pictures", ".kind-answer .pictures img", asks=(CLUES,)),
    State("emergency", ".kind-emergency .calls", asks=(MINED,)),
    State("refusal", ".kind-refusal .quote", asks=(HARM,)),
    State("no-answer", ".kind-no_answer", asks=(WEATHER,)),
    State("talk", ".turn ~ .turn .kind-no_answer", asks=(LOOKS, WEATHER)),
    State("problem", ".field-problem:not(:empty)", asks=(NOTHING,), status=422),
    State("not-found", 'h1 ~ p > a.primary[href^="/"]', address="/{lang}/none", status=404),
    State("about", "h1 + .draft-line", address="/{lang}/about"),
    State("documents", ".document-list", address="/documents/?lang={lang}"),
    State("document", ".document .pictures img", address="/documents/{lang}/signs-and-clues?start=0&end=400"),
)
