"""The properties of test_texts.py, led by atheris: `python tests/fuzz/led.py SECONDS`, each in a process of its own."""

import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent


def names() -> list[str]:
    """The properties."""
    from fuzz import test_texts

    return [name for name in vars(test_texts) if name.startswith("test_")]


def run(name: str, seconds: str) -> None:
    """Fuzz one property for so long. Ends the process."""
    import atheris

    with atheris.instrument_imports(include=["chatbot"]):
        from fuzz import test_texts

    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", "-max_len=4096", "-timeout=30"],
        getattr(test_texts, name).hypothesis.fuzz_one_input,
    )
    atheris.Fuzz()


def main() -> int:
    """Fuzz all; how many failed."""
    failed = 0
    for name in names():
        print(f"== {name}", flush=True)
        failed += subprocess.run([sys.executable, __file__, sys.argv[1], name], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.path.insert(0, str(TESTS))
    if len(sys.argv) > 2:
        run(sys.argv[2], sys.argv[1])
    else:
        sys.exit(main())
