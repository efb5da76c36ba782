"""`chatbot serve`: the web chat."""

import signal
from pathlib import Path

import click

from chatbot.cli.options import folders, settings_from
from chatbot.logs import configure
from chatbot.settings import settings_help


@click.command("serve", epilog=settings_help())
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@folders
def command(host: str | None, port: int | None, knowledge: Path | None, index: Path | None) -> None:
    """Serve the web chat, with an index built on the way if there is none."""
    from chatbot.server import serve  # noqa: PLC0415

    settings = settings_from(knowledge=knowledge, index=index, host=host, port=port)
    configure(settings.log_level, settings.log_format)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until it serves: end as on Ctrl+C, and end the build
    serve(settings, click.echo)
