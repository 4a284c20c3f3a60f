"""What the rules refuse for all: where they know that nobody holds a position, none is read."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.extraction.propose.proposal import Proposal, Refused

_NOBODY = frozenset({"refusal.nobody", "refusal.ruled-out"})


def heed_refusals(
    proposed: Iterable[Proposal], refused: Iterable[Refused]
) -> tuple[tuple[Proposal, ...], tuple[Refused, ...]]:
    """What stands of the proposals, and what falls because nobody holds it, each in order.

    Of "it was not Norway that rejected the ban" a learned reader sees the words of a position,
    and not that the sentence is about another. What rules and guests propose stays.

    Source: codebook §2.8: no holder, no claim.
    """
    told = tuple(proposed)
    known = {token.i: one.rule for one in refused if one.rule in _NOBODY for token in one.span}
    for one in told:
        if one.chances is None:
            for token in one.words:
                known.pop(token.i, None)
    fallen = {one: rule for one in told if (rule := _refusal(one, known))}
    kept = tuple(one for one in told if one not in fallen)
    return kept, tuple(one.refuse(rule) for one, rule in fallen.items())


def _refusal(one: Proposal, known: dict[int, str]) -> str | None:
    if one.chances is None or one.is_guest:
        return None
    return next((known[token.i] for token in one.cue if token.i in known), None)
