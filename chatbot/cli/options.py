"""Options that every command has, and the settings that they give."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from chatbot.settings import Settings, read_settings


def folders(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --knowledge and --index to a command."""
    command = click.option("--index", type=click.Path(path_type=Path, file_okay=False), help="Folder of the index.")(
        command
    )
    return click.option(
        "--knowledge", type=click.Path(path_type=Path, file_okay=False), help="Folder of the knowledge files."
    )(command)


def settings_from(**given: Any) -> Settings:
    """The settings of the environment, with what the command line gives in place."""
    return read_settings().having(**given)
