"""Where in an article the words of a claim stand that another extractor quotes.

Words stand as they are, or with other quotation marks, dashes and white space; never inside a
word. Where it cannot be told which of several places is meant, the claim is refused by name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.dataset.records import Position, Quote, quote
from pipeline.errors import RecordError
from pipeline.importing.quotation import QuotedClaim, Words
from pipeline.language.quoted import QuotedWords
from pipeline.records import Extraction, Span

_BEFORE, _BEHIND = 2, 1
"""How many sentences before and behind the cue's a role may stand in. Source: codebook §2.8."""

_NEAR = 50
"""So many places of a role are weighed in one sentence."""

_MOST_CUES = 500
_MOST_DOUBLINGS = 20
_AROUND = 30  # code points on each side of a place that is shown
_SENTENCE_END = re.compile(r"[.!?…](?=\s)|\n\s*\n")  # near enough for what is shown


_Roles = tuple[Span, Span | None, Span | None]


class UnplacedError(RecordError):
    """The words of a claim are not in the text, or it cannot be told where."""

    cause = "unplaced"


@dataclass(frozen=True, slots=True)
class _Try:
    """What becomes of a claim with its cue at one place: its roles, or why it has none.

    ``away`` counts the roles that stand in another sentence than the cue. ``missing`` names the
    role that stands nowhere near, ``doubt`` says which one could stand in several places.
    """

    cue: Span
    roles: _Roles | None
    away: int = 0
    missing: str = ""
    doubt: str = ""


class Placing:
    """The places of quotations in one article."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.text = extraction.text
        self._spans = [sentence.span for sentence in extraction.sentences]
        self._starts = [span.start for span in self._spans]
        self._whole = Span(0, len(self.text))
        self._words = lru_cache(maxsize=64)(lambda s: QuotedWords(self.text, s.start, s.end))

    def place(self, claim: QuotedClaim) -> tuple[Position, Quote]:
        """Where the claim stands, and the sentences that it stands in, grown until they stand once.

        Raises:
            UnplacedError: naming the words that are not there or stand in several places.
        """
        scope = self._scope(claim.sentence)
        cues = self._places(claim.cue, scope, "cue")
        if not cues:
            raise self._absent(claim.cue, "cue")
        cues = tuple(self._likely(cues, claim))
        if len(cues) > _MOST_CUES:
            raise _ambiguous_cue(claim.cue, cues, self.text)
        tries = [self._try(claim, cue, scope) for cue in cues]
        if all(one.missing for one in tries):
            role = tries[0].missing
            raise self._absent(getattr(claim, role), role)
        cue, (holder, target, told) = _settle(tries, claim.cue, self.text)
        position = Position(
            holder=quote(self.text, holder),
            entity=claim.holder.entity,
            cue=quote(self.text, cue),
            stance=claim.stance,
            form=claim.form,
            target=quote(self.text, target) if target else None,
            negated=claim.negated,
            hedged=claim.hedged,
            attribution=quote(self.text, told) if told else None,
            attribution_entity=claim.attribution.entity if claim.attribution and told else None,
        )
        spans = [piece.span for piece in position.quotes]
        around = self._sentences(min(spans).start, max(span.end for span in spans), 0, 0)
        return position, quote(self.text, self._alone(around))

    def _scope(self, sentence: Words | None) -> Span:
        """The sentence that is given, else the whole text."""
        if sentence is None:
            return self._whole
        places = self._places(sentence, self._whole, "sentence")
        if not places:
            raise self._absent(sentence, "sentence")
        if len(places) > 1:
            raise UnplacedError(
                f"its sentence {sentence.text!r:.80} stands {len(places)} times in the text "
                f"({_starts_of(places)}); say which, as "
                '"sentence": {"text": …, "occurrence": 1}, or give "start" of each quotation'
            )
        return places[0]

    def _places(self, words: Words, scope: Span, role: str) -> tuple[Span, ...]:
        """Where the words stand in a stretch of the text; one place where it is said which.

        Raises:
            UnplacedError: they are not where it is said.
        """
        if words.start is not None:
            place = Span(words.start, words.start + len(words.text))
            there = self.text[place.start : place.end]
            if there != words.text:
                raise UnplacedError(
                    f"its {role} {words.text!r:.80} is not at {words.start}: {there!r:.80} stands "
                    'there. Offsets are code points from 0; leave "start" out to have it looked for'
                )
            return (place,)
        found = self._words(scope)
        places = found.exact(words.text) or found.alike(words.text)
        if words.occurrence is None:
            return places
        if not 1 <= words.occurrence <= len(places):
            raise UnplacedError(
                f"its {role} {words.text!r:.80} stands {len(places)} times there, so there is no "
                f'"occurrence" {words.occurrence}; it counts from 1'
            )
        return (places[words.occurrence - 1],)

    def _try(self, claim: QuotedClaim, cue: Span, scope: Span) -> _Try:
        own = self._sentences(cue.start, cue.end, 0, 0) if scope == self._whole else scope
        near = self._sentences(own.start, own.end, _BEFORE, _BEHIND)
        taken, away = [cue], 0
        placed: dict[str, Span | None] = {}
        for role in ("target", "holder", "attribution"):
            words: Words | None = getattr(claim, role)
            placed[role] = None
            if words is None:
                continue
            found, is_own = self._near(words, own, near, taken, role)
            if not found:
                return _Try(cue, None, missing=role)
            if len(found) > 1:
                return _Try(cue, None, away, doubt=_ambiguous_role(words, role, found))
            placed[role] = found[0]
            taken.append(found[0])
            away += not is_own
        holder = placed["holder"]
        assert holder is not None
        return _Try(cue, (holder, placed["target"], placed["attribution"]), away)

    def _near(
        self, words: Words, own: Span, near: Span, taken: Sequence[Span], role: str
    ) -> tuple[Sequence[Span], bool]:
        """Where a role can stand, and whether that is in the cue's sentence.

        Its own sentence comes first, and places where no other role stands. Source: codebook §2.12.
        """
        if words.start is not None:
            return self._places(words, own, role), True
        for scope in (own,) if words.occurrence else dict.fromkeys((own, near)):
            places = self._places_or_none(words, scope, role)[:_NEAR]
            free = _apart(places, taken)
            if found := free or (() if role == "target" else _apart(places, taken[:1])):
                return found, scope == own
        return (), False

    def _places_or_none(self, words: Words, scope: Span, role: str) -> tuple[Span, ...]:
        """As ``_places``, none where there are fewer than ``occurrence`` says: at this cue."""
        try:
            return self._places(words, scope, role)
        except UnplacedError:
            return ()

    def _likely(self, cues: Sequence[Span], claim: QuotedClaim) -> Sequence[Span]:
        """Of the cues those that have the other words near them, where these are rarer."""
        for words in (claim.target, claim.holder):
            if words is None or words.start is not None or len(cues) == 1:
                continue
            places = self._places(Words(words.text), self._whole, "role")
            if not 0 < len(places) < len(cues):
                continue
            near = {
                self._number(place.start) + step
                for place in places
                for step in range(-_BEHIND, _BEFORE + 1)
            }
            cues = [cue for cue in cues if self._number(cue.start) in near] or cues
        return cues

    def _number(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _alone(self, around: Span) -> Span:
        """The sentences, with so many on each side that the text has them once."""
        grown = around
        for power in range(_MOST_DOUBLINGS):
            first = self.text.find(grown.text_in(self.text))
            if first == grown.start and self.text.find(grown.text_in(self.text), first + 1) < 0:
                break
            grown = self._sentences(around.start, around.end, 2**power, 2**power)
        return grown

    def _sentences(self, start: int, end: int, before: int, behind: int) -> Span:
        """From the sentence of ``start`` to that of ``end``, with so many before and behind."""
        first = max(0, bisect_right(self._starts, start) - 1 - before)
        last = min(len(self._spans), bisect_right(self._starts, max(start, end - 1)) + behind)
        spans = self._spans[first:last] or [Span(start, end)]
        return Span(min(spans[0].start, start), max(spans[-1].end, end))

    def _absent(self, words: Words, role: str) -> UnplacedError:
        """What to say of words that are not where they should be: whether they are in the text."""
        elsewhere = self._places(Words(words.text), self._whole, role)
        said = f"its {role} {words.text!r:.80} is not in the text"
        if not elsewhere:
            return UnplacedError(f"{said}; quote the article's own words")
        if role == "cue":
            return UnplacedError(f"{said} of its sentence, but at {_starts_of(elsewhere)}")
        stands = "stands nowhere by itself in or near the sentence of its cue"
        return UnplacedError(
            f"its {role} {words.text!r:.80} {stands}, but at {_starts_of(elsewhere)}; name the "
            'place that is meant by its "start"'
        )


def _settle(tries: Iterable[_Try], cue: Words, text: str) -> tuple[Span, _Roles]:
    """The cue and the roles of the one try that holds.

    Raises:
        UnplacedError: more than one could.
    """
    possible = [one for one in tries if not one.missing]
    nearest = min(one.away for one in possible)
    best = [one for one in possible if one.away == nearest]
    if len(best) > 1:
        raise _ambiguous_cue(cue, [one.cue for one in best], text)
    if best[0].roles is None:
        raise UnplacedError(best[0].doubt)
    return best[0].cue, best[0].roles


def _apart(places: Iterable[Span], taken: Sequence[Span]) -> tuple[Span, ...]:
    """The places that share no character with what is taken."""
    return tuple(one for one in places if not any(one.overlaps(other) for other in taken))


def _ambiguous_cue(cue: Words, places: Sequence[Span], text: str) -> UnplacedError:
    example = _words_around(places[0], text)
    return UnplacedError(
        f"its cue {cue.text!r:.80} stands in the text {len(places)} times where the claim could be "
        f"({_starts_of(places)}); add the words of the sentence that is meant, as "
        f'"sentence": "{example}", or the number of the place, as "occurrence": 1'
    )


def _words_around(place: Span, text: str) -> str:
    """Some whole words around a place in its sentence, which can be quoted as they are.

    >>> _words_around(Span(14, 19), "Once so. Peru backs it. Chile backs it too.")
    'Peru backs it.'
    """
    start, end = max(0, place.start - _AROUND), min(len(text), place.end + _AROUND)
    for mark in _SENTENCE_END.finditer(text, start, place.start):
        start = mark.end()
    behind = _SENTENCE_END.search(text, place.end, min(len(text), end + 1))
    end = behind.end() if behind else end
    while 0 < start < place.start and not text[start - 1].isspace():
        start += 1
    while place.end < end < len(text) and not text[end].isspace():
        end -= 1
    return " ".join(text[start:end].split())


def _ambiguous_role(words: Words, role: str, places: Sequence[Span]) -> str:
    return (
        f"its {role} {words.text!r:.80} stands {len(places)} times beside its cue "
        f"({_starts_of(places)}); say which, as "
        f'"{role}": {{"text": …, "start": {places[0].start}}}, or quote more words'
    )


def _starts_of(places: Sequence[Span]) -> str:
    """The first few offsets, in words."""
    shown = ", ".join(str(place.start) for place in places[:4])
    return f"code point{'s' if len(places) > 1 else ''} {shown}{', …' if len(places) > 4 else ''}"
