"""What the rules of a position tell a judge, by hand or learned."""

from __future__ import annotations

from collections.abc import Iterable

UNKNOWN_HOLDERS = (None, "unknown:speaker")
"""The entities of a holder behind whom nobody is known."""
_TURNS = ("rule.negation.", "rule.reversal.")
_SURE_TARGETS = frozenset(
    f"rule.target.{slot}"
    for slot in ("quote", "that", "clause", "object+of", "object+for", "object+to",
                 "object+complement")
)  # fmt: skip


def is_turned(rules: Iterable[str], *, negated: bool) -> bool:
    """Whether a negation or a verb above the cue turned the stance."""
    return negated or any(rule.startswith(_TURNS) for rule in rules)


def has_sure_target(rules: Iterable[str]) -> bool:
    """Whether the target is a clause or a quotation, and no mere phrase."""
    return not _SURE_TARGETS.isdisjoint(rules)
