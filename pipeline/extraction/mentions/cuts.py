"""Where one run of capitalised words is several names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.matches import Match
from pipeline.extraction.mentions.names import HYPHENS, Name, NameFinder
from pipeline.extraction.mentions.titles import Titles

if TYPE_CHECKING:
    from spacy.tokens import Doc


class NameCutter:
    """Cuts names at strung-together parties and where a person follows a body."""

    def __init__(self, names: NameFinder, titles: Titles) -> None:
        self.names = names
        self.titles = titles

    def cut(self, doc: Doc, name: Name, starts: dict[int, Match]) -> Iterator[tuple[int, int]]:
        """The parts of a name, a body's cut from the person's that follows it."""
        for start, end in self._parts(doc, name, starts):
            joint = self._joint(doc, start, end)
            if joint is not None:
                yield start, joint
                start = joint + 1
            cut = self._end_of_body(doc, start, end, starts)
            if cut is not None:
                yield start, cut
                yield cut, end
            else:
                yield start, end

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

    def _joint(self, doc: Doc, start: int, end: int) -> int | None:
        """The "and" between two bodies with one head noun: "Roe Party of X and Soto Party of Y"."""
        for place in range(start + 2, end - 2):
            if doc[place].lower_ != "and":
                continue
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


def _is_strung(doc: Doc, begin: int, place: int, starts: dict[int, Match]) -> bool:
    """Whether the hyphen at ``place`` stands between two names of the lexicon."""
    after = starts.get(place + 1) or (doc[place + 1].text.islower() or None)
    before = [starts[at] for at in range(begin, place) if at in starts]
    return after is not None and any(match.end == place for match in before)
