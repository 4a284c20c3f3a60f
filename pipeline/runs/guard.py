"""An extraction or a failure for each article: one bad article never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import PipelineError
from pipeline.language.provenance import made_by
from pipeline.records import Article, Extraction

if TYPE_CHECKING:
    from spacy.language import Language


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that was not extracted: where it stands, a word to count by, a sentence."""

    article: str
    cause: str
    message: str


def extract_guarded(
    nlp: Language, articles: Iterable[Article | Failure], *, batch_size: int | None = None
) -> Iterator[Extraction | Failure]:
    """An extraction or a failure for each article, in input order, consumed as it is needed.

    A failure in the input is passed on in its place. Where a batch fails, its articles are tried
    one by one, so that only the bad ones are lost. What spaCy learns of words in a batch it forgets
    after it, so that memory does not grow with the articles.
    """
    for group in in_groups(articles, batch_size or batch_size_of(nlp)):
        good = [item for item in group if isinstance(item, Article)]
        found = _extract_group(nlp, good)
        for item in group:
            yield item if isinstance(item, Failure) else next(found)


def _extract_group(nlp: Language, articles: list[Article]) -> Iterator[Extraction | Failure]:
    from pipeline.extraction.extract import extract_articles

    try:
        size = max(len(articles), 1)
        return iter(
            _forgetting(nlp, lambda: list(extract_articles(nlp, articles, batch_size=size)))
        )
    except Exception:  # whatever it was, it is met again, and named, when they go one by one
        return (_extract_one(nlp, article) for article in articles)


def _extract_one(nlp: Language, article: Article) -> Extraction | Failure:
    from pipeline.extraction.extract import extract_article

    if len(article.text) > nlp.max_length:
        fault = f"{len(article.text):,} characters, and {nlp.max_length:,} is the limit; split it"
        return Failure(article.id, "too-long", fault)
    try:
        return _forgetting(nlp, lambda: extract_article(nlp, article))
    except PipelineError as error:
        return Failure(article.id, error.cause, str(error))
    except Exception as error:  # one bad article never stops the others
        return Failure(article.id, type(error).__name__, str(error))


def _forgetting(nlp: Language, work: Callable[[], Result]) -> Result:
    """What ``work`` returns, which holds no documents; the words that it met are forgotten.

    No error may leave spaCy's zone by itself: the zone would not be put away.
    """
    fault: BaseException | None = None
    with nlp.memory_zone():
        try:
            result = work()
        except BaseException as error:
            fault = error
    if fault is not None:
        raise fault
    return result


def batch_size_of(nlp: Language) -> int:
    """How many articles the settings have go through the model together."""
    return made_by(nlp).batch_size


def in_groups(
    articles: Iterable[Article | Failure], size: int
) -> Iterator[tuple[Article | Failure, ...]]:
    """The articles so many at a time, consumed as they are needed."""
    remaining = iter(articles)
    while group := tuple(islice(remaining, size)):
        yield group
