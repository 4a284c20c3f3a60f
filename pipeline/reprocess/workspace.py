"""The merge over a whole workspace: what a run leaves for people to look at."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.dataset.articles import completed
from pipeline.dataset.corrected import read_corrected
from pipeline.dataset.imported import IMPORTED
from pipeline.dataset.ledger import LEDGER, read_decisions, standing_decisions
from pipeline.dataset.reanchor import AnchorState
from pipeline.dataset.records import Decision
from pipeline.errors import RecordError
from pipeline.jsonl import read_extractions, read_file
from pipeline.reading.duplicates import duplicate_of
from pipeline.records import Extraction
from pipeline.reprocess.merge import ArticleMerge, Standing, all_gained, merge_article
from pipeline.runs.changes import read_lightly
from pipeline.runs.previous import previous_folder


@dataclass(frozen=True, slots=True)
class WorkspaceMerge:
    """The merges of some articles, and the decisions on articles that are no longer there."""

    articles: tuple[ArticleMerge, ...]
    gone: tuple[Decision, ...] = ()

    def counts(self) -> Counter[str]:
        """How many there are of each kind over all articles, by its name."""
        found: Counter[str] = Counter()
        for item in self.articles:
            found.update(item.counts())
        found["decision orphan"] += len(self.gone)
        return +found

    def to_review(self) -> int:
        """How many claims of the present extractions nobody has decided yet."""
        return sum(len(item.undecided or {}) for item in self.articles)

    def back_to_review(self) -> tuple[Standing, ...]:
        """The decisions whose sentence was edited, or can no longer be told from another."""
        return tuple(entry for item in self.articles for entry in item.to_look_at())

    def orphans(self) -> tuple[Decision, ...]:
        """The decisions whose words are gone from their article, or whose article is gone."""
        found = [
            entry.decision
            for item in self.articles
            for entry in item.standing
            if entry.anchor.state is AnchorState.ORPHAN
        ]
        return (*found, *self.gone)


def merge_workspace(
    annotations: Path,
    *,
    with_duplicates: bool = False,
    on_fault: Callable[[str], None] = lambda _: None,
) -> WorkspaceMerge:
    """The merge of every extracted article: its last extraction, the one before, the ledger.

    A near-duplicate of another article is left out, so that nobody reviews the same thing twice.
    ``on_fault`` is told of each extraction that cannot be read: its article is left out, or, where
    it is an earlier one, counts as extracted for the first time.

    Raises:
        RecordError: where the ledger cannot be read.
    """
    extracted = annotations / "extracted"
    by_article: dict[str, list[Decision]] = defaultdict(list)
    for decision in standing_decisions(read_decisions(annotations / LEDGER)):
        by_article[decision.article].append(decision)
    merges, corrections = [], read_corrected(annotations)
    unread = {path.stem for path in extracted.glob("*.jsonl")}
    compared = {*by_article, *_names(previous_folder(extracted)), *_names(annotations / IMPORTED)}
    for now in _read_each(extracted, compared, on_fault):
        unread.discard(now.article)
        decisions = by_article.pop(now.article, [])
        if _is_duplicate(now) and not with_duplicates and not decisions:
            continue
        if isinstance(now, _Alone):
            merges.append(all_gained(now.article, now.claims))
            continue
        before = _read_previous(extracted, now.article, on_fault=on_fault)
        complete = partial(completed, annotations=annotations, corrections=corrections)
        try:
            whole = before and complete(before), complete(now)
        except RecordError as error:
            on_fault(str(error))
        else:
            merges.append(merge_article(*whole, decisions))
    gone = tuple(item for name, items in by_article.items() if name not in unread for item in items)
    return WorkspaceMerge(tuple(merges), gone)


@dataclass(frozen=True, slots=True)
class _Alone:
    """An article that nothing is compared with: nobody decided on it, it was extracted once."""

    article: str
    claims: tuple[str, ...]
    is_duplicate: bool


def _is_duplicate(now: Extraction | _Alone) -> bool:
    return now.is_duplicate if isinstance(now, _Alone) else bool(duplicate_of(now.metadata))


def _read_each(
    extracted: Path, compared: Collection[str], on_fault: Callable[[str], None]
) -> Iterator[Extraction | _Alone]:
    """Every extraction, in the order of the names; of most no more is read than what counts.

    ``compared`` are the articles of which all is needed.
    """
    for path in sorted(extracted.glob("*.jsonl")):
        alone = None if path.stem in compared else _read_alone(path)
        if alone is not None:
            yield alone
        else:
            yield from read_file(path, on_fault=on_fault)


def _read_alone(path: Path) -> _Alone | None:
    """None where the file is not one whole extraction, named as its article."""
    record = read_lightly(path)
    if record is None or record.get("article") != path.stem:
        return None
    try:
        claims = tuple(str(claim["id"]) for claim in record["claims"])
        return _Alone(path.stem, claims, duplicate_of(record.get("metadata", {})) is not None)
    except (KeyError, TypeError, AttributeError):
        return None


def _names(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.jsonl")}


def _read_previous(
    extracted: Path, article: str, *, on_fault: Callable[[str], None]
) -> Extraction | None:
    path = previous_folder(extracted) / f"{article}.jsonl"
    if not os.path.lexists(path):
        return None
    try:
        return next(read_extractions(path), None)
    except RecordError as error:
        on_fault(f"{error}. It is what was extracted before, and can go: rm {path}")
        return None
