"""The articles of a corpus: each extracted where it is new or changed, by its own language.

What was made with the same text, metadata, lexicon and model is left as it is, and no model is
loaded for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError
from pipeline.extraction.build import build_language
from pipeline.language.provenance import Made, describe_language, made_by, provenance_from
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.settings import read_settings
from pipeline.reading.corpus import Corpus
from pipeline.records import Article, Extraction
from pipeline.runs.changes import Change, find_change
from pipeline.runs.guard import Failure, batch_size_of, extract_guarded, in_groups
from pipeline.runs.routing import Routing
from pipeline.runs.store import extraction_path, write_extraction

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
) -> Iterator[Outcome]:
    """What became of each article of the corpus: those in English, then those of other pipelines.

    ``models`` is the analyst's own lexicon folder, ``model`` a spaCy pipeline and ``profile`` who
    proposes claims, ``fast`` or ``full``; by default they are the settings' ones. With ``force``
    every article counts as changed; with ``dry_run`` nothing is written.

    Raises:
        SettingError: a setting is wrong, or a pipeline that is needed is not installed.
    """
    languages = read_settings(models_folders(models)).languages
    routing = Routing(languages)
    english = routing.keep_english(read_corpus(corpus))

    def outcomes(name: str | None, some: Iterable[Article | Failure]) -> Iterator[Outcome]:
        return extract_lazily(
            partial(build_language, name, models, profile=profile),
            describe_language(name, models, profile=profile),
            some,
            extracted,
            force=force,
            dry_run=dry_run,
        )

    yield from outcomes(model, english)
    for code, others in sorted(routing.others.items()):
        yield from outcomes(languages[code], others)


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
    size, made = batch_size_of(nlp), made_by(nlp)
    for group in in_groups(articles, size):
        changes = {
            item.id: Change.FORCED if force else _change_of(made, item, folder)
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
                yield _written(next(found), folder, changes[item.id])


def extract_lazily(
    build: Callable[[], Language],
    made: Made | None,
    articles: Iterable[Article | Failure],
    folder: Path,
    *,
    force: bool = False,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """As ``extract_changed``, with ``build`` called at the first article that has changed.

    ``made`` is what ``pipeline.language.provenance.describe_language`` tells of the language that
    ``build`` returns; where it is None the language is built at once.
    """
    remaining = iter(articles)
    for item in remaining:
        if isinstance(item, Failure):
            yield Outcome(item.article, Status.FAILED, failure=item)
            continue
        if not force and made is not None and _change_of(made, item, folder) is None:
            yield Outcome(item.id, Status.UNCHANGED)
            continue
        rest = chain((item,), remaining)
        yield from extract_changed(build(), rest, folder, force=force, dry_run=dry_run)
        return


def _change_of(made: Made, article: Article, folder: Path) -> Change | None:
    path = extraction_path(folder, article.id)
    return find_change(article, path, provenance_from(made, article.text))


def _written(found: Extraction | Failure, folder: Path, change: Change | None) -> Outcome:
    if isinstance(found, Failure):
        return Outcome(found.article, Status.FAILED, change, found)
    failure = write_extraction(found, folder)
    status = Status.EXTRACTED if failure is None else Status.FAILED
    missing = found.provenance.missing if found.provenance is not None else None
    return Outcome(found.article, status, change, failure, missing)
