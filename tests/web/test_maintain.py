"""The maintainer's page: closed by default, opened by its token from its own form alone, and without a person on it."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from kept_records import TOKEN, write_records
from werkzeug.test import TestResponse

from chatbot.engine import Engine
from chatbot.index.versions import current
from chatbot.web import create_app
from chatbot.web.maintain_session import MOST_A_CALLER, SESSION_SECONDS

HERE = {"Origin": "http://localhost"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = f"sqlite:///{tmp_path_factory.mktemp('maintain')}/records.sqlite"
    write_records(found)
    return found


def open_client(engine: Engine, database: str, **given: object) -> FlaskClient:
    settings = replace(engine.settings, database=database, maintain_token=TOKEN, **given)  # type: ignore[arg-type]
    return create_app(settings, replace(engine, settings=settings)).test_client()


@pytest.fixture
def keeper(engine: Engine, url: str) -> Iterator[FlaskClient]:
    """A client of an application with a token."""
    client = open_client(engine, url)
    yield client
    client.application.extensions["chatbot_recorder"].flush()


def login(client: FlaskClient, token: str = TOKEN, headers: dict[str, str] | None = None) -> TestResponse:
    return client.post("/maintain/login?lang=en", data={"token": token}, headers=HERE if headers is None else headers)


def is_open(response: TestResponse) -> bool:
    return "Questions a day, by language" in response.text


@pytest.mark.parametrize("address", ["/maintain/", "/maintain", "/maintain/login", "/maintain/logout"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_a_token_there_is_no_page(client: FlaskClient, address: str, method: str) -> None:
    assert client.open(address, method=method, headers=HERE).status_code == 404


def test_closed_page_asks_for_the_token_and_shows_nothing(keeper: FlaskClient) -> None:
    response = keeper.get("/maintain/?lang=en")
    assert response.status_code == 200
    assert 'type="password"' in response.text
    assert not is_open(response)
    assert "drone" not in response.text
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x", TOKEN[:-1], TOKEN.upper(), "ə" * 2000])
def test_wrong_token_is_refused(keeper: FlaskClient, token: str) -> None:
    response = login(keeper, token)
    assert response.status_code == 403
    assert "Set-Cookie" not in response.headers
    assert "This token is not right." in response.text
    assert not is_open(keeper.get("/maintain/?lang=en"))


def test_right_token_opens_a_short_strict_session(keeper: FlaskClient) -> None:
    response = login(keeper)
    assert (response.status_code, response.headers["Location"]) == (303, "/maintain/?lang=en")
    cookie = response.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/maintain/", f"Max-Age={SESSION_SECONDS}"):
        assert part in cookie
    assert "Secure" not in cookie
    assert TOKEN not in cookie
    assert is_open(keeper.get("/maintain/?lang=en"))
    assert keeper.get("/maintain/").headers["Cache-Control"] == "no-store"


def test_cookie_is_secure_over_https(keeper: FlaskClient) -> None:
    response = keeper.post(
        "/maintain/login", data={"token": TOKEN}, headers={"Origin": "https://localhost"}, base_url="https://localhost"
    )
    assert "; Secure" in response.headers["Set-Cookie"]


def test_cookie_goes_to_no_other_page(keeper: FlaskClient) -> None:
    login(keeper)
    assert "Set-Cookie" not in keeper.get("/en/").headers
    assert keeper.get_cookie("maintain", path="/maintain/") is not None
    assert keeper.get_cookie("maintain", path="/") is None


def test_logout_ends_the_session_and_its_copies(keeper: FlaskClient) -> None:
    login(keeper)
    cookie = keeper.get_cookie("maintain", path="/maintain/")
    assert cookie is not None
    assert keeper.post("/maintain/logout?lang=en", headers=HERE).status_code == 303
    assert not is_open(keeper.get("/maintain/?lang=en"))
    keeper.set_cookie("maintain", cookie.value, path="/maintain/")
    assert not is_open(keeper.get("/maintain/?lang=en"))


STRANGERS = [
    {},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8080"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
]


@pytest.mark.parametrize("headers", STRANGERS, ids=str)
def test_form_of_another_site_is_refused(keeper: FlaskClient, headers: dict[str, str]) -> None:
    assert login(keeper, headers=headers).status_code == 403
    assert keeper.get_cookie("maintain", path="/maintain/") is None
    login(keeper)
    assert keeper.post("/maintain/logout", headers=headers).status_code == 403
    assert is_open(keeper.get("/maintain/?lang=en"))


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, HERE], ids=str
)
def test_own_form_is_taken(keeper: FlaskClient, headers: dict[str, str]) -> None:
    assert login(keeper, headers=headers).status_code == 303


def test_guessing_has_to_wait(engine: Engine, url: str) -> None:
    client = open_client(engine, url)
    assert [login(client, f"guess number {number}").status_code for number in range(MOST_A_CALLER)] == [
        403
    ] * MOST_A_CALLER
    refused = login(client)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "Too many wrong tokens" in refused.text


@pytest.fixture
def page(keeper: FlaskClient) -> str:
    login(keeper)
    return keeper.get("/maintain/?lang=en").text


def test_gaps_are_shown_from_the_third_alike_on(page: str) -> None:
    assert "Can I fly a drone" in page
    assert "chatbot gaps --draft 1" in page
    assert "honey" not in page
    assert "сирота" not in page


def test_numbers_stand_in_charts_and_tables(page: str) -> None:
    assert 'aria-label="Emergencies: 7 in 30 days, at most 7 a day"' in page
    assert 'aria-label="It did not help: 1 in 30 days, at most 1 a day"' in page
    assert page.count('<svg class="bars"') == 4 + 3 + 2
    assert page.count('role="img"') == page.count('<svg class="bars"')
    assert page.count("<table>") >= 5
    assert "<td>7</td><td>0</td><td>1</td>" in page


def test_old_counts_are_out_of_the_window(page: str) -> None:
    sections = page[page.index("Sections quoted most") : page.index("What is missing")]
    assert "/documents/en/figures" not in sections
    assert "/documents/en/emergency-object#found" in sections


def test_texts_stand_by_review_date(page: str, engine: Engine) -> None:
    reviews = page[page.index('id="reviews-title"') : page.index('id="index-title"')]
    ids = re.findall(r'href="/documents/en/([a-z0-9-]+)"', reviews)
    assert set(ids) == {document.id for document in engine.documents}
    due = {document.id: document.front_matter.review_by for document in engine.documents}
    assert [due[each] for each in ids] == sorted(due[each] for each in ids)


def test_version_that_answers_is_marked(page: str, engine: Engine) -> None:
    versions = page[page.index('id="index-title"') :]
    assert re.search(rf"<code>[0-9]*-?{engine.version}</code> <strong>this one answers", versions)


def test_page_names_no_person(page: str, engine: Engine) -> None:
    for document in engine.documents:
        assert not document.front_matter.approved_by or document.front_matter.approved_by not in page
    assert "127.0.0.1" not in page
    assert not re.search(r"\d\d:\d\d", page)


def test_page_needs_nothing_inline(page: str) -> None:
    assert not re.search(r"<script(?! type=.module. src=)|<style|<iframe|\sstyle=|\son[a-z]+=", page)
    assert re.search(r'<link rel="stylesheet" href="/static/maintain[.a-z0-9-]*[.]css"', page)


@pytest.mark.parametrize(
    ("lang", "title"),
    [("az", "Mətnlərə baxanların səhifəsi"), ("ru", "Страница редакторов"), ("en", "Maintainer's page")],
)
def test_page_speaks_each_language(keeper: FlaskClient, lang: str, title: str) -> None:
    assert f"<h1>{title}</h1>" in keeper.get(f"/maintain/?lang={lang}").text
    login(keeper)
    html = keeper.get(f"/maintain/?lang={lang}").text
    assert f"<h1>{title}</h1>" in html
    assert f'<html lang="{lang}"' in html


def test_unreadable_database_leaves_the_rest_of_the_page(engine: Engine, tmp_path: Path) -> None:
    client = open_client(engine, f"sqlite:///{tmp_path}")
    login(client)
    response = client.get("/maintain/?lang=en")
    assert response.status_code == 200
    assert "The counts and questions can't be read now." in response.text
    assert "Texts by review date" in response.text


def test_without_a_database_the_page_says_so(engine: Engine) -> None:
    client = open_client(engine, "none")
    login(client)
    html = client.get("/maintain/?lang=en").text
    assert "Nothing is kept: there is no database." in html
    assert "Texts by review date" in html


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"figures": {"all": {"kind_right": "x"}}}', '{"figures": {"all": null}}']
)
def test_broken_evaluation_is_left_out(engine: Engine, tmp_path: Path, content: str) -> None:
    html = page_with_evaluation(engine, tmp_path, content)
    assert "Evaluation of the last build" not in html


def test_evaluation_of_the_build_is_shown(engine: Engine, tmp_path: Path) -> None:
    report = {
        "figures": {"all": {"questions": 750, "kind_right": 0.9731, "milliseconds": None}},
        "missed": ["all: one bar"],
    }
    html = page_with_evaluation(engine, tmp_path, json.dumps(report))
    assert "Evaluation of the last build" in html
    assert "<code>kind_right</code></th><td>0.973</td>" in html
    assert "<td>750</td>" in html
    assert "milliseconds" not in html
    assert "all: one bar" in html


def page_with_evaluation(engine: Engine, folder: Path, content: str) -> str:
    """The page of an index whose version holds that evaluation, and little besides."""
    version = current(engine.settings.index_folder)
    copy = folder / "versions" / version.name
    copy.mkdir(parents=True)
    shutil.copy(version / "manifest.json", copy)
    (copy / "evaluation.json").write_text(content, "utf-8")
    (folder / "current").write_text(version.name, "utf-8")
    client = open_client(engine, "none", index=folder)
    login(client)
    return client.get("/maintain/?lang=en").text
