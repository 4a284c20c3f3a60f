"""The claims that leave a workspace: the verified ones, or the machine's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset.records import Decision, Rule
from pipeline.records import Extraction

if TYPE_CHECKING:
    from pipeline.dataset.fold import Fold

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The decisions of a workspace, with entities as corrected since, and what they come to."""

    decisions: tuple[Decision, ...]
    fold: Fold


@dataclass(frozen=True, slots=True)
class Gathered:
    """The claims of a workspace and their articles.

    ``claims`` gives the records anew each time it is called, one after the other, so that large
    datasets need not be held; ``count`` is how many they are. ``notes`` say what was left out on
    purpose, ``faults`` what could not be read. ``reviewed`` gives, by each article of which
    somebody decided something, how many of the machine's claims nobody decided; it is None where
    nobody was asked. ``ledger`` has what review came to, where the verified claims were gathered.
    """

    claims: Callable[[], Iterator[Json]]
    count: int
    articles: Mapping[str, Extraction]
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    reviewed: Callable[[], Mapping[str, int]] | None = None
    ledger: Ledger | None = None


def gather_extracted(corpus: Path, annotations: Path, *, duplicates: bool = False) -> Gathered:
    """The machine's claims of the articles in the corpus.

    Extractions of articles that are gone, or that cannot be read, are named and left out; so are
    those of near-duplicates unless asked for.
    """
    from pipeline.dataset.articles import read_extracted
    from pipeline.export.rows import machine_records
    from pipeline.reading.corpus import Corpus
    from pipeline.reading.duplicates import duplicate_of

    there = set(Corpus(corpus).ids())
    faults: list[str] = []
    extracted = read_extracted(annotations, on_fault=faults.append)
    gone = [article for article in extracted if article not in there]
    kept = {
        article: one
        for article, one in extracted.items()
        if article in there and (duplicates or not duplicate_of(one.metadata))
    }
    return Gathered(
        claims=lambda: machine_records(kept.values()),
        count=sum(len(one.claims) for one in kept.values()),
        articles=kept,
        notes=tuple(f"left out: {article}, which is not in {corpus} any more" for article in gone),
        faults=tuple(f"{fault}. Mend it with: claims extract" for fault in faults),
    )


def gather_verified(
    corpus: Path,
    annotations: Path,
    rule: Rule,
    *,
    orphans: bool = False,
    duplicates: bool = False,
) -> Gathered:
    """The verified claims under a rule; claims of articles that cannot be read are left out."""
    from pipeline.dataset import verified
    from pipeline.dataset.articles import read_good_articles
    from pipeline.dataset.corrected import read_corrected
    from pipeline.dataset.fold import fold_decisions
    from pipeline.dataset.ledger import LEDGER, read_decisions, standing_decisions
    from pipeline.dataset.once import count_once
    from pipeline.reading.duplicates import duplicate_of
    from pipeline.reprocess.orphans import orphan_claims

    articles, unread = read_good_articles(corpus, annotations)
    ledger = [item for item in read_decisions(annotations / LEDGER) if item.article not in unread]
    decisions = read_corrected(annotations).decisions(ledger, articles)
    fold = fold_decisions(decisions, articles, rule=rule)
    claims = list(fold.verified)
    notes: tuple[str, ...] = ()
    if not duplicates:
        claims = list(count_once(fold.verified, standing_decisions(decisions), articles))
        if left := len(fold.verified) - len(claims):
            counted = f"{left} claim{'' if left == 1 else 's'}"
            notes = (f"left out: {counted} of near-duplicates; see --duplicates",)
    claims += orphan_claims(fold.stale, articles, rule=rule) if orphans else ()
    return Gathered(
        claims=lambda: (verified.to_json(claim) for claim in claims),
        count=len(claims),
        articles=articles,
        notes=notes,
        faults=tuple(unread.values()),
        reviewed=lambda: count_undecided(
            decisions,
            {
                name: one
                for name, one in articles.items()
                if duplicates or duplicate_of(one.metadata) is None
            },
        ),
        ledger=Ledger(decisions, fold),
    )


def count_undecided(
    decisions: Sequence[Decision], articles: Mapping[str, Extraction]
) -> dict[str, int]:
    """How many claims nobody decided, by each article of which somebody decided something."""
    from pipeline.dataset.ledger import standing_decisions
    from pipeline.reprocess.merge import settled_claims

    standing = standing_decisions(decisions)
    begun = {name: articles[name] for name in {one.article for one in standing} if name in articles}
    settled = settled_claims(decisions, begun)
    return {
        name: sum(claim.id not in settled for claim in article.claims)
        for name, article in sorted(begun.items())
    }
