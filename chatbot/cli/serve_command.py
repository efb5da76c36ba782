"""`chatbot serve`: the web chat."""

import logging
import signal
from pathlib import Path

import click

from chatbot.cli.options import folders, settings_from
from chatbot.settings import settings_help


@click.command("serve", epilog=settings_help())
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@folders
def command(host: str | None, port: int | None, knowledge: Path | None, index: Path | None) -> None:
    """Serve the web chat, with an index built on the way if there is none."""
    from werkzeug.serving import run_simple  # noqa: PLC0415

    from chatbot.engine import load_engine  # noqa: PLC0415
    from chatbot.web import create_app  # noqa: PLC0415
    from chatbot.web.serving import QuietHandler  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = settings_from(knowledge=knowledge, index=index, host=host, port=port)
    engine = load_engine(settings, say=click.echo)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as on Ctrl+C, so that what waits is written
    click.echo(f"Serving at http://{settings.host}:{settings.port}")
    run_simple(settings.host, settings.port, create_app(settings, engine), threaded=True, request_handler=QuietHandler)
