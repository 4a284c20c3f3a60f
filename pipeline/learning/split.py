"""Which articles may be read, which are only scored, and which are left out of a fit together.

Articles are split by a hash of their ids, never by sentence, so that what is fitted and what is
reported share no article, whatever is added to a set. Source: redesign, invariant 7.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

FOLDS = 5
_DIGITS = slice(1, 9)
_SHARE_DIGITS = slice(9, 17)


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


def in_share(article: str, share: float) -> bool:
    """Whether an article is one of so large a share of all; a larger share holds a smaller one.

    It is taken from the eight digits after the fold's: half, fold and share are independent.

    >>> [in_share("f", share) for share in (0.25, 0.5, 1.0)]
    [False, True, True]
    """
    digits = _digest(article)[_SHARE_DIGITS]
    return int(digits, 16) / 16.0 ** len(digits) < share


def _digest(article: str) -> str:
    return hashlib.sha256(article.encode("utf-8")).hexdigest()
