"""`chatbot embed-check`: what is missing in a school's page, so that the widget works there."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from chatbot.cli.options import folders, settings_from
from chatbot.errors import FetchError


@click.command("embed-check")
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="Print what is missing as JSON.")
@folders
def command(url: str, as_json: bool, knowledge: Path | None, index: Path | None) -> None:
    """Fetch the page at URL and say what is missing for the widget; exit 1 where something is."""
    from chatbot.hosting.checks import check_host_page  # noqa: PLC0415
    from chatbot.hosting.fetching import require_web_address  # noqa: PLC0415

    try:
        require_web_address(url)
    except FetchError as error:
        raise click.BadParameter(str(error)) from error
    settings = settings_from(knowledge=knowledge, index=index)
    languages = sorted(path.name for path in settings.knowledge.glob("*") if path.is_dir())
    checked = check_host_page(url, languages)
    if as_json:
        click.echo(json.dumps(asdict(checked), ensure_ascii=False))
    else:
        for missing in checked.missing:
            click.echo(f"{checked.url}: {missing.what}; {missing.mend}", err=True)
        click.echo(f"{len(checked.missing)} missing" if checked.missing else "The widget is in order on this page.")
    raise SystemExit(1 if checked.missing else 0)
