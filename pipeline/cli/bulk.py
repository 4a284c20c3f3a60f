"""``claims extract IN.jsonl``: from files, addresses or stdin to one file, address or stdout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from pipeline.cli.console import (
    binary_stdin,
    command_name,
    leaving_on_broken_pipe,
    progress,
    say,
    utf8_stdout,
)
from pipeline.cli.options import writable_place
from pipeline.cli.tally import Tally

if TYPE_CHECKING:
    from pipeline.records import Article
    from pipeline.runs.extractor import Making
    from pipeline.runs.guard import Failure

STREAM = "-"


def extract_stream(
    sources: list[str], output: str, making: Making, *, dry_run: bool, workers: int
) -> Tally:
    """What was done to the articles of the sources, in their order; then the counts are told."""
    from pipeline.reading.invisible import invisible_in_words
    from pipeline.runs.bulk import counting_invisible

    tally = Tally()
    unseen: Counter[str] = Counter()
    with progress("Extracting", _size_of(sources)) as move_to:
        articles = counting_invisible(_read_all(sources, move_to), unseen)
        if dry_run:
            for item in articles:
                _count(tally, item)
        else:
            _write(articles, output, tally, making, workers)
    if unseen:
        name = "stdin" if sources == [STREAM] else ", ".join(sources)
        say(f"{name}: {invisible_in_words(unseen)}")
    step = f"{command_name()} evaluate GOLD.jsonl {output if output != STREAM else 'OUT.jsonl'}"
    if dry_run:
        step = "the same without --dry-run. Nothing was written"
    say(f"{tally.sentence(verb='to extract' if dry_run else 'written')} Next: {step}")
    return tally


def _size_of(sources: list[str]) -> int | None:
    """How many bytes there are to read, where that can be known before they are read."""
    from pipeline.runs.streams import size_of

    sizes = [None if source == STREAM else size_of(source) for source in sources]
    return None if None in sizes else sum(filter(None, sizes)) or None


def _read_all(sources: list[str], move_to: Callable[[float], None]) -> Iterator[Article | Failure]:
    from pipeline.runs.bulk import read_articles

    before = position = 0

    def read_to(place: int) -> None:
        nonlocal position
        position = before + place
        move_to(position)

    for source in sources:
        name = "stdin" if source == STREAM else source
        with _reading(source) as stream:
            yield from read_articles(stream, name=name, read_to=read_to)
        before = position


def _write(
    articles: Iterator[Article | Failure],
    output: str,
    tally: Tally,
    making: Making,
    workers: int,
) -> None:
    from pipeline.runs.bulk import extract_bulk
    from pipeline.runs.guard import Failure

    with leaving_on_broken_pipe(), _writing(output) as lines:
        for item in extract_bulk(articles, making, workers=workers):
            _count(tally, item)
            if not isinstance(item, Failure):
                lines.write(item.line + "\n")
        lines.flush()


def _count(tally: Tally, item: object) -> None:
    from pipeline.runs.extractor import Found
    from pipeline.runs.guard import Failure

    tally.read += 1
    if isinstance(item, Failure):
        tally.add_failure(item)
        return
    tally.written += 1
    if isinstance(item, Found):
        tally.add_missing(item.article, item.missing)


@contextmanager
def _reading(source: str) -> Iterator[BinaryIO]:
    """The bytes of the input, unpacked."""
    from pipeline.errors import SettingError
    from pipeline.guarded.source import Source
    from pipeline.runs.compressed import plain
    from pipeline.runs.streams import open_source

    if source == STREAM:
        yield plain(binary_stdin(), Source("stdin", SettingError))
    else:
        with open_source(source) as stream:
            yield stream


@contextmanager
def _writing(output: str) -> Iterator[TextIO]:
    """Where the lines go; a file appears whole at the end, a stream or a device at once."""
    from pipeline.runs.streams import as_text, is_address, open_result

    path = Path(output)
    if output == STREAM:
        with utf8_stdout() as stream:
            yield stream
    elif path.exists() and not path.is_file() and not path.is_dir():
        with path.open("w", encoding="utf-8", newline="") as stream:
            yield stream
    else:
        name = output if is_address(output) else str(writable_place(path))
        with open_result(name) as raw, as_text(raw) as stream:
            yield stream
