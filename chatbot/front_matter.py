"""The head of a knowledge file, and YAML as the knowledge files have it: dates are read by pydantic, so that a wrong
one is told with its line, and a key that stands twice is an error."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from chatbot.errors import KnowledgeError

DATES = "tag:yaml.org,2002:timestamp"

Kind = Literal["article", "guidance", "figures", "about"]
Audience = Literal[
    "everyone", "children-6-11", "children-12-17", "parents", "teachers", "farmers", "herders", "builders",
    "drivers", "returnees", "journalists",
]  # fmt: skip


def _web_address(url: str) -> str:
    """The address, if a reader may be sent there. Raises PydanticCustomError."""
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise PydanticCustomError("web_address", "the address is not one of http:// or https://")
    return url


@dataclass(frozen=True)
class Source:
    """Who published what a document says."""

    publisher: str
    title: str
    url: Annotated[str, AfterValidator(_web_address)]
    published: date | None = None


class FrontMatter(BaseModel):
    """The head of a knowledge file; a key that is not listed here is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    kind: Kind
    audience: tuple[Audience, ...]
    sources: tuple[Source, ...] = Field(min_length=1)
    review_by: date
    status: Literal["draft", "approved"]
    as_of: date | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    translation_of: str | None = None


def read_front_matter(path: Path, head: str) -> FrontMatter:
    """The front matter in the YAML text `head`, which begins in the file's second line. Raises KnowledgeError."""
    data = read_yaml(path, head, first_line=2)
    if not isinstance(data, dict):
        raise KnowledgeError("the front matter has no keys", where=f"{path}:2", mend="write lines such as `title: …`")
    try:
        return FrontMatter.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise KnowledgeError(
            f"front matter `{'.'.join(str(part) for part in first['loc'])}`: {first['msg'].lower()}",
            where=f"{path}:{2 + _line(head, first['loc'])}",
            mend=f"correct `{first['loc'][0] if first['loc'] else ''}` in the front matter",
        ) from error


def read_yaml(path: Path, text: str, first_line: int = 1) -> Any:
    """What the YAML text says, which begins in the file's line `first_line`. Raises KnowledgeError."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # it is a SafeLoader
    except _KeyTwiceError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        raise KnowledgeError(str(error.problem), where=f"{path}:{line}", mend="keep one of the two") from error
    except yaml.reader.ReaderError as error:
        raise KnowledgeError(
            f"the character U+{error.character:04X} must not stand here",
            where=f"{path}:{first_line + text[: error.position].count(chr(10))}",
            mend="delete it",
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise KnowledgeError(
            f"this is not YAML: {' '.join(str(getattr(error, 'problem', None) or error).split())}",
            where=f"{path}:{first_line + mark.line if mark else first_line}",
            mend="put texts with `:` in quotation marks",
        ) from error


class _KeyTwiceError(yaml.constructor.ConstructorError):
    pass


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012  # PyYAML's own name for its table
        letter: [(tag, pattern) for tag, pattern in found if tag != DATES]
        for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise _KeyTwiceError(None, None, f"the key `{key.value}` stands twice", key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def _line(head: str, place: tuple[int | str, ...]) -> int:
    """The line of `head` on which the value at `place` stands, or the innermost one around it that is there."""
    *_, line = _lines(yaml.compose(head, Loader=_Loader), place)
    return line


def _lines(node: Any, place: tuple[int | str, ...]) -> Iterator[int]:
    yield 0
    for part in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            yield node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == part]
            if not found:
                return
            key, node = found[0]
            yield key.start_mark.line
