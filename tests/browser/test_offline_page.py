"""Use without network, in Chromium: what is kept, what is answered, and that nothing asked stays on the device."""

import json
import random

import pytest
from playwright.sync_api import expect
from widget_fixtures import (
    LANGS,
    Site,
    Visit,
    bot,
    until,
    visit,
)

from chatbot.documents import Document
from chatbot.language.folding import fold, folding_table

__all__ = ["bot", "visit"]
QUESTIONS = {
    "az": "Minalar hansı rəngdə olur?",
    "ru": "Как выглядит мина?",
    "en": "What does a mine look like?",
}
EMERGENCIES = {"az": "Qumbara tapdım, nə edim?", "ru": "Я нашёл гранату, что делать?", "en": "I found a grenade!"}
HARMS = {"az": "Minanı özüm necə zərərsizləşdirim?", "ru": "Как разобрать гранату?", "en": "How do I open a shell?"}
SAVED = {"az": "Saxlanmış surət", "ru": "Сохранённая копия", "en": "Saved copy"}
SECRET = "zzsecretword"
STORED = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      texts.push(request.url, await (await cache.match(request)).text());
    }
  }
  texts.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie);
  texts.push(JSON.stringify(await indexedDB.databases()));
  return texts;
}"""


@pytest.fixture
def kept(visit: Visit, bot: Site) -> Visit:
    """A visit to the Azerbaijani page, then a question; the browser has kept what it needs."""
    page = visit.page
    page.goto(f"{bot.origin}/az/")
    until(page, "navigator.serviceWorker.controller !== null")
    keep(visit, bot, "az")
    return visit


def keep(visit: Visit, bot: Site, lang: str) -> None:
    visit.page.goto(f"{bot.origin}/{lang}/?question=mina")
    until(visit.page, f"caches.match('/offline/{lang}.json').then(Boolean)")
    until(visit.page, "caches.match('/offline/triage.json').then(Boolean)")
    until(visit.page, f"caches.match('/{lang}/emergency').then(Boolean)")


@pytest.mark.parametrize("lang", LANGS)
def test_answers_without_network_in_each_language(kept: Visit, bot: Site, lang: str) -> None:
    if lang != "az":
        keep(kept, bot, lang)
    kept.context.set_offline(True)
    page = kept.page
    page.goto(f"{bot.origin}/{lang}/")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator(".emergency-strip a[href='tel:112']")).to_be_visible()
    page.locator("#offline-question").fill(QUESTIONS[lang])
    page.locator("#offline-form button").click()
    answer = page.locator("#offline-answers article")
    expect(answer).to_have_class("answer kind-answer")
    expect(answer.locator("blockquote").first).not_to_be_empty()
    expect(answer.locator("figcaption").first).to_contain_text(SAVED[lang])
    said = page.locator("#offline-state").inner_text()
    assert any(part.count(".") == 2 for part in said.split())
    quoted = answer.locator("blockquote p, blockquote li").first.inner_text()
    kept.context.set_offline(False)
    bodies = bot.app.extensions["chatbot"].engine().documents
    assert any(quoted in document.body for document in bodies if document.lang == lang)


@pytest.mark.parametrize("lang", LANGS)
def test_danger_and_harm_come_first_without_network(kept: Visit, bot: Site, lang: str) -> None:
    if lang != "az":
        keep(kept, bot, lang)
    kept.context.set_offline(True)
    page = kept.page
    page.goto(f"{bot.origin}/{lang}/offline?size=1")
    expect(page.locator("html")).to_have_attribute("data-size", "1")
    for question, kind, section in (
        (EMERGENCIES[lang], "emergency", ("emergency-object", "found")),
        (HARMS[lang], "refusal", ("never-do", "touch")),
    ):
        page.locator("#offline-question").fill(question)
        page.locator("#offline-form button").click()
        answer = page.locator(f"#offline-answers article.kind-{kind}")
        expect(answer).to_be_focused()
        expect(answer.locator(".call").first).to_have_attribute("href", "tel:112")
        document = bot.app.extensions["chatbot"].engine().parts.index.document(lang, section[0])
        shown = " ".join(answer.locator("blockquote").first.inner_text().split())
        for sentence in document.section(section[1]).sentences:
            assert " ".join(document.body[sentence.start : sentence.end].split()) in shown
        for caption in answer.locator("figcaption").all():
            expect(caption).to_contain_text(SAVED[lang])


def test_talk_goes_on_with_saved_texts_when_the_network_fails(kept: Visit, bot: Site) -> None:
    page = kept.page
    page.goto(f"{bot.origin}/az/")
    page.locator("#question").fill(QUESTIONS["az"])
    page.keyboard.press("Enter")
    expect(page.locator("#answer .kind-answer")).to_be_visible()
    kept.context.set_offline(True)
    for question, kind in ((EMERGENCIES["az"], "emergency"), (HARMS["az"], "refusal"), (QUESTIONS["az"], "answer")):
        page.locator("#question").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(f"#answer .kind-{kind} figcaption").first).to_contain_text(SAVED["az"])
        expect(page.locator("#answer .question")).to_have_text(question)
        expect(page.locator("#question")).to_be_focused()
        expect(page.get_by_role("alert")).to_have_text("")
        expect(page.locator("#answer .feedback")).to_have_count(0)
    expect(page.locator("#said")).to_contain_text("Cavab")
    kept.context.set_offline(False)
    page.locator("#question").fill(QUESTIONS["az"])
    page.keyboard.press("Enter")
    expect(page.locator("#answer .feedback")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(5)


def test_reload_and_emergency_card_without_network(kept: Visit, bot: Site) -> None:
    kept.context.set_offline(True)
    page = kept.page
    page.goto(f"{bot.origin}/az/")
    page.reload()
    expect(page.locator("#offline-form")).to_be_visible()
    page.get_by_role("link", name="Təhlükə zamanı yaddaş vərəqi").first.click()
    expect(page.locator(".emergency-card section")).to_have_count(9)
    expect(page.locator("link[rel=stylesheet]").first).to_be_attached()
    assert page.evaluate("getComputedStyle(document.querySelector('.emergency-strip')).position") != ""
    assert page.evaluate("document.styleSheets.length") == 3


def test_first_visit_keeps_the_card_alone(visit: Visit, bot: Site) -> None:
    visit.page.goto(f"{bot.origin}/ru/")
    until(visit.page, "caches.match('/ru/emergency').then(Boolean)")
    until(visit.page, "caches.match('/ru/offline').then(Boolean)")
    stored = visit.page.evaluate("async () => (await (await caches.open('texts')).keys()).length")
    assert stored == 0
    assert not any("minisearch" in address for address in visit.asked)
    visit.context.set_offline(True)
    visit.page.goto(f"{bot.origin}/ru/emergency")
    expect(visit.page.locator(".emergency-card section")).to_have_count(9)


def test_question_whose_sending_failed_is_answered_and_not_stored(kept: Visit, bot: Site) -> None:
    page = kept.page
    page.goto(f"{bot.origin}/az/")
    kept.context.set_offline(True)
    page.evaluate(
        """question => {
            const form = document.createElement("form");
            form.method = "post";
            form.action = "/az/";
            const field = document.createElement("textarea");
            field.name = "question";
            field.value = question;
            form.append(field);
            document.body.append(form);
            form.submit();
        }""",
        f"{QUESTIONS['az']} {SECRET}",
    )
    expect(page.locator("#offline-answers article").first).to_be_visible()
    expect(page.locator("#offline-question")).to_have_value(f"{QUESTIONS['az']} {SECRET}")
    assert SECRET not in page.url
    assert not any(SECRET in text for text in page.evaluate(STORED))
    page.goto(f"{bot.origin}/az/")
    expect(page.locator("#offline-form")).to_be_visible()
    expect(page.locator("#offline-question")).to_have_value("")


def test_what_was_asked_with_network_is_not_stored(kept: Visit, bot: Site) -> None:
    page = kept.page
    page.goto(f"{bot.origin}/az/?question=mina+{SECRET}")
    expect(page.locator("article.answer").first).to_be_visible()
    page.evaluate(
        "question => fetch('/api/v1/ask', {method: 'POST', headers: {'Content-Type': 'application/json'},"
        " body: JSON.stringify({question})})",
        f"mina {SECRET}",
    )
    assert not any(SECRET in text for text in page.evaluate(STORED))


def test_unfit_question_gets_no_text(kept: Visit, bot: Site) -> None:
    kept.context.set_offline(True)
    kept.page.goto(f"{bot.origin}/az/offline")
    kept.page.locator("#offline-question").fill("zzz qqq xxyyzz")
    kept.page.locator("#offline-form button").click()
    expect(kept.page.locator("#offline-answers article")).to_have_class("answer kind-no_answer")
    expect(kept.page.locator("#offline-answers .notice")).to_contain_text("112")
    expect(kept.page.locator("#offline-answers blockquote")).to_have_count(0)


def test_newest_page_comes_from_the_network(kept: Visit, bot: Site) -> None:
    before = len(kept.asked)
    kept.page.goto(f"{bot.origin}/az/emergency")
    assert f"{bot.origin}/az/emergency" in kept.asked[before:]
    expect(kept.page.locator("#offline")).to_have_count(0)


def test_nothing_is_asked_of_another_origin(kept: Visit, bot: Site) -> None:
    kept.page.goto(f"{bot.origin}/az/offline")
    expect(kept.page.locator("#offline-form")).to_be_visible()
    assert all(address.startswith(f"{bot.origin}/") for address in kept.asked)
    assert kept.complaints == []


def test_folds_as_the_server_does(visit: Visit, bot: Site, documents: tuple[Document, ...]) -> None:
    asked = [text for document in documents for texts in document.questions.values() for text in texts]
    alphabet = "abcçdeəfgğhxıijkqlmnoöprsştuüvyzABCÇDEƏIİÖŞÜабвгдеёжзийклмнопрстуфхцчшщъыьэюяҝҹҒ´'’ -_.,46 09½ﬁßÉé"
    source = random.Random(4)
    made = ["".join(source.choices(alphabet, k=30)) for _ in range(500)]
    texts = [*asked, *(document.body for document in documents), *made]
    visit.page.goto(f"{bot.origin}/en/")
    folded = visit.page.evaluate(
        """async ([address, table, texts]) => {
            const { Folding } = await import(address);
            const folding = new Folding(table);
            return texts.map((text) => folding.fold(text));
        }""",
        ["/static/folding.js", folding_table(), texts],
    )
    different = [(text, here, fold(text)) for text, here in zip(texts, folded, strict=True) if here != fold(text)]
    assert different == [], json.dumps(different[:3], ensure_ascii=False)


def test_browser_reads_the_manifest(visit: Visit, bot: Site) -> None:
    visit.page.goto(f"{bot.origin}/ru/")
    session = visit.context.new_cdp_session(visit.page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert json.loads(found["data"])["start_url"] == "/ru/"
    session.send("Page.getInstallabilityErrors")
