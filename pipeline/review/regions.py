"""Claims as regions and relations of Label Studio; ``results`` reads them back.

One region is a holder, cue, target or attribution; the cue's label says the stance. A claim is a
``holds`` relation from a holder to a cue, with the cue's ``about`` target and ``reports``
attribution. Claims that differ in the holder alone share one cue region.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.identity import content_id
from pipeline.records import Claim, Span, Stance

Json = dict[str, Any]

MODEL_VERSION = "stance-claims"
"""The version that all predictions bear: the label stream shows those of one version alone."""
HOLDER, TARGET, ATTRIBUTION, REJECTED = "Holder", "Target", "Attribution", "Not a claim"
STANCES = {"Supports": Stance.SUPPORT, "Opposes": Stance.OPPOSE, "Neutral": Stance.NEUTRAL}
LABEL_OF = {stance: label for label, stance in STANCES.items()}
HOLDS, ABOUT, REPORTS = "holds", "about", "reports"


@dataclass(frozen=True, slots=True)
class ClaimKey:
    """Which regions a claim is made of on the screen; the same before and after an edit."""

    holder: str
    cue: str


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


def regions_of(claim: Claim) -> tuple[str, ...]:
    """The ids of all regions that a claim gets: holder, cue, then target and attribution."""
    key = key_of(claim)
    found = (key.holder, key.cue, _target_id(key) if claim.target else "",
             _source_id(key) if claim.attribution else "")  # fmt: skip
    return tuple(region for region in found if region)


def _target_id(key: ClaimKey) -> str:
    return content_id([key.cue, "target"], prefix="t-", length=10)


def _source_id(key: ClaimKey) -> str:
    return content_id([key.cue, "attribution"], prefix="a-", length=10)


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
        target = _target_id(key)
        pieces.append(_region(target, TARGET, claim.target, text, offset))
        pieces.append(_relation(key.cue, target, ABOUT))
    if claim.attribution is not None:
        source = _source_id(key)
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
