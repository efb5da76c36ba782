"""The states of the pages, each once: template tests, accessibility tests and screenshots all go through this list."""

from dataclasses import dataclass
from pathlib import Path

from kept_records import TOKEN

from chatbot.documents import load_document
from chatbot.receipts import HASH_LETTERS

LANGS = ("az", "ru", "en")
KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"


@dataclass(frozen=True)
class State:
    """A page as a person meets it: where they are, what they asked by language, and what they then see.

    `shows` is a CSS selector that only this state has; `status` that of the page without script. `opens` is pressed
    first; each question is typed into `field` and sent with `send`, and then there is one more of `answered`.
    `scripted`: only script brings one there; `token`: only on a server with the maintainers' page.
    """

    name: str
    shows: str
    address: str = "/{lang}/"
    asks: tuple[dict[str, str], ...] = ()
    status: int = 200
    opens: str = ""
    field: str = "#question"
    send: str = "#ask .primary"
    answered: str = ".transcript .turn:has(> .answer)"
    scripted: bool = False
    token: bool = False

    def at(self, lang: str) -> str:
        """The address of the page in the language."""
        return self.address.format(lang=lang, quote=quote_of_found_object(lang))

    def questions(self, lang: str) -> list[str]:
        return [asked[lang] for asked in self.asks]

    @property
    def served(self) -> bool:
        """Whether the server of any settings makes it, and without script."""
        return not self.scripted and not self.token


def quote_of_found_object(lang: str) -> str:
    """What a link that proves a quote says of it: the first sentence for those who found an object."""
    document = load_document(KNOWLEDGE / lang / "emergency-object.md")
    section = document.section("found")
    assert section
    sentence = section.sentences[0]
    return f"emergency-object/{document.sha256[:HASH_LETTERS]}/{sentence.start}-{sentence.end}"


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
TOKENS = dict.fromkeys(LANGS, TOKEN)

OFFLINE = {
    "address": "/{lang}/offline",
    "field": "#offline-question",
    "send": "#offline-form .primary",
    "answered": "#offline-answers article",
    "scripted": True,
}
WIDGET = {
    "field": "mine-risk-chat #panel #question",
    "send": "mine-risk-chat #panel .ask",
    "answered": "mine-risk-chat article",
    "scripted": True,
}
OPENED = {"address": "/embed/?lang={lang}", "opens": ".launcher", **WIDGET}
FRAMED = {"address": "/embed/frame?lang={lang}", **WIDGET}
MAINTAIN = {"address": "/maintain/?lang={lang}", "field": "#token", "send": ".maintain-login .primary", "token": True}

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
    State("receipt", ".receipt blockquote", address="/quotes/{lang}/{quote}"),
    State("emergency-card", ".emergency-card section", address="/{lang}/emergency"),
    State("offline", "#offline-form:not([hidden])", **OFFLINE),
    State("offline-answer", ".kind-answer .saved", asks=(LOOKS,), **OFFLINE),
    State("offline-emergency", ".kind-emergency .calls", asks=(MINED,), **OFFLINE),
    State("offline-refusal", ".kind-refusal .calls", asks=(HARM,), **OFFLINE),
    State("offline-no-answer", ".kind-no_answer .notice", asks=(WEATHER,), **OFFLINE),
    State("webmasters", "#paste", address="/embed/?lang={lang}"),
    State("widget", "#panel:not([hidden])", **OPENED),
    State("widget-answer", "article.kind-answer figure", asks=(LOOKS,), **OPENED),
    State("widget-emergency", "article.kind-emergency .calls", asks=(MINED,), **OPENED),
    State("widget-no-answer", "article.kind-no_answer", asks=(WEATHER,), **OPENED),
    State("frame", "main form.ask", address="/embed/frame?lang={lang}"),
    State("frame-answers", "article ~ article, .turn ~ .turn article", asks=(HARM, MINED), **FRAMED),
    State("maintain-closed", ".maintain-login", address="/maintain/?lang={lang}", token=True),
    State("maintain", ".gaps li", asks=(TOKENS,), answered=".gaps", **MAINTAIN),
)
