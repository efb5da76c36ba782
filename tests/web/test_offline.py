"""For use without network: the texts, the worker, the card, the manifest."""

import json
import re
import struct

import pytest
from flask.testing import FlaskClient

from chatbot.engine import Engine
from chatbot.language.folding import fold, folding_table
from chatbot.reloading import Serving
from chatbot.web.guidance import guidance_json

LANGS = ["az", "ru", "en"]


@pytest.mark.parametrize("lang", LANGS)
def test_texts_are_word_for_word_and_whole(client: FlaskClient, engine: Engine, lang: str) -> None:
    guidance = client.get(f"/offline/{lang}.json").json
    assert guidance is not None
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", guidance["date"])
    assert re.fullmatch(r"[0-9a-f]{64}", guidance["sha256"])
    documents = {each.id: each for each in engine.documents if each.lang == lang}
    for section in guidance["sections"]:
        document = documents[section["document"]["id"]]
        found = document.section(section["id"])
        assert found is not None
        assert section["text"] in document.body[found.start : found.end]
        assert document.body[section["start"] : section["end"]] == section["text"]
        assert all(document.body[each.start : each.end] in section["text"] for each in found.sentences)
        assert section["document"]["publisher"]
    assert len(guidance["sections"]) == sum(
        bool(section.sentences) for document in documents.values() for section in document.sections
    )


def test_content_hash_tells_of_the_texts_alone(engine: Engine) -> None:
    one, other = (guidance_json(engine.documents, "az", date) for date in ("2026-01-01", "2026-02-02"))
    assert one["sha256"] == other["sha256"]
    assert guidance_json(engine.documents[1:], "az", "2026-01-01")["sha256"] != one["sha256"]


@pytest.mark.parametrize(("address", "most"), [("/offline/az.json", 70_000), ("/offline/triage.json", 90_000)])
def test_texts_are_compressed_and_asked_for_again(client: FlaskClient, address: str, most: int) -> None:
    response = client.get(address, headers={"Accept-Encoding": "br"})
    assert response.headers["Content-Encoding"] == "br"
    assert response.headers["Cache-Control"] == "no-cache"
    assert len(response.data) < most
    again = client.get(address, headers={"Accept-Encoding": "br", "If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_folding_table_makes_the_same_words(client: FlaskClient) -> None:
    guidance = client.get("/offline/ru.json").json
    assert guidance is not None
    assert guidance["folding"] == folding_table()
    asked = guidance["sections"][0]["asked"]
    assert fold(asked) == asked


@pytest.mark.parametrize("address", ["/offline/xx.json", "/xx/offline", "/xx/emergency", "/xx/manifest.webmanifest"])
def test_language_that_is_not_offered_is_404(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_worker_names_files_that_are_there(client: FlaskClient) -> None:
    response = client.get("/service-worker.js")
    assert response.content_type == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    shell = json.loads(response.text.partition("const SHELL = ")[2].partition(";\n")[0])
    assert shell["languages"] == sorted(LANGS)
    for address in (*shell["assets"], *shell["search"]):
        assert client.get(address).status_code == 200
        assert re.search(r"\.[0-9a-f]{10}\.", address)
    assert "skipWaiting" in response.text
    assert "clients.claim" in response.text


def test_worker_names_all_that_its_pages_load(client: FlaskClient) -> None:
    script = client.get("/service-worker.js").text
    for page in ("/az/offline", "/az/emergency"):
        loaded = re.findall(r'<(?:link|script)[^>]*(?:href|src)="(/static/[^"]+)"', client.get(page).text)
        assert [each for each in loaded if each not in script] == []
    modules = re.findall(r'"(/static/[^"]+\.js)"', script)
    for module in modules:
        for imported in re.findall(r'^import .*"\./([^"]+)"', client.get(module).text, re.MULTILINE):
            assert f"{module.rpartition('/')[0]}/{imported}" in modules


def test_worker_changes_with_the_texts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    before = client.get("/service-worker.js").text
    assert client.get("/service-worker.js").text == before
    changed = type(engine)(engine.settings, engine.parts, "another", engine.degraded)
    monkeypatch.setitem(client.application.extensions, "chatbot", Serving(changed))
    assert client.get("/service-worker.js").text != before


@pytest.mark.parametrize("lang", LANGS)
def test_emergency_card_quotes_the_steps(client: FlaskClient, engine: Engine, lang: str) -> None:
    html = client.get(f"/{lang}/emergency").text
    assert html.count('<section id="emergency-') == 8
    found = engine.parts.index.document(lang, "emergency-object")
    assert found is not None
    section = found.section("found")
    assert section is not None
    for sentence in section.sentences:
        assert found.body[sentence.start : sentence.end] in html
    assert 'href="tel:112"' in html


def test_emergency_goes_to_the_readers_language(client: FlaskClient) -> None:
    response = client.get("/emergency", headers={"Accept-Language": "ru"})
    assert (response.status_code, response.headers["Location"]) == (302, "/ru/emergency")


@pytest.mark.parametrize("lang", LANGS)
def test_offline_page_says_what_it_is_without_script(client: FlaskClient, lang: str) -> None:
    html = client.get(f"/{lang}/offline").text
    assert re.findall(r'<template data-mould="(..)"', html) == [lang]
    assert f'data-guidance="/offline/{lang}.json"' in html
    assert f'href="/{lang}/emergency"' in html


@pytest.mark.parametrize("lang", LANGS)
def test_texts_say_what_stands_beside_them(client: FlaskClient, lang: str) -> None:
    said = client.get(f"/offline/{lang}.json").json["words"]  # type: ignore[index]
    assert "{date}" in said["saved"]
    assert all("112" in said[name] for name in ("by_words", "not_found", "refusal", "not_in_files"))
    assert len(set(said.values())) == len(said)


@pytest.mark.parametrize("lang", LANGS)
def test_manifest_is_installable(client: FlaskClient, lang: str) -> None:
    response = client.get(f"/{lang}/manifest.webmanifest")
    assert response.content_type == "application/manifest+json"
    manifest = json.loads(response.text)
    assert manifest["start_url"] == f"/{lang}/"
    assert manifest["lang"] == lang
    assert manifest["display"] == "standalone"
    assert f'href="/{lang}/manifest.webmanifest"' in client.get(f"/{lang}/").text
    for icon in manifest["icons"]:
        sent = client.get(icon["src"])
        assert sent.status_code == 200
        assert sent.mimetype == icon["type"]
        if icon["type"] == "image/png":
            assert "{}x{}".format(*struct.unpack(">II", sent.data[16:24])) == icon["sizes"]
    assert client.get(manifest["start_url"]).status_code == 200
    assert all(client.get(each["url"]).status_code == 200 for each in manifest["shortcuts"])
