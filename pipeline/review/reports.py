"""What the verbs of review report: what a push did, what a pull brought, how far review is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from pipeline.dataset.records import Decision
from pipeline.review.pull import Pulled


@dataclass(slots=True)
class PushReport:
    """What a push did, counted in tasks (``repaired`` and ``replaced`` in predictions).

    ``moved`` are those that have another place in the queue now, ``brought_on`` those whose line of
    progress alone was another.
    """

    posted: int = 0
    present: int = 0
    repaired: int = 0
    replaced: int = 0
    duplicates: int = 0
    withdrawn: int = 0
    kept: int = 0
    brought_on: int = 0
    moved: int = 0
    retries: int = 0

    def __str__(self) -> str:
        counts = [(item.name.replace("_", " "), getattr(self, item.name)) for item in fields(self)]
        return ", ".join(f"{count} {name}" for name, count in counts if count) or "nothing to do"


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull brought: decisions by verdict, faults, and how many tasks were looked at."""

    decisions: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    tasks: int = 0

    def with_more(self, pulled: Pulled) -> PullReport:
        """The report with what one more project brought."""
        news = Counter(item.verdict.value for item in pulled.decisions)
        return PullReport(
            dict(Counter(self.decisions) + news),
            self.faults + pulled.faults,
            self.tasks + pulled.tasks,
        )


@dataclass(frozen=True, slots=True)
class ReviewerStatus:
    """What one reviewer did; ``rate`` is claims a minute, None where no time was recorded.

    ``bulk`` of the claims were taken in bulk, and are not in the rate.
    """

    reviewer: str
    claims: int
    minutes: float
    rate: float | None
    bulk: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """How far review is; ``open_units`` are the passages that nobody, or too few, decided.

    ``reasons`` are those that were given for rejections, with how often; the commonest first.
    """

    articles: int
    claims: int
    decided: int
    open_units: int
    verified: int
    rejected: int
    added: int
    disagreements: int
    stale: int
    reviewers: tuple[ReviewerStatus, ...]
    reasons: Mapping[str, int] = field(default_factory=dict)


def find_reasons(standing: Sequence[Decision]) -> dict[str, int]:
    """The reasons that were given for rejections with how often, the commonest first."""
    often = Counter(item.reason.value for item in standing if item.reason is not None)
    return dict(sorted(often.items(), key=lambda pair: (-pair[1], pair[0])))


def find_reviewers_status(standing: Sequence[Decision]) -> tuple[ReviewerStatus, ...]:
    """What each reviewer did; what was taken in bulk counts in the claims and not in the pace."""
    claims: dict[str, int] = defaultdict(int)
    read: dict[str, int] = defaultdict(int)
    seconds: dict[str, dict[str, float]] = defaultdict(dict)
    for item in standing:
        claims[item.reviewer] += 1
        read[item.reviewer] += item.bulk is None
        if item.lead_time is not None:
            seconds[item.reviewer][item.origin.annotation] = item.lead_time
    found = []
    for reviewer in sorted(claims):
        minutes = sum(seconds[reviewer].values()) / 60
        rate = read[reviewer] / minutes if minutes else None
        bulk = claims[reviewer] - read[reviewer]
        found.append(ReviewerStatus(reviewer, claims[reviewer], minutes, rate, bulk))
    return tuple(found)
