"""``claims extract IN.jsonl -o FOLDER/``: many files, by this machine's cores or a cluster's."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.console import command_name, counted, on_one_line, progress, say
from pipeline.cli.tally import Tally
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.runs.extractor import Making
    from pipeline.runs.parts import Plan, Report


class Engine(StrEnum):
    """What the work is done by: processes of this machine, or a Dask cluster."""

    PROCESSES = "processes"
    DASK = "dask"


class PartFormat(StrEnum):
    """What the files of a folder are."""

    LINES = "jsonl"
    GZIP = "jsonl.gz"
    ZSTD = "jsonl.zst"
    PARQUET = "parquet"


def is_folder(output: str) -> bool:
    """Whether an output is a folder of parts: its name ends so, or there is one."""
    return output.endswith("/") or Path(output).is_dir()


@dataclass(frozen=True, slots=True)
class Cluster:
    """The Dask cluster that does the work; none where it is false."""

    engine: Engine
    scheduler: str | None

    def __bool__(self) -> bool:
        """Whether there is one: it was asked for, or named."""
        return self.engine is Engine.DASK or self.scheduler is not None


@dataclass(frozen=True, slots=True)
class Parts:
    """What is extracted, where to, and how."""

    sources: list[str]
    output: str
    making: Making
    form: PartFormat
    cluster: Cluster
    workers: int


def extract_to_folder(parts: Parts, *, dry_run: bool, force: bool) -> Tally:
    """What was done to the articles of the sources, those of earlier calls too; then the counts.

    Raises:
        SettingError: an input is not there, or the folder holds something else.
    """
    from pipeline.runs.parts import Plan, begin, finish
    from pipeline.runs.shards import find_shards

    if "-" in parts.sources:
        raise SettingError(f"-o {parts.output} takes files; stdin cannot be cut into parts")
    shards = tuple(find_shards(parts.sources))
    plan = Plan(parts.output.rstrip("/"), shards, parts.making, f".{parts.form.value}")
    if dry_run:
        found = counted(len(shards), "part")
        say(f"{found} to extract to {plan.folder}. Nothing was written. Next: without --dry-run")
        return Tally()
    numbers = begin(plan, anew=force)
    if len(numbers) < len(shards):
        say(f"{counted(len(shards) - len(numbers), 'part')} of {len(shards):,} were done before.")
    with progress("Extracting parts", len(shards)) as move_to:
        reports = _reports(plan, numbers, parts)
        for count, report in enumerate(reports, start=len(shards) - len(numbers) + 1):
            for failure in report.failures:
                say(f"{failure.article}: {on_one_line(failure.message)}")
            move_to(count)
    return _tell(plan, *finish(plan))


def _reports(plan: Plan, numbers: list[int], parts: Parts) -> Iterator[Report]:
    if not numbers:
        return
    if parts.cluster:
        from pipeline.runs.cluster import connected, extract_on

        with connected(parts.cluster.scheduler, parts.workers) as client:
            yield from extract_on(client, plan, numbers)
        return
    from pipeline.runs.cores import use_one_thread
    from pipeline.runs.extractor import Extractor
    from pipeline.runs.parts import extract_shards

    if parts.workers > 1:
        use_one_thread()
    yield from extract_shards(plan, numbers, Extractor(plan.making), workers=parts.workers)


def _tell(plan: Plan, total: Report, undone: int) -> Tally:
    tally = Tally(read=total.read, written=total.written, missing=total.missing)
    tally.causes.update(failure.cause for failure in total.failures)
    step = f"{command_name()} evaluate GOLD.jsonl {shlex.quote(plan.part(0))}"
    parts = counted(len(plan.shards), "part")
    if undone:
        tally.causes["part-not-done"] = undone
        parts = f"{len(plan.shards) - undone:,} of {parts}"
        step = "the same command, which takes up what is left"
    say(f"{tally.sentence(verb='written')} {parts} in {plan.folder}. Next: {step}")
    return tally
