"""No state of the page has a fault that axe knows, in any look; and the tree that screen readers get stays as it is."""

from collections.abc import Mapping
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_states import LANGS, STATES, State
from playwright.sync_api import Page
from trees import SNAPSHOTS, states, tree
from visits import visit

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
PHONE = {"width": 360, "height": 740}
SMALLEST_TARGET = 44
LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
"""The rules whose outcome hangs on colours and sizes; all others see the same in every look."""
LOOK_OPTIONS = {"runOnly": {"type": "rule", "values": LOOKS}, "resultTypes": ["violations"]}


def some(*names: str) -> list[object]:
    return [pytest.param(state, id=state.name) for state in STATES if state.name in names]


def faults(page: Page, options: Mapping[str, Any] = OPTIONS) -> list[str]:
    response = Axe().run(page, options=dict(options)).response
    return [f"{fault['id']}: {node['html'][:200]}" for fault in response["violations"] for node in fault["nodes"]]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_axe_sees_a_fault_that_is_there(page: Page) -> None:
    page.goto("/az/none")
    page.evaluate("document.querySelector('h1').style.color = '#eeeeee'")
    assert [told for told in faults(page) if told.startswith("color-contrast: <h1")]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_state_has_no_fault_in_any_look(page: Page, state: State) -> None:
    visit(page, state, "az")
    found = {"light": faults(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = faults(page, LOOK_OPTIONS)
    page.emulate_media(color_scheme="light", forced_colors="active")
    found["forced colours"] = faults(page, LOOK_OPTIONS)
    page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 640})
    found["320 px"] = faults(page, LOOK_OPTIONS)
    wider = {"320 px": overflow(page)}
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found["200% text"] = faults(page, LOOK_OPTIONS)
    wider["200% text"] = overflow(page)
    assert {look: told for look, told in found.items() if told} == {}
    assert wider == {"320 px": 0, "200% text": 0}


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("state", some("empty", "answer", "emergency", "document"))
def test_state_has_no_fault_in_other_languages(page: Page, state: State, lang: str) -> None:
    visit(page, state, lang)
    assert faults(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("state", some("empty", "answer", "emergency", "document"))
def test_targets_are_large_enough_for_a_thumb(page: Page, state: State) -> None:
    visit(page, state, "az")
    small = []
    for each in page.locator("button:visible, input:visible, textarea:visible, summary:visible, a:visible").all():
        box = each.bounding_box()
        inside_text = each.evaluate("e => Boolean(e.closest('.document li, .document p')) || e.matches('.skip-link')")
        if box and box["height"] < SMALLEST_TARGET - 0.5 and not inside_text:
            small.append((each.inner_text(), box["height"]))
    assert small == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("state", states(), ids=lambda state: state.name)
def test_tree_for_screen_readers_is_as_before(page: Page, state: State, lang: str) -> None:
    visit(page, state, lang)
    assert tree(page, state) == (SNAPSHOTS / f"{state.name}-{lang}.yaml").read_text()
