"""The static files, read once: each under its own name and under one that holds its hash.

`url_for("static", filename="chat.css")` gives the hashed name, which browsers keep for good; the plain one works too.
A module's imports of its neighbours are rewritten to hashed names, so a page never mixes two versions of a script.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from typing import Any, cast
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, request

from chatbot.web.packed import AN_HOUR, ASK_FIRST, FOREVER, Packed, send

ADDRESS = "/static/"
HASH_LENGTH = 10
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
}
HASHED = re.compile(rf"(?P<stem>.+)\.[0-9a-f]{{{HASH_LENGTH}}}(?P<suffix>\.\w+)")
IMPORT = re.compile(r'^(?P<before>(?:import|export)\b[^"\n]*)"\./(?P<name>[\w./-]+)"', re.MULTILINE)


@dataclass(frozen=True)
class StaticFiles:
    """`files`: by name inside the folder; `hashed`: the hashed name of each; `plain`: the other way round."""

    files: Mapping[str, Packed]
    hashed: Mapping[str, str]
    plain: Mapping[str, str]


def read_static_files(folder: Path) -> StaticFiles:
    """All files in the folder but hidden ones. Raises ValueError where modules import each other in a ring."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    raw = {name: path.read_bytes() for name, path in found.items() if not name.rpartition("/")[2].startswith(".")}
    files: dict[str, Packed] = {}
    for name in raw:
        _read(name, raw, files, ())
    hashed = {name: _hashed(name, packed.digest) for name, packed in files.items()}
    return StaticFiles(files, hashed, {hashed_name: name for name, hashed_name in hashed.items()})


def register(app: Flask, files: StaticFiles) -> None:
    """Has the application serve the files under /static/."""
    app.extensions["chatbot_static"] = files
    app.add_url_rule(f"{ADDRESS}<path:filename>", endpoint="static", view_func=static_file)
    app.url_defaults(_name_hashed)


def static_file(filename: str) -> Response:
    """The file; kept for good by its hashed name. A hash of an earlier or later release gives what is here now."""
    static = current_static()
    if filename in static.plain:
        return _public(send(static.files[static.plain[filename]], FOREVER))
    if filename in static.files:
        return _public(send(static.files[filename], AN_HOUR))
    other = HASHED.fullmatch(filename)
    name = other["stem"] + other["suffix"] if other else ""
    if name not in static.files:
        abort(404)
    return _public(send(static.files[name], ASK_FIRST))


def hashed_address(name: str) -> str:
    """The address under which browsers keep the file for good, as `url_for` gives it on the pages. An answer has many,
    and `url_for` would take an eighth of the time of one that is kept."""
    return f"{request.script_root}{ADDRESS}{quote(current_static().hashed.get(name, name))}"


def current_static() -> StaticFiles:
    return cast(StaticFiles, current_app.extensions["chatbot_static"])


def _public(response: Response) -> Response:
    """Lets every site read it, as the widget does with pictures: it holds nothing of anybody."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _read(name: str, raw: Mapping[str, bytes], files: dict[str, Packed], importers: tuple[str, ...]) -> Packed:
    """The file, after those that it imports: their hashes are part of what it says."""
    if name in importers:
        raise ValueError(f"{name}: static modules import each other in a ring: {', '.join(importers)}")
    if name not in files:
        files[name] = Packed(_body(name, raw, files, (*importers, name)), _type(name))
    return files[name]


def _body(name: str, raw: Mapping[str, bytes], files: dict[str, Packed], importers: tuple[str, ...]) -> bytes:
    if not name.endswith(".js"):
        return raw[name]

    def to_hashed(found: re.Match[str]) -> str:
        imported = (PurePosixPath(name).parent / found["name"]).as_posix()
        if imported not in raw:
            raise ValueError(f"{name}: imports {imported}, which is not there")
        hashed = _hashed(found["name"], _read(imported, raw, files, importers).digest)
        return f'{found["before"]}"./{hashed}"'

    return IMPORT.sub(to_hashed, raw[name].decode()).encode()


def _hashed(name: str, digest: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{digest[:HASH_LENGTH]}.{suffix}" if dot else f"{name}.{digest[:HASH_LENGTH]}"


def _type(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    return TYPES.get(suffix) or guess_type(name)[0] or "application/octet-stream"


def _name_hashed(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and current_app:
        values["filename"] = current_static().hashed.get(values.get("filename", ""), values.get("filename"))
