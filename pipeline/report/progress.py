"""How far review is and how far reviewers agree: what the page and the card of the dataset tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset.agreement import Agreement, measure_agreement
from pipeline.dataset.corrected import read_corrected
from pipeline.dataset.fold import fold_decisions
from pipeline.dataset.ledger import LEDGER, read_decisions, standing_decisions
from pipeline.dataset.records import Decision, Rule, Verdict
from pipeline.export.gather import Gathered, Ledger
from pipeline.files import sha256_of_text
from pipeline.records import Extraction
from pipeline.reprocess.merge import settled_claims

NOT_NOTED = "not noted"
"""The codebook of decisions that an earlier program wrote without."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The review of a workspace; what was decided is counted in decisions that stand.

    ``decided`` are the machine's claims that need no look any more; ``waiting`` and ``disputed``
    claims that the rule does not let through, or on which reviewers differ. ``shown`` counts the
    verdicts on the machine's claims, ``by_reviewer`` decisions. ``first`` and ``last`` are the days
    of the first and the last of them, empty where there is none.
    """

    rule: Rule
    articles: int
    extracted: int
    decided: int
    verified: int
    rejected: int
    waiting: int
    disputed: int
    stale: int
    shown: Mapping[str, int]
    added: int
    by_reviewer: Mapping[str, int]
    adjudicated: int
    twice: int
    codebooks: Mapping[str, int]
    agreement: Agreement
    first: str = ""
    last: str = ""


def read_progress(annotations: Path, gathered: Gathered, rule: Rule) -> Progress:
    """The review of the articles that were gathered, by the ledger; what was gathered is used.

    Raises:
        RecordError: naming the line of the ledger that is not understood.
    """
    articles = gathered.articles
    if gathered.ledger is not None:
        return measure_progress(gathered.ledger, articles, rule)
    lines = [item for item in read_decisions(annotations / LEDGER) if item.article in articles]
    decisions = read_corrected(annotations).decisions(lines, articles)
    return measure_progress(fold_ledger(decisions, articles, rule), articles, rule)


def fold_ledger(
    decisions: Iterable[Decision], articles: Mapping[str, Extraction], rule: Rule
) -> Ledger:
    """The decisions and what they come to."""
    found = tuple(decisions)
    return Ledger(found, fold_decisions(found, articles, rule=rule))


def measure_progress(ledger: Ledger, articles: Mapping[str, Extraction], rule: Rule) -> Progress:
    """The review that the decisions make."""
    fold = ledger.fold
    standing = standing_decisions(ledger.decisions)
    days = [item.decided_at[:10] for item in standing]
    return Progress(
        rule=rule,
        articles=len(articles),
        extracted=sum(len(article.claims) for article in articles.values()),
        decided=count_decided(standing, articles),
        verified=len(fold.verified),
        rejected=len(fold.rejected),
        waiting=len(fold.waiting),
        disputed=len(fold.disagreements),
        stale=len(fold.stale),
        shown=_verdicts(standing),
        added=len({(item.article, item.claim) for item in standing if item.shown is None}),
        by_reviewer=dict(sorted(Counter(item.reviewer for item in standing).items())),
        adjudicated=sum(item.adjudicates for item in standing),
        twice=_judged_twice(standing),
        codebooks=dict(sorted(Counter(item.codebook or NOT_NOTED for item in standing).items())),
        agreement=measure_agreement(standing, articles),
        first=min(days, default=""),
        last=max(days, default=""),
    )


def count_decided(standing: Sequence[Decision], articles: Mapping[str, Extraction]) -> int:
    """How many of the machine's claims somebody decided, as ``settled_claims`` has it.

    That looks at each decision beside each claim of its article: only articles in which a claim is
    not plainly decided, on this very text and as the machine says it now, are left to it.
    """
    by_article: dict[str, list[Decision]] = defaultdict(list)
    for item in standing:
        by_article[item.article].append(item)
    count = 0
    for name, decisions in by_article.items():
        if (article := articles.get(name)) is None:
            continue
        digest = sha256_of_text(article.text)
        said = {
            (item.claim, item.shown.stance, item.shown.negated)
            for item in decisions
            if item.shown is not None and item.text_sha256 == digest
        }
        if all((one.id, one.stance, one.negated) in said for one in article.claims):
            count += len(article.claims)
        else:
            settled = settled_claims(decisions, {name: article}, reviewers=1)
            count += sum(claim.id in settled for claim in article.claims)
    return count


def _verdicts(standing: Iterable[Decision]) -> dict[str, int]:
    """The decisions of reviewers on the machine's claims, by verdict."""
    found = Counter(
        item.verdict for item in standing if item.shown is not None and not item.adjudicates
    )
    names = (Verdict.ACCEPTED, Verdict.EDITED, Verdict.REJECTED)
    return {verdict.value: found[verdict] for verdict in names}


def _judged_twice(standing: Iterable[Decision]) -> int:
    """How many claims two or more reviewers judged."""
    by_claim: dict[tuple[str, str], set[str]] = {}
    for item in standing:
        if not item.adjudicates:
            by_claim.setdefault((item.article, item.claim), set()).add(item.reviewer)
    return sum(len(reviewers) > 1 for reviewers in by_claim.values())


def reviewer_names(reviewers: Iterable[str]) -> dict[str, str]:
    """What a page for others calls each reviewer: an address without its host.

    Whole where two would be called alike.

    >>> reviewer_names(["ana@example.org", "bo@example.org", "bo@example.com"])["ana@example.org"]
    'ana'
    """
    short = {one: one.partition("@")[0] or one for one in reviewers}
    often = Counter(short.values())
    return {one: name if often[name] == 1 else one for one, name in short.items()}
