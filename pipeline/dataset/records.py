"""The nouns of review and of the verified dataset, as frozen records.

``Quote`` → ``Position`` → ``Decision`` → ``VerifiedClaim``. A decision is one line of the ledger;
it is never changed, only followed by another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pipeline.records import Attribution, Claim, Form, Holder, Span, Stance

CODEBOOK = "1"
"""The version of ``docs/codebook.md`` by which people decide; it stands on each decision.

It is raised where the same sentence would be decided otherwise than before, and in the page too.
"""


class Verdict(StrEnum):
    """What a reviewer did with a claim; ``RETRACTED`` takes an earlier decision back."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    ADDED = "added"
    RETRACTED = "retracted"


class Reason(StrEnum):
    """Why a claim was rejected, where the reviewer said so."""

    NOT_A_POSITION = "not-a-position"
    WRONG_HOLDER = "wrong-holder"
    WRONG_TARGET = "wrong-target"
    ACCUSATION_OR_RELAY = "accusation-or-relay"
    ROUTINE_ACT = "routine-act"
    OTHER = "other"


class Rule(StrEnum):
    """When a claim counts as verified; ``docs/review.md`` defines the three."""

    FIRST = "first"
    MAJORITY = "majority"
    ADJUDICATED = "adjudicated"


class Order(StrEnum):
    """In what order passages are reviewed; ``docs/review.md`` defines the three."""

    RISK = "risk"
    ARTICLE = "article"
    EFFECT = "effect"


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A span and the words that stand there; offsets are code points of ``Article.text``."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """Where the words stand."""
        return Span(self.start, self.end)

    def stands_in(self, text: str) -> bool:
        """Whether ``text`` has these words at these offsets.

        >>> Quote(0, 5, "Chile").stands_in("Chile objected.")
        True
        """
        return 0 <= self.start < self.end <= len(text) and text[self.start : self.end] == self.text

    def moved(self, by: int) -> Quote:
        """The same words ``by`` code points further on."""
        return Quote(self.start + by, self.end + by, self.text) if by else self


def quote(text: str, span: Span) -> Quote:
    """The words of ``text`` at ``span``.

    >>> quote("Chile objected.", Span(0, 5)).text
    'Chile'
    """
    return Quote(span.start, span.end, text[span.start : span.end])


@dataclass(frozen=True, slots=True)
class Position:
    """A claim as a reviewer sees it: what is equal here is the same claim, whole tuple."""

    holder: Quote
    cue: Quote
    stance: Stance
    form: Form = Form.STATEMENT
    target: Quote | None = None
    entity: str | None = None
    negated: bool = False
    hedged: bool = False
    attribution: Quote | None = None
    attribution_entity: str | None = None

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Its spans: holder, cue, then target and attribution where there are any."""
        found = (self.holder, self.cue, self.target, self.attribution)
        return tuple(piece for piece in found if piece is not None)

    def stands_in(self, text: str) -> bool:
        """Whether every span's words are the text's at its offsets."""
        return all(piece.stands_in(text) for piece in self.quotes)

    def moved(self, by: int) -> Position:
        """The same claim with every span ``by`` code points further on."""
        return replace(
            self,
            holder=self.holder.moved(by),
            cue=self.cue.moved(by),
            target=self.target.moved(by) if self.target else None,
            attribution=self.attribution.moved(by) if self.attribution else None,
        )


def to_claim(claim: str, position: Position) -> Claim:
    """The position as a claim of that id."""
    source = position.attribution
    return Claim(
        id=claim,
        holder=Holder(position.holder.start, position.holder.end, position.entity),
        cue=position.cue.span,
        stance=position.stance,
        form=position.form,
        target=position.target.span if position.target else None,
        negated=position.negated,
        hedged=position.hedged,
        attribution=Attribution(source.start, source.end, position.attribution_entity)
        if source
        else None,
    )


def position_of(claim: Claim, text: str) -> Position:
    """The claim with the words of its spans."""
    source = claim.attribution
    return Position(
        holder=quote(text, claim.holder.span),
        entity=claim.holder.entity,
        cue=quote(text, claim.cue),
        stance=claim.stance,
        form=claim.form,
        target=quote(text, claim.target) if claim.target else None,
        negated=claim.negated,
        hedged=claim.hedged,
        attribution=quote(text, source.span) if source else None,
        attribution_entity=source.entity if source else None,
    )


@dataclass(frozen=True, slots=True)
class Machine:
    """What the machine had said of the claim that was shown, and which rules made it say so."""

    score: float | None = None
    cue: str | None = None
    rules: tuple[str, ...] = ()
    inferences: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where on which server a decision was made, and from which prediction."""

    server: str
    project: int
    task: int
    annotation: str
    unit: str
    prediction: int | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the ledger: what was shown, what a person made of it, and when.

    ``claim`` is the id of the claim that was shown or, where one was added, of the claim that
    came to be. ``context`` is the text from the first to the last word of the sentences that the
    claim lies in; by it a decision finds its place again in an edited article. ``lead_time`` is
    the seconds that the whole unit took, ``unit_claims`` how many claims it showed. Times are UTC,
    ISO 8601. ``retracts`` is the id of the decision that this one takes back, ``carries`` that of
    the one that it says again under the article's new id. ``codebook`` is the version of the
    codebook that it was made by, None where an earlier program did not note it. ``reason`` is why
    the claim was rejected, None where nobody said. ``bulk`` is the run that took many claims at
    once, of which the person read a sample at most; None where the claim itself was read.
    """

    verdict: Verdict
    article: str
    text_sha256: str
    claim: str
    reviewer: str
    decided_at: str
    origin: Origin
    context: Quote | None = None
    shown: Position | None = None
    decided: Position | None = None
    editor: str | None = None
    lead_time: float | None = None
    unit_claims: int = 0
    comment: str = ""
    adjudicates: bool = False
    machine: Machine | None = None
    retracts: str | None = None
    carries: str | None = None
    codebook: str | None = None
    reason: Reason | None = None
    bulk: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class VerifiedClaim:
    """A claim that stands: what was decided, by whom, and how far they agree.

    ``reviewers`` decided it so; ``asked`` counts all who judged the claim. ``anchored`` is
    ``exact``, or ``moved`` where the article was edited elsewhere since.
    """

    id: str
    article: str
    text_sha256: str
    position: Position
    sentence: Quote
    kind: str
    verdict: Verdict
    reviewers: tuple[str, ...]
    asked: int
    rule: Rule
    adjudicated: bool
    decided_at: str
    decisions: tuple[str, ...]
    comments: tuple[str, ...] = ()
    shown: str | None = None
    machine: Machine | None = None
    anchored: str = "exact"
    metadata: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim on which reviewers differ: each one's reading, None where they rejected it."""

    article: str
    claim: str
    unit: str
    readings: tuple[tuple[str, Position | None], ...]
