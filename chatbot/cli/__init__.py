"""The command `chatbot`: one file a command, imported when it is run, so that `--help` loads no model."""

import sys
from importlib import import_module
from typing import Any

import click

from chatbot import __version__
from chatbot.errors import ChatbotError, QuestionError, SettingsError

COMMANDS = {
    "serve": "Serve the web chat.",
    "ask": "Answer one question, or a file of them.",
    "build": "Check, build, question and publish the knowledge files.",
    "versions": "List the index versions.",
    "rollback": "Put an earlier index version in use again.",
    "explain": "Show why a question gets its answer.",
    "check": "Check the knowledge files.",
    "new": "Begin a document in every language.",
    "import": "Make a draft of a file or page.",
    "translate-status": "Show which translations are missing or behind.",
    "eval": "Score the labelled questions.",
    "embed-check": "Say what a page lacks for the widget.",
    "gaps": "List the questions that the files do not answer.",
}


class Commands(click.Group):
    """A group that imports a command's module only to run it or to show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"chatbot.cli.{cmd_name.replace('-', '_')}_command").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def group() -> None:
    """Questions about mines, answered only in the verified words of their sources."""


def main(args: list[str] | None = None) -> Any:
    """Run the command; exit 0 done, 1 the thing checked is wrong, 2 wrong usage."""
    try:
        return group(args)
    except ChatbotError as error:
        click.echo(f"chatbot: {error}", err=True)
        sys.exit(exit_code(error))


def exit_code(error: ChatbotError) -> int:
    """2 where the call was wrong, 1 where what it found is."""
    return 2 if isinstance(error, QuestionError | SettingsError) else 1
