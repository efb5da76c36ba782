"""A body that is asked for often: compressed once, sent in the form that the browser reads."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property

import brotli
from flask import Response, request

FOREVER = "public, max-age=31536000, immutable"
"""For an address that holds the hash of what it names."""
AN_HOUR = "public, max-age=3600"
ASK_FIRST = "no-cache"
"""Kept, but never used without asking whether it is still the newest: a corrected text is not held back."""
COMPRESSED_ALREADY = ("image/png", "image/webp", "font/woff2")


@dataclass(frozen=True)
class Packed:
    """A body with its MIME type; its compressed forms are made when first wanted."""

    raw: bytes
    mime: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 in hex."""
        return hashlib.sha256(self.raw).hexdigest()

    @cached_property
    def forms(self) -> dict[str, bytes]:
        """The body by content encoding, best first; only forms that are shorter than the body itself."""
        if self.mime in COMPRESSED_ALREADY:
            return {}
        made = {"br": brotli.compress(self.raw, quality=11), "gzip": gzip.compress(self.raw, 9, mtime=0)}
        return {encoding: body for encoding, body in made.items() if len(body) < len(self.raw)}


def send(packed: Packed, cache: str) -> Response:
    """The body in the best form that the request accepts; 304 where the browser holds it."""
    encoding = next((each for each in packed.forms if request.accept_encodings[each] > 0), None)
    response = Response(packed.forms[encoding] if encoding else packed.raw, content_type=packed.mime)
    if encoding:
        response.content_encoding = encoding
    response.headers["Cache-Control"] = cache
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{packed.digest[:32]}-{encoding or 'raw'}")
    response.make_conditional(request)
    del response.headers["Date"]  # the server that sends it adds one, and two are none
    return response
