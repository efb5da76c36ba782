"""The nginx example, before a real server."""

import http.client
import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from knowledge_files import write_tiny
from servers import Server, free_port, started

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "docs/deploy/nginx.conf").read_text("utf-8")
WHOLE = """\
daemon off; pid {folder}/pid; error_log {folder}/main.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{example}
}}
"""

needs_nginx = pytest.mark.skipif(
    shutil.which("nginx") is None or shutil.which("openssl") is None, reason="apt-get install nginx-light openssl"
)


@dataclass(frozen=True)
class Proxied:
    """The ports of nginx, and the server behind it."""

    plain: int
    secure: int
    folder: Path
    server: Server

    def request(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        trusted = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        connection = http.client.HTTPSConnection("localhost", self.secure, timeout=30, context=trusted)
        try:
            connection.request(method, path, body, {"Host": "chatbot.example.az", **headers})
            response = connection.getresponse()
            return (
                response.status,
                {name.lower(): text for name, text in response.getheaders()},
                response.read().decode(),
            )
        finally:
            connection.close()


def make_certificate(folder: Path) -> None:
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    keys = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    subprocess.run([*made, *names, *keys], check=True, capture_output=True, timeout=60)


def adapted(folder: Path, server: int, plain: int, secure: int) -> str:
    """The example with this computer's ports and files in place; everything else as it is."""
    text = EXAMPLE
    for before, after in (
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{server};"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{secure} ssl http2;"),
        ("/etc/ssl/chatbot", str(folder)),
        ("/var/log/nginx", str(folder)),
    ):
        assert before in text
        text = text.replace(before, after)
    return WHOLE.format(folder=folder, example=text)


def listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    knowledge = write_tiny(folder / "knowledge", first="emergency-object")
    make_certificate(folder)
    with started(KNOWLEDGE=knowledge, INDEX=folder / "index", EVALS=folder / "none") as server:
        server.wait_until_it_serves()
        plain, secure = free_port(), free_port()
        (folder / "nginx.conf").write_text(adapted(folder, server.port, plain, secure))
        command = ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "first.log")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=30, check=False)
        assert checked.returncode == 0, checked.stderr
        nginx = subprocess.Popen(command)
        try:
            until = time.monotonic() + 10
            while not listens(secure):
                assert nginx.poll() is None
                assert time.monotonic() < until
                time.sleep(0.05)
            yield Proxied(plain, secure, folder, server)
        finally:
            nginx.terminate()
            nginx.wait(10)


@needs_nginx
def test_page_and_question_pass_through_with_their_headers(proxied: Proxied) -> None:
    status, headers, page = proxied.request("GET", "/en/")
    assert status == 200
    assert "tel:112" in page
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    body = json.dumps({"question": "I found a mine"})
    asked = proxied.request("POST", "/api/v1/ask", body, **{"Content-Type": "application/json"})
    assert (asked[0], json.loads(asked[2])["kind"]) == (200, "emergency")


@needs_nginx
def test_plain_http_leads_to_tls(proxied: Proxied) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxied.plain, timeout=30)
    connection.request("GET", "/az/?x=1", headers={"Host": "chatbot.example.az"})
    response = connection.getresponse()
    assert (response.status, response.headers["Location"]) == (301, "https://chatbot.example.az/az/?x=1")
    connection.close()


@needs_nginx
@pytest.mark.parametrize(("size", "status"), [(15_000, 422), (17_000, 413)])
def test_body_is_as_large_as_the_chatbot_takes(proxied: Proxied, size: int, status: int) -> None:
    body = json.dumps({"question": "m" * size})
    asked = proxied.request("POST", "/api/v1/ask", body, **{"Content-Type": "application/json"})
    assert asked[0] == status


@needs_nginx
def test_nobodys_address_is_in_a_log(proxied: Proxied) -> None:
    proxied.request("GET", "/en/?question=sirrimiz", **{"X-Forwarded-For": "192.0.2.77"})
    files = [path for path in proxied.folder.iterdir() if path.is_file() and path.suffix == ".log"]
    told = "".join(path.read_text("utf-8") for path in files) + "".join(proxied.server.errors)
    assert '"route": "/<language:lang>/"' in told
    assert not any(words in told for words in ("127.0.0.1", "192.0.2.77", "sirrimiz"))
