"""Which articles a simulated reviewer decides, which are only scored, and which teach readers."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.learning.split import Half, fold_of, half_of, in_share
from training.folds import overlapping

EVEN_SHARE, ODD_SHARE = 1 / 6, 1 / 2
WHOLE = "whole"
SIDES = ("first", "second")


def parts(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The ids that a reader learns from (``own``), that are decided, and that are only scored.

    Decided articles are of the even half, scored ones of the odd half. What shares a run of 13
    words with one that comes later in this list is left out of the earlier one.
    """
    shares = {Half.EVEN: EVEN_SHARE, Half.ODD: ODD_SHARE}
    own = {name for name in texts if in_share(name, shares[half_of(name)])}
    scored = {name for name in texts if half_of(name) is Half.ODD} - own
    decided = set(texts) - own - scored
    decided -= _shared(texts, decided, scored)
    own -= _shared(texts, own, scored | decided)
    return {"own": frozenset(own), "decided": frozenset(decided), "scored": frozenset(scored)}


def _shared(texts: Mapping[str, str], names: set[str], others: set[str]) -> frozenset[str]:
    return overlapping({name: texts[name] for name in names}, [texts[name] for name in others])


def sides_of(own: frozenset[str]) -> dict[str, frozenset[str]]:
    """What each of the readers learns from: all of the ids, and the two sides of them."""
    first = frozenset(name for name in own if fold_of(name, 2) == 0)
    return {WHOLE: own, SIDES[0]: first, SIDES[1]: own - first}
