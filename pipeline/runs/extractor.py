"""Articles to the lines of their extractions, in this process or in several: the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import PipelineError
from pipeline.extraction.build import build_language
from pipeline.jsonl import line_for
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.settings import read_settings
from pipeline.records import Article, Extraction
from pipeline.runs.cores import use_one_thread
from pipeline.runs.guard import Failure, extract_guarded
from pipeline.runs.pool import Died, start_methods, work_in_processes
from pipeline.runs.routing import extract_by_language

if TYPE_CHECKING:
    from spacy.language import Language

_GROUP_CHARACTERS = 100_000
_GROUP_ITEMS = 1_000
_LOOKED_AHEAD = 8

DIED = "worker-died"
"""The cause of the failure of an article whose process died twice."""

Other = TypeVar("Other")
Group = tuple[list["Article | Other"], list[Article]]


@dataclass(frozen=True, slots=True)
class Found:
    """The line of an article's extraction, without its newline.

    ``missing`` says which proposers could not read all of the article, and why.
    """

    article: str
    line: str
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """What a process must know to extract as another does.

    ``model``, ``models`` and ``profile`` are as in ``build_language``. With ``by_language`` an
    article in another language goes to the pipeline that the settings name for it, or fails.
    """

    model: str | None = None
    models: Path | None = None
    profile: str | None = None
    by_language: bool = True

    def build(self) -> Language:
        """The language for English, or for all where articles are not told apart."""
        return build_language(self.model, self.models, profile=self.profile)

    def others(self) -> dict[str, Callable[[], Language]]:
        """What builds the pipeline of each other language, once."""
        names = read_settings(models_folders(self.models)).languages if self.by_language else {}
        return {
            code: cache(partial(build_language, name, self.models, profile=self.profile))
            for code, name in names.items()
        }

    def group_size(self) -> int:
        """How many articles go through the model together."""
        return read_settings(models_folders(self.models)).batch_size


class Extractor:
    """Gives the line or the failure of each article, in order; the model is loaded at the first."""

    def __init__(self, making: Making, nlp: Language | None = None) -> None:
        self.making = making
        self._nlp = nlp
        self._others: Mapping[str, Callable[[], Language]] | None = None

    def load(self) -> Language:
        """The language, loaded where it was not yet.

        Raises:
            SettingError: a setting is wrong, or the pipeline is not installed.
        """
        if self._nlp is None:
            self._nlp = self.making.build()
        if self._others is None:
            self._others = self.making.others()
        return self._nlp

    def __call__(self, articles: Sequence[Article]) -> list[Found | Failure]:
        """A line or a failure for each article."""
        nlp = self.load()
        if self.making.by_language:
            found = extract_by_language(nlp, self._others or {}, articles)
        else:
            found = extract_guarded(nlp, articles)
        return [item if isinstance(item, Failure) else to_line(item) for item in found]


def to_line(extraction: Extraction) -> Found | Failure:
    """The line, or why there is none: the metadata hold what JSON cannot."""
    missing = extraction.provenance.missing if extraction.provenance is not None else None
    try:
        return Found(extraction.article, line_for(extraction), missing)
    except PipelineError as error:
        return Failure(extraction.article, error.cause, str(error))


def extract_lines(
    extractor: Extractor,
    items: Iterable[Article | Other],
    *,
    workers: int = 1,
    method: str | None = None,
    size: int | None = None,
) -> Iterator[Found | Failure | Other]:
    """A line or a failure for each article, in order; what is no article is passed on in its place.

    With more ``workers`` than 1 that many processes are at work, where there is more than one
    group of articles; ``method`` is how they are started, one of ``start_methods()``. An article
    whose process dies twice is a failure ``worker-died``. ``size`` is how many articles go through
    the model together, by default as the settings have it.
    """
    groups = in_groups_of(items, size or extractor.making.group_size())
    if workers > 1:
        use_one_thread()
        ahead, many = _look_ahead(groups)
        groups = chain(ahead, groups)
        if many:
            found = _in_processes(extractor, groups, workers, method or start_methods()[0])
            for (passed, _), results in found:
                yield from _in_order(passed, results)
            return
    for passed, articles in groups:
        yield from _in_order(passed, extractor(articles) if articles else [])


def _in_processes(
    extractor: Extractor, groups: Iterable[Group[Other]], workers: int, method: str
) -> Iterator[tuple[Group[Other], list[Found | Failure | Died]]]:
    prepare = partial(_make, extractor.making)
    if method == "fork":
        extractor.load()  # once, for all processes
        prepare = partial(_give, extractor)
    pairs = ((group, group[1]) for group in groups)
    return work_in_processes(prepare, pairs, workers=workers, method=method)


def _make(making: Making) -> Extractor:
    extractor = Extractor(making)
    extractor.load()
    return extractor


def _give(extractor: Extractor) -> Extractor:
    return extractor


def _look_ahead(groups: Iterator[Group[Other]]) -> tuple[list[Group[Other]], bool]:
    """The first groups, and whether there seems to be work for more than one process."""
    ahead: list[Group[Other]] = []
    for group in islice(groups, _LOOKED_AHEAD):
        ahead.append(group)
        if sum(bool(articles) for _, articles in ahead) > 1:
            return ahead, True
    return ahead, len(ahead) == _LOOKED_AHEAD


def _in_order(
    passed: Iterable[Article | Other], results: Iterable[Found | Failure | Died]
) -> Iterator[Found | Failure | Other]:
    """Each item, an article replaced by its result."""
    remaining = iter(results)
    for item in passed:
        if not isinstance(item, Article):
            yield item
            continue
        result = next(remaining)
        yield _died(item, result) if isinstance(result, Died) else result


def _died(article: Article, how: Died) -> Failure:
    fault = (
        f"the process that read it {how.how}, twice; if memory ran out, split the article or run "
        "with fewer workers: --workers 1"
    )
    return Failure(article.id, DIED, fault)


def in_groups_of(items: Iterable[Article | Other], size: int) -> Iterator[Group[Other]]:
    """Runs of the items, each with its articles: no more than so many, nor with much more text."""
    passed: list[Article | Other] = []
    articles: list[Article] = []
    characters = 0
    for item in items:
        passed.append(item)
        if isinstance(item, Article):
            articles.append(item)
            characters += len(item.text)
        full = len(articles) == size or len(passed) == _GROUP_ITEMS
        if full or characters >= _GROUP_CHARACTERS:
            yield passed, articles
            passed, articles, characters = [], [], 0
    if passed:
        yield passed, articles
