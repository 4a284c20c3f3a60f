"""Reading what the server stores: the claims of a result.

Whatever the result is, it is read: what in it is not understood is named, and no claim is taken
to be rejected for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.dataset.records import Position, Quote
from pipeline.errors import RecordError
from pipeline.records import Form
from pipeline.review.joining import Board, join_loose
from pipeline.review.pieces import (
    LABELS,
    Began,
    Piece,
    Region,
    Relation,
    Unknown,
    read_began,
    read_piece,
)
from pipeline.review.reading import Fault, Reading, Scope
from pipeline.review.regions import ATTRIBUTION, HOLDER, REJECTED, STANCES, TARGET, ClaimKey
from pipeline.review.rendering import is_rendering, trimmed
from pipeline.review.shapes import list_in, named

_ENTITY = re.compile(r"(country|org|group|person|unknown):[^\s:]+")
_FLAGS = ("negated", "hedged")


def read_result(
    result: object,
    text: str,
    *,
    offset: int,
    shown: object = (),
    sentences: Sequence[tuple[int, int]] = (),
) -> Reading:
    """The claims that a result holds, with article offsets; ``text`` is the task's own.

    ``shown`` is the result that the author began with: a cue whose form was switched off keeps
    the form that it had, and a target that was joined anew takes the place of the one before.
    ``sentences`` are those of the article; what was drawn and not joined looks for its claim in
    its own first. Offsets decide; a region whose words are others than the text's is refused.
    """
    parser = _Parser(text, offset, read_began(shown), sentences)
    try:
        items = list_in(result, "the result")
    except RecordError as error:
        return Reading(problems=(Fault(str(error), Scope.ANNOTATION),))
    for item in items:
        try:
            parser.take(read_piece(item))
        except RecordError as error:
            parser.tell(str(error), Scope.ANNOTATION)
    return parser.reading()


class _Parser:
    """Collects regions, their choices and the relations, then joins them to claims."""

    def __init__(
        self, text: str, offset: int, shown: Began, sentences: Sequence[tuple[int, int]]
    ) -> None:
        self._text, self._offset, self._shown = text, offset, shown
        self._quotes: dict[str, Quote] = {}
        self._labels: dict[str, str] = {}
        self._choices: dict[tuple[str, str], tuple[str, ...]] = {}
        self._neighbours: dict[str, set[str]] = {}
        self._unknown: list[Unknown] = []
        self._comment = ""
        self._faults: list[Fault] = []
        self._waiting: set[str] = set()
        self._starts = sorted(start for start, _ in sentences)

    def tell(self, words: str, scope: Scope = Scope.PIECE, *regions: str) -> None:
        """Note the fault, and let the claims of the regions wait."""
        self._faults.append(Fault(words, scope))
        self._waiting.update(regions)

    def take(self, piece: Piece) -> None:
        """Note the piece."""
        if isinstance(piece, Region):
            self._take_region(piece)
        elif isinstance(piece, Relation):
            self._neighbours.setdefault(piece.one, set()).add(piece.other)
            self._neighbours.setdefault(piece.other, set()).add(piece.one)
        elif isinstance(piece, Unknown):
            self._unknown.append(piece)
        elif piece.control == "comment":
            self._comment = " ".join(piece.words).strip()
        elif self._choices.setdefault((piece.region, piece.control), piece.words) != piece.words:
            region = named(piece.region)
            self.tell(f"region {region} has two values of {piece.control}", Scope.ANNOTATION)

    def _take_region(self, piece: Region) -> None:
        region, start, end = named(piece.id), piece.start, piece.end
        if not 0 <= start < end <= len(self._text):
            place = f"{start}-{end}" if max(abs(start), abs(end)) < 10**9 else "far"
            self.tell(f"region {region} lies outside the text ({place})", Scope.ANNOTATION)
            return
        words = self._text[start:end]
        if piece.words is not None and not is_rendering(piece.words, words):
            said = ascii(piece.words[:80])
            self.tell(f"region {region} says {said}, not the text's words", Scope.ANNOTATION)
            return
        quote = trimmed(Quote(start, end, words)).moved(self._offset)
        if not quote.text.strip():
            self.tell(f"region {region} marks blanks alone", Scope.CLAIM, piece.id)
        label = piece.labels[-1] if piece.labels else ""
        if (self._quotes.get(piece.id, quote), self._labels.get(piece.id, label)) != (quote, label):
            self.tell(f"region {region} is there twice, and differs", Scope.ANNOTATION)
        self._quotes[piece.id], self._labels[piece.id] = quote, label
        if len(piece.labels) != 1 or label not in LABELS:
            said = " and ".join(map(named, piece.labels)) or "none"
            self.tell(
                f"region {region} ({quote.text!r}) has the label {said}; give it one of "
                f"{', '.join(LABELS)}: until then its claims wait",
                Scope.CLAIM,
                piece.id,
            )

    def reading(self) -> Reading:
        """What was taken, joined to claims."""
        self._find_torn()
        if any(fault.scope is Scope.ANNOTATION for fault in self._faults):
            return Reading(problems=tuple(self._faults))
        self._tell_unknown()
        self._join()
        keys = [
            ClaimKey(holder, cue)
            for cue, label in self._labels.items() if label in STANCES
            for holder in self._partners(HOLDER, cue)
        ]  # fmt: skip
        self._check(keys)
        claims = {
            key: self._position(key)
            for key in sorted(keys, key=lambda key: (key.holder, key.cue))
            if not {key.holder, key.cue} & self._waiting
        }
        self._tell_loose_cues()
        rejected = {region for region, label in self._labels.items() if label == REJECTED}
        return Reading(
            claims, frozenset(rejected), self._comment, tuple(self._faults),
            frozenset(self._waiting),
        )  # fmt: skip

    def _find_torn(self) -> None:
        """Regions of which something is left, but not the span: the screen takes away all of it."""
        torn = {region for region, _ in self._choices} | self._neighbours.keys()
        for region in sorted(torn - self._labels.keys()):
            words = f"region {named(region)} is joined or described, but has no span"
            self.tell(words, Scope.ANNOTATION)

    def _tell_unknown(self) -> None:
        """What controls left that are not ours: where it stands for something of ours, it waits."""
        for piece in self._unknown:
            region, control = piece.region, named(piece.control)
            shown = self._shown
            lost = any(one == region and (one, name) not in self._choices
                       for one, name in shown.choices)  # fmt: skip
            ours = region in shown.labels and region in self._labels
            if piece.marks or lost or (piece.placed and not ours):
                self.tell(
                    f"region {named(region)} comes from the control {control}, which the program "
                    "does not know; use the packaged labelling.xml: until then its claims wait",
                    Scope.CLAIM,
                    region,
                )
            else:
                self.tell(f"the control {control} is unknown to the program: not stored")

    def _join(self) -> None:
        shown = self._shown
        board = Board(
            labels=self._labels,
            quotes=self._quotes,
            neighbours=self._neighbours,
            drawn={one for one, label in self._labels.items() if shown.labels.get(one) != label},
            before=shown.joined,
            sentences=self._starts,
        )
        for region in join_loose(board):
            self.tell(
                f"{self._labels[region]} {self._quotes[region].text!r} is joined to no claim, and "
                "none lacks one: join it to a cue, or take it away"
            )

    def _partners(self, label: str, cue: str) -> list[str]:
        """The regions of that label that are joined to a cue."""
        found = [r for r in self._neighbours.get(cue, ()) if self._labels.get(r) == label]
        return sorted(found)

    def _check(self, keys: Sequence[ClaimKey]) -> None:
        """Tell what a claim would need and cannot have, and let it wait."""
        cues = sorted({key.cue for key in keys})
        for cue in cues:
            self._check_choice(cue, "form", list(Form), most=1)
            self._check_choice(cue, "flags", _FLAGS, most=len(_FLAGS))
        sources = [source for cue in cues for source in self._partners(ATTRIBUTION, cue)]
        for region in sorted({*(key.holder for key in keys), *sources}):
            self._check_entity(region)
        for region in sorted(self._waiting):
            beside = self._neighbours.get(region, set())
            self._waiting |= {one for one in beside if self._labels.get(one) in STANCES}

    def _check_choice(self, cue: str, control: str, known: Sequence[str], *, most: int) -> None:
        """Tell of words that are not known of the control, and of more of them than it takes."""
        chosen = self._choices.get((cue, control), ())
        if set(chosen) <= set(known) and len(set(chosen)) <= most:
            return
        said = ", ".join(map(named, chosen))
        self.tell(
            f"cue {self._quotes[cue].text!r} has the {control} {said}; known are "
            f"{', '.join(known)}: until it is mended its claims wait",
            Scope.CLAIM,
            cue,
        )

    def _check_entity(self, region: str) -> None:
        word = self._entity(region)
        if word is not None and not (_ENTITY.fullmatch(word) and word.isprintable()):
            self.tell(
                f"region {named(region)} has the entity {word!r}; it is country:, org:, group:, "
                "person: or unknown: and a name without blanks",
                Scope.CLAIM,
                region,
            )

    def _tell_loose_cues(self) -> None:
        served = {
            region for region in self._labels
            if self._partners(HOLDER, region) or self._partners(REJECTED, region)
        }  # fmt: skip
        shown = self._shown
        for region, label in sorted(self._labels.items()):
            if label not in STANCES or region in served | self._waiting:
                continue
            words = f"cue {self._quotes[region].text!r} has no holder: join a holder to it"
            if shown.labels.get(region) not in STANCES:
                self.tell(words, Scope.CLAIM)
            elif any(r in self._labels for pair in shown.joined if region in pair
                     for r in pair if shown.labels.get(r) == HOLDER):  # fmt: skip
                self.tell(words, Scope.CLAIM, region)  # else its holder was taken away: rejected

    def _partner(self, label: str, cue: str) -> str | None:
        found, joined = self._partners(label, cue), self._shown.joined
        fresh = [one for one in found if frozenset((one, cue)) not in joined]
        if fresh and joined:
            found = fresh
        if len(found) > 1:
            words = self._quotes[cue].text
            fault = Fault(f"cue {words!r} has {len(found)} regions {label}: the first counts")
            if fault not in self._faults:  # once, however many holders share the cue
                self._faults.append(fault)
        return min(found, key=lambda region: self._quotes[region]) if found else None

    def _position(self, key: ClaimKey) -> Position:
        target, source = self._partner(TARGET, key.cue), self._partner(ATTRIBUTION, key.cue)
        flags = self._choices.get((key.cue, "flags"), ())
        about = (key.cue, "form")
        form = self._choices.get(about) or self._shown.choices.get(about, ())
        return Position(
            holder=self._quotes[key.holder],
            entity=self._entity(key.holder),
            cue=self._quotes[key.cue],
            stance=STANCES[self._labels[key.cue]],
            form=Form(form[0]) if form else Form.STATEMENT,
            target=self._quotes[target] if target else None,
            negated="negated" in flags,
            hedged="hedged" in flags,
            attribution=self._quotes[source] if source else None,
            attribution_entity=self._entity(source) if source else None,
        )

    def _entity(self, region: str) -> str | None:
        """What was typed, or else chosen, for the region."""
        for name in ("other_entity", "entity"):
            words = [word for word in self._choices.get((region, name), ()) if word]
            if words:
                return words[-1]
        return None
