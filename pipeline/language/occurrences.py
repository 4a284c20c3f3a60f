"""Where words stand in a document, found in its arrays and without a look at every token."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import LOWER, ORTH
from spacy.strings import get_string_id

from pipeline.language.kinds import columns_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc


def places_of(doc: Doc, words: frozenset[str]) -> list[int]:
    """The tokens that are one of the words in small letters, in order.

    >>> import spacy
    >>> places_of(spacy.blank("en")("We said we agree."), frozenset(["we", "they"]))
    [0, 2]
    """
    return numbers_true(are_among(columns_of(doc, [LOWER]).ravel(), words))


def places_written(doc: Doc, forms: frozenset[str]) -> list[int]:
    """The tokens that are written as one of the forms, in order."""
    return numbers_true(are_written(doc, forms))


def are_written(doc: Doc, forms: frozenset[str]) -> NDArray[np.bool_]:
    """For each token, whether it is written as one of the forms."""
    return are_among(columns_of(doc, [ORTH]).ravel(), forms)


def are_among(values: NDArray[np.uint64], words: frozenset[str]) -> NDArray[np.bool_]:
    """For each of spaCy's numbers of words, whether it is that of one of the words."""
    found: NDArray[np.bool_]
    numbers = numbers_of(words)
    if not len(numbers):
        return np.zeros(len(values), bool)
    if len(numbers) == 1:
        found = values == numbers[0]
        return found
    places = np.minimum(np.searchsorted(numbers, values), len(numbers) - 1)
    found = numbers[places] == values
    return found


def numbers_true(found: NDArray[np.bool_]) -> list[int]:
    """The places at which the array is true, in order."""
    places: list[int] = np.flatnonzero(found).tolist()
    return places


@lru_cache(maxsize=256)
def numbers_of(words: frozenset[str]) -> NDArray[np.uint64]:
    """The numbers that spaCy has for the words, in order; they are the same in every process."""
    return np.array(sorted(map(get_string_id, words)), np.uint64)


def capitalised(doc: Doc) -> list[int]:
    """The tokens that begin with a capital letter, in order."""
    return places_where(doc, _opens_with_capital)


def places_where(doc: Doc, holds: Callable[[str], bool]) -> list[int]:
    """The tokens of whose text something holds, which is asked once for each way of writing."""
    forms, places = np.unique(columns_of(doc, [ORTH]), return_inverse=True)
    held = [holds(doc.vocab.strings[form]) for form in forms.tolist()]
    return numbers_true(np.array(held, bool)[places.ravel()])


def _opens_with_capital(text: str) -> bool:
    return text[:1].isupper()
