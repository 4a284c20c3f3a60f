"""Many processes, many machines, large corpora: what they cost, as ratios within one run.

    python -m benchmarks.scale workers|dask|memory|unchanged|workspace [--profile NAME] …

Each stage is a function that returns rows: the figure, its value, the aim, and a note that says
what was measured. Corpora are made from development texts (``benchmarks.sets``) in a temporary
folder. Times are of the wall unless a note says otherwise: measure on a machine that is at rest.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpora import make_articles, write_lines
from benchmarks.large import make_large_workspace, measure_large
from benchmarks.workspace import measured
from pipeline.runs.cluster import connected, extract_on
from pipeline.runs.cores import use_one_thread
from pipeline.runs.extractor import Extractor, Found, Making, extract_lines
from pipeline.runs.parts import Plan, begin, extract_shards, finish
from pipeline.runs.shards import find_shards


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: its value, what it should be, and how it was measured."""

    figure: str
    value: float
    aim: str
    note: str


def measure_workers(
    articles: int = 400, *, words: int = 250, profile: str = "full", rounds: int = 3
) -> list[Row]:
    """Two workers against one, on the same texts with the model loaded, by turns."""
    use_one_thread()
    made = list(make_articles(articles, words=words))
    total = sum(len(article.text.split()) for article in made)
    extractor = Extractor(Making(profile=profile))
    extractor.load()
    by_workers: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    outputs = set()
    for _ in range(rounds):
        for workers, taken in by_workers.items():
            lines, wall, cpu = _timed(partial(extract_lines, extractor, made, workers=workers))
            outputs.add(tuple(lines))
            taken.append((wall, cpu))
    one, two = (min(by_workers[workers]) for workers in (1, 2))
    note = (
        f"{articles:,} articles, {total:,} words, profile {profile}, best of {rounds} each: "
        f"{total / one[0]:,.0f} and {total / two[0]:,.0f} words a second, one "
        f"{total / one[1]:,.0f} a second of the processor; "
        f"{'the same' if len(outputs) == 1 else 'DIFFERENT'} lines"
    )
    free = "by seconds of the processor: twice those of one, over those of two and their parent"
    return [
        Row("two workers / one", one[0] / two[0], ">= 1.8", note),
        Row("two workers / one, were two cores free", 2 * one[1] / two[1], ">= 1.8", free),
    ]


def measure_dask(
    articles: int = 400, *, words: int = 250, profile: str = "full", rounds: int = 2
) -> list[Row]:
    """A Dask cluster of two local workers against two of our own, both with the model loaded."""
    use_one_thread()
    making = Making(profile=profile)
    with TemporaryDirectory() as name, connected(None, 2) as client:
        source = Path(name) / "in.jsonl"
        total = write_lines(source, make_articles(articles, words=words))
        shards = tuple(find_shards([str(source)], size=source.stat().st_size // 20 + 1))
        extractor = Extractor(making)
        extractor.load()
        few = Plan(f"{name}/few", shards[:2], making)
        _finish(few, extract_on(client, few, begin(few)))
        times: dict[str, list[float]] = {"own": [], "dask": []}
        for turn in range(rounds):
            for engine, taken in times.items():
                plan = Plan(f"{name}/{engine}{turn}", shards, making)
                numbers, begun = begin(plan), time.perf_counter()
                if engine == "own":
                    reports = extract_shards(plan, numbers, extractor, workers=2)
                else:
                    reports = extract_on(client, plan, numbers)
                _finish(plan, reports)
                taken.append(time.perf_counter() - begun)
        alike = _bytes_of(f"{name}/own0") == _bytes_of(f"{name}/dask0")
    own, dask = min(times["own"]), min(times["dask"])
    note = (
        f"{articles:,} articles in {len(shards)} shards, profile {profile}, best of {rounds} each: "
        f"{total / own:,.0f} and {total / dask:,.0f} words a second; "
        f"{'the same' if alike else 'DIFFERENT'} bytes"
    )
    return [Row("Dask, two local workers / own two workers", own / dask, ">= 0.9", note)]


def measure_memory(
    few: int = 2_000, many: int = 20_000, *, words: int = 20, profile: str = "full"
) -> list[Row]:
    """The peak memory of a whole run over many articles against one over a tenth of them."""
    peaks = {}
    with TemporaryDirectory() as name:
        for articles in (few, many):
            source = Path(name) / "in.jsonl"
            write_lines(source, make_articles(articles, words=words))
            call = ["extract", "in.jsonl", "-o", "out.jsonl", "--workers", "1"]
            peaks[articles] = measured(Path(name), [*call, "--profile", profile])["megabytes"]
    note = (
        f"`claims extract --workers 1`, profile {profile}, articles of about {words} words with "
        f"made-up names: {peaks[few]:,.0f} MB and {peaks[many]:,.0f} MB"
    )
    figure = f"peak memory at {many:,} articles / at {few:,}"
    return [Row(figure, peaks[many] / peaks[few], "<= 1.1", note)]


def measure_unchanged(articles: int = 5_000, *, sentences: int = 30) -> list[Row]:
    """A run over an unchanged corpus against its first run (``benchmarks.reprocess``)."""
    call = [sys.executable, "-m", "benchmarks.reprocess", "--articles", str(articles)]
    done = subprocess.run(
        [*call, "--sentences", str(sentences)], stdout=subprocess.PIPE, text=True, check=False
    )
    found = json.loads(done.stdout.splitlines()[-1])
    wrote = "nothing" if found["wrote_nothing"] else "SOMETHING"
    note = (
        f"{articles:,} articles of {sentences} sentences: {found['first_seconds']} s and "
        f"{found['unchanged_seconds']} s; it wrote {wrote}"
    )
    return [Row("an unchanged corpus / its first run", found["ratio"], "<= 0.01", note)]


def measure_workspace(
    articles: int = 100_000, *, decisions: int = 100_000, new: int = 10_000
) -> list[Row]:
    """`verify`, `export` and a day's `run` in a workspace of many articles: seconds and memory."""
    with TemporaryDirectory() as name:
        make_large_workspace(Path(name), articles, decisions, new)
        return [
            Row(figure, seconds, "", note)
            for figure, seconds, note in measure_large(Path(name), articles, decisions, new)
        ]


STAGES: dict[str, Callable[..., list[Row]]] = {
    "workers": measure_workers,
    "dask": measure_dask,
    "memory": measure_memory,
    "unchanged": measure_unchanged,
    "workspace": measure_workspace,
}


def _timed(work: Callable[[], Iterable[object]]) -> tuple[list[str], float, float]:
    """The lines, and how many seconds of the wall and of the processor they took."""
    begun, before = time.perf_counter(), _processor()
    lines = [item.line for item in work() if isinstance(item, Found)]
    return lines, time.perf_counter() - begun, _processor() - before


def _processor() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(kind) for kind in kinds]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _finish(plan: Plan, reports: Iterator[object]) -> None:
    for _ in reports:
        pass
    _, undone = finish(plan)
    if undone:
        raise SystemExit(f"{undone} parts were not done")


def _bytes_of(folder: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(Path(folder).glob("part-*"))]


def main() -> None:
    """Run a stage and print its rows as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    for name in ("articles", "words", "rounds", "few", "many", "sentences", "decisions", "new"):
        parser.add_argument(f"--{name}", type=int)
    parser.add_argument("--profile")
    options = {key: value for key, value in vars(parser.parse_args()).items() if value is not None}
    for row in STAGES[options.pop("stage")](**options):
        print(json.dumps({**asdict(row), "value": round(row.value, 4)}), flush=True)


if __name__ == "__main__":
    main()
