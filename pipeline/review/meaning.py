"""What a reviewer's annotation means: a decision on each claim that was shown or added.

``docs/review.md`` has the table. In short: what was submitted unchanged is accepted, changed is
edited, marked "Not a claim" or taken away is rejected, drawn anew is added; a skipped, emptied or
deleted annotation takes back what it had said; what was never submitted says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from pipeline.dataset.fold import position_id
from pipeline.dataset.lines import machine_from_json, with_id
from pipeline.dataset.reanchor import widen_context
from pipeline.dataset.records import Decision, Machine, Origin, Position, Quote, Verdict
from pipeline.errors import RecordError
from pipeline.files import sha256_of_text
from pipeline.records import Extraction
from pipeline.review.regions import ClaimKey
from pipeline.review.results import Reading, read_result, same_result, saw_another

Json = dict[str, Any]
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@dataclass(frozen=True, slots=True)
class Shown:
    """A task as it was shown: its passage, its claims by their regions, and their ids."""

    unit: str
    article: str
    text: str
    start: int
    text_sha256: str
    reading: Reading
    ids: Mapping[ClaimKey, str]
    machines: Mapping[ClaimKey, Machine | None] = field(default_factory=dict)
    sentences: tuple[tuple[int, int], ...] = ()
    adjudicates: bool = False

    @property
    def claims(self) -> Mapping[ClaimKey, Position]:
        """The claims that were shown, by their regions."""
        return self.reading.claims


@dataclass(frozen=True, slots=True)
class Meaning:
    """The decisions that an annotation newly makes, and what in it could not be read."""

    decisions: tuple[Decision, ...] = ()
    faults: tuple[str, ...] = ()


def read_shown(task: Json, annotation: Json, article: Extraction | None) -> Shown:
    """What the annotation's author saw.

    Raises:
        RecordError: where the task's text is not what was sent, or not the article's.
    """
    data = task["data"]
    text, start = str(data["text"]), int(data["start"])
    if sha256_of_text(text) != data.get("passage_sha256"):
        raise RecordError(f"task {task['id']}: its text was changed on the server", cause="changed")
    known = article is not None and sha256_of_text(article.text) == data["text_sha256"]
    if known and article is not None and article.text[start : start + len(text)] != text:
        raise RecordError(f"task {task['id']}: its text is not the article's", cause="changed")
    prediction = _prediction_of(task, annotation)
    reading = read_result(prediction.get("result", []), text, offset=start)
    entries = {ClaimKey(item["holder"], item["cue"]): item for item in data.get("claims", [])}
    return Shown(
        unit=str(data["uid"]),
        article=str(data["article"]),
        text=text,
        start=start,
        text_sha256=str(data["text_sha256"]),
        reading=reading,
        ids={key: str(item["id"]) for key, item in entries.items()},
        machines={key: machine_from_json(item["machine"]) for key, item in entries.items()},
        sentences=tuple((int(a), int(b)) for a, b in data.get("sentences", [])),
        adjudicates=data.get("kind") == "adjudication",
    )


def decide(
    task: Json,
    annotation: Json,
    article: Extraction | None,
    *,
    server: str,
    users: Mapping[int, str],
    standing: Sequence[Decision],
) -> Meaning:
    """What the annotation says beyond ``standing``, which is what it had said before.

    Raises:
        RecordError: where the task's text was changed, so that no offset of it can be trusted.
    """
    shown = read_shown(task, annotation, article)
    name = annotation_name(annotation)
    if annotation["was_cancelled"]:
        return Meaning(tuple(retract(item, annotation["updated_at"]) for item in standing))
    reading, prediction = shown.reading, _prediction_of(task, annotation)
    before = prediction.get("result", [])
    if not same_result(annotation["result"], before):
        reading = read_result(annotation["result"], shown.text, offset=shown.start, shown=before)
    bad = [fault for fault in reading.faults if "region" in fault and "counts" not in fault]
    if bad:
        return Meaning(faults=tuple(f"{shown.article}: {fault}" for fault in bad))
    if not annotation["result"] and shown.claims and annotation["parent_prediction"] is None:
        return Meaning(
            faults=(f"{shown.article}: an empty annotation by somebody who saw no prediction",)
        )
    if saw_another(annotation["result"], prediction):
        return Meaning(
            faults=(f"{shown.article}: made on an older prediction; open the passage again",)
        )
    base = Decision(
        verdict=Verdict.ACCEPTED,
        article=shown.article,
        text_sha256=shown.text_sha256,
        claim="",
        reviewer=users.get(annotation["completed_by"], str(annotation["completed_by"])),
        editor=_editor(annotation, users),
        decided_at=_time(annotation["updated_at"]),
        lead_time=annotation["lead_time"],
        unit_claims=len(shown.claims),
        comment=reading.comment,
        adjudicates=shown.adjudicates,
        origin=Origin(
            server=server,
            project=int(annotation.get("project") or task["project"]),
            task=int(task["id"]),
            annotation=name,
            unit=shown.unit,
            prediction=annotation["parent_prediction"],
            model=str(task["data"].get("model", "")) or None,
        ),
    )
    said = _decisions(base, shown, reading, article)
    if shown.adjudicates:
        said = _rulings(said)
    return Meaning(
        _news(said, standing, annotation["updated_at"]),
        tuple(f"{shown.article}: {fault}" for fault in reading.faults),
    )


def annotation_name(annotation: Json) -> str:
    """What names an annotation for good: its number alone may be used again by the server."""
    return f"{annotation['id']}@{annotation['created_at']}"


def retract(decision: Decision, at: str) -> Decision:
    """The line that takes a decision back."""
    return with_id(
        replace(
            decision,
            verdict=Verdict.RETRACTED,
            decided=None,
            decided_at=_time(at),
            retracts=decision.id,
        )
    )


def _decisions(
    base: Decision, shown: Shown, reading: Reading, article: Extraction | None
) -> list[Decision]:
    found = []
    left = dict(reading.claims)
    for key, position in shown.claims.items():
        partner = key if key in left else _partner(key, shown, left)
        decided = left.pop(partner) if partner is not None else None
        if decided is not None and partner is not None and partner.holder != key.holder:
            decided = _with_entity(decided, article)  # the holder was drawn anew
        verdict = Verdict.REJECTED
        if decided is not None:
            verdict = Verdict.ACCEPTED if decided == position else Verdict.EDITED
        found.append(
            replace(
                base,
                verdict=verdict,
                claim=shown.ids.get(key) or _new_id(shown, position),
                shown=position,
                decided=decided,
                context=_context(shown, article, position, decided),
                machine=shown.machines.get(key),
            )
        )
    for position in left.values():
        named = _with_entity(position, article)
        found.append(
            replace(
                base,
                verdict=Verdict.ADDED,
                claim=_new_id(shown, named),
                decided=named,
                context=_context(shown, article, named),
            )
        )
    return found


def _rulings(said: Sequence[Decision]) -> list[Decision]:
    """One ruling a claim: of the readings that were shown, the one that was left standing.

    Where more than one was left, the others are claims of their own.
    """
    by_claim: dict[str, list[Decision]] = {}
    for item in said:
        by_claim.setdefault(item.claim, []).append(item)
    found = []
    for items in by_claim.values():
        kept = [item for item in items if item.decided is not None]
        found += kept[:1] or items[:1]
        found += [replace(item, claim=f"{item.claim}+{n}") for n, item in enumerate(kept[1:], 1)]
    return found


def _partner(key: ClaimKey, shown: Shown, left: Mapping[ClaimKey, Position]) -> ClaimKey | None:
    """The new claim that an old one became: it kept the cue or, failing that, the holder."""
    new = [other for other in left if other not in shown.claims]
    same_cue = [other for other in new if other.cue == key.cue]
    same_holder = [other for other in new if other.holder == key.holder]
    return next(iter(same_cue or same_holder), None)


def _new_id(shown: Shown, position: Position) -> str:
    return position_id(shown.article, shown.text, position.moved(-shown.start))


def _with_entity(position: Position, article: Extraction | None) -> Position:
    """The claim with the entity that its holder's words have elsewhere in the article."""
    if position.entity is not None or article is None:
        return position
    for mention in article.mentions:
        if mention.span.text_in(article.text) == position.holder.text and mention.entity:
            return replace(position, entity=mention.entity)
    return position


def _context(shown: Shown, article: Extraction | None, *positions: Position | None) -> Quote:
    """The text of the sentences that the claim lies in; the whole passage where none is known.

    It is widened until nothing else in the article is like it.
    """
    spans = [piece.span for position in positions if position for piece in position.quotes]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    touched = [(a, b) for a, b in shown.sentences if a < end and start < b]
    low = min([a for a, _ in touched] + [start]) if touched else shown.start
    high = max([b for _, b in touched] + [end]) if touched else shown.start + len(shown.text)
    context = Quote(low, high, shown.text[low - shown.start : high - shown.start])
    return widen_context(context, article.text) if article is not None else context


def _news(said: Sequence[Decision], standing: Sequence[Decision], at: str) -> tuple[Decision, ...]:
    """What of ``said`` is not said already, and retractions of what is not said any more."""
    before = {item.claim: item for item in standing}
    now = {item.claim for item in said}
    news = [
        with_id(item)
        for item in said
        if item.claim not in before or _content(item) != _content(before[item.claim])
    ]
    gone = [retract(item, at) for claim, item in before.items() if claim not in now]
    return tuple(news + gone)


def _content(decision: Decision) -> tuple[object, ...]:
    return (decision.verdict, decision.shown, decision.decided, decision.comment)


def _prediction_of(task: Json, annotation: Json) -> Json:
    """The prediction that the annotation began as: its own copy, or else the task's."""
    if own := annotation.get("prediction"):
        return cast("Json", own)
    predictions = [item for item in task.get("predictions") or [] if isinstance(item, dict)]
    for item in predictions:
        if item["id"] == annotation["parent_prediction"]:
            return item
    return predictions[-1] if predictions else {}


def _editor(annotation: Json, users: Mapping[int, str]) -> str | None:
    number = annotation.get("updated_by")
    return None if number is None else users.get(number, str(number))


def _time(value: str) -> str:
    if not _TIME.fullmatch(value):
        raise RecordError(f"the server gives a time as {value!r}, not as UTC in ISO 8601")
    return value
