"""Which rows of a table are alike: what depends on a row alone is then found once a kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Rows = NDArray[np.uint64]

_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)


def columns_of(doc: Doc, attributes: Sequence[int | str]) -> Rows:
    """The attributes of each token, a row a token, whatever spaCy's stubs say of their type."""
    values: Any = doc.to_array(list(attributes))
    return values.reshape(len(doc), len(attributes))  # type: ignore[no-any-return]


def write_columns(doc: Doc, attributes: Sequence[int], values: Rows) -> Doc:
    """The doc, whose tokens have these attributes now."""
    columns: Any = values
    return doc.from_array(list(attributes), columns)


def kinds_of(rows: Rows) -> tuple[Rows, NDArray[np.int64]]:
    """The different rows, in no order that means anything, and for each row which of them it is.

    >>> kinds, numbers = kinds_of(np.array([[7, 1], [9, 2], [7, 1]], np.uint64))
    >>> kinds[numbers].tolist()
    [[7, 1], [9, 2], [7, 1]]
    >>> len(kinds)
    2
    """
    digests = np.zeros(len(rows), np.uint64)
    for column in rows.T:
        digests *= _MIX
        digests ^= digests >> _SHIFT
        digests += column
    _, first, numbers = np.unique(digests, return_index=True, return_inverse=True)
    kinds = rows[first]
    if not np.array_equal(kinds[numbers], rows):  # two of one digest
        kinds, numbers = np.unique(rows, axis=0, return_inverse=True)
    return kinds, numbers.reshape(-1)
