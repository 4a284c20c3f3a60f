"""Articles from JSON lines, one a line: ``{"article": id, "text": …, "metadata": {…}}``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from pipeline.errors import ArticleError
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source
from pipeline.guarded.texts import decode_text
from pipeline.guarded.values import find_flaw
from pipeline.reading.invisible import count_invisible
from pipeline.records import Article
from pipeline.runs.cores import use_one_thread
from pipeline.runs.extractor import Extractor, Found, Making, extract_lines
from pipeline.runs.guard import Failure

MAX_LINE_BYTES = 64 * 1024 * 1024
_LINE = Source("", ArticleError)
_HINT = 'a line is {"article": id, "text": …, "metadata": {…}}'


def read_articles(
    stream: BinaryIO, *, name: str, read_to: Callable[[int], None] = lambda _: None
) -> Iterator[Article | Failure]:
    """Each line's article, or the failure that names ``file:line``; blank lines are passed over.

    The stream is consumed as it is needed. ``read_to`` is told how many bytes have been read.
    Keys other than the three are passed over, so that annotated files can be extracted anew.
    """
    position = number = 0
    while line := stream.readline(MAX_LINE_BYTES):
        number += 1
        position += len(line)
        whole = len(line) < MAX_LINE_BYTES or line.endswith(b"\n")
        if not whole:
            position += _skip_line(stream)
        read_to(position)
        where = f"{name}:{number}"
        try:
            if not whole:
                limit = f"more than {MAX_LINE_BYTES:,} bytes; split the article"
                raise ArticleError(f"the line has {limit}", cause="too-long")
            if text := decode_text(line, _LINE).strip():
                yield article_from_line(text)
        except ArticleError as error:
            yield Failure(where, error.cause, str(error))


def counting_invisible(
    articles: Iterable[Article | Failure], unseen: Counter[str]
) -> Iterator[Article | Failure]:
    """The same articles; ``unseen`` counts what is not seen in their texts as they go by."""
    for article in articles:
        if isinstance(article, Article):
            unseen.update(count_invisible(article.text))
        yield article


def extract_bulk(
    articles: Iterable[Article | Failure], making: Making, *, workers: int = 1
) -> Iterator[Found | Failure]:
    """A line or a failure for each article, in order, each by the pipeline of its language.

    So many ``workers`` are at work, 1 being this process. The English pipeline is loaded at once,
    the others when the first article of their language comes.

    Raises:
        SettingError: a setting is wrong, or the pipeline is not installed; before any work.
    """
    if workers > 1:
        use_one_thread()
    extractor = Extractor(making)
    extractor.load()
    return extract_lines(extractor, articles, workers=workers)


def article_from_line(line: str) -> Article:
    """The article that one JSON line holds.

    >>> article_from_line('{"article": "a", "text": "Chile objected."}').text
    'Chile objected.'

    Raises:
        ArticleError: the line is not JSON, or a value is missing, empty or of a wrong type.
    """
    record = parse_object(line, _LINE, hint=_HINT, bounded=False)
    article = _string(record, "article")
    text = _string(record, "text")
    metadata = record.get("metadata")
    if metadata is None:
        metadata = {}
    if not isinstance(metadata, dict):
        raise ArticleError(
            f"metadata must be an object, not {metadata!r:.60}; {_HINT}", cause="wrong-type"
        )
    if flaw := find_flaw(metadata):
        where = ".".join(("metadata", *flaw.keys))
        raise ArticleError(f"{where} {flaw.what}", cause="wrong-type")
    return Article(article, text, metadata)


def _string(record: dict[str, object], key: str) -> str:
    if key not in record:
        raise ArticleError(f"no key {key!r}; {_HINT}", cause="missing-key")
    value = record[key]
    if not isinstance(value, str):
        raise ArticleError(
            f"{key} must be a string, not {value!r:.60}; {_HINT}", cause="wrong-type"
        )
    if not value.strip():
        raise ArticleError(f"{key} is empty; {_HINT}", cause="empty")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        fault = f"{key} holds half a character (a lone surrogate) at {error.start}; correct it"
        raise ArticleError(fault, cause="undecodable") from error
    return value


def _skip_line(stream: BinaryIO) -> int:
    """How many bytes there were to the end of the line."""
    skipped = 0
    while piece := stream.readline(MAX_LINE_BYTES):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped
