"""Many claims accepted at once, as decisions of the person who did so; and a run taken back.

Each decision names its run. Nobody read these claims one by one: they count as that person's word
wherever decisions count, and as a reading nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pipeline.dataset.identity import content_id
from pipeline.dataset.imported import is_only_imported
from pipeline.dataset.ledger import append_decisions, read_decisions
from pipeline.dataset.lines import with_id
from pipeline.dataset.machine import machine_of
from pipeline.dataset.reanchor import widen_context
from pipeline.dataset.records import (
    CODEBOOK,
    Decision,
    Origin,
    Quote,
    Verdict,
    position_of,
    quote,
)
from pipeline.dataset.sample import find_sampled
from pipeline.errors import SettingError
from pipeline.files import sha256_of_text
from pipeline.locking import locked
from pipeline.records import Claim, Extraction, Span
from pipeline.reprocess.merge import settled_claims
from pipeline.review.meaning import retract
from pipeline.review.units import find_passages, passage_of, spans_of

if TYPE_CHECKING:
    from pipeline.review.work import Workspace

SERVER = "bulk"
"""What the origin of such a decision has in the place of a server."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims to take: of that score or more, and of these cues and articles where named."""

    above: float
    cues: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    def __str__(self) -> str:
        more = [f"cue {one}" for one in self.cues] + [f"article {one}" for one in self.articles]
        return ", ".join([f"score {self.above:g} or more", *more])

    def takes(self, claim: Claim, article: str) -> bool:
        """Whether the claim is one of these; what was only imported has no score of ours."""
        return (
            claim.score >= self.above
            and not is_only_imported(claim)
            and (not self.cues or _cue_of(claim) in self.cues)
            and (not self.articles or article in self.articles)
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """A claim that can be taken, with its article."""

    claim: Claim
    extraction: Extraction

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from every other, and from itself after the article was edited."""
        return self.extraction.article, self.extraction.text, self.claim.id

    @property
    def sentences(self) -> Quote:
        """The words of the sentences that the claim's spans lie in."""
        spans = spans_of(self.claim)
        start, end = min(one.start for one in spans), max(one.end for one in spans)
        touched = [one for one in self.extraction.sentences if one.start < end and start < one.end]
        low = min([start, *(one.start for one in touched)])
        high = max([end, *(one.end for one in touched)])
        return quote(self.extraction.text, Span(low, high))


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be taken, the surest first, and what is wanted but left, in numbers.

    ``decided`` were decided before; ``sampled`` lie in passages of the random sample, which
    people read to see how good the rest is.
    """

    offers: tuple[Offer, ...]
    decided: int = 0
    sampled: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A run by its decisions: whose, when, and how many of them were not taken back."""

    id: str
    reviewer: str
    at: str
    claims: int
    standing: int


def find_choice(workspace: Workspace, wanted: Wanted) -> Choice:
    """The claims that nobody has decided and that can be taken; see ``Choice``.

    Raises:
        SettingError: an article or a cue is named that no claim is of.
    """
    from pipeline.review.work import without_duplicates

    articles = workspace.articles()
    _check(wanted, articles.values())
    decided = settled_claims(read_decisions(workspace.ledger), articles)
    offers, counts = [], {"decided": 0, "sampled": 0}
    for extraction in without_duplicates(articles):
        passages = find_passages(extraction)
        sampled = find_sampled(extraction, passages, workspace.sample)
        for claim in extraction.claims:
            if not wanted.takes(claim, extraction.article):
                continue
            if claim.id in decided:
                counts["decided"] += 1
            elif passage_of(claim, passages) in sampled:
                counts["sampled"] += 1
            else:
                offers.append(Offer(claim, extraction))
    offers.sort(key=lambda one: (-one.claim.score, one.extraction.article, one.claim.cue))
    return Choice(tuple(offers), **counts)


def show_some(choice: Choice, count: int) -> tuple[Offer, ...]:
    """So many of the claims, drawn by a hash of their ids, in the order of articles."""
    drawn = sorted(choice.offers, key=lambda one: content_id(["shown", one.claim.id]))[:count]
    return tuple(sorted(drawn, key=lambda one: (one.extraction.article, one.claim.cue)))


def accept(
    workspace: Workspace, wanted: Wanted, choice: Choice, *, reviewer: str
) -> tuple[Decision, ...]:
    """The decisions that were added: one on each claim of the choice that is still undecided."""
    with locked("review accept", workspace.corpus, workspace.annotations):
        left = {one.key for one in find_choice(workspace, wanted).offers}
        offers = [one for one in choice.offers if one.key in left]
        found = build_decisions(offers, wanted, reviewer=reviewer, at=_now())
        append_decisions(workspace.ledger, found)
        return found


def build_decisions(
    offers: Sequence[Offer], wanted: Wanted, *, reviewer: str, at: str
) -> tuple[Decision, ...]:
    """The decision that accepts each claim, all of one run."""
    run = content_id([reviewer, at, str(wanted)], prefix="b-", length=8)
    return tuple(_decision(one, wanted, reviewer, at, run) for one in offers)


def find_runs(decisions: Iterable[Decision]) -> tuple[Run, ...]:
    """The runs of a ledger, the latest last."""
    every = tuple(decisions)
    gone = {one.retracts for one in every}
    found: dict[str, list[Decision]] = {}
    for one in every:
        if one.bulk and one.verdict is not Verdict.RETRACTED and one.carries is None:
            found.setdefault(one.bulk, []).append(one)
    runs = [
        Run(run, of[0].reviewer, of[0].decided_at, len(of), sum(one.id not in gone for one in of))
        for run, of in found.items()
    ]
    return tuple(sorted(runs, key=lambda one: (one.at, one.id)))


def undo(workspace: Workspace, run: str, *, dry_run: bool = False) -> int:
    """How many decisions of the run were taken back; a later word on a claim stays.

    Raises:
        SettingError: there is no such run; the message has those that there are.
    """
    with locked("review accept", workspace.corpus, workspace.annotations, unless=dry_run):
        ledger = read_decisions(workspace.ledger)
        runs = [one.id for one in find_runs(ledger)]
        if run not in runs:
            known = ", ".join(runs) or "none"
            raise SettingError(f"there is no run {run!r}; known are: {known}", cause="unknown")
        at = _now()
        lines = [retract(one, at) for one in _standing_of(run, ledger)]
        if not dry_run:
            append_decisions(workspace.ledger, lines)
        return len(lines)


def _standing_of(run: str, ledger: Sequence[Decision]) -> list[Decision]:
    """The run's decisions that were not taken back; of a carried one the line that it carries."""
    gone = {one.retracts for one in ledger}
    return [
        one
        for one in ledger
        if one.bulk == run
        and one.verdict is not Verdict.RETRACTED
        and one.carries is None
        and one.id not in gone
    ]


def _decision(offer: Offer, wanted: Wanted, reviewer: str, at: str, run: str) -> Decision:
    claim, extraction = offer.claim, offer.extraction
    position = position_of(claim, extraction.text)
    return with_id(
        Decision(
            verdict=Verdict.ACCEPTED,
            article=extraction.article,
            text_sha256=sha256_of_text(extraction.text),
            claim=claim.id,
            reviewer=reviewer,
            decided_at=at,
            origin=Origin(SERVER, 0, 0, annotation=run, unit=f"{run}-{claim.id}"),
            context=widen_context(offer.sentences, extraction.text),
            shown=position,
            decided=position,
            comment=f"accepted in bulk: {wanted}",
            machine=machine_of(claim, extraction.provenance),
            codebook=CODEBOOK,
            bulk=run,
        )
    )


def _check(wanted: Wanted, articles: Iterable[Extraction]) -> None:
    """Refuse what no claim is of: a name that was mistyped would take nothing, or all."""
    every = tuple(articles)
    cues = {_cue_of(claim) for one in every for claim in one.claims}
    for kind, named, known in (
        ("article", wanted.articles, {one.article for one in every}),
        ("cue", wanted.cues, cues),
    ):
        for name in named:
            if name not in known:
                near = get_close_matches(name, sorted(filter(None, known)), n=3)
                hint = f"; did you mean {' or '.join(near)}?" if near else ""
                see = "claims rules" if kind == "cue" else "claims review status"
                raise SettingError(f"no claim is of the {kind} {name!r}{hint or '.'} See: {see}")


def _cue_of(claim: Claim) -> str | None:
    return claim.evidence.cue if claim.evidence else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
