"""How a person comes to a state, with script or without."""

from page_states import State
from playwright.sync_api import Page


def visit(page: Page, state: State, lang: str) -> None:
    """Brings the page to the state by typing, as a person does, and waits until it is there."""
    page.goto(state.address.format(lang=lang))
    for number, question in enumerate(state.questions(lang), start=1):
        ask(page, question)
        if question.strip():
            turns = page.locator(".transcript .turn:has(> .answer)")
            turns.nth(number - 1).wait_for(state="attached")
    page.locator(state.shows).first.wait_for(state="attached")


def ask(page: Page, question: str) -> None:
    """Types the question and sends it."""
    page.locator("#question").fill(question)
    page.locator("#ask .primary").click()
