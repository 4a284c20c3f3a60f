"""A person's word on near-duplicates: which copy counts, or that an article is no copy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipeline.errors import ArticleError
from pipeline.reading.amend import amend_metadata
from pipeline.reading.copies import CHOSEN, COPY, OWN, Copy, say_why
from pipeline.reading.corpus import Corpus
from pipeline.reading.duplicates import DUPLICATE_OF, LIKENESS, find_shingles, likeness
from pipeline.reading.known import Known, stated_metadata
from pipeline.reading.linking import without


@dataclass(frozen=True, slots=True)
class Shown:
    """An article among its near-duplicates: which counts, which others there are, and why."""

    counts: str
    others: tuple[str, ...]
    whys: Mapping[str, str]


def known_corpus(corpus: Corpus) -> Known:
    """The articles of a corpus without their texts being hashed; enough to look at copies."""
    known = Known(corpus)
    known.by_id = dict.fromkeys(corpus.ids(), "")
    return known


def show_copies(corpus: Corpus, article: str, decided: Collection[str]) -> Shown | None:
    """The article's near-duplicates; None where it has none."""
    known = known_corpus(corpus)
    groups = known.groups()
    counts = groups.first_of(article)
    others = groups.members(counts) - {counts}
    if not others or counts not in known.by_id:
        return None
    copies = {
        one: Copy(one, known.quality_of(one), groups.marks.get(one) == CHOSEN, one in decided)
        for one in (counts, *others)
    }
    whys = {one: say_why(copies[counts], copies[one]) for one in sorted(others)}
    return Shown(counts, tuple(sorted(others)), whys)


def choose_copy(corpus: Corpus, article: str, *, dry_run: bool = False) -> tuple[str, ...]:
    """The articles that count as this one from now on, whatever is added later.

    Raises:
        ArticleError: it has no near-duplicate, or the metadata of one cannot be read.
    """
    known = _with_article(corpus, article)
    groups = known.groups()
    others = groups.members(article)
    if groups.is_own(article):  # what was set apart is a copy again
        for near in known.duplicates().find_all(known.text_of(article)):
            others |= groups.members(near.article)
    others = {one for one in others if one in known.by_id and one != article}
    others -= {one for one in others if groups.is_own(one)}
    if not others:
        raise ArticleError(
            f"{article} has no near-duplicate, and counts; see them with: claims show",
            cause="no-copy",
        )
    shingles = find_shingles(known.text_of(article))
    changes: dict[str, dict[str, object]] = {
        article: {DUPLICATE_OF: None, LIKENESS: None, COPY: CHOSEN}
    }
    for one in others:
        alike = round(likeness(shingles, find_shingles(known.text_of(one))), 3)
        changes[one] = {DUPLICATE_OF: article, LIKENESS: alike, COPY: None}
    _amend(corpus, changes, dry_run=dry_run)
    return tuple(sorted(others))


def set_apart(
    corpus: Corpus, article: str, decided: Collection[str], *, dry_run: bool = False
) -> str | None:
    """The article that now counts for its near-duplicates, if they have to have another one.

    The article itself counts from now on and is never linked again.
    """
    known = _with_article(corpus, article)
    changes, counts = without(article, known, lambda: decided)
    changes[article] = {DUPLICATE_OF: None, LIKENESS: None, COPY: OWN}
    _amend(corpus, changes, dry_run=dry_run)
    return counts


def _with_article(corpus: Corpus, article: str) -> Known:
    if not corpus.text_path(article).is_file():
        raise corpus.unknown(article)
    return known_corpus(corpus)


def _amend(corpus: Corpus, changes: dict[str, dict[str, object]], *, dry_run: bool) -> None:
    """Read the metadata of all first, so that none is changed where one cannot be read."""
    for one in () if dry_run else changes:
        amend_metadata(corpus.metadata_path(one), {})
    for one, values in () if dry_run else changes.items():
        amend_metadata(corpus.metadata_path(one), values)


def has_said(corpus: Corpus, article: str, mark: str) -> bool:
    """Whether a person has said that of the article already."""
    return stated_metadata(corpus, article).get(COPY) == mark
