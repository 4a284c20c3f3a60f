"""How long a command takes to begin."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.stage import Asked, Row, Stage, at_most, told

ROUNDS = 15
_PROGRAM = "import sys; from pipeline.cli.main import main; sys.argv[0] = 'claims'; main()"


def measure(_: Asked) -> Iterator[Row]:
    """The wall time of ``claims --help``, by itself and beside the library that reads options."""
    own = [sys.executable, "-c", _PROGRAM, "--help"]
    bare = [sys.executable, "-c", "import typer"]
    helps, bares = [], []
    for _round in range(ROUNDS):
        helps.append(seconds_of(own))
        bares.append(seconds_of(bare))
    note = f"the best of {ROUNDS}, in turn"
    yield at_most("`claims --help`, seconds", min(helps), 0.3, note)
    yield told("`python -c 'import typer'`, seconds", min(bares))
    yield at_most("`claims --help` / `import typer`", min(helps) / min(bares), 2)


def seconds_of(command: list[str]) -> float:
    """The wall time of a process."""
    root = Path(__file__).resolve().parents[2]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=root)
    return time.perf_counter() - start


STAGE = Stage("startup", "Start-up", measure)
