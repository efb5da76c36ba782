"""Questions to ask: those of `evals/test.jsonl`, from which nothing was learned and which are not stored."""

import random
from collections.abc import Iterator, Sequence
from itertools import count

from bench.sizes import SEED
from chatbot.labels import read_labels
from chatbot.settings import Settings

MISTYPED = 3
FOLLOW_UPS = ("Bəs uşaqlar?", "А дети?", "And the children?")


def unseen_questions(settings: Settings) -> list[str]:
    """Every question once, in a random order that is always the same."""
    found = list(dict.fromkeys(label.question for label in read_labels(settings.evals / "test.jsonl")))
    random.Random(SEED).shuffle(found)
    return found


def distinct(questions: Sequence[str]) -> Iterator[str]:
    """Very many questions, none twice: first as they are, then with up to MISTYPED letters left out, so that no kept
    answer serves and lengths stay as they are. Ends where a whole turn brings nothing new."""
    seen: set[str] = set()
    chance = random.Random(SEED)
    for turn in count():
        known = len(seen)
        for question in questions:
            text = _mistyped(question, min(turn, MISTYPED), chance)
            if text not in seen:
                seen.add(text)
                yield text
        if len(seen) == known:
            return


def _mistyped(text: str, letters: int, chance: random.Random) -> str:
    left_out = set(chance.sample(range(len(text)), min(letters, len(text) // 3)))
    return "".join(letter for at, letter in enumerate(text) if at not in left_out)
