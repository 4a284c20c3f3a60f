"""Whom phrases for two mean: "the former", "both", "the two leaders", "the couple".

Source: codebook §2, rules 1, 5 and 8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import (
    Context,
    Named,
    Resolution,
    pair_of,
    resolved,
)
from pipeline.extraction.coreference.missed import missed_person
from pipeline.language.labels import STANDING_ALONE
from pipeline.language.words import (
    DEFINITE_DETERMINERS,
    FIRST_OF_TWO,
    LAST_OF_TWO,
    TWO,
)
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_STATES = frozenset([Kind.STATE])
_PEOPLE = frozenset([Kind.PERSON])
_BODIES = frozenset([Kind.ORGANISATION])
_EACH = (_STATES, _PEOPLE, _BODIES)
_FARTHEST = 3


class PairResolver:
    """Resolves phrases that stand for one or both of two that were named."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.reference = context.reference

    def is_for(self, root: Token) -> bool:
        """Whether the phrase with this head stands for two, or for one of two."""
        return root.lower_ in FIRST_OF_TWO | LAST_OF_TWO or bool(self._kinds(root))

    def resolve(self, root: Token) -> Resolution | None:
        """Whom the phrase means; None where not just two are named nearby."""
        if root.lower_ in FIRST_OF_TWO | LAST_OF_TWO:
            return self._one_of_two(root)
        for kinds in self._kinds(root):
            found = self._pair(root, kinds)
            if found is not None:
                return found
        return None

    def _kinds(self, root: Token) -> tuple[frozenset[Kind], ...]:
        """What sort the two may be; empty where the phrase stands for no pair."""
        lemma = root.lemma_.lower()
        if lemma in self.reference.couple_nouns:
            return (_PEOPLE,) if _is_definite(root) else ()
        if root.lower_ in TWO and root.dep_ in STANDING_ALONE:
            return _EACH
        if not any(child.lower_ in TWO and child.i < root.i for child in root.children):
            return ()
        if lemma in self.reference.state_pair_nouns:
            return (_STATES,)
        if lemma in self.reference.people_pair_nouns:
            return (_PEOPLE,)
        return (_BODIES,) if lemma in self.reference.body_pair_nouns else ()

    def _pair(self, root: Token, kinds: frozenset[Kind]) -> Resolution | None:
        """The two who were named last, if no third is beside them."""
        seen: list[Named] = []
        for start in (
            root.sent.start,
            *self.context.sentences_before(root, at_most=_FARTHEST),
        ):
            group = self.context.foremost(start, kinds, before=root.i)
            missed = kinds == _PEOPLE and missed_person(self.context, start, root) is not None
            if missed:
                return None
            seen = [*group, *seen]
            named = list({item.entity: item for item in seen}.values())
            if len(named) == 2:
                named.sort(key=lambda item: item.span.start)
                return pair_of(named, "pair", score=0.7)
            if len(named) > 2:
                return None
        return None

    def _one_of_two(self, root: Token) -> Resolution | None:
        """The first or the last of those of one sort whom the nearest sentence names.

        "The latter" may follow three; "the former" is one of two.
        """
        first = root.lower_ in FIRST_OF_TWO
        for start in (root.sent.start, *self.context.sentences_before(root, at_most=1)):
            for kinds in _EACH:
                items = self.context.foremost(start, kinds, before=root.i)
                named = list({item.entity: item for item in sorted(items, key=_start)}.values())
                if len(named) < 2 or (first and len(named) > 2):
                    continue
                if kinds == _PEOPLE and missed_person(self.context, start, root) is not None:
                    return None
                if first:
                    return resolved(named[0], "former", factor=0.8)
                return resolved(named[-1], "latter", factor=0.8)
        return None


def _is_definite(root: Token) -> bool:
    return any(child.lower_ in DEFINITE_DETERMINERS for child in root.children)


def _start(item: Named) -> int:
    return item.span.start
