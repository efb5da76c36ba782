"""A knowledge folder of one document in three languages, in order, to break in one place."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from knowledge_files import write

from chatbot.checks import FEWEST_QUESTIONS, Finding, check_knowledge

TODAY = date(2026, 3, 1)

HEAD = """\
title: {title}
kind: {kind}
audience: [everyone]
sources:
  - {{publisher: UNICEF, title: "Report of 2 May 2025", url: "https://www.unicef.org/ffl/", published: 2025-05-02}}
as_of: 2025-05-31
review_by: 2027-01-31
status: draft
"""

TITLES = {"en": "Mines", "az": "Minalar", "ru": "Мины"}

BODIES = {
    "en": """\
## Do not touch {#touch}

1. Stop. Do not touch the object.
2. Move away, then call 112.

## Figures {#figures}

According to UNICEF, 71 people were killed and 344 injured in Aghdam by 2 June 2025.
""",
    "az": """\
## Toxunmayın {#touch}

1. Dayanın. Əşyaya toxunmayın.
2. Uzaqlaşın, sonra 112-yə zəng edin.

## Rəqəmlər {#figures}

UNICEF-in məlumatına görə, 2025-ci il iyunun 2-nə qədər Ağdamda 71 nəfər həlak olub, 344 nəfər yaralanıb.
""",
    "ru": """\
## Не трогайте {#touch}

1. Остановитесь. Не трогайте предмет.
2. Отойдите, затем позвоните по номеру 112.

## Цифры {#figures}

По данным UNICEF, ко 2 июня 2025 года в Агдаме погиб 71 человек и ранены 344.
""",
}

AGREED = {
    "allowed.yaml": 'telephones: ["112"]\naddresses: [unicef.org]\nwords: {ru: [UNICEF]}\n',
    "places.yaml": "aghdam: {en: [Aghdam], az: [Ağdam], ru: [Агдам]}\nshusha: {en: [Shusha], az: [Şuşa], ru: [Шуш]}\n",
}


def text(lang: str, kind: str = "guidance") -> str:
    head = HEAD.format(title=TITLES[lang], kind=kind) + ("" if lang == "en" else "translation_of: en\n")
    return f"---\n{head}---\n\n{BODIES[lang]}"


def folder(path: Path, kind: str = "guidance") -> Path:
    """The whole folder, in which nothing is found."""
    for lang in BODIES:
        write(path, f"{lang}/mines.md", text(lang, kind))
        asked = "".join(f"{each}:\n{_asked(each)}" for each in ("touch", "figures"))
        write(path, f"{lang}/mines.questions.yaml", asked)
    for name, agreed in AGREED.items():
        write(path, name, agreed)
    return path


def change(path: Path, name: str, old: str, new: str) -> None:
    """Write one thing otherwise; it has to stand in the file."""
    file = path / name
    before = file.read_text("utf-8")
    assert old in before
    file.write_text(before.replace(old, new, 1), "utf-8", newline="")


def rules(found: Iterable[Finding]) -> set[str]:
    return {finding.rule for finding in found}


def check(path: Path) -> list[Finding]:
    return check_knowledge(path, TODAY)


def _asked(section: str) -> str:
    return "".join(f"- {section} {number}\n" for number in range(FEWEST_QUESTIONS))
