"""Rule: the pictures in knowledge/pictures.yaml belong to a section, and say in each language what they show."""

from collections.abc import Iterator

from chatbot.checks.agreed import PICTURES
from chatbot.checks.findings import Finding
from chatbot.checks.library import Library

LONGEST = 200


def pictures(library: Library) -> Iterator[Finding]:
    """Pictures without alternative text in a language, with a text that is long, or of a section that is not there."""
    known = {f"{file.document.id}#{section.id}" for file in library.files for section in file.document.sections}
    path = str(library.folder / PICTURES)
    for name, picture in library.agreed.pictures.items():
        for lang in library.languages:
            text = picture.alt.get(lang, "").strip()
            if not text:
                what = f"the picture `{name}` has no alternative text in `{lang}`"
                yield Finding(path, 1, what, f"write what it shows, under `alt:` as `{lang}: …`", "picture-text")
            elif len(text) > LONGEST:
                what = f"the alternative text of `{name}` in `{lang}` has {len(text)} letters"
                yield Finding(path, 1, what, f"say it in at most {LONGEST}", "picture-text", "warning")
        for place in picture.sections:
            if place not in known:
                what = f"the picture `{name}` belongs to `{place}`, which is not there"
                yield Finding(path, 1, what, "write `document#section`", "picture-section")
