"""Whom a phrase refers to: ``Resolver``.

Pronouns go by agreement, subject before object, nearest first; definite phrases by their noun.
Where the nearest fitting subject is no actor ("The Paris Call reiterates … It was endorsed"),
or two candidates are as good, nothing is resolved.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import Context, Resolution, resolved
from pipeline.extraction.coreference.definites import DefiniteResolver
from pipeline.extraction.coreference.places import plural_subject
from pipeline.extraction.coreference.pronouns import PronounResolver
from pipeline.language.words import REFERRING_PRONOUNS
from pipeline.lexicon.reference import Reference
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


class Resolver:
    """Resolves the phrases of one doc whose ``doc._.mentions`` are set."""

    def __init__(self, doc: Doc, reference: Reference) -> None:
        self._context = Context(doc, reference)
        self._definites = DefiniteResolver(self._context)
        self._pronouns = PronounResolver(self._context, self._definites.headed_by)

    def turn_of(self, token: Token) -> int:
        """The first token of the turn in a record that the token stands in; 0 outside any."""
        return self._pronouns.speakers.turn_of(token)

    def own_state(self, noun: Token) -> Resolution | None:
        """The state that speaks, for "my country", "our delegation"; None for any other noun."""
        if noun.lower_ not in self._context.reference.own_nouns:
            return None
        speaking = self._pronouns.speakers.speaking_at(noun, many=True)
        return speaking if speaking.kind is Kind.STATE else None

    @property
    def reference(self) -> Reference:
        """The words by which a phrase is referred to a name."""
        return self._context.reference

    def misses_name(self, token: Token) -> bool:
        """Whether a pronoun is left open for a name beside it that is no mention."""
        self.resolve(token.doc[token.i : token.i + 1])
        return token.i in self._pronouns.missed

    def plural_before(self, token: Token) -> Token | None:
        """The noun in the plural that "they" means where that is nobody's name."""
        return plural_subject(token, self._context)

    def stands_for_two(self, token: Token) -> bool:
        """Whether the phrase that the token heads means one of two or both: "the latter"."""
        return self._definites.pairs.is_for(token)

    def places_of(self, lemma: str, *, before: int) -> list[int]:
        """The tokens of this lemma before the token ``before``, in order."""
        places = self._context.lemmas.get(lemma, [])
        return places[: bisect_left(places, before)]

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
