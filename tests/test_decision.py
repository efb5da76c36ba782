from pathlib import Path

import numpy as np
import pytest
from fakes import hashing_embedder
from knowledge_files import write_tiny

from chatbot.answer import Parts, answer
from chatbot.decision import (
    MOST_QUOTED,
    NOTHING_FOUND,
    Triage,
    cheapest,
    decide,
    quoted_hits,
    retrieval_numbers,
    right_features,
    split_label,
    triage,
)
from chatbot.documents import load_documents
from chatbot.engine import Engine
from chatbot.index.build import build_index
from chatbot.language.folding import fold
from chatbot.question import Query, Question, make_query
from chatbot.retriever import Evidence, Hit, Retrieved
from chatbot.triage.rules import Rule, read_rules


def hit(name: str, score: float = 1.0, **evidence: float) -> Hit:
    document, _, section = name.partition("#")
    return Hit(document, section, score, Evidence(**evidence))


def retrieved(*hits: Hit, known: float = 1.0) -> Retrieved:
    return Retrieved(hits, known, None, dense=False)


def rule(name: str) -> Rule:
    return Rule(name, (), (), frozenset())


HITS = (hit("figures#total-397", 3.0), hit("emergency-object#found", 2.0), hit("never-do#touch", 1.0))
CALM = Triage(frozenset(), None, None, None)


def test_emergency_wins_over_harm_and_scope() -> None:
    told = Triage(frozenset(), rule("found"), rule("disarm"), rule("off_topic:money"))
    assert decide(told, retrieved(*HITS), None).kind == "emergency"


def test_harm_wins_over_scope() -> None:
    told = Triage(frozenset(), None, rule("disarm"), rule("off_topic:money"))
    assert decide(told, retrieved(*HITS), None).kind == "refusal"


@pytest.mark.parametrize("reason", ["off_topic", "not_in_files"])
def test_scope_rule_gives_its_reason(reason: str) -> None:
    found = decide(Triage(frozenset(), None, None, rule(f"{reason}:x")), retrieved(*HITS), None)
    assert (found.kind, found.reason, found.hits) == ("no_answer", reason, ())


def test_known_words_are_answered_unknown_ones_not() -> None:
    assert decide(CALM, retrieved(*HITS), None).kind == "answer"
    assert decide(CALM, retrieved(*HITS, known=0.5), None).kind == "no_answer"
    assert decide(CALM, retrieved(), None).kind == "no_answer"


def test_word_of_the_subject_is_answered() -> None:
    told = Triage(frozenset({"scope_domain"}), None, None, None)
    assert decide(told, retrieved(*HITS, known=0.2), None).kind == "answer"


def test_every_label_becomes_a_kind() -> None:
    kinds = {label: split_label(label)[0] for label in ("emergency", "refusal", "answer", "off_topic", "not_in_files")}
    assert set(kinds.values()) == {"emergency", "refusal", "answer", "no_answer"}
    with pytest.raises(KeyError):
        split_label("other")


@pytest.mark.parametrize(
    ("kind", "first"),
    [("emergency", "emergency-object#found"), ("refusal", "never-do#touch"), ("answer", "figures#total-397")],
)
def test_steps_are_quoted_in_an_emergency_and_rules_in_a_refusal(kind: str, first: str) -> None:
    assert quoted_hits(kind, HITS)[0].name == first  # type: ignore[arg-type]


def test_no_answer_quotes_nothing_and_others_no_more_than_three() -> None:
    assert quoted_hits("no_answer", HITS) == ()
    assert len(quoted_hits("answer", HITS * 3)) == MOST_QUOTED
    assert len(quoted_hits("answer", HITS * 3, most=None)) == 9


def test_emergency_with_no_steps_found_quotes_the_best() -> None:
    assert quoted_hits("emergency", HITS[:1])[0].name == "figures#total-397"


def test_sections_that_rules_name_are_in_the_files(engine: Engine) -> None:
    for file in ("emergency.json", "harm.json"):
        for each in read_rules(file):
            assert each.sections, each.name
            for name in each.sections:
                document_id, _, section_id = name.partition("#")
                for lang in ("az", "en", "ru"):
                    document = engine.parts.index.document(lang, document_id)
                    assert document is not None
                    assert document.section(section_id) is not None, f"{file} {each.name}: {name}"


def test_retrieval_numbers_are_the_best_of_each() -> None:
    hits = hit("emergency-object#found", 3.0, passage=0.5, words=2.0), hit("b#b", 1.0, passage=0.7), hit("c#c", 0.5)
    found = retrieval_numbers(retrieved(*hits, known=0.25))
    best_by_kind, first_and_lead = [3.0, NOTHING_FOUND, 1.0], [3.0, 2.0]
    assert found.tolist() == pytest.approx([0.7, 0.0, 0.0, 2.0, 0.0, 0.25, 0.0, *best_by_kind, *first_and_lead])
    nothing = retrieval_numbers(retrieved(known=0.0))
    assert nothing.tolist() == [*[0.0] * 7, *[NOTHING_FOUND] * 4, 0.0]


def test_missed_emergency_costs_more_where_triage_tells_it() -> None:
    likelihood = {"answer": 0.7, "emergency": 0.3}
    assert cheapest(likelihood, CALM) == "answer"
    assert cheapest(likelihood, Triage(frozenset(), rule("found"), None, None)) == "emergency"
    assert cheapest({"answer": 0.9, "emergency": 0.1}, Triage(frozenset(), rule("found"), None, None)) == "answer"


@pytest.mark.parametrize(
    "text", ["Spasite!", "спасите", "KÖMƏK", "haray", "ay haray", "oy haray", "ой спасите", "help", "help please"]
)
def test_text_that_only_cries_for_help_is_an_emergency(text: str) -> None:
    told = triage(make_query(Question(text), None, ("az", "en", "ru")))
    assert cheapest({"off_topic": 0.99, "emergency": 0.01}, told) == "emergency"


@pytest.mark.parametrize("text", ["help with homework", "təcili yardım nömrəsi", "mina", "спасибо", "please now"])
def test_cry_beside_other_words_is_weighed_with_them(text: str) -> None:
    assert not triage(make_query(Question(text), None, ("az", "en", "ru"))).cry


def test_harm_that_triage_tells_is_dearer_to_miss() -> None:
    told = Triage(frozenset(), None, rule("disarm"), None)
    assert cheapest({"answer": 0.7, "refusal": 0.3}, CALM) == "answer"
    assert cheapest({"answer": 0.7, "refusal": 0.3}, told) == "refusal"
    assert cheapest({"answer": 0.9, "refusal": 0.1}, told) == "answer"


def test_right_features_show_certainty_and_lead() -> None:
    rows = right_features([{"answer": 0.9, "refusal": 0.1}, {"answer": 0.5, "refusal": 0.5}], [HITS, ()])
    assert rows.shape == (2, 4)
    assert rows[0].tolist() == pytest.approx([np.log(0.9), 0.8, 1.0, 1.0], abs=1e-4)
    assert rows[1].tolist() == pytest.approx([np.log(0.5), 0.0, 0.0, 0.0], abs=1e-4)


def test_follow_up_keeps_the_danger_of_the_question_before() -> None:
    before, own = fold("Mina tapdım"), fold("bəs uşaqlar?")
    assert triage(Query("", f"{before} {own}", own, "az")).emergency is not None
    assert triage(Query("", own, own, "az")).emergency is None


def test_triage_names_sections_of_the_emergency_first() -> None:
    told = Triage(frozenset(), read_rules("emergency.json")[0], read_rules("harm.json")[0], None)
    assert told.sections[0] == read_rules("emergency.json")[0].sections[0]
    assert told.sections[-1] == read_rules("harm.json")[0].sections[-1]
    assert {"fits:emergency", "fits:harm"} <= told.flags
    assert "fits:scope" not in told.flags


def test_emergency_stays_one_where_the_files_lack_its_steps(tmp_path: Path) -> None:
    documents = load_documents(write_tiny(tmp_path / "files"))
    index = build_index(documents, {}, hashing_embedder()[0]).index
    found = answer(Question("I found a mine"), Parts(index, None, None))
    assert found.kind == "emergency"
    assert [action.label for action in found.actions] == ["112", "102"]


@pytest.mark.parametrize(
    "text", ["Mina tapdım", "What is the capital of France?", "ANAMA nədir?", "\ud800?", "как продать мину"]
)
def test_likelihoods_sum_to_one_and_the_likeliest_is_taken(engine: Engine, text: str) -> None:
    decision = engine.ask(Question(text)).trace.decision
    assert sum(decision.likelihood.values()) == pytest.approx(1.0)
    label = max(decision.likelihood, key=lambda name: decision.likelihood[name])
    assert (decision.kind, decision.reason) == split_label(label)
    assert 0.0 <= decision.confidence <= 1.0
