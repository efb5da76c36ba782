"""Gaps: alike questions come together, in any language, and none is shown before enough people asked."""

from datetime import date

import numpy as np
import pytest

from chatbot.engine import Engine
from chatbot.language.folding import words
from chatbot.records.gaps import MOST_WORDINGS, Gap, Vectors, by_words, find_gaps, language_vectors
from chatbot.records.reader import RememberedVectors
from chatbot.records.redaction import MARK
from chatbot.records.store import OpenQuestion

DAY = date(2027, 3, 10)


@pytest.fixture(scope="module")
def vectors(engine: Engine) -> Vectors:
    assert engine.parts.embedder is not None
    return language_vectors(engine.parts.index, engine.parts.embedder.queries)


def asked(*texts: str, lang: str = "en") -> list[OpenQuestion]:
    return [OpenQuestion(DAY, lang, "not_in_files", text) for text in texts]


COMMON = frozenset(
    words(
        "can i fly a drone here is flying allowed where pick mushrooms it fine to in the forest picking "
        "said my son spoke of mines when does bus hospital leave"
    )
)


def gaps_of(questions: list[OpenQuestion], vectors: Vectors, needed: int) -> tuple[Gap, ...]:
    return find_gaps(questions, vectors, needed, COMMON)


DRONES = asked("Can I fly a drone here?", "can i fly a drone here", "Is flying a drone allowed?")
MUSHROOMS = asked("Where can I pick mushrooms?", "is it fine to pick mushrooms in the forest", "mushroom picking")


@pytest.mark.parametrize("needed", [1, 2, 3, 4])
def test_groups_are_shown_from_the_kth_alike_on(vectors: Vectors, needed: int) -> None:
    alone = asked("When does the bus to the hospital leave?")
    gaps = gaps_of(DRONES + MUSHROOMS[:2] + alone, vectors, needed)
    assert all(gap.count >= needed for gap in gaps)
    shown = {wording.text for gap in gaps for wording in gap.wordings}
    assert ("When does the bus to the hospital leave?" in shown) == (needed == 1)
    assert sum(gap.count for gap in gaps_of(DRONES + MUSHROOMS + alone, vectors, 1)) == 7


def test_different_meanings_stay_apart(vectors: Vectors) -> None:
    for gap in gaps_of(DRONES + MUSHROOMS, vectors, 1):
        texts = " ".join(wording.text.lower() for wording in gap.wordings)
        assert ("drone" in texts) != ("mushroom" in texts)


def test_one_meaning_in_three_languages_is_one_group(vectors: Vectors) -> None:
    questions = [
        *asked("How much does a metal detector cost?"),
        *asked("Сколько стоит металлоискатель?", lang="ru"),
        *asked("Metal detektor neçəyədir?", lang="az"),
        *asked("What is the weather tomorrow?"),
    ]
    gap, *others = gaps_of(questions, vectors, 3)
    assert others == []
    assert gap.langs == {"en": 1, "ru": 1, "az": 1}
    assert {wording.lang for wording in gap.wordings} == {"az", "en", "ru"}


def test_same_words_are_counted_together(vectors: Vectors) -> None:
    questions = asked("Can I fly a drone?", "CAN I FLY A DRONE", "can i fly a  drone…", "Can I fly a […] drone?")
    gap = gaps_of(questions, vectors, 3)[0]
    assert (gap.count, len(gap.wordings), gap.wordings[0].count) == (4, 1, 4)


def test_largest_group_is_the_first_and_few_wordings_are_listed(vectors: Vectors) -> None:
    many = asked(*(f"drone {'again ' * times}" for times in range(9)))
    gaps = gaps_of(MUSHROOMS + many, by_words, 1)
    assert [gap.number for gap in gaps] == list(range(1, len(gaps) + 1))
    assert [gap.count for gap in gaps] == sorted((gap.count for gap in gaps), reverse=True)
    assert all(len(gap.wordings) <= MOST_WORDINGS for gap in gaps)


def test_causes_comments_and_newest_day_are_told(vectors: Vectors) -> None:
    questions = [
        OpenQuestion(date(2027, 1, 1), "en", "off_topic", "Can I fly a drone?"),
        OpenQuestion(DAY, "en", "unhelpful", "can i fly a drone", "it spoke of mines"),
        OpenQuestion(DAY, "en", "unhelpful", "can i fly a drone", "it spoke of mines"),
    ]
    gap = gaps_of(questions, vectors, 3)[0]
    assert (gap.causes, gap.comments, gap.newest) == ({"unhelpful": 2, "off_topic": 1}, ("it spoke of mines",), DAY)


def test_strange_word_is_hidden_until_enough_questions_have_it(vectors: Vectors) -> None:
    questions = [
        OpenQuestion(DAY, "en", "unhelpful", "can i fly a drone farhadov", "my son ilqarik said it"),
        *asked("can i fly a quadcopter drone", "can i fly a quadcopter drone here", "can i fly a quadcopters drone"),
    ]
    gap = gaps_of(questions, by_words, 3)[0]
    told = " ".join([*(wording.text for wording in gap.wordings), *gap.comments])
    assert gap.count == 4
    assert "farhadov" not in told
    assert "ilqarik" not in told
    assert told.count("quadcopter") == 3
    assert f"my son {MARK} said it" in told


def test_nothing_asked_makes_no_gap(vectors: Vectors) -> None:
    assert gaps_of([], vectors, 1) == ()
    assert gaps_of(DRONES[:1], vectors, 2) == ()


def test_without_the_model_words_group(vectors: Vectors) -> None:
    gaps = gaps_of(
        asked("Can I fly a drone?", "can i fly a drone today", "can we fly a drone") + MUSHROOMS, by_words, 2
    )
    assert gaps[0].count == 3
    assert all("drone" in wording.text for wording in gaps[0].wordings)


def test_each_text_is_embedded_once(engine: Engine) -> None:
    from fakes import hashing_embedder

    embedder, model = hashing_embedder()
    remembered = RememberedVectors()
    first = remembered.of(embedder, ["bir", "iki", "bir"])
    second = remembered.of(embedder, ["iki", "bir", "bir"])
    assert model.asked == ["bir", "iki"]
    assert np.array_equal(first[[1, 0, 2]], second)
