"""The widget in Chromium, on a site of another origin under a policy that allows nothing but the chatbot."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from knowledge_files import write_tiny
from playwright.sync_api import Browser, Page, expect
from widget_fixtures import (
    LANGS,
    Site,
    Visit,
    allowing,
    axe_violations,
    bot,
    host_app,
    running,
    visit,
    visiting,
)

from chatbot.answer import Parts
from chatbot.documents import fingerprint, load_documents
from chatbot.engine import Engine
from chatbot.index.build import build_index
from chatbot.settings import Settings
from chatbot.web import create_app

__all__ = ["bot", "visit"]
QUESTIONS = {"az": "Mina necə görünür?", "ru": "Как выглядит мина?", "en": "What does a mine look like?"}
EMERGENCIES = {"az": "Qumbara tapdım, nə edim?", "ru": "Я нашёл гранату, что делать?", "en": "I found a grenade!"}
LAUNCHER, PANEL, FIELD = ".launcher", "#panel", "#question"


def snippet(site: Site, lang: str = "en") -> tuple[str, str]:
    link = f'<a href="{site.origin}/{lang}/">Ask</a>'
    element = f'<mine-risk-chat lang="{lang}" audience="children-6-11">{link}</mine-risk-chat>'
    return element, f'<script src="{site.origin}/embed/v1/widget.js" defer></script>'


@pytest.fixture(scope="module")
def schools(bot: Site) -> Iterator[dict[str, str]]:
    """The address of an allowed school's page by language."""
    with (
        running(host_app(bot.origin, *snippet(bot, "az")), "localhost") as az,
        running(host_app(bot.origin, *snippet(bot, "ru")), "localhost") as ru,
        running(host_app(bot.origin, *snippet(bot, "en")), "localhost") as en,
        allowing(bot, az.origin, ru.origin, en.origin),
    ):
        yield {"az": az.origin, "ru": ru.origin, "en": en.origin}


def ask(visit: Visit, question: str) -> None:
    visit.page.locator(FIELD).fill(question)
    visit.page.locator(FIELD).press("Enter")


@pytest.mark.parametrize("lang", LANGS)
def test_works_under_the_strictest_policy(visit: Visit, bot: Site, schools: dict[str, str], lang: str) -> None:
    page = visit.page
    page.goto(f"{schools[lang]}/")
    page.locator(LAUNCHER).click()
    expect(page.locator(".emergency a[href='tel:112']")).to_be_visible()
    ask(visit, QUESTIONS[lang])
    answer = page.locator("article")
    expect(answer).to_have_attribute("lang", lang)
    expect(answer.locator("blockquote").first).to_be_visible()
    expect(answer.locator("figcaption").first).to_contain_text(
        {"az": "Mənbə:", "ru": "Источник:", "en": "Source:"}[lang]
    )
    link = answer.locator("figcaption a").first.get_attribute("href") or ""
    assert link.startswith(f"{bot.origin}/documents/{lang}/")
    assert "start=" in link
    ask(visit, EMERGENCIES[lang])
    expect(page.locator("article.kind-emergency .calls a").first).to_have_attribute("href", "tel:112")
    expect(page.locator("[role=log] p")).to_have_count(2)
    expect(page.locator(".emergency a[href='tel:112']")).to_be_in_viewport()
    assert visit.complaints == []
    assert {urlsplit(each).netloc for each in visit.asked if "localhost" not in each} == {urlsplit(bot.origin).netloc}
    assert visit.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_keyboard_opens_asks_and_closes(visit: Visit, schools: dict[str, str]) -> None:
    page = visit.page
    page.goto(f"{schools['en']}/")
    launcher = page.locator(LAUNCHER)
    expect(launcher).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(launcher).to_have_attribute("aria-expanded", "true")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("What does a mine look like?")
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_be_visible()
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()
    expect(launcher).to_be_focused()
    expect(launcher).to_have_attribute("aria-expanded", "false")


def test_every_target_is_large_enough(visit: Visit, schools: dict[str, str]) -> None:
    visit.page.goto(f"{schools['ru']}/")
    visit.page.locator(LAUNCHER).click()
    ask(visit, EMERGENCIES["ru"])
    expect(visit.page.locator("article")).to_be_visible()
    small = visit.page.locator("mine-risk-chat").evaluate(
        """host => [...host.shadowRoot.querySelectorAll("button, a, textarea, summary")]
            .map(each => [each.textContent, each.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 43.9 || box.width < 43.9)).map(([text]) => text)"""
    )
    assert small == []
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_follow_up_goes_with_the_questions_before_it(visit: Visit, schools: dict[str, str]) -> None:
    visit.page.goto(f"{schools['en']}/")
    visit.page.locator(LAUNCHER).click()
    ask(visit, "What does a mine look like?")
    expect(visit.page.locator("article")).to_have_count(1)
    with visit.page.expect_request("**/api/v1/ask") as sent:
        visit.page.locator("article .suggestions button").first.click()
    body = sent.value.post_data_json
    assert body["history"] == ["What does a mine look like?"]
    assert body["audience"] == "children-6-11"
    assert body["lang"] is None
    expect(visit.page.locator("article")).to_have_count(2)
    visit.page.locator(".anew").click()
    expect(visit.page.locator("article")).to_have_count(0)
    with visit.page.expect_request("**/api/v1/ask") as sent:
        ask(visit, "And for children?")
    assert sent.value.post_data_json["history"] == []


def test_language_of_the_question_is_answered_not_that_of_the_page(visit: Visit, schools: dict[str, str]) -> None:
    visit.page.goto(f"{schools['az']}/")
    visit.page.locator(LAUNCHER).click()
    ask(visit, EMERGENCIES["ru"])
    expect(visit.page.locator("article")).to_have_attribute("lang", "ru")


def test_origin_that_is_not_allowed_is_refused(visit: Visit, bot: Site) -> None:
    with running(host_app(bot.origin, *snippet(bot, "en")), "localhost") as stranger:
        visit.page.goto(f"{stranger.origin}/")
        visit.page.locator(LAUNCHER).click()
        ask(visit, "What does a mine look like?")
        problem = visit.page.locator("[role=alert]")
        expect(problem).to_contain_text("call 112")
        expect(visit.page.locator("article")).to_have_count(0)
        expect(visit.page.locator(FIELD)).to_have_value("What does a mine look like?")
        expect(visit.page.locator(".emergency a[href='tel:112']")).to_be_visible()
        assert any("CORS" in complaint for complaint in visit.complaints)


def test_pinned_script_loads_with_its_hash_and_not_with_another(visit: Visit, bot: Site) -> None:
    widget = bot.app.extensions["chatbot_widget"]
    source = f"{bot.origin}/embed/{widget.version}/widget.js"
    for integrity, defined in ((widget.integrity, True), ("sha384-" + "A" * 64, False)):
        script = f'<script src="{source}" integrity="{integrity}" crossorigin="anonymous" defer></script>'
        with running(host_app(bot.origin, snippet(bot)[0], script), "localhost") as school:
            visit.page.goto(f"{school.origin}/")
            assert visit.page.evaluate("customElements.get('mine-risk-chat') !== undefined") is defined
            if not defined:
                expect(visit.page.get_by_role("link", name="Ask")).to_be_visible()


def test_link_stands_without_script(browser: Browser, schools: dict[str, str], bot: Site) -> None:
    with visiting(browser, java_script_enabled=False) as visit:
        visit.page.goto(f"{schools['az']}/")
        expect(visit.page.get_by_role("link", name="Ask")).to_have_attribute("href", f"{bot.origin}/az/")


def test_frame_shows_the_chat_only_where_it_is_allowed(visit: Visit, bot: Site) -> None:
    frame = f'<iframe src="{bot.origin}/embed/frame?lang=ru" title="Chat" width="340" height="600"></iframe>'
    with running(host_app(bot.origin, frame, ""), "localhost") as school:
        with allowing(bot, school.origin):
            visit.page.goto(f"{school.origin}/?frame")
            inside = visit.page.frame_locator("iframe")
            inside.get_by_role("textbox").fill(EMERGENCIES["ru"])
            inside.get_by_role("textbox").press("Enter")
            expect(inside.locator("article.kind-emergency")).to_be_visible()
        visit.page.goto(f"{school.origin}/?frame=again")
        expect(visit.page.locator("iframe")).to_be_visible()
        assert any("frame-ancestors" in complaint for complaint in visit.complaints)


def test_frame_without_script_asks_by_form(browser: Browser, bot: Site) -> None:
    with visiting(browser, java_script_enabled=False) as visit:
        visit.page.goto(f"{bot.origin}/embed/frame?lang=en")
        visit.page.get_by_label("Your question").fill("What does a mine look like?")
        with visit.context.expect_page() as opened:
            visit.page.get_by_role("button", name="Ask").click()
        expect(opened.value.locator("article.answer")).to_be_visible()


def test_markup_in_a_knowledge_file_stays_text(visit: Visit, tmp_path: Path) -> None:
    knowledge = write_tiny(tmp_path / "knowledge", first="emergency-object")
    file = knowledge / "en" / "emergency-object.md"
    hostile = "<img src=x onerror=document.title='owned'> Move away"
    file.write_text(file.read_text("utf-8").replace("Move away", hostile), "utf-8")
    documents = load_documents(knowledge)
    index = build_index(documents, fingerprint(knowledge), None).index
    settings = replace(Settings(), knowledge=knowledge)
    app = create_app(settings, Engine(settings, Parts(index, None, None), "small"))
    question = "I found a mine, what do I do?"
    with running(app, "127.0.0.1") as small:
        page = visit.page
        page.goto(f"{small.origin}/embed/?lang=en")
        page.locator(LAUNCHER).click()
        ask(visit, question)
        stays_text(page)
        page.goto(f"{small.origin}/en/")
        ask(visit, question)
        stays_text(page)
        page.goto(f"{small.origin}/en/?question={question}")
        stays_text(page)
        page.goto(f"{small.origin}/en/offline?question={question}")
        stays_text(page)
        for address in ("/documents/en/emergency-object", "/en/emergency"):
            page.goto(f"{small.origin}{address}")
            expect(page.locator("main")).to_contain_text("<img src=x onerror")
            assert page.locator("img[src=x]").count() == 0
            assert page.title() != "owned"


def stays_text(page: Page) -> None:
    expect(page.locator("article blockquote").first).to_contain_text("<img src=x onerror")
    assert page.locator("img[src=x]").count() == 0
    assert page.title() != "owned"


def test_webmaster_page_copies_with_a_pale_colour_too(browser: Browser, bot: Site) -> None:
    with visiting(browser, permissions=["clipboard-read", "clipboard-write"]) as visit:
        visit.page.goto(f"{bot.origin}/embed/?lang=az&accent=%23ffcc00")
        assert axe_violations(visit.page) == []
        visit.page.locator("button[data-copy=pinned]").click()
        expect(visit.page.locator("button[data-copy=pinned] + [role=status]")).not_to_be_empty()
        assert "<mine-risk-chat" in visit.page.evaluate("navigator.clipboard.readText()")
        assert visit.complaints == []


def test_pictures_are_drawn_though_the_page_allows_no_images(visit: Visit, bot: Site, schools: dict[str, str]) -> None:
    answer = bot.app.test_client().post("/api/v1/ask", json={"question": QUESTIONS["en"]}).json
    assert answer is not None
    answer["pictures"] = [
        {"src": "/static/icon.svg", "alt": "A warning triangle"},
        {"src": "https://elsewhere.example/x.svg", "alt": "Not ours"},
        {"src": "/static/none.svg", "alt": "Not there"},
    ]
    headers = {"Access-Control-Allow-Origin": schools["en"], "Access-Control-Allow-Headers": "content-type"}
    visit.page.route("**/api/v1/ask", lambda route: route.fulfill(json=answer, headers=headers))
    visit.page.goto(f"{schools['en']}/")
    visit.page.locator(LAUNCHER).click()
    ask(visit, QUESTIONS["en"])
    drawn = visit.page.get_by_role("img", name="A warning triangle")
    expect(drawn.locator("svg path").first).to_have_attribute("fill", "#a4121f")
    assert drawn.locator("svg").bounding_box()["width"] > 50
    for missing in ("Not ours", "Not there"):
        expect(visit.page.get_by_role("img", name=missing)).to_have_text(missing)
    assert not [address for address in visit.asked if "elsewhere" in address]
