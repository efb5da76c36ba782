"""`python -m bench.soak --minutes 20`: mixed traffic at four fifths of what the server can take, memory watched."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bench.clients import Clients
from bench.computer import about
from bench.drawing import draw_soak
from bench.figures import Found, found_json
from bench.report import OUT, write_soak
from bench.served import served
from bench.soak_figures import soak_figures
from bench.traffic import Traffic
from bench.watch import Watch
from chatbot.documents import load_documents
from chatbot.labels import read_labels
from chatbot.settings import read_settings

SHARE = 0.8
AT_LIMIT = 16
"""Clients while the limit is measured: enough to keep all workers at work, too few to be sent away."""
SHORT = 10
"""Minutes. A soak that is shorter only shows that it works."""


def soak(minutes: float, probing: float, every: float) -> Found:
    """`probing`: the seconds in which the limit is measured; `every`: the seconds between samples of memory."""
    settings = read_settings()
    traffic = Traffic(read_labels(settings.evals / "test.jsonl"), load_documents(settings.knowledge))
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as server:
        clients = Clients(server.port, traffic)
        limit = len(clients.as_fast_as_answered(probing, AT_LIMIT)) / probing
        watch = Watch(server, every)
        watch.start()
        told = clients.at_rate(minutes * 60, SHARE * limit)
        watch.stop()
        died = len(watch.pids - set(server.workers()))
    return soak_figures(told, limit, minutes * 60, watch.samples, died)


def main(arguments: list[str]) -> int:
    """0, or 1 where something failed or memory grew."""
    given = _parser().parse_args(arguments)
    folder: Path = given.out
    folder.mkdir(parents=True, exist_ok=True)
    on = about()
    found = soak(given.minutes, given.probing, given.every)
    told = found_json(found, "full" if given.minutes >= SHORT else "tiny", on)
    (folder / "soak.json").write_text(json.dumps(told, ensure_ascii=False) + "\n", "utf-8")
    drawn = draw_soak(folder)
    write_soak(folder, drawn)
    for each in found.figures:
        print(f"{each.what}: {each.value:.4g} {each.unit}, {each.ratio:.3g} of {each.against}")
    return 0 if all(each.met is not False for each in found.figures) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.soak")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--probing", type=float, default=60, help="seconds in which the limit is measured")
    parser.add_argument("--every", type=float, default=5, help="seconds between samples of memory")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of what is written [default: docs/bench]")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
