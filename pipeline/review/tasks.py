"""Units as the tasks that Label Studio imports; equal inputs give equal tasks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.identity import content_id
from pipeline.dataset.lines import machine_to_json
from pipeline.dataset.machine import machine_of
from pipeline.files import sha256_of_text
from pipeline.records import Claim, Extraction, Provenance
from pipeline.review.lines import build_lines, line_id, lines_to_result, list_data
from pipeline.review.look import LOOK, Look
from pipeline.review.regions import MODEL_VERSION, key_of, to_result
from pipeline.review.units import Unit, build_units
from pipeline.review.wording import Naming

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """What is sent: the passage and the machine's prediction for it.

    ``uid`` names the unit on every server; ``shown`` is a hash of all that is shown, so that a
    newer prediction can be told from an older one. The server's own ``model_version`` is the same
    for all, because the label stream shows the predictions of one version only; what really made
    a claim is in the task's data.
    """

    uid: str
    article: str
    shown: str
    data: Json
    result: tuple[Json, ...]
    score: float

    def to_json(self) -> Json:
        """The object that the server imports."""
        return {"data": self.data, "predictions": [self.prediction()]}

    def prediction(self) -> Json:
        """The prediction alone, without the task it belongs to."""
        return {"result": list(self.result), "model_version": MODEL_VERSION, "score": self.score}


def build_tasks(
    extractions: Iterable[Extraction],
    *,
    decided: frozenset[str] = frozenset(),
    whole: bool = False,
    sample: float = 0.0,
    look: Look = LOOK,
) -> tuple[Task, ...]:
    """The tasks of all articles, the riskiest first.

    ``decided`` are ids of claims that need no review any more; ``whole`` adds the paragraphs
    without a claim, ``sample`` that share of all paragraphs as a random sample. ``look`` is how
    claims are shown.
    """
    pairs = [
        (unit, common, _progress(extraction, unit, number, len(units), decided))
        for extraction in extractions
        for common in (_common_to(extraction, look.naming(extraction), look.listed),)
        for units in (build_units(extraction, decided=decided, whole=whole, sample=sample),)
        for number, unit in enumerate(units, 1)
    ]
    pairs.sort(key=lambda pair: (pair[0].risk, pair[0].article, pair[0].start))
    return tuple(_build_task(*pair) for pair in pairs)


def _progress(
    extraction: Extraction, unit: Unit, number: int, count: int, decided: frozenset[str]
) -> str:
    """Where the passage stands, and how far the article is: as of the push that says so."""
    share = round(100 * unit.start / max(1, len(extraction.text)))
    claims = {claim.id for claim in extraction.claims}
    return (
        f"passage {number} of {count} that were open at the last push, {share} % into the "
        f"article; {len(claims & decided)} of its {len(claims)} claims were decided"
    )


@dataclass(frozen=True, slots=True)
class _Common:
    """What all tasks of one article share, worked out once: an article may have thousands."""

    extraction: Extraction
    sha256: str
    words: str
    starts: tuple[int, ...]
    entities: list[Json]
    model: str
    name_of: Naming
    listed: bool


def _common_to(extraction: Extraction, name_of: Naming, listed: bool) -> _Common:
    known = [str(extraction.metadata.get(name) or "") for name in ("title", "publisher", "date")]
    return _Common(
        extraction=extraction,
        sha256=sha256_of_text(extraction.text),
        words=" · ".join(word for word in known if word),
        starts=tuple(sentence.start for sentence in extraction.sentences),
        entities=entity_choices(_entities_of(extraction), name_of),
        model=_model_of(extraction.provenance),
        name_of=name_of,
        listed=listed,
    )


def entity_choices(entities: Iterable[str], name_of: Naming) -> list[Json]:
    """The entities by their names; what is stored of a choice is its alias, the id."""
    names = {entity: name_of(entity) or entity for entity in sorted(entities)}
    often = Counter(names.values())
    return [
        {"value": name if often[name] == 1 else f"{name} ({entity})", "alias": entity}
        for entity, name in names.items()
    ]


def _build_task(unit: Unit, common: _Common, progress: str) -> Task:
    data = _data_of(unit, common)
    text = common.extraction.text
    result = to_result(unit.claims, text, offset=unit.start)
    if common.listed:
        lines = build_lines(unit.claims, text, common.name_of)
        data |= list_data(lines)
        result = [*lines_to_result(lines), *result]
    shown = content_id([data, result], length=12)
    return Task(
        uid=unit.id,
        article=unit.article,
        shown=shown,
        data={**data, "progress": progress, "shown": shown},
        result=tuple(result),
        score=round(unit.risk, 4),
    )


def _data_of(unit: Unit, common: _Common) -> Json:
    extraction = common.extraction
    passage = extraction.text[unit.start : unit.end]
    return {
        "uid": unit.id,
        "article": unit.article,
        "text": passage,
        "number_of_claims": len(unit.claims),
        "lowest_score": round(unit.risk, 2),
        "heading": common.words or unit.article,
        "start": unit.start,
        "end": unit.end,
        "text_sha256": common.sha256,
        "passage_sha256": sha256_of_text(passage),
        "sentences": _sentences_in(unit, common),
        "entities": common.entities,
        "claims": [_claim_entry(claim, common) for claim in unit.claims],
        "model": common.model,
        "kind": "review",
        **({"sample": unit.sample} if unit.sample else {}),
    }


def _sentences_in(unit: Unit, common: _Common) -> list[list[int]]:
    """Where the sentences begin and end that stand whole in the passage."""
    first, last = bisect_left(common.starts, unit.start), bisect_right(common.starts, unit.end)
    inside = common.extraction.sentences[first:last]
    return [[item.start, item.end] for item in inside if item.end <= unit.end]


def _entities_of(extraction: Extraction) -> list[str]:
    found = {mention.entity for mention in extraction.mentions}
    found |= {claim.holder.entity for claim in extraction.claims}
    found |= {claim.attribution.entity for claim in extraction.claims if claim.attribution}
    return sorted(entity for entity in found if entity)


def _claim_entry(claim: Claim, common: _Common) -> Json:
    machine = machine_to_json(machine_of(claim, common.extraction.provenance))
    return claim_entry(claim.id, claim, machine, listed=common.listed)


def claim_entry(name: str, claim: Claim, machine: Json | None, *, listed: bool) -> Json:
    """What the task's data say of a claim: its id, its regions, its line, what the machine said."""
    key = key_of(claim)
    line = {"line": line_id(claim)} if listed else {}
    return {"id": name, "holder": key.holder, "cue": key.cue, **line, "machine": machine}


def _model_of(provenance: Provenance | None) -> str:
    if provenance is None:
        return "unknown"
    return f"claims {provenance.package} {provenance.lexicon_sha256[:8]}"
