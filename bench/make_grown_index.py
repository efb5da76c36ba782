"""`python -m bench.make_grown_index FOLDER PASSAGES QUESTIONS`: making it takes memory that asking it must not see."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from bench.grown_index import make

if __name__ == "__main__":
    folder, passages, questions = sys.argv[1:]
    print(json.dumps(asdict(make(Path(folder), int(passages), int(questions)))))
