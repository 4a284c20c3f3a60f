"""Reading what the server stores: the claims of a result, and whether two results are the same."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.dataset.records import Position, Quote
from pipeline.records import Form
from pipeline.review.regions import (
    ABOUT,
    ATTRIBUTION,
    HOLDER,
    HOLDS,
    REJECTED,
    REPORTS,
    STANCES,
    TARGET,
    ClaimKey,
)

Json = dict[str, Any]
_ENTITY = re.compile(r"(country|org|group|person|unknown):[^\s:]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a result says: its claims by their regions, the cues marked as no claim, the comment.

    ``faults`` say what could not be read, a sentence each.
    """

    claims: Mapping[ClaimKey, Position] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    comment: str = ""
    faults: tuple[str, ...] = ()


def read_result(
    result: Iterable[Json], text: str, *, offset: int, shown: Sequence[Json] = ()
) -> Reading:
    """The claims that a result holds, with article offsets; ``text`` is the task's own.

    ``shown`` is the result that the author began with: a cue whose form was switched off keeps
    the form that it had, and a target that was joined anew takes the place of the one before.
    A region whose words are not the text's at its offsets is refused, and so is a claim that
    needs it: ``faults`` says so.
    """
    parser = _Parser(text, offset, shown)
    for item in result:
        parser.take(item)
    return parser.reading()


class _Parser:
    """Collects regions, their choices and the relations, then joins them to claims."""

    def __init__(self, text: str, offset: int, shown: Sequence[Json]) -> None:
        self._text, self._offset = text, offset
        self._quotes: dict[str, Quote] = {}
        self._labels: dict[str, str] = {}
        self._choices: dict[tuple[str, str], list[str]] = {}
        self._relations: list[tuple[str, str, str]] = []
        self._comment = ""
        self._faults: list[str] = []
        self._partners: dict[tuple[str, str], list[str]] = {}
        forms = [item for item in shown if item.get("from_name") == "form"]
        self._forms = {item["id"]: item["value"]["choices"] for item in forms}
        joined = [item for item in shown if item.get("type") == "relation"]
        self._joined_before = {frozenset((item["from_id"], item["to_id"])) for item in joined}

    def take(self, item: Json) -> None:
        if item.get("type") == "relation":
            label = (item.get("labels") or [""])[0]
            self._relations.append((item["from_id"], item["to_id"], label))
        elif item.get("from_name") == "comment":
            self._comment = " ".join(item["value"].get("text") or []).strip()
        elif item.get("from_name") == "label":
            self._take_region(item)
        elif item.get("type") in ("choices", "textarea"):
            value = item["value"]
            found = value.get("choices") or value.get("text") or []
            words = [found] if isinstance(found, str) else list(found)
            self._choices[item["id"], item["from_name"]] = [str(word).strip() for word in words]

    def _take_region(self, item: Json) -> None:
        value, region = item["value"], item["id"]
        start, end = value.get("start"), value.get("end")
        if not (isinstance(start, int) and isinstance(end, int)):
            self._faults.append(f"region {region} has no offsets")
        elif not 0 <= start < end <= len(self._text):
            self._faults.append(f"region {region} lies outside the text ({start}-{end})")
        elif "text" in value and self._text[start:end] != value["text"]:
            self._faults.append(f"region {region} says {value['text']!r}, not the text's words")
        else:
            quote = Quote(start, end, self._text[start:end])
            self._quotes[region] = _trimmed(quote).moved(self._offset)
            self._labels[region] = (value.get("labels") or [""])[-1]

    def reading(self) -> Reading:
        self._join_the_only_ones()
        for label in (TARGET, ATTRIBUTION):
            for one, other in self._joined(label, STANCES):
                self._partners.setdefault((label, other), []).append(one)
        claims: dict[ClaimKey, Position] = {}
        for one, other in self._joined(HOLDER, STANCES):
            key = ClaimKey(one, other)
            claims[key] = self._position(key)
        held = {key.cue for key in claims} | {cue for _, cue in self._joined(REJECTED, STANCES)}
        loose = [
            region for region, label in self._labels.items()
            if label in STANCES and region not in held
        ]  # fmt: skip
        for region in sorted(loose):
            words = self._quotes[region].text
            self._faults.append(f"cue {words!r} has no holder: join a holder to it")
        rejected = {region for region, label in self._labels.items() if label == REJECTED}
        return Reading(claims, frozenset(rejected), self._comment, tuple(self._faults))

    def _join_the_only_ones(self) -> None:
        """Join what was drawn but not joined, where there is only one way to do it.

        The one cue without a holder takes every holder that is joined to nothing; the one cue
        without a target, or else the one just drawn, takes the one such target; likewise an
        attribution.
        """
        joined = {region for relation in self._relations for region in relation[:2]}
        for label, name in ((HOLDER, HOLDS), (TARGET, ABOUT), (ATTRIBUTION, REPORTS)):
            free = [r for r, found in self._labels.items() if found == label and r not in joined]
            if not free:
                continue
            served = {cue for _, cue in self._joined(label, STANCES)}
            cues = [r for r, found in self._labels.items() if found in STANCES and r not in served]
            if len(cues) > 1:
                cues = [cue for cue in cues if cue not in joined]
            if len(cues) == 1 and (len(free) == 1 or label == HOLDER):
                self._relations += [(one, cues[0], name) for one in free]

    def _joined(self, label: str, cues: Container[str | None]) -> list[tuple[str, str]]:
        """(region of that label, cue) of each relation between two such, whichever way drawn."""
        pairs = []
        for start, end, _ in self._relations:
            for one, other in ((start, end), (end, start)):
                if self._labels.get(one) == label and self._labels.get(other) in cues:
                    pairs.append((one, other))
        return sorted(set(pairs))

    def _partner(self, label: str, cue: str) -> str | None:
        found = self._partners.get((label, cue), [])
        fresh = [one for one in found if frozenset((one, cue)) not in self._joined_before]
        if fresh and self._joined_before:
            found = fresh
        if len(found) > 1:
            words = self._quotes[cue].text
            self._faults.append(f"cue {words!r} has {len(found)} regions {label}: the first counts")
        return min(found, key=lambda region: self._quotes[region]) if found else None

    def _position(self, key: ClaimKey) -> Position:
        target, source = self._partner(TARGET, key.cue), self._partner(ATTRIBUTION, key.cue)
        flags = self._choices.get((key.cue, "flags"), [])
        form = self._choices.get((key.cue, "form")) or self._forms.get(key.cue, [])
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
            words = [word for word in self._choices.get((region, name), []) if word]
            if words and not _ENTITY.fullmatch(words[-1]):
                self._faults.append(
                    f"region {region} has the entity {words[-1]!r}; it is country:, org:, group:, "
                    "person: or unknown: and a name without blanks"
                )
            if words:
                return words[-1]
        return None


def _trimmed(quote: Quote) -> Quote:
    """The quote without the white space at its ends, unless it is nothing else."""
    words = quote.text.strip()
    if not words or len(words) == len(quote.text):
        return quote
    start = quote.start + quote.text.index(words)
    return Quote(start, start + len(words), words)


def saw_another(result: Sequence[Json], prediction: Json) -> bool:
    """Whether a region that came from a prediction came from another one than this."""
    shown = {item.get("id") for item in prediction.get("result", [])}
    return any(
        str(item.get("origin", "")).startswith("prediction") and item.get("id") not in shown
        for item in result
        if item.get("type") != "relation"
    )


def same_result(one: Sequence[Json], other: Sequence[Json]) -> bool:
    """Whether two results say the same, whoever drew their regions.

    >>> piece = {"id": "a", "type": "labels", "from_name": "label", "value": {"start": 0}}
    >>> same_result([piece], [{**piece, "origin": "prediction"}])
    True
    """
    return len(one) == len(other) and all(map(_same_piece, one, other))


def _same_piece(one: Json, other: Json) -> bool:
    return (
        one.get("value") == other.get("value")
        and one.get("id") == other.get("id")
        and one.get("from_name") == other.get("from_name")
        and one.get("from_id") == other.get("from_id")
        and one.get("to_id") == other.get("to_id")
        and one.get("labels") == other.get("labels")
        and one.get("type") == other.get("type")
    )
