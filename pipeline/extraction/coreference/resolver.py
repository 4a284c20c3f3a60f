"""Whom a phrase refers to: ``Resolver``.

Pronouns go by agreement, subject before object, nearest first; definite phrases by their noun.
Where the nearest fitting subject is no actor ("The Paris Call reiterates … It was endorsed"),
or two candidates are as good, nothing is resolved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import Context, Resolution, resolved
from pipeline.extraction.coreference.definites import DefiniteResolver
from pipeline.extraction.coreference.pronouns import PronounResolver
from pipeline.language.words import REFERRING_PRONOUNS
from pipeline.lexicon.reference import Reference

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


class Resolver:
    """Resolves the phrases of one doc whose ``doc._.mentions`` are set."""

    def __init__(self, doc: Doc, reference: Reference) -> None:
        self._context = Context(doc, reference)
        self._pronouns = PronounResolver(self._context)
        self._definites = DefiniteResolver(self._context)

    def resolve(self, span: Span) -> Resolution | None:
        """Whom ``span`` means: a named mention, a pronoun or a definite phrase; None if unplain."""
        root = span.root
        named = self._context.at.get(root.i)
        if named is not None and span.start <= named.span.start and named.span.end <= span.end:
            return resolved(named, "named")
        if named is not None and named.span.start <= span.start and span.end <= named.span.end:
            return resolved(named, "named", factor=0.9)
        if root.lower_ in REFERRING_PRONOUNS:
            return self._pronouns.resolve(root)
        return self._definites.resolve(span)
