"""The rule ledger: of every cue and rule its claims, and what people decided of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.dataset.imported import PREFIX as IMPORT
from pipeline.evaluation.bootstrap import Interval
from pipeline.evaluation.by_cue import Judgement, family_of
from pipeline.evaluation.proportions import find_change_interval, find_share_interval
from pipeline.evaluation.scores import Share
from pipeline.lessons.kinds import Kind
from pipeline.lessons.outcomes import CORRECTED, Judged, Outcome, steps_of
from pipeline.records import Extraction

FEWEST_LATE = 5
"""There is a trend where the last third of the decided claims are so many at least."""

STEADY = "steady"
_CUE = "cue."
_RULES = ("rule.", "inference.")


@dataclass(frozen=True, slots=True)
class Trend:
    """The share of right claims among the last third that was decided, and among those before.

    ``change`` is the interval of the difference.
    """

    before: Share
    late: Share
    change: Interval

    @property
    def says(self) -> str:
        """``falls`` or ``rises`` where the interval leaves out no change, ``steady`` elsewhere."""
        if self.change.high < 0:
            return "falls"
        return "rises" if self.change.low > 0 else STEADY


@dataclass(frozen=True, slots=True)
class Tally:
    """A row of the ledger.

    ``matches`` counts the claims in the extractions, ``shown`` those that people decided on,
    now or with an earlier lexicon; ``outcomes`` what was decided of them, ``disputed`` those on
    which reviewers differ. ``judged`` has how many were right of those that are decided and, where
    there is gold, of those that it judges. ``trend`` is None where there is too little.
    """

    id: str
    matches: int = 0
    shown: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    disputed: int = 0
    judged: Share = field(default_factory=Share)
    reasons: Mapping[str, int] = field(default_factory=dict)
    trend: Trend | None = None

    @property
    def kind(self) -> Kind:
        """What the id names.

        >>> Tally("cue.warn.warn-of").kind.value, Tally("import:coder").kind.value
        ('cue', 'import')
        """
        if self.id.startswith(_RULES):
            return Kind.RULE
        if self.id.startswith(_CUE):
            return Kind.CUE
        return Kind.IMPORT if self.id.startswith(IMPORT) else Kind.PROPOSER

    @property
    def family(self) -> str:
        """The second part of a cue's or a rule's id."""
        return family_of(self.id)

    @property
    def corrected(self) -> int:
        """How many stand with something changed."""
        return sum(self.outcomes.get(one, 0) for one in CORRECTED)

    @property
    def interval(self) -> Interval:
        """The Wilson interval of the precision, 95 %."""
        return find_share_interval(self.judged)


@dataclass
class _Counting:
    shown: int = 0
    disputed: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    said: list[tuple[str, bool]] = field(default_factory=list)
    gold: Share = field(default_factory=Share)

    def add(self, one: Judged) -> None:
        self.shown += 1
        if one.outcome is None or one.right is None:
            self.disputed += 1
            return
        self.outcomes[one.outcome] += 1
        self.said.append((one.decided_at, one.right))
        if one.reason:
            self.reasons[one.reason] += 1

    def close(self, name: str, matches: int) -> Tally:
        return Tally(
            name,
            matches,
            self.shown,
            dict(self.outcomes),
            self.disputed,
            _share(self.said) + self.gold,
            dict(self.reasons.most_common()),
            find_trend(self.said),
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """All rows, cues and proposers before rules, each the commonest first.

    ``corpus`` is the row of all claims together, each once.
    """

    rows: tuple[Tally, ...]
    corpus: Tally


def take_ledger(
    extractions: Iterable[Extraction],
    judged: Iterable[Judged],
    gold: Iterable[Judgement] = (),
) -> Ledger:
    """The rows of every cue, proposer, import and rule that made a claim or was decided on.

    A claim counts once for each of its holders, as in every score. ``extractions`` are read one
    after the other and none is kept.
    """
    matches, claims = _count_matches(extractions)
    counting: dict[str, _Counting] = defaultdict(_Counting)
    total = _Counting()
    for one in judged:
        total.add(one)
        for name in (one.source, *one.rules):
            counting[name].add(one)
    for answer in gold:
        share = Share(int(answer.right), 1)
        counting[answer.cue].gold += share
        total.gold += share
    names = matches.keys() | counting.keys()
    rows = [counting.get(name, _Counting()).close(name, matches[name]) for name in names]
    rows.sort(key=lambda row: (row.kind is Kind.RULE, -row.matches, -row.judged.total, row.id))
    return Ledger(tuple(rows), total.close("", claims))


def _count_matches(extractions: Iterable[Extraction]) -> tuple[Counter[str], int]:
    matches: Counter[str] = Counter()
    claims = 0
    for extraction in extractions:
        claims += len(extraction.claims)
        for evidence in (one.evidence for one in extraction.claims if one.evidence is not None):
            matches[evidence.source] += 1
            matches.update(dict.fromkeys((*evidence.rules, *steps_of(evidence.inferences)), 1))
    return matches, claims


def find_trend(said: Sequence[tuple[str, bool]]) -> Trend | None:
    """How the last third of decided claims compares with those before, by the time of decision.

    Of claims that were decided at one time, as a passage's are, the first given come first.

    None where the last third are fewer than ``FEWEST_LATE``.
    """
    late = len(said) // 3
    if late < FEWEST_LATE:
        return None
    ordered = sorted(said, key=lambda one: one[0])
    old, new = _share(ordered[:-late]), _share(ordered[-late:])
    return Trend(old, new, find_change_interval(old, new))


def _share(said: Sequence[tuple[str, bool]]) -> Share:
    return Share(sum(right for _, right in said), len(said))


def find_suspects(rows: Iterable[Tally], bound: float) -> tuple[Tally, ...]:
    """The rows whose precision is below the bound for all we know: all of its interval is."""
    return tuple(row for row in rows if row.judged.total and row.interval.high < bound)
