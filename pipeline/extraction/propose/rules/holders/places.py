"""Where in the parse a holder's head stands, by a preposition."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Token

from pipeline.language.syntax import children


def objects_of(head: Token, prepositions: Container[str], *labels: str) -> list[Token]:
    """The heads of what follows such a preposition of the word.

    ``labels`` are dependencies that the preposition may have besides ``prep``.
    """
    return [
        found
        for prep in children(head, "prep", *labels)
        if prep.lower_ in prepositions
        for found in children(prep, "pobj")
    ]
