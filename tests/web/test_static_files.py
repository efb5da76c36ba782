"""Static files: names with hashes, compressed forms, what browsers may keep."""

import gzip
import hashlib
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from chatbot.settings import Settings
from chatbot.web.static_files import read_static_files

STATIC = Settings().static


@pytest.fixture
def style(app: Flask) -> str:
    with app.test_request_context():
        return url_for("static", filename="chat.css")


def test_hashed_name_holds_the_hash_and_is_kept_for_good(client: FlaskClient, style: str) -> None:
    response = client.get(style)
    found = re.fullmatch(r"/static/chat\.([0-9a-f]{10})\.css", style)
    assert found is not None
    assert hashlib.sha256(response.data).hexdigest().startswith(found[1])
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_plain_name_gives_the_same_file_for_a_while(client: FlaskClient, style: str) -> None:
    response = client.get("/static/chat.css")
    assert response.data == client.get(style).data == (STATIC / "chat.css").read_bytes()
    assert response.headers["Cache-Control"] == "public, max-age=3600"


def test_hash_of_another_release_gives_what_is_here_but_is_not_kept(client: FlaskClient) -> None:
    response = client.get("/static/chat.0123456789.css")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br, gzip", "br"),
        ("gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("", None),
        ("br;q=0, gzip;q=0", None),
    ],
)
def test_form_is_the_best_that_is_accepted(client: FlaskClient, accepted: str, encoding: str | None) -> None:
    response = client.get("/static/chat.css", headers={"Accept-Encoding": accepted})
    undo = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Vary"] == "Accept-Encoding"
    assert undo(response.data) == (STATIC / "chat.css").read_bytes()
    assert int(response.headers["Content-Length"]) == len(response.data)


def test_compressed_is_much_smaller(client: FlaskClient) -> None:
    whole = len(client.get("/static/chat.css").data)
    assert len(client.get("/static/chat.css", headers={"Accept-Encoding": "br"}).data) < whole / 3


def test_picture_that_is_compressed_already_is_sent_as_it_is(client: FlaskClient) -> None:
    response = client.get("/static/icon-192.png", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in response.headers
    assert response.data == (STATIC / "icon-192.png").read_bytes()


def test_unchanged_file_is_not_sent_again(client: FlaskClient) -> None:
    for accepted in ("br", "gzip", ""):
        asked = {"Accept-Encoding": accepted}
        tag = client.get("/static/chat.css", headers=asked).headers["ETag"]
        again = client.get("/static/chat.css", headers={**asked, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
    assert "Date" not in again.headers


@pytest.mark.parametrize("name", ["none.css", "../pyproject.toml", "..%2fpyproject.toml", "%2e%2e/pyproject.toml", ""])
def test_only_files_of_the_folder_are_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_every_reference_of_a_page_is_hashed(client: FlaskClient) -> None:
    for address in ("/az/", "/az/offline", "/az/emergency", "/embed/", "/embed/frame"):
        named = re.findall(r'"(/static/[^"]+)"', client.get(address).text)
        assert named
        assert all(re.search(r"\.[0-9a-f]{10}\.\w+$", each) for each in named)
        assert all(client.get(each).status_code == 200 for each in named)


def test_module_imports_hashed_neighbours(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { b } from "./deep/b.js";\nconst text = "./deep/b.js";\n')
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.js").write_text("export const b = 1;\n")
    (tmp_path / ".hidden").write_text("no")
    before = read_static_files(tmp_path)
    assert f'from "./{before.hashed["deep/b.js"]}"' in before.files["a.js"].raw.decode()
    assert 'text = "./deep/b.js"' in before.files["a.js"].raw.decode()
    assert ".hidden" not in before.files
    (tmp_path / "deep" / "b.js").write_text("export const b = 2;\n")
    after = read_static_files(tmp_path)
    assert after.hashed["a.js"] != before.hashed["a.js"]


def test_wrong_imports_are_found_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import "./b.js";\n')
    with pytest.raises(ValueError, match="not there"):
        read_static_files(tmp_path)
    (tmp_path / "b.js").write_text('import "./a.js";\n')
    with pytest.raises(ValueError, match="ring"):
        read_static_files(tmp_path)
