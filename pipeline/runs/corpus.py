"""The articles of a corpus: each extracted where it is new or changed, by its own language.

What was made with the same text, metadata, lexicon and model is left as it is, and no model is
loaded for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError
from pipeline.language.provenance import Made, describe_language, made_by, provenance_from
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.settings import read_settings
from pipeline.reading.corpus import Corpus
from pipeline.records import Article
from pipeline.runs.changes import Change, find_change
from pipeline.runs.extractor import Extractor, Found, Making, extract_lines
from pipeline.runs.guard import Failure
from pipeline.runs.routing import Routing
from pipeline.runs.store import extraction_path, write_line

if TYPE_CHECKING:
    from spacy.language import Language


class Status(StrEnum):
    """What became of an article in a run over the corpus."""

    EXTRACTED = "extracted"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article, why, and where it failed the cause and the message.

    ``missing`` says which proposers could not read all of it, where it was extracted without them.
    """

    article: str
    status: Status
    change: Change | None = None
    failure: Failure | None = None
    missing: str | None = None


def read_corpus(corpus: Corpus) -> Iterator[Article | Failure]:
    """Each article of the corpus in the order of the ids, or why it cannot be read."""
    for article in corpus.ids():
        try:
            yield corpus.read(article)
        except ArticleError as error:
            yield Failure(article, error.cause, str(error))


def extract_corpus(
    corpus: Corpus,
    extracted: Path,
    *,
    force: bool = False,
    dry_run: bool = False,
    models: Path | None = None,
    model: str | None = None,
    profile: str | None = None,
    workers: int = 1,
) -> Iterator[Outcome]:
    """What became of each article of the corpus: those in English, then those of other pipelines.

    ``models`` is the analyst's own lexicon folder, ``model`` a spaCy pipeline and ``profile`` who
    proposes claims, ``fast`` or ``full``; by default they are the settings' ones. With ``force``
    every article counts as changed; with ``dry_run`` nothing is written. So many ``workers`` are
    at work, 1 being this process.

    Raises:
        SettingError: a setting is wrong, or a pipeline that is needed is not installed.
    """
    languages = read_settings(models_folders(models)).languages
    routing = Routing(languages)
    english = routing.keep_english(read_corpus(corpus))
    how = How(extracted, force=force, dry_run=dry_run, workers=workers)

    def outcomes(name: str | None, some: Iterable[Article | Failure]) -> Iterator[Outcome]:
        making = Making(name, models, profile, by_language=False)
        return extract_as(making, some, how)

    yield from outcomes(model, english)
    for code, others in sorted(routing.others.items()):
        yield from outcomes(languages[code], others)


@dataclass(frozen=True, slots=True)
class How:
    """Where extractions are written, and when: ``force``, ``dry_run`` and ``workers`` as above."""

    folder: Path
    force: bool = False
    dry_run: bool = False
    workers: int = 1


def extract_as(
    making: Making, articles: Iterable[Article | Failure], how: How
) -> Iterator[Outcome]:
    """As ``extract_changed``; what ``making`` says is loaded at the first article to extract."""
    extractor = Extractor(making)
    made = describe_language(making.model, making.models, profile=making.profile)
    yield from _extract(extractor, made or made_by(extractor.load()), articles, how)


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
    extractor = Extractor(Making(by_language=False), nlp)
    yield from _extract(extractor, made_by(nlp), articles, How(folder, force, dry_run))


def _extract(
    extractor: Extractor, made: Made, articles: Iterable[Article | Failure], how: How
) -> Iterator[Outcome]:
    changes: dict[str, Change] = {}

    def sifted() -> Iterator[Article | Outcome]:
        """The articles to extract, and for the others what became of them."""
        for item in articles:
            if isinstance(item, Failure):
                yield Outcome(item.article, Status.FAILED, failure=item)
                continue
            change = Change.FORCED if how.force else _change_of(made, item, how.folder)
            if change is None:
                yield Outcome(item.id, Status.UNCHANGED)
            elif how.dry_run:
                yield Outcome(item.id, Status.EXTRACTED, change)
            else:
                changes[item.id] = change
                yield item

    for found in extract_lines(extractor, sifted(), workers=how.workers):
        if isinstance(found, Outcome):
            yield found
        else:
            yield _written(found, how.folder, changes.pop(found.article))


def _change_of(made: Made, article: Article, folder: Path) -> Change | None:
    path = extraction_path(folder, article.id)
    return find_change(article, path, provenance_from(made, article.text))


def _written(found: Found | Failure, folder: Path, change: Change) -> Outcome:
    if isinstance(found, Failure):
        return Outcome(found.article, Status.FAILED, change, found)
    failure = write_line(found.article, found.line, folder)
    status = Status.EXTRACTED if failure is None else Status.FAILED
    return Outcome(found.article, status, change, failure, found.missing)
