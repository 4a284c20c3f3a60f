"""Many articles at once: which have changed, and a failure for each that cannot be extracted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ArticleError, PipelineError, RecordError
from pipeline.extraction.previous import keep_previous
from pipeline.files import sha256_of_text
from pipeline.guarded.files import refuse_leaving
from pipeline.guarded.jsons import read_json
from pipeline.guarded.source import Source
from pipeline.jsonl import line_for, to_json, write_extractions
from pipeline.reading.corpus import Corpus
from pipeline.records import Article, Extraction, Provenance

if TYPE_CHECKING:
    from spacy.language import Language

SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that was not extracted: where it stands, a word to count by, a sentence."""

    article: str
    cause: str
    message: str


class Change(StrEnum):
    """Why an article is extracted (again)."""

    NEW = "new"
    TEXT = "changed text"
    METADATA = "changed metadata"
    LEXICON = "changed lexicon"
    MODEL = "changed model or version"
    UNREADABLE = "unreadable extraction"
    FORCED = "forced"


class Status(StrEnum):
    """What became of an article in a run over the corpus."""

    EXTRACTED = "extracted"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article, why, and where it failed the cause and the message."""

    article: str
    status: Status
    change: Change | None = None
    failure: Failure | None = None


def extraction_path(folder: Path, article: str) -> Path:
    """The file of an article's extraction below the folder of the extractions."""
    return folder / f"{article}{SUFFIX}"


def find_removed(articles: Iterable[str], folder: Path) -> tuple[Path, ...]:
    """The extractions, sorted, whose article is not among ``articles``; they are left alone."""
    known = set(articles)
    return tuple(sorted(path for path in folder.glob(f"*{SUFFIX}") if path.stem not in known))


def read_corpus(corpus: Corpus) -> Iterator[Article | Failure]:
    """Each article of the corpus in the order of the ids, or why it cannot be read."""
    for article in corpus.ids():
        try:
            yield corpus.read(article)
        except ArticleError as error:
            yield Failure(article, error.cause, str(error))


def find_change(article: Article, path: Path, made_with: Provenance) -> Change | None:
    """Why the extraction at ``path`` is not the article's, or None where it still is.

    ``made_with`` is what an extraction of the article's text would be made with now.
    """
    if not os.path.lexists(path):
        return Change.NEW
    old = _read_lightly(path)
    if old is None or old.get("article") != article.id:
        return Change.UNREADABLE
    made = old["provenance"]
    if made.get("text_sha256") != made_with.text_sha256:
        return Change.TEXT
    bare = Extraction(article.id, "", metadata=article.metadata)
    if old.get("metadata") != to_json(bare)["metadata"]:
        return Change.METADATA
    if made.get("lexicon_sha256") != made_with.lexicon_sha256:
        return Change.LEXICON
    return None if made == asdict(made_with) else Change.MODEL


def _read_lightly(path: Path) -> dict[str, Any] | None:
    """The object of an extraction whose text has the hash it states; None where it is damaged.

    Its spans are not checked again, as they were when it was written: this is done for every
    article of a corpus in every run.
    """
    try:
        record: dict[str, Any] = read_json(path, Source(str(path), RecordError))
        stated = record["provenance"]["text_sha256"]
        return record if sha256_of_text(record["text"]) == stated else None
    except (PipelineError, KeyError, TypeError, AttributeError):
        return None


def extract_changed(
    nlp: Language,
    articles: Iterable[Article | Failure],
    folder: Path,
    *,
    force: bool = False,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """What became of each article, in order; new and changed ones are written below ``folder``.

    With ``force`` every article counts as changed; with ``dry_run`` nothing is written and an
    outcome ``EXTRACTED`` says what would be.
    """
    size = batch_size_of(nlp)
    for group in in_groups(articles, size):
        changes = {
            item.id: Change.FORCED if force else _change_of(nlp, item, folder)
            for item in group
            if isinstance(item, Article)
        }
        wanted = [item for item in group if isinstance(item, Article) and changes[item.id]]
        found = iter(()) if dry_run else extract_guarded(nlp, wanted, batch_size=size)
        for item in group:
            if isinstance(item, Failure):
                yield Outcome(item.article, Status.FAILED, failure=item)
            elif changes[item.id] is None:
                yield Outcome(item.id, Status.UNCHANGED)
            elif dry_run:
                yield Outcome(item.id, Status.EXTRACTED, changes[item.id])
            else:
                yield _write(next(found), folder, changes[item.id])


def extract_lazily(
    build: Callable[[], Language],
    made: Mapping[str, Any] | None,
    articles: Iterable[Article | Failure],
    folder: Path,
    *,
    force: bool = False,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """As ``extract_changed``, with ``build`` called at the first article that has changed.

    ``made`` is what ``pipeline.language.build.describe_language`` tells of the language that
    ``build`` returns; where it is None the language is built at once.
    """
    remaining = iter(articles)
    for item in remaining:
        if isinstance(item, Failure):
            yield Outcome(item.article, Status.FAILED, failure=item)
            continue
        if not force and made is not None and not _has_changed(made, item, folder):
            yield Outcome(item.id, Status.UNCHANGED)
            continue
        rest = chain((item,), remaining)
        yield from extract_changed(build(), rest, folder, force=force, dry_run=dry_run)
        return


def _has_changed(made: Mapping[str, Any], article: Article, folder: Path) -> bool:
    from pipeline.language.build import provenance_from

    path = extraction_path(folder, article.id)
    return find_change(article, path, provenance_from(made, article.text)) is not None


def extract_guarded(
    nlp: Language, articles: Iterable[Article | Failure], *, batch_size: int | None = None
) -> Iterator[Extraction | Failure]:
    """An extraction or a failure for each article, in input order, consumed as it is needed.

    A failure in the input is passed on in its place. Where a batch fails, its articles are tried
    one by one, so that only the bad ones are lost.
    """
    for group in in_groups(articles, batch_size or batch_size_of(nlp)):
        good = [item for item in group if isinstance(item, Article)]
        found = _extract_group(nlp, good)
        for item in group:
            yield item if isinstance(item, Failure) else next(found)


def _extract_group(nlp: Language, articles: list[Article]) -> Iterator[Extraction | Failure]:
    from pipeline.extraction.extract import extract_articles

    try:
        return iter(list(extract_articles(nlp, articles, batch_size=max(len(articles), 1))))
    except Exception:  # whatever it was, it is met again, and named, when they go one by one
        return (_extract_one(nlp, article) for article in articles)


def _extract_one(nlp: Language, article: Article) -> Extraction | Failure:
    from pipeline.extraction.extract import extract_article

    if len(article.text) > nlp.max_length:
        fault = f"{len(article.text):,} characters, and {nlp.max_length:,} is the limit; split it"
        return Failure(article.id, "too-long", fault)
    try:
        return extract_article(nlp, article)
    except PipelineError as error:
        return Failure(article.id, error.cause, str(error))
    except Exception as error:  # one bad article never stops the others
        return Failure(article.id, type(error).__name__, str(error))


def _write(found: Extraction | Failure, folder: Path, change: Change | None) -> Outcome:
    if isinstance(found, Failure):
        return Outcome(found.article, Status.FAILED, change, found)
    path = extraction_path(folder, found.article)
    try:
        refuse_leaving(path, folder.parent)
        if _read_lightly(path) is not None:  # half of one is nothing to compare with
            keep_previous(path, unless=f"{line_for(found)}\n")
        write_extractions(path, (found,))
    except (OSError, PipelineError) as error:
        failure = _unwritable(found.article, folder, error)
        return Outcome(found.article, Status.FAILED, change, failure)
    return Outcome(found.article, Status.EXTRACTED, change)


def _unwritable(article: str, folder: Path, error: OSError | PipelineError) -> Failure:
    if isinstance(error, PipelineError):
        return Failure(article, error.cause, str(error))
    return Failure(article, "unwritable", f"cannot be written to {folder}: {error.strerror}")


def _change_of(nlp: Language, article: Article, folder: Path) -> Change | None:
    from pipeline.language.build import provenance_of

    path = extraction_path(folder, article.id)
    return find_change(article, path, provenance_of(nlp, article.text))


def batch_size_of(nlp: Language) -> int:
    """How many articles the settings have go through the model together."""
    return int(nlp.meta["stance_claims"]["batch_size"])


def in_groups(
    articles: Iterable[Article | Failure], size: int
) -> Iterator[tuple[Article | Failure, ...]]:
    """The articles so many at a time, consumed as they are needed."""
    remaining = iter(articles)
    while group := tuple(islice(remaining, size)):
        yield group
