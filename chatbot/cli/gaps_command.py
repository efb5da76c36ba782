"""`chatbot gaps`: the questions that the files do not answer."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli.options import folders, settings_from
from chatbot.errors import EmbedderError, IndexUnusableError, RecordsError
from chatbot.settings import Settings

if TYPE_CHECKING:
    from chatbot.records.gaps import Gap, Vectors

MOST_READ = 3000


@click.command("gaps")
@click.option("--json", "as_json", is_flag=True, help="Print the groups, or the draft, as JSON.")
@click.option("--draft", "number", type=click.IntRange(1), metavar="N", help="Begin a section for the group N.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the draft to this .md file, outside the knowledge.")
@folders
def command(as_json: bool, number: int | None, out: Path | None, knowledge: Path | None, index: Path | None) -> None:
    """List the questions without a good answer, redacted and grouped by meaning, or begin a section for a group."""
    from chatbot.records.drafts import begin_draft  # noqa: PLC0415
    from chatbot.records.recorder import this_day  # noqa: PLC0415

    if out is not None and number is None:
        raise click.UsageError("--out needs --draft N")
    settings = settings_from(knowledge=knowledge, index=index)
    gaps = _gaps(settings)
    if number is None:
        _show(gaps, as_json, settings.similar_needed)
        return
    if number > len(gaps):
        raise click.BadParameter(f"there is no group {number}; there are {len(gaps)}", param_hint="--draft")
    draft = begin_draft(gaps[number - 1], this_day())
    if out is not None:
        _write(draft.markdown, draft.questions, out, settings.knowledge)
    elif as_json:
        click.echo(json.dumps(asdict(draft), ensure_ascii=False))
    else:
        click.echo(f"{draft.markdown}\n# The questions beside it\n\n{draft.questions}", nl=False)


def _gaps(settings: Settings) -> "tuple[Gap, ...]":
    from chatbot.documents import load_documents  # noqa: PLC0415
    from chatbot.records.database import connect, upgrade  # noqa: PLC0415
    from chatbot.records.gaps import find_gaps  # noqa: PLC0415
    from chatbot.records.reader import Reader  # noqa: PLC0415
    from chatbot.records.recorder import own_words, this_day  # noqa: PLC0415

    url = settings.database_url
    if url is None:
        raise RecordsError("no questions are kept", mend="name a database with CHATBOT_DATABASE")
    engine = connect(url)
    try:
        upgrade(engine)
    except Exception as error:  # it may still be read, as from a disk that is full
        click.echo(f"chatbot: the database can't be written ({type(error).__name__})", err=True)
    questions = Reader(engine, settings.retention_days, this_day).questions(MOST_READ)
    known = own_words(load_documents(settings.knowledge))
    return find_gaps(questions, _vectors(settings), settings.similar_needed, known)


def _vectors(settings: Settings) -> "Vectors":
    """Vectors of the index in use, or none, with a word about it: a list by words is better than none."""
    from chatbot.embedder import load_embedder  # noqa: PLC0415
    from chatbot.index.store import load_index  # noqa: PLC0415
    from chatbot.index.versions import current  # noqa: PLC0415
    from chatbot.records.gaps import by_words, language_vectors  # noqa: PLC0415

    try:
        return language_vectors(
            load_index(current(settings.index_folder)), load_embedder(settings.embedding_model).queries
        )
    except (EmbedderError, IndexUnusableError) as error:
        click.echo(f"chatbot: grouped by words alone: {error}", err=True)
        return by_words


def _show(gaps: "tuple[Gap, ...]", as_json: bool, needed: int) -> None:
    if as_json:
        click.echo(json.dumps([asdict(gap) for gap in gaps], ensure_ascii=False, default=str))
        return
    for gap in gaps:
        langs = ", ".join(f"{lang} {count}" for lang, count in gap.langs.items())
        click.echo(f"{gap.number}. {gap.count} questions ({langs}), the newest of {gap.newest.isoformat()}")
        for wording in gap.wordings:
            click.echo(f"   {wording.count} x {wording.lang}: {wording.text}")
        for comment in gap.comments:
            click.echo(f"   said: {comment}")
    if not gaps:
        click.echo(f"No question without an answer was asked {needed} times.")


def _write(markdown: str, questions: str, out: Path, knowledge: Path) -> None:
    """Both files, anew; never among the knowledge files, where a build would take them up."""
    beside = out.with_suffix(".questions.yaml")
    if out.suffix != ".md" or out.resolve().is_relative_to(knowledge.resolve()):
        raise click.BadParameter(
            f"{out} must end in .md and lie outside the knowledge folder; move it there when it is written",
            param_hint="--out",
        )
    for path, text in ((out, markdown), (beside, questions)):
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise click.BadParameter(f"{path} can't be written ({error.strerror})", param_hint="--out") from error
        click.echo(f"wrote {path}", err=True)
