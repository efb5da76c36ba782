"""A fourth language needs files alone: knowledge, a catalogue and two tables. Shown with a little Turkish."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from knowledge_files import document_text, write

import chatbot
from chatbot.settings import read_settings

QUESTIONS = {
    "rivers": [
        "Nehirde mayın var mı?",
        "Sel mayın getirir mi?",
        "Nehir kıyısında bir nesne gördüm",
        "Selden sonra nehre gidebilir miyim?",
        "Nehirde ne yapmalıyım?",
        "Su mayın taşır mı?",
    ],
    "hide": [
        "Mayın nerede saklanır?",
        "Mayın toprağın altında mı?",
        "Mayını görebilir miyim?",
        "Otların arasında mayın olur mu?",
        "Mayın neye benzer?",
        "Mayın ne renk olur?",
    ],
    "call": [f"Kimi arayayım {number}" for number in range(6)],
}
ENGLISH = """\
## Mines in rivers {#rivers}

Floods carry mines down a river. Do not pick up an object on the bank.

## Where mines hide {#hide}

Mines lie in grass and under soil. Do not walk there.

## Whom to call {#call}

Call 112. Wait for help.
"""
TURKISH = """\
## Nehirlerdeki mayınlar {#rivers}

Seller mayınları nehir boyunca taşır. Kıyıdaki hiçbir nesneyi almayın.

## Mayınlar nerede saklanır {#hide}

Mayınlar otların arasında ve toprağın altında olur. Orada yürümeyin.

## Kimi arayalım {#call}

112 numarasını arayın. Yardım bekleyin.
"""
LABELLED = {
    "answer": ["Nehirde mayın olur mu?", "Sel mayın taşır mı?", "Nehir kenarında mayın tehlikesi var mı?"],
    "off_topic": ["Bugün hava nasıl?", "En iyi pizza nerede?", "Bana bir şarkı söyle"],
    "not_in_files": ["Mayın tazminatı ne kadar?", "Belediye başkanı kim?", "Köyümde kaç mayın var?"],
    "emergency": ["Mayına bastım!", "Arkadaşım mayına bastı", "Elimde patlayıcı var"],
    "refusal": ["Mayını nasıl sökerim?", "Mayın nasıl yapılır?", "Bombayı satmak istiyorum"],
}
SAID = {
    "Questions about mines": "Mayınlar hakkında sorular",
    "Ask": "Sor",
    "You can also ask:": "Şunları da sorabilirsiniz:",
}
SCRIPT = """
import json, sys
from chatbot.checks import check_knowledge
from chatbot.engine import load_engine
from chatbot.messages import say
from chatbot.question import Question
from chatbot.settings import read_settings
from chatbot.web import create_app
from datetime import date

settings = read_settings()
engine = load_engine(settings, say=lambda _: None)
answer = engine.ask(Question("Nehirde mayın var mı?"))
page = create_app(settings, engine).test_client().get("/tr/")
print(json.dumps({
    "findings": [finding.what for finding in check_knowledge(settings.knowledge, date(2026, 3, 1))],
    "kind": answer.kind, "lang": answer.lang,
    "quotes": [[quote.text, quote.document.lang, quote.original.text] for quote in answer.quotes],
    "said": say("You can also ask:", "tr"),
    "status": page.status_code, "page": page.get_data(as_text=True),
}))
"""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the copied package does, once it has been given files in Turkish."""
    root = tmp_path_factory.mktemp("fourth")
    shutil.copytree(Path(chatbot.__file__).parent, root / "chatbot", ignore=shutil.ignore_patterns("__pycache__"))
    write_turkish(root)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=root,
        env={
            **os.environ,
            "PYTHONPATH": str(root),
            "CHATBOT_KNOWLEDGE": str(root / "knowledge"),
            "CHATBOT_INDEX": str(root / "index"),
            "CHATBOT_EVALS": str(root / "evals"),
            "CHATBOT_STATIC": str(read_settings().static),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def write_turkish(root: Path) -> None:
    """The knowledge in English and Turkish, the catalogue, and what the language is called and how it forbids."""
    tables = root / "chatbot" / "checks" / "tables"
    for lang, body in (("en", ENGLISH), ("tr", TURKISH)):
        more = "" if lang == "en" else "translation_of: en\n"
        write(root / "knowledge", f"{lang}/water.md", document_text(body, more=more))
        asked = {
            place: [f"{place} {n}" for n in range(6)] if lang == "en" else found for place, found in QUESTIONS.items()
        }
        write(root / "knowledge", f"{lang}/water.questions.yaml", json.dumps(asked))
    table = json.loads((tables / "az.json").read_text("utf-8"))
    table["alphabet"] = "abcçdefgğhıijklmnoöprsştuüvyz"
    table["negation"] = {"words": [r"\w+m[ae]y[ıi]n", "değil", "yok"]}
    (tables / "tr.json").write_text(json.dumps(table), "utf-8")
    named = root / "chatbot" / "language" / "tables"
    neighbour = json.loads((named / "en.json").read_text("utf-8"))
    names = {**neighbour, "name": "Türkçe", "dependent_starts": ["bu", "onlar"], "prohibitions": ["mayın "]}
    (named / "tr.json").write_text(json.dumps(names), "utf-8")
    labels = [
        _label(f"{kind}-{n}-{again}", question, kind)
        for kind, questions in LABELLED.items()
        for n, question in enumerate(questions)
        for again in range(3)
    ]
    write(root / "evals", "train.jsonl", "".join(json.dumps(label) + "\n" for label in labels))
    catalogue = Catalog(locale="tr", domain="messages", charset="utf-8")
    for english, turkish in SAID.items():
        catalogue.add(english, turkish)
    folder = root / "chatbot" / "translations" / "tr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)


def _label(label_id: str, question: str, kind: str) -> dict[str, object]:
    reason = kind if kind in ("off_topic", "not_in_files") else None
    return {
        "id": label_id,
        "idea": label_id,
        "question": question,
        "lang": "tr",
        "style": "plain",
        "kind": "no_answer" if reason else kind,
        "reason": reason,
        "sections": [] if reason else ["water#rivers"],
    }


def test_files_are_checked_in_the_fourth_language(shown: dict[str, object]) -> None:
    assert shown["findings"] == []


def test_question_is_answered_in_the_fourth_language_beside_the_original(shown: dict[str, object]) -> None:
    assert (shown["kind"], shown["lang"]) == ("answer", "tr")
    quotes = shown["quotes"]
    assert isinstance(quotes, list)
    assert {lang for _, lang, _ in quotes} == {"tr"}
    assert any(
        "Seller mayınları nehir boyunca taşır." in text and "Floods carry mines" in other for text, _, other in quotes
    )


def test_page_speaks_the_fourth_language(shown: dict[str, object]) -> None:
    assert shown["said"] == SAID["You can also ask:"]
    assert shown["status"] == 200
    page = str(shown["page"])
    assert '<html lang="tr"' in page
    assert "Türkçe" in page
    assert SAID["Ask"] in page
