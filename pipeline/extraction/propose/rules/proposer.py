"""The rules as a proposer: positions from the cues of the lexicon, and from words that judge."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.propose.held import Held, without_excepted
from pipeline.extraction.propose.proposal import Proposal, Refused
from pipeline.extraction.propose.questions import asks
from pipeline.extraction.propose.rules.ellipsis import EllipsisReader
from pipeline.extraction.propose.rules.evaluations import EvaluationReader
from pipeline.extraction.propose.rules.holders import HolderFinder
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.rules.positions import NAME, PositionReader
from pipeline.extraction.propose.rules.vocabulary import Vocabulary
from pipeline.extraction.propose.speakers import Speakers
from pipeline.extraction.scene import Scene
from pipeline.records import BlockKind, Stance


class RuleProposer:
    """Proposes by the lexicons over the parse; ``words`` are what ``read_vocabulary`` reads."""

    name = NAME

    def __init__(self, words: Vocabulary) -> None:
        self._words = words

    def propose(self, scene: Scene) -> tuple[Proposal | Refused, ...]:
        """The positions of cues in text order, then those of words that judge; and what fell."""
        holders = HolderFinder(scene.doc, scene.resolver, self._words.nouns, self._words.grammar)
        found, refused = _parted(self._read(scene.doc, holders, scene))
        longest, overlapping = _without_overlaps(found)
        asserted, asked = _without_unasserted(_silenced(longest, found))
        asserted = EllipsisReader(holders, self._words.cues).read(asserted)
        speeches = [one for one in asserted if one.is_speech and one.target is not None]
        speakers = Speakers(scene, speeches, holders.issuers(scene.quotations))
        taken = _taken(longest, speeches)
        judged = EvaluationReader(scene.doc, self._words, speakers.at, taken).read()
        return (*asserted, *judged, *refused, *overlapping, *asked)

    def candidates(self, scene: Scene) -> Iterator[Held]:
        """Whoever could hold a position, word by word, whether a cue stands there or not."""
        words = self._words
        yield from HolderFinder(scene.doc, scene.resolver, words.nouns, words.grammar).candidates()

    def _read(self, doc: Doc, holders: HolderFinder, scene: Scene) -> Iterator[Proposal | Refused]:
        """The first match of each cue word whose roles are filled, in text order."""
        reader = PositionReader(doc, holders, scene.quotations, self._words)
        for token in _among(doc, self._words.cues.places(doc)):
            for match in self._words.cues.matches_at(token):
                read = reader.read(match)
                if isinstance(read, Proposal):
                    yield read
                    break
                yield Refused(NAME, _words_of(match), read, match.cue.id)


def _among(doc: Doc, places: Sequence[int]) -> Iterator[Token]:
    """The words at the places, which are in order, that stand in the body or the title."""
    for block in doc.spans["blocks"]:
        if block.label_ == BlockKind.BODY.value or block.id_ == "title":
            for number in range(bisect_left(places, block.start), bisect_left(places, block.end)):
                yield doc[places[number]]


def _words_of(match: CueMatch) -> Span:
    places = [word.i for word in match.words]
    return match.head.doc[min(places) : max(places) + 1]


def _parted(read: Iterable[Proposal | Refused]) -> tuple[list[Proposal], list[Refused]]:
    """The positions and the refusals, each in their order."""
    said = list(read)
    found = [one for one in said if isinstance(one, Proposal)]
    return found, [one for one in said if isinstance(one, Refused)]


def _without_overlaps(found: Sequence[Proposal]) -> tuple[list[Proposal], list[Refused]]:
    """Of cues that share a word, the longer one, in the order they came; and the others refused."""
    taken: set[int] = set()
    kept: set[int] = set()
    order = sorted(range(len(found)), key=lambda n: (-len(found[n].words), found[n].head.i))
    for number in order:
        words = {word.i for word in found[number].words}
        if not words & taken:
            taken |= words
            kept.add(number)
    longest = [one for number, one in enumerate(found) if number in kept]
    others = (one for number, one in enumerate(found) if number not in kept)
    return longest, [one.refuse("refusal.overlap") for one in others]


def _without_unasserted(found: Iterable[Proposal]) -> tuple[list[Proposal], list[Refused]]:
    """What is asserted; and refused, what is only asked and what others than the holder do."""
    asserted: list[Proposal] = []
    refused: list[Refused] = []
    for one in found:
        holders = without_excepted(one.holders)
        if asks(one):
            refused.append(one.refuse("refusal.question"))
        elif not holders:
            refused.append(one.refuse("refusal.no-holder"))
        else:
            asserted.append(replace(one, holders=holders))
    return asserted, refused


def _silenced(longest: Iterable[Proposal], found: Iterable[Proposal]) -> Iterator[Proposal]:
    """The same; somebody who declines to comment takes no side."""
    said = {one.head for one in found if one.is_speech or "speaks" in one.traits}
    for one in longest:
        if "withholds" in one.traits and one.target is not None and one.target.head in said:
            neutral = replace(one, stance=Stance.NEUTRAL)
            yield neutral.with_rule("rule.content.silence")
        else:
            yield one


def _taken(longest: Iterable[Proposal], speeches: Iterable[Proposal]) -> set[int]:
    """The places of cue words, and of the heads of what is said."""
    taken = {word.i for one in longest for word in one.words}
    return taken | {one.target.head.i for one in speeches if one.target is not None}
