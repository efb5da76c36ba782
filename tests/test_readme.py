"""What the README says of the settings is what the code has."""

from dataclasses import fields
from pathlib import Path

import pytest

from chatbot.settings import PREFIX, Settings, settings_table

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", [each.name for each in fields(Settings)])
def test_readme_names_every_setting(name: str) -> None:
    assert f"`{PREFIX}{name.upper()}`" in README


def test_readme_has_the_table_of_the_settings() -> None:
    """Where it differs, paste what `settings_table()` gives."""
    assert settings_table() in README


@pytest.mark.parametrize("link", ["docs/architecture.md", "docs/deployment.md", "docs/decisions/"])
def test_readme_leads_to_the_documentation(link: str) -> None:
    assert f"]({link})" in README
    assert (Path(__file__).parents[1] / link).exists()


def test_readme_says_that_the_text_is_a_draft() -> None:
    limits = README.partition("## Limits")[2]
    assert "draft" in limits
    assert "ANAMA has not approved" in limits


def test_decision_pages_are_short() -> None:
    pages = sorted((Path(__file__).parents[1] / "docs/decisions").glob("*.md"))
    assert len(pages) >= 6
    assert all(len(page.read_text("utf-8").split()) < 300 for page in pages)
