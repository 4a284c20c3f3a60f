"""How much the decision on a claim can change the network of actors and concepts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pipeline.concepts.statements import Statement
from pipeline.records import Stance

_SIGNS = {Stance.SUPPORT: 1, Stance.OPPOSE: -1}


def find_effects(statements: Iterable[Statement], scores: Mapping[str, float]) -> dict[str, float]:
    """The effect of each claim that ``scores`` has, by the claim's id; 0 where it changes no tie.

    It is by how much the signed weights of the two-mode network change if the claim falls, a tie
    whose sign changes counted double, times the chance that it does: 1 less its score. A tie that
    comes to be, or is no more, changes its sign.

    ``statements`` are those of all claims, as they were decided or else as the machine has them.
    One without a concept, or of a holder whom nobody has resolved, is in no network.

    Source: the weights are *subtract* of Leifeld, Gruber and Bossner, Discourse Network Analyzer
    Manual, chapter 2; to ask first for what would change the result most is the *expected model
    change* of Settles 2009, Active Learning Literature Survey, section 3.3.
    """
    weights: Counter[tuple[str, str]] = Counter()
    parts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for one in statements:
        if one.actor is not None and one.concept is not None and one.stance in _SIGNS:
            sign = _SIGNS[one.stance]
            weights[one.actor, one.concept] += sign
            if one.claim in scores:
                parts[one.claim][one.actor, one.concept] += sign
    return {
        claim: (1 - score) * sum(_change(weights[tie], part) for tie, part in parts[claim].items())
        for claim, score in scores.items()
    }


def _change(weight: int, part: int) -> int:
    """By how much a tie's weight changes without a part of it, double where its sign does.

    >>> _change(3, 1), _change(1, 1), _change(0, 1), _change(1, 2), _change(2, 0)
    (1, 2, 2, 4, 0)
    """
    left = weight - part
    return abs(part) * (2 if _sign(left) != _sign(weight) else 1)


def _sign(weight: int) -> int:
    return (weight > 0) - (weight < 0)
