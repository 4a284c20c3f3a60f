"""What became of each claim that people were shown, and which cue and rules had made it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.dataset.imported import PREFIX as IMPORT
from pipeline.dataset.ledger import read_ones
from pipeline.dataset.records import Decision, Machine, Verdict

_READER, _GUEST = "rule.reader", "rule.guest"
_NAMES = {_READER: "reader", _GUEST: "guest"}
"""What a claim is made by that no cue made, by the rule that it has."""


class Outcome(StrEnum):
    """What was decided of a claim; of an edit, the first of these that it changed.

    ``SPANS`` are the words of holder, cue, target or attribution, ``OTHER`` the entity, the form
    and the flags.
    """

    REJECTED = "rejected"
    STANCE = "stance"
    SPANS = "spans"
    OTHER = "other"
    ACCEPTED = "accepted"


CORRECTED = (Outcome.STANCE, Outcome.SPANS, Outcome.OTHER)


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that was shown: what made it, what was decided, and when that was last said.

    ``outcome`` and ``right`` are None where the reviewers differ and nobody settled it. A claim is
    ``right`` that stands with its stance, its holder and cue at least touching what was shown.
    ``reason`` is why it was rejected, where somebody said so.
    """

    source: str
    rules: tuple[str, ...]
    decided_at: str
    outcome: Outcome | None
    right: bool | None
    reason: str = ""


def judge_claims(decisions: Iterable[Decision]) -> Iterator[Judged]:
    """Each claim of the machine's, or of an import, that somebody decided on, once.

    Where somebody adjudicated, that counts; else whether most reviewers let it stand, and of those
    what most of them did. Claims that people added were not shown and are not among them.
    """
    votes: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for item in read_ones(decisions):
        if item.machine is not None and item.verdict is not Verdict.ADDED:
            votes[item.article, item.claim].append(item)
    for items in votes.values():
        yield _judge(items)


def _judge(items: Sequence[Decision]) -> Judged:
    rulings = [item for item in items if item.adjudicates][-1:]
    last = items[-1]
    machine = last.machine or Machine()
    outcome, right = _settle([(outcome_of(item), is_right(item)) for item in rulings or items])
    return Judged(
        source=source_of(machine),
        rules=tuple(dict.fromkeys((*machine.rules, *steps_of(machine.inferences)))),
        decided_at=last.decided_at,
        outcome=outcome,
        right=right,
        reason=str(getattr(last, "reason", None) or "") if outcome is Outcome.REJECTED else "",
    )


def _settle(votes: Sequence[tuple[Outcome, bool]]) -> tuple[Outcome | None, bool | None]:
    """What most say; of outcomes that are as common, the one that changes more."""
    rights = sum(right for _, right in votes)
    if 2 * rights == len(votes):
        return None, None
    right = 2 * rights > len(votes)
    counts = Counter(outcome for outcome, said in votes if said is right)
    order = list(Outcome)
    return min(counts, key=lambda one: (-counts[one], order.index(one))), right


def outcome_of(decision: Decision) -> Outcome:
    """What one reviewer did with a claim that was shown."""
    one, other = decision.shown, decision.decided
    if decision.verdict is Verdict.REJECTED:
        return Outcome.REJECTED
    if decision.verdict is Verdict.ACCEPTED or one is None or other is None:
        return Outcome.ACCEPTED
    if one.stance is not other.stance:
        return Outcome.STANCE
    return Outcome.SPANS if _spans(decision) else Outcome.OTHER


def is_right(decision: Decision) -> bool:
    """Whether one reviewer let the claim stand with its stance, roughly where it was."""
    one, other = decision.shown, decision.decided
    if decision.verdict is not Verdict.EDITED or one is None or other is None:
        return decision.verdict is not Verdict.REJECTED
    return (
        one.stance is other.stance
        and one.holder.span.overlaps(other.holder.span)
        and one.cue.span.overlaps(other.cue.span)
    )


def _spans(decision: Decision) -> bool:
    """Whether the words of a role are others than were shown."""
    one, other = decision.shown, decision.decided
    if one is None or other is None:
        return False
    roles = ("holder", "cue", "target", "attribution")
    return any(getattr(one, role) != getattr(other, role) for role in roles)


def source_of(machine: Machine) -> str:
    """The id of the cue that made a claim; else ``reader``, ``guest`` or ``import:NAME``.

    >>> source_of(Machine(provenance={"imported": "old, coder"}))
    'import:old+import:coder'
    """
    if machine.cue:
        return machine.cue
    names = [name for rule, name in _NAMES.items() if rule in machine.rules]
    imported = machine.provenance.get("imported", "")
    names += [f"{IMPORT}{name}" for name in imported.split(", ") if name]
    return "+".join(names) or "unknown"


def steps_of(inferences: Iterable[str]) -> tuple[str, ...]:
    """The ids that ``rules.yaml`` has the steps of inferences under.

    >>> steps_of(["holder:it+last-state"])
    ('inference.it', 'inference.last-state')
    """
    names = (name for one in inferences for name in one.partition(":")[2].split("+"))
    return tuple(dict.fromkeys(f"inference.{name}" for name in names if name))
