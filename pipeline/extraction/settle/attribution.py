"""Who speaks, and who tells of another's position. Source: codebook §2.9 and §2.11."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.settle.ruling import Amend, Drop, Link, Ruling
from pipeline.extraction.settle.standing import ByToken, Standing
from pipeline.language.order import has_ancestor
from pipeline.language.quotations import Quotation
from pipeline.language.words import FIRST_PERSON
from pipeline.records import Stance

_SCORE = 0.8


def name_first_persons(standing: Standing) -> Iterator[Ruling]:
    """First persons inside a quotation are its speaker."""
    for number in range(len(standing)):
        position = standing[number]
        holders = position.holders
        for quotation in standing.scene.quotations.around(position.head):
            speaker = standing.speakers.of(quotation)
            if speaker is not None and not position.is_evaluation:
                holders = tuple(_as_speaker(held, speaker) for held in holders)
        if holders != position.holders:
            yield Amend(number, replace(position, holders=holders))


def _as_speaker(held: Held, speaker: Held) -> Held:
    if held.span.text.lower() not in FIRST_PERSON:
        return held
    return Held(held.span, speaker.entity, speaker.kind, _SCORE, True, "quotation-speaker")


def drop_asides(standing: Standing) -> Iterator[Ruling]:
    """A speaker's "I think" inside the own quotation takes no side beyond it.

    Source: codebook §2.9: each other position of a quotation has its own evaluative words.
    """
    for number in standing.numbers():
        position = standing[number]
        if position.stance is not Stance.NEUTRAL:
            continue
        around = standing.scene.quotations.around(position.head)
        speakers = (standing.speakers.of(quotation) for quotation in around)
        if any(held is not None and held.key == position.holders[0].key for held in speakers):
            yield Drop(number, "refusal.aside")


def link_reporters(standing: Standing) -> Iterator[Ruling]:
    """Each position to the innermost saying around it, if another says it."""
    told = _Told(standing)
    for number in standing.numbers():
        nearest: int | None = None
        for speech in told.around(standing[number].head):
            if speech == number:
                continue
            if nearest is None or has_ancestor(standing[speech].head, standing[nearest].head):
                nearest = speech
        holds = standing[number].holds
        if nearest is not None and standing[nearest].holders[0].key not in holds:
            yield Link(number, nearest)


class _Told:
    """Who says what, by the words of what is said and by its quotation."""

    def __init__(self, standing: Standing) -> None:
        self._quotations = standing.scene.quotations
        self._by_word = ByToken(standing, _target_words, standing.speeches)
        self._by_quotation: defaultdict[Quotation, list[int]] = defaultdict(list)
        for number in standing.speeches:
            quotation = standing[number].quotation
            if quotation is not None:
                self._by_quotation[quotation].append(number)

    def around(self, token: Token) -> list[int]:
        """The sayings that the token belongs to, in the order they were proposed."""
        found = set(self._by_word.at(token.i))
        for quotation in self._quotations.around(token):
            found.update(self._by_quotation.get(quotation, ()))
        return sorted(found)


def _target_words(position: Proposal) -> Iterable[int]:
    target = position.target
    return range(target.span.start, target.span.end) if target is not None else ()
