from datetime import date

import pytest

from chatbot.messages import long_date, say

DAY = date(2025, 5, 31)


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("az", "31 may 2025"), ("ru", "31 мая 2025\u202fг."), ("en", "May 31, 2025"), ("tr", "31 Mayıs 2025")],
)
def test_date_is_written_as_the_language_does(lang: str, shown: str) -> None:
    assert long_date(DAY, lang) == shown


@pytest.mark.parametrize("lang", ["xx", "", "a-b", "../az"])
def test_date_of_a_language_that_is_not_known_is_iso(lang: str) -> None:
    assert long_date(DAY, lang) == "2025-05-31"


def test_text_is_said_in_the_language_or_as_it_is() -> None:
    assert say("Call: {numbers}", "ru", numbers="112") == "Позвоните: 112"
    assert say("Call: {numbers}", "xx", numbers="112") == "Call: 112"
