"""A folder of parts, one for each shard of the input: written once, and taken up again.

``part-00000.jsonl`` and its like hold the extractions; each has its counts and failures in
``_reports/``. What the parts are made of and with stands in ``_plan.json``; ``_SUCCESS`` is there
when all are. A part is there when it is whole, and is done when its report is there too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import chain

from pipeline.errors import SettingError
from pipeline.language.provenance import describe_language, made_by, provenance_from
from pipeline.records import Article
from pipeline.runs.extractor import Extractor, Found, Making, extract_lines
from pipeline.runs.guard import Failure
from pipeline.runs.shards import Shard, read_shard
from pipeline.runs.streams import (
    as_text,
    list_names,
    open_result,
    open_source,
    remove,
)
from pipeline.runs.tables import open_table

PLAN, SUCCESS, REPORTS, TRAILS = "_plan.json", "_SUCCESS", "_reports", "_trails"
TABLE = ".parquet"
FORMATS = (".jsonl", ".jsonl.gz", ".jsonl.zst", TABLE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a folder of parts is made of: the shards in order, the format, what extracts them."""

    folder: str
    shards: tuple[Shard, ...]
    making: Making = field(default_factory=Making)
    suffix: str = FORMATS[0]

    def part(self, number: int) -> str:
        """The name of the part of a shard."""
        return f"{self.folder}/{name_of(number)}{self.suffix}"

    def report(self, number: int) -> str:
        """The name of a part's report."""
        return f"{self.folder}/{REPORTS}/{name_of(number)}.json"

    def trail(self, number: int) -> str:
        """The name of what is known of attempts at a part that died."""
        return f"{self.folder}/{TRAILS}/{name_of(number)}.json"


@dataclass(slots=True)
class Report:
    """What became of a shard's articles."""

    number: int
    read: int = 0
    written: int = 0
    failures: list[Failure] = field(default_factory=list)
    missing: Counter[str] = field(default_factory=Counter)

    def note(self, item: Found | Failure) -> None:
        """Count one."""
        self.read += 1
        if isinstance(item, Failure):
            self.failures.append(item)
            return
        self.written += 1
        if item.missing:
            self.missing[item.missing] += 1


@dataclass(frozen=True, slots=True)
class _End:
    """Stands behind the last article of a shard."""


def name_of(number: int) -> str:
    """A part's name without its ending.

    >>> name_of(12)
    'part-00012'
    """
    return f"part-{number:05}"


def begin(plan: Plan, *, anew: bool = False) -> list[int]:
    """The numbers of the shards that are still to be extracted; the plan is written down.

    With ``anew`` all are, and what was there is removed.

    Raises:
        SettingError: the folder has parts of other inputs, or made with something else.
    """
    if anew:
        _clear(plan.folder)
    wanted = _described(plan)
    path = f"{plan.folder}/{PLAN}"
    if PLAN in list_names(plan.folder):
        with open_source(path) as stream:
            found = json.load(stream)
        if different := sorted(key for key in wanted if wanted[key] != found.get(key)):
            raise SettingError(
                f"{plan.folder} holds extractions with other {', '.join(different)}; name another "
                "folder, or begin this one anew with --force"
            )
    elif any(not name.startswith(("_", ".")) for name in list_names(plan.folder)):
        raise SettingError(f"{plan.folder} is not empty, and holds no parts; name another folder")
    else:
        write_json(path, wanted)
    for name in list_names(f"{plan.folder}/{TRAILS}"):
        remove(f"{plan.folder}/{TRAILS}/{name}")
    parts, reports = set(list_names(plan.folder)), set(list_names(f"{plan.folder}/{REPORTS}"))
    return [
        number
        for number in range(len(plan.shards))
        if f"{name_of(number)}{plan.suffix}" not in parts
        or f"{name_of(number)}.json" not in reports
    ]


def finish(plan: Plan) -> tuple[Report, int]:
    """The sum of all reports, and how many parts have none; ``_SUCCESS`` says that all have."""
    total, undone = Report(len(plan.shards)), 0
    for number in range(len(plan.shards)):
        if (report := read_report(plan, number)) is None:
            undone += 1
            continue
        total.read += report.read
        total.written += report.written
        total.failures += report.failures
        total.missing += report.missing
    if not undone:
        _sweep(plan.folder)
        counts = {"read": total.read, "written": total.written, "failed": len(total.failures)}
        write_json(f"{plan.folder}/{SUCCESS}", {"parts": len(plan.shards), **counts})
    return total, undone


def extract_shards(
    plan: Plan, numbers: Sequence[int], extractor: Extractor, *, workers: int = 1
) -> Iterator[Report]:
    """The report of each shard, when its part and its report are written."""
    items = chain.from_iterable(_marked(read_shard(plan.shards[number])) for number in numbers)
    results: Iterator[Found | Failure | _End]
    results = extract_lines(extractor, items, workers=workers)
    for number in numbers:
        yield write_part(plan, number, _up_to_end(results))


def write_part(plan: Plan, number: int, results: Iterable[Found | Failure]) -> Report:
    """The report of a shard with these results; its part is written, then the report."""
    report = Report(number)
    with _open_part(plan, number) as write:
        for item in results:
            report.note(item)
            if isinstance(item, Found):
                write(item.line)
    write_json(plan.report(number), asdict(report))
    return report


def read_report(plan: Plan, number: int) -> Report | None:
    """The report of a part; None where there is none yet."""
    try:
        with open_source(plan.report(number)) as stream:
            found = json.load(stream)
    except SettingError:
        return None
    failures = [Failure(**failure) for failure in found["failures"]]
    return Report(
        found["number"], found["read"], found["written"], failures, Counter(found["missing"])
    )


def made_with(making: Making) -> dict[str, object]:
    """What an extraction is made with here: package, model, lexicons, as provenance has them."""
    made = describe_language(making.model, making.models, profile=making.profile)
    found = provenance_from(made or made_by(making.build()), "").named()
    return {key: value for key, value in dict(found).items() if key != "text_sha256"}


def write_json(name: str, value: object) -> None:
    """Write an object as a file that is there whole, or not at all."""
    with open_result(name) as raw, as_text(raw) as stream:
        stream.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _described(plan: Plan) -> dict[str, object]:
    shards = [[shard.source, shard.start, shard.stop] for shard in plan.shards]
    return {"format": plan.suffix, "made with": made_with(plan.making), "input": shards}


def _sweep(folder: str) -> None:
    """Remove what killed processes left: files that never got their names, and trails."""
    for place in (folder, f"{folder}/{REPORTS}", f"{folder}/{TRAILS}"):
        for name in list_names(place):
            if place.endswith(TRAILS) or (name.startswith(".") and name.endswith(".tmp")):
                remove(f"{place}/{name}")


def _clear(folder: str) -> None:
    for name in list_names(folder):
        if name.startswith("part-") or name in (PLAN, SUCCESS):
            remove(f"{folder}/{name}")
    for inner in (REPORTS, TRAILS):
        for name in list_names(f"{folder}/{inner}"):
            remove(f"{folder}/{inner}/{name}")


def _marked(articles: Iterable[Article | Failure]) -> Iterator[Article | Failure | _End]:
    yield from articles
    yield _End()


def _up_to_end(results: Iterator[Found | Failure | _End]) -> Iterator[Found | Failure]:
    for item in results:
        if isinstance(item, _End):
            return
        yield item


@contextmanager
def _open_part(plan: Plan, number: int) -> Iterator[Callable[[str], object]]:
    """What writes one line to a part, which is there when the block has ended well."""
    name = plan.part(number)
    with open_result(name) as raw:
        if plan.suffix == TABLE:
            with open_table(raw) as write:
                yield write
        else:
            with as_text(raw) as stream:
                yield lambda line: stream.write(line + "\n")
