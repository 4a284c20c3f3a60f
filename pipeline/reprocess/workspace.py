"""The merge over a whole workspace: what a run leaves for people to look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset.ledger import LEDGER, read_decisions, standing_decisions
from pipeline.dataset.reanchor import AnchorState
from pipeline.dataset.records import Decision
from pipeline.extraction.previous import previous_folder
from pipeline.jsonl import read_extractions
from pipeline.reading.duplicates import duplicate_of
from pipeline.records import Extraction
from pipeline.reprocess.merge import ArticleMerge, Standing, merge_article


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


def merge_workspace(annotations: Path, *, with_duplicates: bool = False) -> WorkspaceMerge:
    """The merge of every extracted article: its last extraction, the one before, the ledger.

    A near-duplicate of another article is left out, so that nobody reviews the same thing twice.

    Raises:
        RecordError: where the ledger or an extraction cannot be read.
    """
    extracted = annotations / "extracted"
    by_article: dict[str, list[Decision]] = defaultdict(list)
    for decision in standing_decisions(read_decisions(annotations / LEDGER)):
        by_article[decision.article].append(decision)
    merges = []
    for now in _read_all(extracted):
        decisions = by_article.pop(now.article, [])
        if duplicate_of(now.metadata) and not with_duplicates and not decisions:
            continue
        before = _read_previous(extracted, now.article)
        merges.append(merge_article(before, now, decisions))
    gone = tuple(item for items in by_article.values() for item in items)
    return WorkspaceMerge(tuple(merges), gone)


def _read_all(extracted: Path) -> Iterator[Extraction]:
    for path in sorted(extracted.glob("*.jsonl")):
        yield from read_extractions(path)


def _read_previous(extracted: Path, article: str) -> Extraction | None:
    path = previous_folder(extracted) / f"{article}.jsonl"
    return next(read_extractions(path), None) if path.is_file() else None
