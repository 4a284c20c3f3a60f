"""The learned reader as a proposer: its readings with the words and the people of the scene."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pipeline.extraction.propose.held import Held, without_excepted
from pipeline.extraction.propose.proposal import Chances, Polarity, Proposal, Refused
from pipeline.extraction.propose.questions import asks
from pipeline.extraction.propose.reader.reading import Reading, read_document
from pipeline.extraction.propose.reader.tuned import TunedReader, Tuning
from pipeline.extraction.propose.rules import CueIndex, Names, named_members
from pipeline.extraction.propose.stated import entry_at, held_at
from pipeline.extraction.propose.target import Target
from pipeline.records import Form, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.extraction.scene import Scene

NAME = "reader"
_RULE = "rule.reader"


class ReaderProposer:
    """Proposes what ``read`` sees in a document; a cue's entry is that of the lexicon, if any."""

    name = NAME

    def __init__(self, read: Callable[[Doc], Sequence[Reading]], cues: CueIndex) -> None:
        self._read = read
        self._cues = cues

    def propose(self, scene: Scene) -> Iterator[Proposal | Refused]:
        """One position for each reading that has a holder, in text order.

        What is only asked is refused, as of the rules, and what holds with an exception is left
        to them: "no state but Norway backed it".
        """
        names = Names(scene.doc)
        for reading in self._read(scene.doc):
            proposal = self._proposal(reading, scene, names)
            if asks(proposal):
                yield proposal.refuse("refusal.question")
            elif without_excepted(proposal.holders) != proposal.holders:
                yield proposal.refuse("refusal.no-holder")
            else:
                yield proposal

    def _proposal(self, reading: Reading, scene: Scene, names: Names) -> Proposal:
        cue = scene.doc[slice(*reading.cue)]
        head, entry = entry_at(cue, self._cues)
        return Proposal(
            proposer=NAME,
            head=head,
            words=tuple(cue),
            cue=cue,
            entry=entry,
            holders=_holders(reading, scene, names),
            stance=Stance(reading.stance),
            form=Form(reading.form),
            target=_target(reading, scene),
            polarity=Polarity(reading.negated, 0, reading.hedged, head, ()),
            rules=(_RULE,),
            chances=Chances(
                reading.cue_chance,
                reading.holders[0].chance,
                reading.target_chance,
                *reading.stances,
            ),
        )


def _target(reading: Reading, scene: Scene) -> Target | None:
    if reading.target is None:
        return None
    span = scene.doc[slice(*reading.target)]
    return Target(span, span.root, NAME)


def _holders(reading: Reading, scene: Scene, names: Names) -> tuple[Held, ...]:
    """The holders with the entities that the text gives them, a group's named members for it.

    Source: codebook §2.5.
    """
    found: dict[tuple[int, int], Held] = {}
    for holding in reading.holders:
        span = scene.doc[holding.start : holding.end]
        held = held_at(span, scene, entity=holding.entity, chance=holding.chance)
        for one in named_members(span.root, names) or [held]:
            found.setdefault((one.span.start, one.span.end), one)
    return tuple(found.values())


def open_proposer(cues: CueIndex, tuning: Tuning | None = None) -> ReaderProposer:
    """The packaged reader as a proposer, with the corrections of ``tuning`` if there are any.

    Raises:
        SettingError: a file of the weights is missing or is not the one that was measured.
    """
    from pipeline.extraction.propose.reader.session import open_reader

    shipped = open_reader()
    reader = shipped if tuning is None else TunedReader(shipped, tuning)
    return ReaderProposer(partial(read_document, reader=reader, cues=cues), cues)
