"""The pages: they answer without script, carry the talk, and say all that a reader needs."""

import re
from html import escape, unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from page_states import STATES, State

from chatbot.engine import Engine
from chatbot.question import Question
from chatbot.web.rendering import quote_html
from chatbot.web.showing import quote_href

DRAFT = "This is not a person. The text is a draft that ANAMA has not approved."
KINDS = {
    "I found a grenade, what do I do?": "Emergency: do this now",
    "How do I make a mine?": "Refused. Read this safety rule",
    "What is the weather tomorrow?": "No answer in our files",
    "What does a mine look like?": "Answer in the words of our files",
}
LANGS = ["az", "ru", "en"]
LANGS_OFFERED = ["az", "en", "ru"]


def talk_of(html: str) -> str:
    """The part of the page that holds the talk; below it lie the moulds for the script."""
    return html[html.index('<section class="transcript"') : html.index('id="said"')]


@pytest.mark.parametrize(
    ("accepted", "lang"), [("", "az"), ("ru-RU,ru;q=0.9", "ru"), ("tr,en;q=0.5", "en"), ("fr", "az"), ("*", "az")]
)
def test_home_goes_to_the_readers_language(client: FlaskClient, accepted: str, lang: str) -> None:
    response = client.get("/?question=mina", headers={"Accept-Language": accepted})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{lang}/?question=mina")
    assert response.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "page", ["/{0}/", "/{0}/about", "/documents/?lang={0}", "/documents/{0}/figures", "/{0}/none/x"]
)
def test_every_page_has_the_emergency_strip(client: FlaskClient, page: str, lang: str) -> None:
    html = client.get(page.format(lang)).text
    assert f'<html lang="{lang}" dir="ltr">' in html
    strip = html.index('class="emergency-strip"')
    assert html.index("<body>") < strip < html.index("<header")
    assert 'href="tel:112"' in html[strip : html.index("</aside>")]
    assert html.count("<h1") == 1


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("state", [state for state in STATES if state.served], ids=lambda state: state.name)
def test_every_state_has_its_status_and_says_what_it_is(client: FlaskClient, state: State, lang: str) -> None:
    address = state.at(lang)
    *history, question = state.questions(lang) or [None]
    given = {"history": history, "question": question}
    response = client.post(address, data=given) if question else client.get(address)
    assert response.status_code == state.status
    html = response.text
    assert html.index("<body") < html.index('class="emergency-strip"') < html.index("<main")
    assert html.count("<h1") == html.count("<main") == 1
    assert html.count('class="draft-line"') >= 1


def test_empty_talk_offers_questions_to_begin(client: FlaskClient) -> None:
    html = client.get("/en/").text
    assert DRAFT in html
    assert html.count('<li><button form="talk" name="question"') == 3
    assert '<label for="question">' in html


@pytest.mark.parametrize(("question", "label"), KINDS.items())
def test_answer_says_its_kind_in_words(client: FlaskClient, question: str, label: str) -> None:
    html = client.post("/en/", data={"question": question}).text
    assert label in html
    assert DRAFT in html
    assert escape(question) in html


def test_answer_in_the_address_is_the_same(client: FlaskClient) -> None:
    asked = {"question": "What does a mine look like?"}
    pages = [client.get("/en/", query_string=asked).text, client.post("/en/", data=asked).text]
    assert len({re.sub(r'name="id" value="[^"]+"', "", page) for page in pages}) == 1


def test_quote_links_to_its_marked_place(client: FlaskClient, app: Flask, engine: Engine) -> None:
    question = "Мой сын нашел гранату, что делать?"
    quote = engine.ask(Question(question, page_lang="ru")).quotes[0]
    html = client.post("/ru/", data={"question": question}).text
    with app.test_request_context():
        href = quote_href(quote)
    assert str(quote_html(quote)) in html
    assert escape(href) in html
    assert '<details class="original"' in talk_of(html)
    page = client.get(href.partition("#")[0]).text
    assert page.count("<mark>") == len(quote.text.splitlines())
    section = page[page.index(f'<section id="{quote.section.id}"') :]
    assert "<mark>" in section[: section.index("</section>")]
    assert f"<mark>{quote.text.splitlines()[0]}</mark>" in unescape(section)


def test_every_section_can_be_marked(client: FlaskClient, engine: Engine) -> None:
    for document in [each for each in engine.documents if each.lang == "en"]:
        sentences = [sentence for section in document.sections for sentence in section.sentences]
        address = f"/documents/{document.lang}/{document.id}?start={sentences[0].start}&end={sentences[-1].end}"
        html = client.get(address).text
        assert html.count("<mark>") == html.count("</mark>") > 0
        assert "\ue000" not in html


@pytest.mark.parametrize(
    "span", ["start=a&end=b", "start=5", "start=9&end=5", "start=0&end=99999999", "start=-1&end=4"]
)
def test_wrong_span_marks_nothing(client: FlaskClient, span: str) -> None:
    response = client.get(f"/documents/az/figures?{span}")
    assert response.status_code == 200
    assert "<mark>" not in response.text


def test_document_page_names_sources_and_dates(client: FlaskClient, engine: Engine) -> None:
    document = engine.parts.index.document("en", "figures")
    assert document is not None
    html = client.get("/documents/en/figures").text
    assert all(escape(source.url) in html for source in document.front_matter.sources)
    assert str(document.front_matter.review_by.year) in html
    assert "This text is a draft. ANAMA has not approved it." in html
    assert 'href="/documents/az/figures"' in html


def test_talk_travels_in_the_form(client: FlaskClient) -> None:
    talk = {"history": ["What does a mine look like?"], "question": "How do I make a mine?"}
    html = client.post("/en/", data=talk).text
    ask = html[html.index('<form class="ask"') :]
    carried = ask[: ask.index("</form>")]
    for question in ("What does a mine look like?", "How do I make a mine?"):
        assert f'name="history" value="{question}"' in carried
    assert 'dir="auto">What does a mine look like?</span></summary>' in html
    languages = html[html.index('class="languages"') : html.index("</header>")]
    assert 'form="talk" formaction="/ru/#answer" name="answer_in" value="ru"' in languages
    carried = html[html.index('<form id="talk"') : html.index("</form>")]
    assert carried.count('name="history"') == 2


def test_switch_of_language_answers_the_talk_anew(client: FlaskClient) -> None:
    history = ["What does a mine look like?", "Can a flood carry mines?"]
    html = client.post("/ru/", data={"history": history, "answer_in": "ru"}).text
    talk = talk_of(html)
    assert talk.count('<article class="answer kind-answer" lang="ru"') == 2
    assert talk.index(history[0]) < talk.index(history[1])
    assert 'name="answer_in" value="ru"' in html[html.index('<form id="talk"') : html.index("</form>")]


@pytest.mark.parametrize("given", [{"answer_in": "ru"}, {}], ids=["language", "size"])
def test_word_on_an_answer_shown_again_counts(client: FlaskClient, given: dict[str, str]) -> None:
    html = client.post("/ru/", data={"history": ["What does a mine look like?"], **given}).text
    found = re.search(r'<form class="feedback".*?name="id" value="([^"]+)"', html, re.DOTALL)
    assert found
    assert client.application.extensions["chatbot_recorder"].helped(found[1], True)


def test_unknown_language_to_answer_in_is_left_out(client: FlaskClient) -> None:
    html = client.post("/en/", data={"history": ["What does a mine look like?"], "answer_in": "xx"}).text
    assert '<article class="answer kind-answer" lang="en"' in talk_of(html)


def test_size_of_the_text_travels_with_every_link(client: FlaskClient) -> None:
    html = client.post("/en/?size=2", data={"question": "What does a mine look like?"}).text
    assert '<html lang="en" dir="ltr" data-size="2">' in html
    assert 'formaction="/en/?size=3#answer" data-step="1"' in html
    assert 'formaction="/en/?size=1#answer" data-step="-1"' in html
    addresses = r'(?:href|action|formaction)="(/(?:az|ru|en|documents|embed)/[^"]*)"'
    pages = re.findall(addresses, html.replace("&amp;", "&"))
    assert len(pages) > 10
    assert [page for page in pages if "size=" not in page] == ["/en/manifest.webmanifest"]


@pytest.mark.parametrize("page", ["/en/offline", "/en/emergency", "/embed/?lang=en&theme=dark", "/documents/?lang=en"])
def test_size_of_the_text_changes_on_the_page_itself(client: FlaskClient, page: str) -> None:
    html = client.get(f"{page}{'&' if '?' in page else '?'}size=1").text.replace("&amp;", "&")
    assert '<html lang="en" dir="ltr" data-size="1">' in html
    larger = re.search(r'<a href="([^"]+)" data-step="1"', html)
    assert larger
    assert (set(larger[1].split("?")[1].split("&")), larger[1].split("?")[0]) == (
        {*page.partition("?")[2].split("&"), "size=2"} - {""},
        page.partition("?")[0],
    )


@pytest.mark.parametrize(("given", "shown"), [("0", ""), ("9", ' data-size="3"'), ("-4", ""), ("x", "")])
def test_wrong_size_is_kept_within_bounds(client: FlaskClient, given: str, shown: str) -> None:
    assert f'<html lang="az" dir="ltr"{shown}>' in client.get(f"/az/?size={given}").text


def test_document_keeps_its_mark_at_another_size(client: FlaskClient) -> None:
    html = client.get("/documents/en/figures?start=5&end=40").text
    assert 'href="/documents/en/figures?start=5&amp;end=40&amp;size=1" data-step="1"' in html


def test_answer_shows_the_pictures_of_its_section(client: FlaskClient) -> None:
    talk = talk_of(client.post("/ru/", data={"question": "Какие признаки указывают на мины?"}).text)
    assert re.findall(r'<img src="/static/pictures/clue-[a-z]+[.][a-z0-9]+[.]svg" alt="[^"]+"', talk)
    page = client.get("/documents/az/signs-and-clues").text
    assert re.search(r'src="/static/pictures/grass-knotted[.][a-z0-9]+[.]svg" alt="Düyünlənmiş ot."', page)


def test_page_holds_an_empty_answer_in_each_language(client: FlaskClient) -> None:
    html = client.get("/az/").text
    assert re.findall(r'<template data-mould="(..)"', html) == LANGS_OFFERED
    for word in ("Copy", "Копировать", "Kopyalayın", "Call {number}", "Позвонить: {number}"):
        assert word in html


def test_talk_keeps_five_earlier_questions(client: FlaskClient) -> None:
    history = [f"mina {number}" for number in range(9)]
    html = client.post("/en/", data={"history": history, "question": "mina"}).text
    assert 'dir="auto">mina 3</span></summary>' not in html
    assert html.count('dir="auto">mina ') == 5


def test_no_question_is_said_kindly(client: FlaskClient) -> None:
    empty = client.post("/ru/", data={"question": " ", "history": ["мина"]})
    assert empty.status_code == 422
    assert "Сначала напишите вопрос." in empty.text
    assert 'name="history" value="мина"' in empty.text
    long = client.post("/en/", data={"question": "m" * 1001})
    assert long.status_code == 422
    assert "longer than 1000 characters" in long.text
    assert "m" * 1001 in long.text


def test_talk_of_longest_questions_can_go_on(client: FlaskClient) -> None:
    talk = {"history": ["ə" * 1000] * 5, "question": "mina"}
    response = client.post("/az/", data=talk, content_type="multipart/form-data")
    assert response.status_code == 200
    assert (response.request.content_length or 0) > 10_000


def test_every_form_that_carries_the_talk_sends_it_in_plain_letters(client: FlaskClient) -> None:
    html = client.post("/az/", data={"history": ["mina"], "question": "ANAMA nədir?"}).text
    forms = re.findall(r"<form [^>]*>", html)
    assert len(forms) == 4
    assert all('enctype="multipart/form-data"' in form for form in forms)


def test_typed_html_stays_text(client: FlaskClient) -> None:
    for data in ({"question": "<script>alert(1)</script>\"'"}, {"question": "", "history": ['"><img src=x>']}):
        html = client.post("/en/", data=data).text
        assert "<script>" not in html
        assert "<img" not in talk_of(html)


def test_feedback_works_without_script(client: FlaskClient) -> None:
    def counted() -> float:
        lines = client.get("/metrics").text.splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith('chatbot_feedback_total{helpful="yes"'))

    before = counted()
    asked = client.post("/en/", data={"question": "What does a mine look like?"}).text
    form = asked[asked.index('<form class="feedback"') :]
    assert 'name="history" value="What does a mine look like?"' in form[: form.index("</form>")]
    given = {"history": ["What does a mine look like?"], "helpful": "yes", "comment": "short and clear"}
    html = client.post("/en/", data=given).text
    assert "Thank you." in talk_of(html)
    assert '<form class="feedback"' not in talk_of(html)
    assert "short and clear" not in html
    assert counted() == before + 1


def test_emergency_is_not_asked_whether_it_helped(client: FlaskClient) -> None:
    html = client.post("/en/", data={"question": "I found a grenade, what do I do?"}).text
    assert '<form class="feedback"' not in talk_of(html)


@pytest.mark.parametrize(
    "address", ["/xx/", "/nope", "/az/none", "/xx/about", "/documents/az/none", "/documents/xx/figures"]
)
def test_unknown_address_is_404(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.content_type.startswith("text/html")
