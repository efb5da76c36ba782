from pathlib import Path

import numpy as np
import pytest

from chatbot.index import lexical
from chatbot.index.lexical import (
    build_grams,
    build_words,
    load_grams,
    load_words,
    save_grams,
    save_words,
)

TEXTS = [
    "Mina tapdım, nə etməliyəm?",
    "Uşağım əlində qumbara tutub",
    "Какие знаки ставят у минного поля?",
    "Куда звонить, если нашёл снаряд?",
    "How many hectares were cleared so far?",
    "May I collect scrap metal and sell it?",
]


@pytest.mark.parametrize(
    ("asked", "row"),
    [
        ("mina tapdim", 0),
        ("МИНА ТАПДЫМ", 0),
        ("qumbara", 1),
        ("znaki", 2),
        ("снаряды", 3),
        ("hectare", 4),
        ("scrap metals", 5),
    ],
)
def test_rare_word_finds_its_row_in_any_spelling(asked: str, row: int) -> None:
    scores = build_words(TEXTS).scores(asked)
    assert (scores.shape, scores.dtype) == ((6,), np.float32)
    assert int(scores.argmax()) == row
    assert scores[row] > 0


@pytest.mark.parametrize("asked", ["", "zzz", "🇦🇿", "\ud800"])
def test_unknown_words_score_nothing(asked: str) -> None:
    assert not build_words(TEXTS).scores(asked).any()


def test_known_share_is_that_of_the_words() -> None:
    index = build_words(TEXTS)
    assert index.known_share("scrap metal") == 1.0
    assert index.known_share("scrap spaghetti") == 0.5
    assert index.known_share("spaghetti") == index.known_share("") == 0.0


@pytest.mark.parametrize(
    ("asked", "row"),
    [
        ("mna tapdim ne etmeliem", 0),
        ("qunbara tutub ushagim", 1),
        ("kakie znaky u minogo polia", 2),
        ("куда звнить если ношел снярад", 3),
        ("hw many hektares wer claered", 4),
        ("colect scrapmetal", 5),
    ],
)
def test_misspelt_question_finds_its_row(asked: str, row: int) -> None:
    scores = build_grams(TEXTS).scores(asked)
    assert (scores.shape, scores.dtype) == ((6,), np.float32)
    assert int(scores.argmax()) == row


def test_gram_scores_are_cosines() -> None:
    index = build_grams(TEXTS)
    for row, text in enumerate(TEXTS):
        scores = index.scores(text)
        assert scores[row] == pytest.approx(1.0, abs=1e-4)
        assert ((scores >= 0) & (scores <= 1.0001)).all()
    assert not index.scores("").any()


def test_saved_words_and_grams_score_the_same(tmp_path: Path) -> None:
    words, grams = build_words(TEXTS), build_grams(TEXTS)
    save_words(words, tmp_path / "words.safetensors")
    save_grams(grams, tmp_path / "grams.safetensors")
    for asked in TEXTS:
        assert np.array_equal(load_words(tmp_path / "words.safetensors").scores(asked), words.scores(asked))
        assert np.array_equal(load_grams(tmp_path / "grams.safetensors").scores(asked), grams.scores(asked))


def test_terms_are_numbered_in_the_same_order_in_every_process() -> None:
    known = build_words(["mines in rivers", "a mine", "rivers flood"]).ranker.vocab_dict
    assert [term for term in known if term] == sorted(term for term in known if term)


def test_of_a_large_index_the_commonest_grams_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    index = build_grams(["demining team"] * 50 + ["demining fuqas"])
    whole = index.scores("demining fuqas")
    monkeypatch.setattr(lexical, "MOST_POSTINGS", 20)
    fewer = index.scores("demining fuqas")
    assert whole[0] > 0
    assert fewer[0] == 0
    assert fewer.argmax() == whole.argmax() == 50
