"""Every figure of speed and memory, by stages, into ``benchmarks/RESULTS.md``.

    python -m benchmarks.results [STAGE…] [--texts FOLDER] [--again] [--all] [--list]

What a stage found is kept in ``.bench/``, which git ignores, and taken up by the next run as long
as the program, its data and the stage are the same: a run that was broken off goes on where it was.
``--again`` measures anew. The ratios of a stage are measured side by side in one run. An aim that
is missed is said on the page, and is no failure of the command.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from benchmarks.machine import describe_machine
from benchmarks.sets import find_texts
from benchmarks.stage import Asked, Row, Stage
from benchmarks.stages import lengths, lexicons, many, others, speed, startup
from pipeline.files import write_text_atomically

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".bench"
PAGE = ROOT / "benchmarks" / "RESULTS.md"
STAGES: tuple[Stage, ...] = (
    speed.STAGE,
    speed.PARTS,
    others.STAGE,
    lexicons.STAGE,
    lengths.STAGE,
    startup.STAGE,
    *many.STAGES,
)
_MADE_OF = ("pipeline", "models", "pyproject.toml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and write the page of all that is known."""
    options = _read(arguments)
    if options.list:
        print("".join(f"{one.name:12} {one.title}\n" for one in STAGES), end="")
        return 0
    kept = options.kept
    for stage in _chosen(options.stages, everything=options.all):
        if options.again or read_rows(stage, kept) is None:
            print(f"{stage.name}: {stage.title} …", file=sys.stderr, flush=True)
            asked = Asked(find_texts(options.texts), kept / stage.name)
            asked.scratch.mkdir(parents=True, exist_ok=True)
            keep(stage, tuple(stage.measure(asked)), kept)
    write_text_atomically(options.page, page := "".join(lines_of(STAGES, kept)))
    print(page, end="")
    rows = [row for stage in STAGES for row in read_rows(stage, kept) or ()]
    missed = sum(row.met is False for row in rows)
    print(
        f"{len(rows)} figures in {options.page}, {missed} below what is aimed at", file=sys.stderr
    )
    return 0


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    about = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("stages", nargs="*", metavar="STAGE", help="which stages; see --list")
    parser.add_argument("--texts", type=Path, help="the folder of development texts")
    parser.add_argument("--again", action="store_true", help="measure anew what is kept")
    parser.add_argument("--all", action="store_true", help="the stages that take long, too")
    parser.add_argument("--list", action="store_true", help="name the stages and end")
    parser.add_argument("--kept", type=Path, default=KEPT, help="where results are kept")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page that is written")
    options = parser.parse_args(arguments)
    known = [stage.name for stage in STAGES]
    if unknown := [name for name in options.stages if name not in known]:
        parser.error(f"no stage is named {unknown[0]!r}; there are {', '.join(known)}")
    return options


def _chosen(names: Sequence[str], *, everything: bool) -> Iterator[Stage]:
    for stage in STAGES:
        if stage.name in names or (not names and (everything or not stage.long)):
            yield stage


def read_rows(stage: Stage, kept: Path) -> tuple[Row, ...] | None:
    """What the stage found with the program as it is; None where it must be measured."""
    path = kept / f"{stage.name}.json"
    if not path.is_file():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    if found["made"] != digest(stage):
        return None
    return tuple(Row(**row) for row in found["rows"])


def keep(stage: Stage, rows: Sequence[Row], kept: Path) -> None:
    """Write what the stage found, with what it was found with and on."""
    found = {"made": digest(stage), "machine": describe_machine(), "rows": list(map(asdict, rows))}
    text = json.dumps(found, ensure_ascii=False, indent=1)
    write_text_atomically(kept / f"{stage.name}.json", text)


def digest(stage: Stage) -> str:
    """Sixteen digits that change with the program, its data and the stage's own module."""
    found = sha256(Path(inspect.getfile(stage.measure)).read_bytes())
    for name in _MADE_OF:
        top = ROOT / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
                found.update(sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]


def lines_of(stages: Sequence[Stage], kept: Path) -> Iterator[str]:
    """The lines of the page, each with its end."""
    yield "# Speed and memory, as measured\n\n"
    yield f"By `make bench` on: {describe_machine()}.\n"
    yield "The ratios of a table were measured side by side; **no** marks a missed aim.\n"
    for stage in stages:
        yield f"\n## {stage.title}\n\n"
        rows = read_rows(stage, kept)
        if rows is None:
            yield f"Not measured with the program as it is: `make bench STAGES={stage.name}`.\n"
            continue
        yield "| figure | value | aim | met | note |\n|---|---|---|---|---|\n"
        for row in rows:
            met = {True: "yes", False: "**no**", None: ""}[row.met]
            yield f"| {row.figure} | {row.value} | {row.aim} | {met} | {row.note} |\n"


if __name__ == "__main__":
    sys.exit(main())
