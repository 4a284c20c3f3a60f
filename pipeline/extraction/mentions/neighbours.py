"""What the words next to a name say of it: "the company Acme", "the Mezzeh military airport"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.matches import Match
from pipeline.extraction.mentions.names import HYPHENS
from pipeline.extraction.mentions.nouns_after import noun_after
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.lexicon.entities import Role
from pipeline.lexicon.nouns import Nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BESIDE = frozenset(["compound", "nmod", "amod", "appos"])
_LEADERS = frozenset(["PERSON", "ORG"])


class Neighbours:
    """Asks the words before and after a name what it names."""

    def __init__(self, nouns: Nouns) -> None:
        self.nouns = nouns
        self._bodies = nouns.media_nouns | (nouns.collective_nouns - nouns.person_nouns)

    def name_leader(self, doc: Doc, start: int, end: int, starts: Mapping[int, Match]) -> bool:
        """As in "the Trump administration": a leader's name before a noun for a government."""
        if end >= len(doc) or end - start > 2 or start in starts:
            return False
        if self._leads(doc, end):
            return self._reads_like_leader(doc, start, end)
        if not doc[end].text.islower() or doc[end].lower_ not in self.nouns.leader_governments:
            return False
        return doc[end - 1].text.istitle() and doc[end - 1].ent_type_ in _LEADERS

    def _reads_like_leader(self, doc: Doc, start: int, end: int) -> bool:
        """Whether no party leads: "the Socialist-led government"."""
        last = doc[end - 1]
        if not last.text.istitle() or f"{last.lower_}s" in self.nouns.party_nouns:
            return False
        return last.ent_type_ == "PERSON" or (end - start == 1 and not last.ent_type_)

    def _leads(self, doc: Doc, end: int) -> bool:
        """As in "the Soto-led government", which is led by a person called Soto."""
        if end + 2 >= len(doc) or doc[end].text not in HYPHENS:
            return False
        governs = self.nouns.leader_governments | self.nouns.government_nouns
        led = doc[end + 1].lower_ in self.nouns.leading_words
        return led and noun_after(doc, end + 2, governs) is not None

    def name_body(self, doc: Doc, start: int, end: int, starts: Mapping[int, Match]) -> bool:
        """As in "news agency Sana", "Yonhap news agency", "the company Acme"."""
        after = doc[end : end + 2].text.lower()
        if end < len(doc) and after in self.nouns.media_nouns and doc[end].text.islower():
            return not ends_in_adjective(start, end, starts)
        for length in (1, 2):
            words = doc[max(0, start - length) : start].text
            if words.islower() and words in self._bodies:
                called = doc[start - 1].dep_ in _BESIDE or _is_called(doc, start, end)
                if called or length == 2:
                    return True
        return False

    def name_place(self, doc: Doc, end: int) -> bool:
        """As in "the Mezzeh military airport": a name that a place noun heads."""
        for place in range(end, min(end + 3, len(doc))):
            token = doc[place]
            if not token.text.islower():
                return False
            places = self.nouns.place_nouns | self.nouns.constituency_nouns
            if token.lower_ in places and doc[end - 1].head.i == place:
                return True
        return False

    def name_campaign(self, doc: Doc, start: int, end: int) -> bool:
        """As in "the Lower Rhine Campaign": an event, unless it is somebody's or speaks."""
        if end - start < 2 or doc[end - 1].lower_ not in self.nouns.campaign_nouns:
            return False
        root = doc[start:end].root
        speaks = root.dep_ in NOMINAL_SUBJECTS and root.head.lemma_ in self.nouns.saying_verbs
        return not speaks and doc[start].ent_type_ != "PERSON"

    def name_constituency(self, doc: Doc, start: int) -> bool:
        """As in "the riding of Soto North", "MP for Soto - Roe Hills": who is elected there sits.

        Parts that hyphens join are one name.
        """
        place = start
        while place > 1 and doc[place - 1].text in HYPHENS and doc[place - 2].text.istitle():
            place -= 2
            while place > 0 and doc[place - 1].text.istitle():
                place -= 1
        if place < 2:
            return False
        joint, before = doc[place - 1].lower_, doc[place - 2]
        if joint == "of":
            return before.lower_ in self.nouns.constituency_nouns
        if before.text == ")" and place > 2:
            before = doc[place - 3]
        return joint == "for" and before.lower_ in self.nouns.sitting_members


def _is_called(doc: Doc, start: int, end: int) -> bool:
    """Whether the name is what the noun before it is called: "the company Acme said"."""
    root = doc[start:end].root
    return root.dep_ == "appos" and root.head.i == start - 1


def ends_in_adjective(start: int, end: int, starts: Mapping[int, Match]) -> bool:
    """Whether the last words of a name are a state's or group's adjective or people."""
    return any(
        match.end == end and match.role in (Role.ADJECTIVE, Role.DEMONYM)
        for place in range(start, end)
        if (match := starts.get(place)) is not None
    )
