"""What became of each claim of a passage: one decision each, but for those that wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.dataset.fold import position_id
from pipeline.dataset.records import Decision, Position, Verdict
from pipeline.records import Extraction
from pipeline.review.contexts import context_of, with_entity
from pipeline.review.reading import Reading
from pipeline.review.regions import ClaimKey
from pipeline.review.shown import Shown
from pipeline.review.verdicts import UNTOUCHED, Word


class Outcomes:
    """Makes the decisions; ``waiting`` are ids of claims whose parts could not be read."""

    def __init__(
        self,
        base: Decision,
        shown: Shown,
        reading: Reading,
        words: Mapping[ClaimKey, Word],
        article: Extraction | None,
    ) -> None:
        self._base, self._shown, self._reading = base, shown, reading
        self._words, self._article = words, article
        self._left = dict(reading.claims)
        self.waiting: set[str] = set()
        self.faults: list[str] = []

    def decisions(self) -> list[Decision]:
        """A decision on each claim that was shown or drawn, but for those that wait."""
        shown, found = self._shown, []
        for key in self._words:
            if self._word(key).rejected:
                self._left.pop(key, None)
        for key, position in shown.claims.items():
            decided = self._decided(key)
            if self._waits(key, decided):
                self.waiting.add(self._name(key))
                continue
            found.append(
                replace(
                    self._base,
                    verdict=_verdict(position, decided),
                    claim=self._name(key),
                    shown=position,
                    decided=decided,
                    reason=self._word(key).reason if decided is None else None,
                    context=context_of(shown, self._article, position, decided),
                    machine=shown.machines.get(key),
                )
            )
        added = (_added(self._base, shown, one, self._article) for one in self._left.values())
        return [item for item in (*found, *added) if item.claim not in self.waiting]

    def _word(self, key: ClaimKey) -> Word:
        return self._words.get(key, UNTOUCHED)

    def _name(self, key: ClaimKey) -> str:
        return self._shown.ids.get(key) or _new_id(self._shown, self._shown.claims[key])

    def _decided(self, key: ClaimKey) -> Position | None:
        """What became of the claim by passage and list; None where it is gone."""
        word = self._word(key)
        if word.rejected:
            return None
        decided = _take_partner(key, self._shown, self._left, self._article)
        return word.over(decided) if decided else None

    def _waits(self, key: ClaimKey, decided: Position | None) -> bool:
        """Whether it cannot be told what became of the claim."""
        word = self._word(key)
        if word.waits:
            return True
        if decided is not None or word.rejected:
            return False
        if word.corrects:
            cue = self._shown.claims[key].cue.text
            self.faults.append(
                f"the claim of {cue!r} is corrected in the list, but its cue or holder was taken "
                "away in the passage: undo one of the two; until then it waits"
            )
            return True
        return bool(self._reading.waiting) and not {key.holder, key.cue} & self._reading.rejected


def _take_partner(
    key: ClaimKey, shown: Shown, left: dict[ClaimKey, Position], article: Extraction | None
) -> Position | None:
    """What became of the claim, taken out of what is ``left``; None where it is gone."""
    partner = key if key in left else _partner(key, shown, left)
    if partner is None:
        return None
    decided = left.pop(partner)
    drawn_anew = partner.holder != key.holder
    return with_entity(decided, article) if drawn_anew else decided


def _verdict(shown: Position, decided: Position | None) -> Verdict:
    if decided is None:
        return Verdict.REJECTED
    return Verdict.ACCEPTED if decided == shown else Verdict.EDITED


def _added(
    base: Decision, shown: Shown, position: Position, article: Extraction | None
) -> Decision:
    """The decision on a claim that was drawn anew."""
    added = with_entity(position, article)
    return replace(
        base,
        verdict=Verdict.ADDED,
        claim=_new_id(shown, added),
        decided=added,
        context=context_of(shown, article, added),
    )


def _partner(key: ClaimKey, shown: Shown, left: Mapping[ClaimKey, Position]) -> ClaimKey | None:
    """The new claim that an old one became: it kept the cue or, failing that, the holder."""
    new = [other for other in left if other not in shown.claims]
    same_cue = [other for other in new if other.cue == key.cue]
    same_holder = [other for other in new if other.holder == key.holder]
    return next(iter(same_cue or same_holder), None)


def _new_id(shown: Shown, position: Position) -> str:
    return position_id(shown.article, shown.text, position.moved(-shown.start))
