"""The talk with script: it goes on in the page, tells those who listen, and gives the person their question back."""

import json
import re
from collections.abc import Callable

import pytest
from page_states import CLUES, HARM, LOOKS, MINED, WEATHER
from playwright.sync_api import BrowserContext, Page, Route, expect
from visits import ask

FIGURE = {"en": "What does the figure 397 mean?"}


OUTLINE = """article => {
  const told = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent.replace(/\\s+/g, " ").trim();
    if (node.dataset?.tool) return "";
    const given = [...node.attributes].map((each) => `${each.name}=${each.value}`).sort();
    return [node.localName, ...given, ...[...node.childNodes].map(told)].filter(Boolean);
  };
  return told(article);
}"""


@pytest.mark.parametrize(
    ("asked", "lang"), [(LOOKS, "az"), (CLUES, "ru"), (MINED, "en"), (WEATHER, "ru"), (HARM, "az"), (FIGURE, "en")]
)
def test_script_and_server_write_the_same_answer(
    page: Page, plain_page: Page, asked: dict[str, str], lang: str
) -> None:
    outlines = []
    for each in (page, plain_page):
        each.goto(f"/{lang}/?size=1")
        ask(each, asked[lang])
        each.locator("#answer .answer").wait_for()
        outlines.append(each.locator("#answer .answer").evaluate(OUTLINE))
    assert outlines[0] == outlines[1]


def test_answer_in_another_language_than_the_page_has_its_own_words(page: Page) -> None:
    page.goto("/az/")
    ask(page, LOOKS["ru"])
    answer = page.locator("#answer .answer")
    expect(answer).to_have_attribute("lang", "ru")
    expect(answer.locator(".kind")).to_have_text("Ответ: дословно из наших файлов")
    expect(page.locator("#answer .question")).to_have_attribute("lang", "ru")
    expect(page.locator("label[for=question]")).to_have_text("Növbəti sualınız")


def test_word_of_no_language_is_answered_in_the_pages(page: Page) -> None:
    page.goto("/ru/")
    ask(page, "112")
    expect(page.locator("#answer .answer")).to_have_attribute("lang", "ru")


def test_focus_stays_in_the_input_and_each_answer_is_told_once(page: Page) -> None:
    page.goto("/en/")
    said = page.get_by_role("log")
    expect(said).to_have_text("")
    for question in (LOOKS["en"], WEATHER["en"]):
        page.locator("#question").fill(question)
        page.keyboard.press("Enter")
        page.locator(f".question:has-text('{question}') ~ .answer").wait_for()
        expect(page.locator("#question")).to_be_focused()
        expect(page.locator("#question")).to_have_value("")
        expect(said.locator("p")).to_have_count(1)
    expect(said).to_contain_text("No answer in our files")
    assert page.locator("[role=alert]").all_inner_texts() == [""]
    assert page.get_by_role("region", name="The talk").get_by_role("article").count() == 4


def test_shift_and_enter_begin_a_new_line(page: Page) -> None:
    page.goto("/en/")
    page.locator("#question").press_sequentially("mines")
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#question")).to_have_value("mines\n")
    expect(page.locator(".answer:visible")).to_have_count(0)


def test_status_says_that_it_searches(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/api/v1/ask", lambda route: waiting.append(route))  # noqa: PLW0108  # it needs a signature
    page.goto("/ru/")
    ask(page, LOOKS["ru"])
    expect(page.get_by_role("status")).to_have_text("Ищем в наших текстах")
    expect(page.locator(".question")).to_have_text(LOOKS["ru"])
    waiting[0].continue_()
    page.locator("#answer .answer").wait_for()
    expect(page.locator("#searching")).to_have_text("")


@pytest.mark.parametrize(
    ("status", "told"), [(None, "No connection"), (503, "not ready"), (429, "not ready"), (500, "failed on our side")]
)
def test_failure_is_told_and_the_question_kept(
    new_context: Callable[..., BrowserContext], status: int | None, told: str
) -> None:
    page = new_context(service_workers="block").new_page()  # nothing is saved that could answer instead
    page.route("**/api/v1/ask", lambda route: route.fulfill(status=status) if status else route.abort())
    page.goto("/en/")
    ask(page, LOOKS["en"])
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(told)
    expect(alert).to_contain_text("call 112")
    expect(page.locator("#question")).to_have_value(LOOKS["en"])
    expect(page.locator(".turn")).to_have_count(0)
    page.unroute("**/api/v1/ask")
    ask(page, LOOKS["en"])
    page.locator("#answer .answer").wait_for()
    expect(alert).to_have_text("")


def test_question_typed_while_another_is_asked_is_not_lost(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/api/v1/ask", lambda route: waiting.append(route))  # noqa: PLW0108  # it needs a signature
    page.goto("/en/")
    ask(page, LOOKS["en"])
    expect(page.locator("#searching")).not_to_be_empty()
    ask(page, CLUES["en"])
    expect(page.locator("#question")).to_have_value(CLUES["en"])
    waiting[0].continue_()
    page.locator("#answer .answer").wait_for()
    expect(page.locator("#question")).to_have_value(CLUES["en"])
    assert len(waiting) == 1


def test_starter_question_is_answered_and_others_are_offered(page: Page) -> None:
    page.goto("/az/")
    starter = page.locator(".suggestions button").nth(1)
    text = starter.inner_text()
    starter.click()
    answer = page.locator("#answer .answer")
    answer.wait_for()
    expect(page.locator("#answer .question")).to_have_text(re.compile(re.escape(text), re.IGNORECASE))
    expect(answer).to_be_focused()
    assert text not in page.locator(".suggestions button").all_inner_texts()
    expect(page.locator(".suggestions h2")).to_have_text("Bunları da soruşa bilərsiniz")


def test_earlier_questions_go_along(page: Page) -> None:
    bodies: list[dict[str, object]] = []
    page.on("request", lambda request: "/ask" in request.url and bodies.append(json.loads(request.post_data or "")))
    page.goto("/en/")
    for number in range(7):
        ask(page, f"mines {number}")
        page.locator(f".question:has-text('mines {number}') ~ .answer").wait_for()
    assert bodies[-1]["history"] == [f"mines {number}" for number in range(1, 6)]
    assert bodies[-1]["lang"] is None


def test_talk_of_longest_questions_goes_on_and_switches(page: Page) -> None:
    statuses: list[int] = []
    page.on("response", lambda response: response.request.method == "POST" and statuses.append(response.status))
    page.goto("/en/")
    for number in range(6):
        question = f"{number} mines " + "語" * 980
        ask(page, question)
        page.locator(f".question:has-text('{number} mines') ~ .answer").wait_for()
    carried = page.locator("#talk input[name=history]").evaluate_all("all => all.map((each) => each.value[0])")
    assert carried == ["3", "4", "5"]
    page.get_by_role("link", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("#answer .question")).to_contain_text("5 mines")
    assert set(statuses) == {200}


def test_switch_of_language_keeps_the_talk(page: Page) -> None:
    page.goto("/en/?size=1")
    for question in (LOOKS["en"], CLUES["en"]):
        ask(page, question)
        page.locator(f".question:has-text('{question}') ~ .answer").wait_for()
    page.get_by_role("link", name="Русский").click()
    page.wait_for_url("**/ru/?size=1#answer")
    expect(page.locator("html")).to_have_attribute("data-size", "1")
    expect(page.locator("#answer .question")).to_have_text(CLUES["en"])
    expect(page.locator("#answer .answer")).to_have_attribute("lang", "ru")
    expect(page.locator("details.earlier > summary")).to_contain_text(LOOKS["en"])
    page.get_by_role("button", name="Azərbaycanca").click()
    page.wait_for_url("**/az/?size=1#answer")
    expect(page.locator("#answer .answer")).to_have_attribute("lang", "az")


def test_word_on_the_answer_is_sent_without_the_question(page: Page) -> None:
    bodies: list[dict[str, object]] = []
    page.on(
        "request", lambda request: "/feedback" in request.url and bodies.append(json.loads(request.post_data or ""))
    )
    page.goto("/en/")
    ask(page, LOOKS["en"])
    page.get_by_text("Add a word (optional)").click()
    page.locator("#answer input[name=comment]").fill("clear")
    with page.expect_response("**/api/v1/feedback") as answered:
        page.get_by_role("button", name="No", exact=True).click()
    assert answered.value.status == 204
    expect(page.locator("#answer .thanks")).to_be_focused()
    assert [set(body) for body in bodies] == [{"id", "helpful", "comment"}]
    assert (bodies[0]["helpful"], bodies[0]["comment"]) == (False, "clear")


def test_size_of_the_text_changes_in_place_and_stays(page: Page) -> None:
    page.goto("/en/")
    ask(page, LOOKS["en"])
    page.locator("#answer .answer").wait_for()
    before = page.locator("#answer blockquote").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    page.get_by_role("link", name="Larger text").click()
    page.get_by_role("link", name="Larger text").click()
    after = page.locator("#answer blockquote").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert after == pytest.approx(before * 1.3125)
    expect(page.locator("#answer .question")).to_have_text(LOOKS["en"])
    page.get_by_role("link", name="All texts").click()
    expect(page.locator("html")).to_have_attribute("data-size", "2")


def test_what_comes_in_stays_text(page: Page) -> None:
    nasty = "<img src=x onerror=\"document.title='run'\">"
    page.goto("/en/")
    ask(page, f"{nasty} what does a mine look like?")
    page.locator("#answer .answer").wait_for()
    expect(page.locator("#answer .question")).to_contain_text("<img src=x")
    assert page.locator("img[src=x]").count() == 0
    assert page.title() != "run"


def test_nothing_that_was_asked_stays_in_the_browser(page: Page) -> None:
    page.goto("/en/")
    ask(page, LOOKS["en"])
    page.locator("#answer .answer").wait_for()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.context.cookies() == []
    assert "mine" not in page.url
