"""How a person comes to a state, with script or without."""

from page_states import State
from playwright.sync_api import Page


def visit(page: Page, state: State, lang: str) -> None:
    """Brings the page to the state by typing, as a person does, and waits until it is there."""
    page.goto(state.at(lang))
    if state.opens:
        page.locator(state.opens).click()
    for number, question in enumerate(state.questions(lang), start=1):
        page.locator(state.field).fill(question)
        page.locator(state.send).click()
        if question.strip():
            page.locator(state.answered).nth(number - 1).wait_for(state="attached")
    page.locator(state.shows).first.wait_for(state="attached")


def ask(page: Page, question: str) -> None:
    """Types the question into the chat page and sends it."""
    page.locator("#question").fill(question)
    page.locator("#ask .primary").click()
