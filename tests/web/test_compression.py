"""Pages and answers go out in gzip to those who read it, and to nobody else."""

import gzip

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("address", ["/az/", "/documents/en/figures", "/api/v1/documents"])
def test_large_bodies_are_compressed(client: FlaskClient, address: str) -> None:
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert len(gzip.decompress(packed.data)) == len(plain.data)


@pytest.mark.parametrize(("address", "accepted"), [("/healthz", "gzip"), ("/az/", "br"), ("/az/", "gzip;q=0")])
def test_others_stay_as_they_are(client: FlaskClient, address: str, accepted: str) -> None:
    assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": accepted}).headers
