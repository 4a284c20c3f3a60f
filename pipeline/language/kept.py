"""Answers that are kept in a document, where they are asked for again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TEXT = f"{__name__}.text"


def whole_text(doc: Doc) -> str:
    """The document's text, which spaCy puts together anew each time that it is asked for."""
    found: str | None = doc.user_data.get(_TEXT)
    if found is None:
        found = doc.user_data[_TEXT] = doc.text
    return found


def kept(answer: Callable[[Token], bool]) -> Callable[[Token], bool]:
    """The same question, which a document is asked once for each word.

    It must depend on nothing but the word in its document, whose parse stays as it is.
    """
    name = f"{answer.__module__}.{answer.__qualname__}"

    @wraps(answer)
    def asked(token: Token) -> bool:
        known: dict[int, bool] = token.doc.user_data.setdefault(name, {})
        place = token.i
        found = known.get(place)
        if found is None:
            found = known[place] = answer(token)
        return found

    return asked


def kept_word(answer: Callable[[Token], Token]) -> Callable[[Token], Token]:
    """The same of a question whose answer is a word of the document."""
    name = f"{answer.__module__}.{answer.__qualname__}"

    @wraps(answer)
    def asked(token: Token) -> Token:
        doc = token.doc
        known: dict[int, int] = doc.user_data.setdefault(name, {})
        place = token.i
        found = known.get(place)
        if found is None:
            found = known[place] = answer(token).i
        return doc[found]

    return asked
