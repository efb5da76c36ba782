"""With the keyboard alone the whole way can be gone, and one sees where one is."""

from page_states import LOOKS
from playwright.sync_api import Page, expect

FOCUSED = "document.activeElement"
MOST_STEPS = 60


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus; each stop on the way must be seen."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            f"(() => {{ const e = {FOCUSED}; const s = getComputedStyle(e); const b = e.getBoundingClientRect();"
            " return [s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, b.width > 0 && b.height > 0]; })()"
        )
        assert seen == [True, True], page.evaluate(f"{FOCUSED}.outerHTML")
        if page.evaluate(f"{FOCUSED}.matches({selector!r})"):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_whole_way_by_keyboard(page: Page) -> None:
    page.goto("/en/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    assert page.locator(".skip-link").bounding_box()["y"] >= 0  # type: ignore[index]
    tab_to(page, "a[href='tel:112']")
    tab_to(page, ".text-size [data-step='1']")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-size", "1")
    tab_to(page, "#question")
    page.keyboard.type(LOOKS["en"])
    page.keyboard.press("Enter")
    page.locator("#answer .answer").wait_for()
    expect(page.locator("#question")).to_be_focused()
    for _ in range(MOST_STEPS):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(f"{FOCUSED}.matches('#answer .feedback button[value=yes]')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#answer .thanks")).to_be_focused()
    tab_to(page, "#question")
    tab_to(page, ".suggestions button")
    page.keyboard.press("Enter")
    expect(page.locator("#answer .answer")).to_be_focused()
    tab_to(page, "#answer .tools a")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.locator("mark").first).to_be_visible()


def test_skip_link_leads_to_the_content(page: Page) -> None:
    page.goto("/documents/en/figures")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
