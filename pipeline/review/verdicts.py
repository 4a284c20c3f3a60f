"""What is said of each claim in the list under a passage, and how it goes with the passage.

A line has the last word on its own claim where it was changed; a line that was not changed leaves
it to the passage. ``docs/review.md`` has the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.dataset.records import Position, Reason
from pipeline.errors import RecordError
from pipeline.records import Form, Stance
from pipeline.review.lines import FLAGS, FORM, REJECTS, VERDICT
from pipeline.review.reading import Fault, Scope
from pipeline.review.regions import LABEL_OF, REJECTED, ClaimKey
from pipeline.review.shapes import list_of, named, object_of, text_of, texts_in

Json = dict[str, Any]

NOT_A_CLAIM = REJECTED.lower()
STANCE_OF = {label.lower(): stance for stance, label in LABEL_OF.items()}
REASON_OF = {
    "not a position": Reason.NOT_A_POSITION,
    "wrong holder": Reason.WRONG_HOLDER,
    "wrong target": Reason.WRONG_TARGET,
    "accusation or relay": Reason.ACCUSATION_OR_RELAY,
    "routine act": Reason.ROUTINE_ACT,
    "other reason": Reason.OTHER,
}
_MARKS = ("negated", "hedged")


@dataclass(frozen=True, slots=True)
class Word:
    """What a line says of its claim; what is None is as it was shown."""

    rejected: bool = False
    reason: Reason | None = None
    stance: Stance | None = None
    form: Form | None = None
    flags: tuple[bool, bool] | None = None
    waits: bool = False

    @property
    def corrects(self) -> bool:
        """Whether the line keeps the claim and changes something of it."""
        return not self.rejected and (self.stance, self.form, self.flags) != (None, None, None)

    def over(self, position: Position) -> Position:
        """The position with what the line says put over it."""
        negated, hedged = self.flags or (position.negated, position.hedged)
        return replace(
            position,
            stance=self.stance or position.stance,
            form=self.form or position.form,
            negated=negated,
            hedged=hedged,
        )


UNTOUCHED = Word()


@dataclass(frozen=True, slots=True)
class Listed:
    """A result in two: the items of the passage, and the words of the lines by their claims."""

    items: list[Any]
    words: Mapping[ClaimKey, Word] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read_list(
    result: Sequence[Json], lines: Mapping[str, ClaimKey], shown: Mapping[ClaimKey, Position]
) -> Listed:
    """The items of the passage with the list taken out of them, and what the list says.

    ``lines`` are the claims by the ids of their lines; a task without a list has none, and is left
    as it is. A cue all of whose claims are rejected in the list is marked so in the passage, so
    that nothing is joined to it.
    """
    if not lines:
        return Listed(passage_of(result, lines))
    reader = _Reader(lines, shown)
    passage = reader.without_list(result)
    words = reader.words()
    kept = {key.cue for key in lines.values() if not words[key].rejected}
    rejected = {key.cue for key in lines.values()} - kept
    return Listed(
        [_marked(item) if _is_cue(item, rejected) else item for item in passage],
        words,
        tuple(reader.faults),
    )


def passage_of(result: Sequence[Json], lines: Mapping[str, ClaimKey]) -> list[Any]:
    """The items of a result that are the passage's; without lines it had no list."""
    if lines:
        return _Reader(lines, {}).without_list(result)
    return [item for item in result if item.get("from_name") not in (FORM, FLAGS)]


class _Reader:
    """Takes the items of the list out of a result, and notes what they say."""

    def __init__(self, lines: Mapping[str, ClaimKey], shown: Mapping[ClaimKey, Position]) -> None:
        self._lines, self._shown = lines, shown
        self._labels: dict[str, set[str]] = defaultdict(set)
        self._choices: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._ticked: set[str] = set()
        self._cues = [key.cue for key in lines.values()]
        self._drawn: set[str] = set()
        self.faults: list[Fault] = []

    def without_list(self, result: Sequence[Json]) -> list[Json]:
        """The items that are not the list's; those that are, are noted."""
        labels = [item for item in result if item.get("from_name") == VERDICT]
        for item in labels:
            self._try(self._label_of, item)
        rest = (item for item in result if item.get("from_name") != VERDICT)
        return [kept for item in rest if (kept := self._try(self._rest_of, item)) is not None]

    def _try(self, take: Callable[[Json], Json | None], item: Json) -> Json | None:
        try:
            return take(item)
        except RecordError as error:
            self._tell(str(error), Scope.ANNOTATION)
            return None

    def _rest_of(self, item: Json) -> Json | None:
        """The item as the passage has it, None where it is the list's and was noted."""
        control, line = item.get("from_name"), item.get("id")
        if control == REJECTS:
            self._take_ticks(item)
            return None
        if control is None and item.get("type") == "relation":
            return self._relation_of(item)
        name = line if isinstance(line, str) else ""
        if control in (FORM, FLAGS):
            if name in self._lines:  # else its key was pressed while a piece was chosen
                where = f"{control} of line {named(name)}"
                words = texts_in(list_of(object_of(item, "value", where), "choices", where), where)
                self._choices[name][str(control)].update(words)
            return None
        return None if name in self._lines or name in self._drawn else item

    def _take_ticks(self, item: Json) -> None:
        value = object_of(item, "value", f"the control {REJECTS}")
        for line in texts_in(list_of(value, "choices", REJECTS), f"a choice of {REJECTS}"):
            if line not in self._lines:
                raise RecordError(f"{named(line)} is rejected, which is no line of this passage")
            self._ticked.add(line)

    def _label_of(self, item: Json) -> Json | None:
        line = text_of(item, "id", "a line")
        value = object_of(item, "value", f"line {named(line)}")
        labels = texts_in(list_of(value, "labels", f"line {named(line)}"), "a label of a line")
        if line in self._lines:
            self._labels[line].update(labels)
            return None
        self._drawn.add(line)
        self._tell(f"{' and '.join(map(named, labels))} was drawn over the list of claims, where "
                   "it says nothing: draw it in the passage")  # fmt: skip
        return None

    def _relation_of(self, item: Json) -> Json | None:
        """A piece that was joined to a line is joined to the cue, where no other line has it."""
        ends = {name: item.get(name) for name in ("from_id", "to_id")}
        if self._drawn.intersection(map(str, ends.values())):
            return None
        for name, line in ends.items():
            if not isinstance(line, str) or line not in self._lines:
                continue
            ends[name] = cue = self._lines[line].cue
            if self._cues.count(cue) > 1:
                self._tell("a piece is joined to a line whose cue other lines have too: not taken; "
                           "join it to the cue, or draw the claim anew")  # fmt: skip
                return None
        return {**item, **ends}

    def _tell(self, words: str, scope: Scope = Scope.PIECE) -> None:
        self.faults.append(Fault(words, scope))

    def words(self) -> dict[ClaimKey, Word]:
        """What each line says; one that was taken away rejects, unless another cannot be read."""
        found = {key: self._word(line, key) for line, key in self._lines.items()}
        gone = {key for line, key in self._lines.items() if line not in self._labels}
        unread = any(word.waits for word in found.values())
        return {
            key: replace(word, waits=True) if key in gone and unread and not word.waits else word
            for key, word in found.items()
        }

    def _word(self, line: str, key: ClaimKey) -> Word:
        labels, choices = self._labels.get(line, set()), self._choices.get(line, {})
        if not labels and choices:
            return self._waiting(line, "it is described, but has no label")
        if len(labels) > 1 or not labels <= _KNOWN:
            said = " and ".join(map(named, sorted(labels)))
            return self._waiting(line, f"it has the label {said}, not one of the screen's")
        form, flags = choices.get(FORM, set()), choices.get(FLAGS, set())
        if len(form) > 1 or not form <= set(Form) or not flags <= set(_MARKS):
            said = ", ".join(map(named, sorted({*form, *flags})))
            return self._waiting(line, f"it has the form or flags {said}")
        label = next(iter(labels), NOT_A_CLAIM)  # a line that was taken away
        if line in self._ticked or label not in STANCE_OF:
            return Word(rejected=True, reason=REASON_OF.get(label))
        return _changes(self._shown[key], STANCE_OF[label], form, flags)

    def _waiting(self, line: str, why: str) -> Word:
        number = list(self._lines).index(line) + 1
        self._tell(f"line {number}: {why}: until it is mended its claim waits", Scope.CLAIM)
        return Word(waits=True)


_KNOWN = {*STANCE_OF, *REASON_OF, NOT_A_CLAIM}


def _changes(shown: Position, stance: Stance, form: set[str], flags: set[str]) -> Word:
    """What the line says otherwise than it was shown; a form that is switched off stays."""
    said = next((Form(word) for word in form), shown.form)
    marks = ("negated" in flags, "hedged" in flags)
    return Word(
        stance=stance if stance is not shown.stance else None,
        form=said if said is not shown.form else None,
        flags=marks if marks != (shown.negated, shown.hedged) else None,
    )


def _is_cue(item: Json, cues: set[str]) -> bool:
    region = item.get("id")
    return item.get("from_name") == "label" and isinstance(region, str) and region in cues


def _marked(item: Json) -> Json:
    """The item of a cue with the label that rejects it."""
    value = item.get("value")
    return {**item, "value": {**value, "labels": [REJECTED]}} if isinstance(value, dict) else item
