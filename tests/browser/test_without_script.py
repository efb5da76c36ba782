"""Without script everything works: ask, follow up, change language and size, read the source, give a word on it."""

import pytest
from page_states import CLUES, LOOKS, STATES, State
from playwright.sync_api import Page, expect
from visits import ask, visit


@pytest.mark.parametrize("state", [state for state in STATES if state.served], ids=lambda state: state.name)
def test_state_is_there_without_script(plain_page: Page, state: State) -> None:
    if state.name == "problem":
        plain_page.goto("/ru/")
        ask(plain_page, "   ")
        expect(plain_page.get_by_role("alert")).to_have_text("Сначала напишите вопрос.")
        return
    if state.name == "talk":
        state = State("talk", "details.earlier ~ .turn .kind-no_answer", asks=state.asks)
    visit(plain_page, state, "ru")
    strip = plain_page.locator(".emergency-strip")
    expect(strip.get_by_role("link")).to_have_attribute("href", "tel:112")
    expect(strip.get_by_role("listitem")).to_have_count(3)
    assert plain_page.locator("[data-tool]:visible").count() == 0


def test_whole_way_without_script(plain_page: Page) -> None:
    page = plain_page
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    ask(page, LOOKS["en"])
    expect(page.locator("#answer .question")).to_have_text(LOOKS["en"])
    ask(page, "and for children?")
    expect(page.locator("details.earlier > summary")).to_contain_text(LOOKS["en"])
    page.get_by_role("button", name="Русский").click()
    expect(page.locator("#answer .answer")).to_have_attribute("lang", "ru")
    expect(page.locator("#answer .question")).to_have_text("and for children?")
    page.get_by_role("button", name="Крупнее текст").click()
    expect(page.locator("html")).to_have_attribute("data-size", "1")
    expect(page.locator("#answer .answer")).to_have_attribute("lang", "ru")
    with page.context.expect_page() as opened:
        page.locator("#answer .tools a").first.click()
    expect(opened.value.locator("mark").first).to_be_visible()
    expect(opened.value.locator("html")).to_have_attribute("data-size", "1")
    page.locator("#answer .feedback summary").click()
    page.locator("#answer input[name=comment]").fill("понятно")
    page.get_by_role("button", name="Да", exact=True).click()
    expect(page.locator("#answer .thanks")).to_have_text("Спасибо.")
    expect(page.locator("#answer .question")).to_have_text("and for children?")


def test_suggestion_is_answered_without_script(plain_page: Page) -> None:
    plain_page.goto("/az/")
    ask(plain_page, CLUES["az"])
    plain_page.locator(".suggestions button").first.click()
    expect(plain_page.locator("details.earlier > summary")).to_contain_text(CLUES["az"])
    expect(plain_page.locator("#answer .kind-answer, #answer .kind-emergency")).to_be_visible()
