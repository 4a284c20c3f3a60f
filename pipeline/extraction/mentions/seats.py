"""Where a capital, or a government's house, stands for the government that sits there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.matches import Match, is_inside_longer_entity
from pipeline.extraction.mentions.names import HYPHENS
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.words import (
    MESSAGE_PREPOSITIONS,
    PARTY_PREPOSITIONS,
    SIDE_PREFIXES,
)
from pipeline.lexicon.nouns import Nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ACTING = frozenset([*NOMINAL_SUBJECTS, "agent"])
_DEPTH = 4


class SeatFinder:
    """Says of a seat whether its government is meant."""

    def __init__(self, nouns: Nouns) -> None:
        self.nouns = nouns

    def acts(
        self, doc: Doc, match: Match, ends: Mapping[int, Match], starts: Mapping[int, Match]
    ) -> bool:
        """Whether a seat is used for its government: it acts, is addressed or is paired."""
        if is_inside_longer_entity(doc, match):
            return False
        if match.start > 1 and doc[match.start - 1].text in HYPHENS:
            before = doc[match.start - 2]
            return before.lower_ in SIDE_PREFIXES or before.i + 1 in ends
        if match.end + 1 < len(doc) and doc[match.end].text in HYPHENS:
            return match.end + 1 in starts or doc[match.end + 1].tag_ == "VBN"
        return self._acts_by_role(doc[match.start : match.end].root, depth=0)

    def _sends(self, preposition: Token) -> bool:
        """As in "the request from Warsaw", "a letter to Tehran": something said, and to whom."""
        said = preposition.head
        sent = preposition.lower_ in MESSAGE_PREPOSITIONS
        return sent and said.pos_ == "NOUN" and said.lemma_ in self.nouns.message_nouns

    def _acts_by_role(self, token: Token, *, depth: int) -> bool:
        head = token.head
        if token.dep_ in _ACTING:
            return head.lemma_ not in self.nouns.place_verbs or head.dep_ == "aux"
        if token.dep_ == "dobj":
            return head.lemma_ in self.nouns.addressing_verbs
        if token.dep_ == "pobj":
            return head.lower_ in PARTY_PREPOSITIONS or self._sends(head)
        if token.dep_ == "poss":
            city = {head.lower_, head.lemma_.lower()} & self.nouns.city_nouns
            return not city and not head.ent_type_
        if token.dep_ != "conj" or depth >= _DEPTH:
            return False
        return self._acts_by_role(head, depth=depth + 1)
