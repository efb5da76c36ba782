"""The pages: they answer without script, carry the talk, and say all that a reader needs."""

import re
from html import escape, unescape

import pytest
from flask.testing import FlaskClient

from chatbot.engine import Engine
from chatbot.question import Question
from chatbot.web.rendering import quote_href, quote_html

DRAFT = "This is not a person. The text is a draft that ANAMA has not approved."
KINDS = {
    "I found a grenade, what do I do?": "Emergency: do this now",
    "How do I make a mine?": "Refused. Read this safety rule",
    "What is the weather tomorrow?": "No answer in our files",
    "What does a mine look like?": "Answer in the words of our files",
}
LANGS = ["az", "ru", "en"]
ID = re.compile(r'name="id" value="[\w.-]+"')


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


def test_empty_talk_offers_questions_to_begin(client: FlaskClient) -> None:
    html = client.get("/en/").text
    assert DRAFT in html
    assert html.count('<button name="question"') == 3
    assert '<label for="question">' in html


@pytest.mark.parametrize(("question", "label"), KINDS.items())
def test_answer_says_its_kind_in_words(client: FlaskClient, question: str, label: str) -> None:
    html = client.post("/en/", data={"question": question}).text
    assert label in html
    assert DRAFT in html
    assert escape(question) in html


def test_answer_in_the_address_is_the_same(client: FlaskClient) -> None:
    asked = {"question": "What does a mine look like?"}
    one, other = client.get("/en/", query_string=asked).text, client.post("/en/", data=asked).text
    assert ID.sub("", one) == ID.sub("", other)


def test_quote_links_to_its_marked_place(client: FlaskClient, engine: Engine) -> None:
    question = "Мой сын нашел гранату, что делать?"
    quote = engine.ask(Question(question, page_lang="ru")).quotes[0]
    html = client.post("/ru/", data={"question": question}).text
    assert str(quote_html(quote)) in html
    assert escape(quote_href(quote)) in html
    assert '<details class="original">' in html
    page = client.get(quote_href(quote).partition("#")[0]).text
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
    assert '<summary dir="auto">What does a mine look like?</summary>' in html
    languages = html[html.index('class="languages"') : html.index("</header>")]
    assert languages.count('value="How do I make a mine?"') == 3
    assert '<form method="post" action="/ru/#answer">' in languages


def test_talk_keeps_five_earlier_questions(client: FlaskClient) -> None:
    history = [f"mina {number}" for number in range(9)]
    html = client.post("/en/", data={"history": history, "question": "mina"}).text
    assert '<summary dir="auto">mina 3</summary>' not in html
    assert html.count('<summary dir="auto">mina ') == 5


def test_no_question_is_said_kindly(client: FlaskClient) -> None:
    empty = client.post("/ru/", data={"question": " ", "history": ["мина"]})
    assert empty.status_code == 422
    assert "Сначала напишите вопрос." in empty.text
    assert 'name="history" value="мина"' in empty.text
    long = client.post("/en/", data={"question": "m" * 1001})
    assert long.status_code == 422
    assert "longer than 1000 characters" in long.text
    assert "m" * 1001 in long.text


def test_long_talk_in_percent_letters_fits(client: FlaskClient) -> None:
    talk = {"history": ["ə" * 1000] * 5, "question": "mina"}
    assert client.post("/az/", data=talk).status_code == 200


def test_typed_html_stays_text(client: FlaskClient) -> None:
    for data in ({"question": "<script>alert(1)</script>\"'"}, {"question": "", "history": ['"><img src=x>']}):
        html = client.post("/en/", data=data).text
        assert "<script" not in html
        assert "<img" not in html


def test_feedback_works_without_script(client: FlaskClient) -> None:
    def counted() -> float:
        lines = client.get("/metrics").text.splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith('chatbot_feedback_total{helpful="yes"'))

    before = counted()
    html = client.post("/en/", data={"question": "What does a mine look like?", "helpful": "yes"}).text
    assert "Thank you." in html
    assert counted() == before + 1


@pytest.mark.parametrize(
    "address", ["/xx/", "/nope", "/az/none", "/xx/about", "/documents/az/none", "/documents/xx/figures"]
)
def test_unknown_address_is_404(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.content_type.startswith("text/html")
