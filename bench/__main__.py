"""`python -m bench [MEASURE …]`: run measures, each in a process of its own, and write docs/bench/."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from bench.children import ONE_THREAD
from bench.computer import about
from bench.drawing import draw
from bench.figures import Found, MissingError, found_json
from bench.measures import BY_NAME, MEASURES
from bench.report import OUT, write_report
from bench.sizes import FULL, TINY, Sizes


def main(arguments: list[str]) -> int:
    """0, or 1 where a measure failed; one that lacks something is told and left out."""
    parser = _parser()
    given = parser.parse_args(arguments)
    unknown = [name for name in given.measures if name not in BY_NAME]
    if unknown:
        parser.error(f"no such measure: {', '.join(unknown)}")
    folder: Path = given.out
    folder.mkdir(parents=True, exist_ok=True)
    sizes = TINY if given.tiny else FULL
    if given.here:
        _measure(given.here, sizes, folder)
        return 0
    failed = [name for name in given.measures or list(BY_NAME) if not _in_its_process(name, sizes, folder)]
    if not draw(folder):
        print("no drawing: matplotlib is not installed: `pip install --constraint constraints.txt -e '.[bench]'`")
    write_report(folder)
    print(f"written: {folder}" + (f"; failed: {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {each.name:14}{each.says}" for each in MEASURES)
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=f"Measures:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help="all of them where none is named")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of what is written [default: docs/bench]")
    parser.add_argument("--tiny", action="store_true", help="seconds instead of minutes: shows that the measures work")
    parser.add_argument("--here", choices=list(BY_NAME), help=argparse.SUPPRESS)
    return parser


def _in_its_process(name: str, sizes: Sizes, folder: Path) -> bool:
    """Whether it came to an end. What an earlier run left goes first: a failure must not leave an old figure."""
    print(f"{name}: {BY_NAME[name].says}", flush=True)
    (folder / f"{name}.json").unlink(missing_ok=True)
    tiny = ["--tiny"] if sizes is TINY else []
    command = [sys.executable, "-m", "bench", "--here", name, "--out", str(folder), *tiny]
    threads = ONE_THREAD if BY_NAME[name].one_thread else {}
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1", **threads}
    return subprocess.run(command, check=False, env=environment).returncode == 0


def _measure(name: str, sizes: Sizes, folder: Path) -> None:
    on = about()
    try:
        found = BY_NAME[name].run(sizes)
    except MissingError as error:
        print(f"  left out: {error}", flush=True)
        found = Found((), missing=str(error))
    for each in found.figures:
        print(f"  {each.what}: {each.value:.4g} {each.unit}, {each.ratio:.3g} of {each.against}", flush=True)
    told = json.dumps(found_json(found, sizes.name, on), ensure_ascii=False, indent=1)
    (folder / f"{name}.json").write_text(told + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
