"""Claims as regions and relations of Label Studio, and back.

One region is a holder, cue, target or attribution; the cue's label says the stance. A claim is a
``holds`` relation from a holder to a cue, with the cue's ``about`` target and ``reports``
attribution. Claims that differ in the holder alone share one cue region.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.dataset.identity import content_id
from pipeline.dataset.records import Position, Quote
from pipeline.records import Claim, Form, Span, Stance

Json = dict[str, Any]

HOLDER, TARGET, ATTRIBUTION, REJECTED = "Holder", "Target", "Attribution", "Not a claim"
STANCES = {"Supports": Stance.SUPPORT, "Opposes": Stance.OPPOSE, "Neutral": Stance.NEUTRAL}
LABEL_OF = {stance: label for label, stance in STANCES.items()}
HOLDS, ABOUT, REPORTS = "holds", "about", "reports"


@dataclass(frozen=True, slots=True)
class ClaimKey:
    """Which regions a claim is made of on the screen; the same before and after an edit."""

    holder: str
    cue: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a result says: its claims by their regions, the cues marked as no claim, the comment.

    ``faults`` say what could not be read, a sentence each.
    """

    claims: Mapping[ClaimKey, Position] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    comment: str = ""
    faults: tuple[str, ...] = ()


def to_result(claims: Iterable[Claim], text: str, *, offset: int) -> list[Json]:
    """The regions and relations of claims; ``offset`` is where the task's text begins."""
    result: dict[str, Json] = {}
    for claim in claims:
        for piece in _pieces_of(claim, text, offset):
            result.setdefault(_identity(piece), piece)
    return sorted(result.values(), key=_screen_order)


def _screen_order(piece: Json) -> tuple[int, int]:
    """Cues come first, in the order of the text: the key that cycles regions goes to them."""
    if piece["type"] == "relation":
        return (2, 0)
    value = piece["value"]
    is_cue = piece["from_name"] == "label" and value["labels"][0] in STANCES
    return (0 if is_cue else 1, value["start"])


def key_of(claim: Claim) -> ClaimKey:
    """The ids of the two regions that a claim gets."""
    return ClaimKey(_holder_id(claim), _cue_id(claim))


def _pieces_of(claim: Claim, text: str, offset: int) -> list[Json]:
    key = key_of(claim)
    holder, cue = claim.holder.span, claim.cue
    pieces = [
        _region(key.holder, HOLDER, holder, text, offset),
        *_entity(key.holder, claim.holder.entity, holder, text, offset),
        _region(key.cue, LABEL_OF[claim.stance], cue, text, offset),
        _choice(key.cue, "form", [claim.form.value], cue, text, offset),
        _relation(key.holder, key.cue, HOLDS),
    ]
    flags = [name for name in ("negated", "hedged") if getattr(claim, name)]
    if flags:
        pieces.append(_choice(key.cue, "flags", flags, cue, text, offset))
    if claim.target is not None:
        target = content_id([key.cue, "target"], prefix="t-", length=10)
        pieces.append(_region(target, TARGET, claim.target, text, offset))
        pieces.append(_relation(key.cue, target, ABOUT))
    if claim.attribution is not None:
        source = content_id([key.cue, "attribution"], prefix="a-", length=10)
        span = claim.attribution.span
        pieces.append(_region(source, ATTRIBUTION, span, text, offset))
        pieces += _entity(source, claim.attribution.entity, span, text, offset)
        pieces.append(_relation(source, key.cue, REPORTS))
    return pieces


def _holder_id(claim: Claim) -> str:
    holder = claim.holder
    return content_id([holder.start, holder.end, holder.entity], prefix="h-", length=10)


def _cue_id(claim: Claim) -> str:
    source = claim.attribution
    parts = [
        [claim.cue.start, claim.cue.end, claim.stance, claim.form, claim.negated, claim.hedged],
        [claim.target.start, claim.target.end] if claim.target else None,
        [source.start, source.end, source.entity] if source else None,
    ]
    return content_id(parts, prefix="c-", length=10)


def _region(region: str, label: str, span: Span, text: str, offset: int) -> Json:
    value = {**_place(span, text, offset), "labels": [label]}
    return {"id": region, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def _choice(
    region: str, name: str, choices: Sequence[str], span: Span, text: str, offset: int
) -> Json:
    value = {**_place(span, text, offset), "choices": list(choices)}
    return {"id": region, "from_name": name, "to_name": "text", "type": "choices", "value": value}


def _entity(region: str, entity: str | None, span: Span, text: str, offset: int) -> list[Json]:
    return [_choice(region, "entity", [entity], span, text, offset)] if entity else []


def _relation(from_id: str, to_id: str, label: str) -> Json:
    return {
        "type": "relation",
        "from_id": from_id,
        "to_id": to_id,
        "direction": "right",
        "labels": [label],
    }


def _place(span: Span, text: str, offset: int) -> Json:
    return {"start": span.start - offset, "end": span.end - offset, "text": span.text_in(text)}


def _identity(piece: Json) -> str:
    named = [piece.get(name) for name in ("id", "from_name", "from_id", "to_id", "labels")]
    return content_id(named)


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
