import pytest

from chatbot.drafts.sections import draft_sections, made_id
from chatbot.sections import is_id


def test_headings_of_every_level_begin_sections() -> None:
    found = draft_sections(
        "Before.\n\n# One\n\nText.\n\n### Two {#second}\n\n- a\n- b\n\nThree\n=====\n\nEnd.\n", "Title"
    )
    assert [(each.id, each.heading, each.text) for each in found] == [
        ("title", "Title", "Before."),
        ("one", "One", "Text."),
        ("second", "Two", "- a\n- b"),
        ("three", "Three", "End."),
    ]


def test_headings_without_text_are_left_out_and_equal_ones_numbered() -> None:
    found = draft_sections("# Title\n\n## Stop\n\nA.\n\n## Stop\n\nB.\n", "Title")
    assert [(each.id, each.text) for each in found] == [("stop", "A."), ("stop-2", "B.")]


def test_quotation_marks_of_markdown_are_taken_off() -> None:
    [found] = draft_sections("> > Do not touch.\n> Move away.\n", "T")
    assert found.text == "Do not touch.\nMove away."


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("What to do with water?", "what-to-do-with-water"),
        ("Можно ли домой", "mozno-li-domoi"),
        ("Şübhəli əşya 2", "subheli-esia-2"),
        ("?!", "section"),
        ("日本", "section"),
    ],
)
def test_id_is_made_of_the_first_words(heading: str, expected: str) -> None:
    assert made_id(heading) == expected
    assert is_id(made_id(heading))
