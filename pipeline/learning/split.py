"""Which articles may be read, which are only scored, and which are left out of a fit together.

Articles are split by a hash of their ids, never by sentence, so that what is fitted and what is
reported share no article, whatever is added to a set. Source: redesign, invariant 7.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

FOLDS = 5
_DIGITS = slice(1, 9)


class Half(StrEnum):
    """``even``: its texts may be read for errors; ``odd``: it is scored and never read."""

    EVEN = "even"
    ODD = "odd"


def half_of(article: str) -> Half:
    """The half of an article, by the first hexadecimal digit of the SHA-256 of its id.

    >>> half_of("a"), half_of("b")
    (<Half.EVEN: 'even'>, <Half.ODD: 'odd'>)
    """
    return Half.EVEN if int(_digest(article)[0], 16) % 2 == 0 else Half.ODD


def fold_of(article: str, folds: int = FOLDS) -> int:
    """The number of the fold that an article is left out in, from 0; both halves are in each.

    It is taken from the eight digits after the first, which says the half.

    >>> fold_of("a"), fold_of("c")
    (0, 1)
    """
    return int(_digest(article)[_DIGITS], 16) % folds


def _digest(article: str) -> str:
    return hashlib.sha256(article.encode("utf-8")).hexdigest()
