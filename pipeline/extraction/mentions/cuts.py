"""Where one run of capitalised words is several names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.matches import Match
from pipeline.extraction.mentions.names import HYPHENS, Name, NameFinder
from pipeline.extraction.mentions.titles import Titles
from pipeline.lexicon.entities import Role
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc


_OFFICE_OF = frozenset(["of", "from", "for"])


class NameCutter:
    """Cuts names at strung-together parties and where a person follows a body."""

    def __init__(self, names: NameFinder, titles: Titles) -> None:
        self.names = names
        self.titles = titles

    def cut(self, doc: Doc, name: Name, starts: dict[int, Match]) -> Iterator[tuple[int, int]]:
        """The parts of a name, a body's cut from the person's that follows it."""
        for start, end in self._parts(doc, name, starts):
            joint = self._joint(doc, start, end, starts)
            if joint is not None:
                yield start, joint
                start = joint + 1
            cut = self._end_of_body(doc, start, end, starts)
            person = self._after_office(doc, start, end, starts) if cut is None else None
            if cut is not None:
                yield start, cut
                yield cut, end
            else:
                yield person or start, end

    def _parts(self, doc: Doc, name: Name, starts: dict[int, Match]) -> Iterator[tuple[int, int]]:
        """The name cut where parties are strung together ("China-CELAC")."""
        begin = name.start
        for place in range(name.start + 1, name.end - 1):
            if doc[place].text in HYPHENS and _is_strung(doc, begin, place, starts):
                if begin < place:
                    yield begin, place
                begin = place + 1
        if begin < name.end:
            yield begin, name.end

    def _joint(self, doc: Doc, start: int, end: int, starts: dict[int, Match]) -> int | None:
        """The "and" between two bodies: "Roe Party of X and Soto Party of Y".

        They have one head noun, the second is of people for a cause ("and Mothers for Peace"), or
        a state's name ends the first and begins no second one: "Roe Party of Peru and Green
        Alliance", but not "Bank of Bosnia and Herzegovina". So does a body of the lexicon.
        """
        ends = _ends_of_bodies(starts, start, end)
        for place in range(start + 2, end - 2):
            if doc[place].lower_ != "and":
                continue
            if place in ends and _is_new_name(starts.get(place + 1)):
                return place
            if any(self.names.has_cause(doc, joint) for joint in range(place + 2, end - 1)):
                return place
            heads = {
                doc[self.names.head_of(doc, *part)].lower_
                for part in ((start, place), (place + 1, end))
            }
            if len(heads) == 1 and self.names.is_body_noun(next(iter(heads))):
                return place
        return None

    def _end_of_body(self, doc: Doc, start: int, end: int, starts: dict[int, Match]) -> int | None:
        """Where a person's name begins in "Refugee Council Enver Solomon", if anywhere."""
        first = starts.get(start)
        if first is not None and first.is_name and self._is_person_after(doc, first, start, end):
            return first.end
        for place in range(end - 2, start + 1, -1):
            if not self.names.is_body_noun(doc[place - 1].lower_):
                continue
            return place if self._is_plain_tail(doc, place, end) else None
        return None

    def _after_office(self, doc: Doc, start: int, end: int, starts: dict[int, Match]) -> int | None:
        """Where a person's name begins after their office's place: "mayor of Paita Ana Soto"."""
        place = start - 1
        place -= place > 0 and doc[place].lower_ == "the"
        if place < 1 or doc[place].lower_ not in _OFFICE_OF:
            return None
        if doc[place - 1].lower_ not in self.titles.callings or end - start < 3:
            return None
        for first in range(start + 1, end - 1):
            known = starts.get(first)
            if known is not None and known.kind is Kind.PERSON and known.end == end:
                return first
            if self._begins_person(doc, start, first, end):
                return first
        return None

    def _begins_person(self, doc: Doc, start: int, first: int, end: int) -> bool:
        """Whether a given name, or what alone the model takes for a person, stands there."""
        is_given = self.names.nouns.is_given_name
        if is_given(doc[start].text) or not doc[first].text.istitle():
            return False
        people = all(token.ent_type_ == "PERSON" for token in doc[first:end])
        return is_given(doc[first].text) or (people and doc[first - 1].ent_type_ != "PERSON")

    def _is_person_after(self, doc: Doc, first: Match, start: int, end: int) -> bool:
        """As in "Minister for the Middle East Jane Doe": a title before, a person behind."""
        if end - first.end not in (2, 3) or not self._is_plain_tail(doc, first.end, end):
            return False
        titled = any(
            token.lower_ in self.titles.callings for token in doc[max(0, start - 4) : start]
        )
        people = any(token.ent_type_ == "PERSON" for token in doc[first.end : end])
        return titled or people

    def _is_plain_tail(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the words may all be a person's: capitalised, no body's noun, no title."""
        return all(
            token.text.istitle()
            and not self.names.is_body_noun(token.lower_)
            and not self.names.is_thing_noun(token.lower_)
            and token.lower_ not in self.titles.words
            for token in doc[start:end]
        )


def _ends_of_bodies(starts: dict[int, Match], start: int, end: int) -> set[int]:
    inside = (starts[place] for place in range(start, end) if place in starts)
    return {match.end for match in inside if _ends_body(match, start)}


def _ends_body(match: Match, start: int) -> bool:
    """Whether the match ends a body's name that begins at ``start``."""
    whole = match.kind is Kind.ORGANISATION and match.start == start
    return match.is_name and (whole or match.kind is Kind.STATE)


def _is_new_name(first: Match | None) -> bool:
    """Whether what follows is a name of its own, and no second state or region of the first."""
    return first is None or first.role is Role.ADJECTIVE or first.kind is Kind.ORGANISATION


def _is_strung(doc: Doc, begin: int, place: int, starts: dict[int, Match]) -> bool:
    """Whether the hyphen at ``place`` stands between two names of the lexicon."""
    after = starts.get(place + 1) or (doc[place + 1].text.islower() or None)
    before = [starts[at] for at in range(begin, place) if at in starts]
    return after is not None and any(match.end == place for match in before)
