"""Small knowledge folders, written where a test wants them."""

from pathlib import Path

HEAD = """\
title: {title}
kind: {kind}
audience: [everyone]
sources:
  - {{publisher: Test, title: Test, url: "https://example.org/"}}
review_by: 2099-01-01
status: draft
"""


def head(title: str = "A title", kind: str = "guidance", more: str = "") -> str:
    return HEAD.format(title=title, kind=kind) + more


def document_text(body: str, kind: str = "guidance", more: str = "", title: str = "A title") -> str:
    return f"---\n{head(title, kind, more)}---\n\n{body}"


def write(folder: Path, name: str, text: str) -> Path:
    """The file `name` (`en/mines.md`) in the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")
    return path


MINES = """\
## You found a mine {#found}

1. Stop. Do not touch it.
2. Move away, then call 112.

## What mines look like {#looks}

Mines are green, grey or brown. They lie in grass and under soil. Nobody can see all of them.
"""

WATER = """\
## Mines in rivers {#rivers}

Floods carry mines down a river. Do not pick up an object on the bank.
"""


def write_tiny(folder: Path, first: str = "mines") -> Path:
    """A knowledge folder of two documents in one language, with questions; `first` is the id of the first."""
    write(folder, f"en/{first}.md", document_text(MINES, title="Mines"))
    write(folder, "en/water.md", document_text(WATER, title="Water"))
    write(
        folder,
        f"en/{first}.questions.yaml",
        "found:\n- I found a mine\n- There is a mine here\nlooks:\n- mine colour\n",
    )
    return folder
