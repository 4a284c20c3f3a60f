"""Which positions are reported by somebody else, and what those share that back them.

Source: codebook §2.9 and §2.11.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from pipeline.extraction.propose.rules.candidates import Candidate
from pipeline.extraction.propose.rules.content import Evaluative
from pipeline.extraction.propose.rules.evaluations import Speakers, find_evaluations
from pipeline.extraction.propose.rules.holders.held import Held
from pipeline.extraction.settle.asserting import drop_questions, drop_unasserted, settle_silence
from pipeline.extraction.settle.constraints import (
    drop_accusations,
    drop_governed,
    drop_overlapping,
    drop_relays,
    drop_repeated,
    join_neither,
)
from pipeline.extraction.settle.placed import ByHead, ByToken
from pipeline.extraction.settle.sharing import share_targets
from pipeline.extraction.settle.speech import settle_speech
from pipeline.language.order import has_ancestor
from pipeline.language.quotations import Quotation, Quotations
from pipeline.lexicon.grammar import Grammar
from pipeline.records import Stance

_FIRST = frozenset(["i", "we", "my", "our", "us", "me"])


def attribute(
    candidates: list[Candidate],
    doc: Doc,
    quotations: Quotations,
    words: Evaluative,
    issuer: Held | None,
    grammar: Grammar,
) -> list[Candidate]:
    """The candidates that stand, with speakers, attributions and reported stances filled in."""
    drop_overlapping(candidates)
    drop_questions(candidates)
    settle_silence(candidates)
    speeches = [c for c in candidates if c.is_speech and c.target is not None and not c.dropped]
    known = _known_speakers(speeches, quotations)
    speakers = Speakers(doc, quotations, known, issuer)
    _first_persons(candidates, quotations, speakers)
    by_head = ByHead(candidates)
    for speech in speeches:
        if not speech.dropped:
            settle_speech(speech, by_head, words)
    drop_unasserted(candidates, grammar)
    taken = {word.i for c in candidates if c.dropped != "overlap" for word in c.match.words}
    taken |= {c.target.head.i for c in speeches if c.target is not None}
    candidates += find_evaluations(doc, words, grammar, speakers.at, taken)
    join_neither(candidates)
    drop_accusations(candidates)
    drop_relays(candidates)
    share_targets(candidates)
    drop_governed(candidates)
    drop_repeated(candidates)
    _drop_asides(candidates, quotations, speakers)
    _attributions(candidates, speeches, quotations)
    return [candidate for candidate in candidates if not candidate.dropped]


def _known_speakers(speeches: list[Candidate], quotations: Quotations) -> dict[Quotation, Held]:
    """The holder of the speech that has the quotation as target, else the one around it."""
    known = {s.quotation: s.holders[0] for s in speeches if s.quotation is not None}
    for speech in speeches:
        assert speech.target is not None
        span = speech.target.span
        for quotation in quotations.overlapping(span.start, span.end):
            known.setdefault(quotation, speech.holders[0])
    return known


def _first_persons(candidates: list[Candidate], quotations: Quotations, speakers: Speakers) -> None:
    """First persons inside a quotation are its speaker."""
    for candidate in candidates:
        for quotation in quotations.around(candidate.head):
            speaker = speakers.of(quotation)
            if speaker is not None:
                candidate.holders = [_as_speaker(held, speaker) for held in candidate.holders]


def _as_speaker(held: Held, speaker: Held) -> Held:
    if held.span.text.lower() not in _FIRST:
        return held
    return Held(held.span, speaker.entity, speaker.kind, 0.8, True, "quotation-speaker")


def _drop_asides(candidates: list[Candidate], quotations: Quotations, speakers: Speakers) -> None:
    """A speaker's "I think" inside the own quotation takes no side beyond it.

    Source: codebook §2.9: each other position of a quotation has its own evaluative words.
    """
    for candidate in candidates:
        if candidate.stance is not Stance.NEUTRAL:
            continue
        for quotation in quotations.around(candidate.head):
            speaker = speakers.of(quotation)
            if speaker is not None and candidate.holders[0].key == speaker.key:
                candidate.dropped = candidate.dropped or "aside"


def _attributions(
    candidates: list[Candidate], speeches: list[Candidate], quotations: Quotations
) -> None:
    told = _Told(speeches)
    for candidate in candidates:
        if candidate.dropped:
            continue
        own = {held.key for held in candidate.holders}
        nearest: Candidate | None = None
        for speech in told.around(candidate.head, quotations):
            if speech is candidate:
                continue
            if nearest is None or has_ancestor(speech.head, nearest.head):
                nearest = speech
        if nearest is not None and nearest.holders[0].key not in own:
            candidate.reporter = nearest


class _Told:
    """Who says what, by the words of what is said and by its quotation."""

    def __init__(self, speeches: list[Candidate]) -> None:
        self._by_word = ByToken(speeches, _target_words)
        self._number = {id(speech): number for number, speech in enumerate(speeches)}
        self._by_quotation: defaultdict[Quotation, list[Candidate]] = defaultdict(list)
        for speech in speeches:
            if speech.target is not None and speech.quotation is not None:
                self._by_quotation[speech.quotation].append(speech)

    def around(self, token: Token, quotations: Quotations) -> list[Candidate]:
        """The speeches that the token belongs to, in the order they were given."""
        found = {id(speech): speech for speech in self._by_word.at(token.i)}
        for quotation in quotations.around(token):
            found |= {id(speech): speech for speech in self._by_quotation.get(quotation, ())}
        return sorted(found.values(), key=lambda speech: self._number[id(speech)])


def _target_words(candidate: Candidate) -> Iterable[int]:
    target = candidate.target
    return range(target.span.start, target.span.end) if target is not None else ()
