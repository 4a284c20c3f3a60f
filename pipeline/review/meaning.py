"""What a reviewer's annotation means: a decision on each claim that was shown or added.

``docs/review.md`` has the table. In short: what was submitted unchanged is accepted, changed is
edited, marked "Not a claim" or taken away is rejected, drawn anew is added; a skipped, emptied or
deleted annotation takes back what it had said; what was never submitted says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.dataset.lines import with_id
from pipeline.dataset.records import CODEBOOK, Decision, Origin, Verdict
from pipeline.errors import RecordError
from pipeline.records import Extraction
from pipeline.review.outcomes import Outcomes
from pipeline.review.pieces import same_result, saw_another
from pipeline.review.reading import Reading
from pipeline.review.regions import ClaimKey
from pipeline.review.results import read_result
from pipeline.review.shapes import is_time, named, number_of
from pipeline.review.shown import Annotation, Shown, read_annotation, read_shown
from pipeline.review.verdicts import Word, passage_of, read_list

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The decisions that an annotation newly makes, and what in it could not be read."""

    decisions: tuple[Decision, ...] = ()
    faults: tuple[str, ...] = ()


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
        RecordError: where task or annotation is malformed, or the task's text was changed, so
            that no offset of it can be trusted.
    """
    given = read_annotation(annotation, task)
    shown = read_shown(task, given.prediction, article)
    if given.cancelled:
        return Meaning(tuple(retract(item, given.updated_at) for item in standing))
    reading, words = _read(given, shown)
    if wrong := _why_refused(given, shown, reading):
        return Meaning(faults=(f"{shown.article}: {wrong}",))
    base = _base(given, shown, task, server=server, users=users, comment=reading.comment)
    outcomes = Outcomes(base, shown, reading, words, article)
    said = outcomes.decisions()
    if shown.adjudicates:
        said = _rulings(said)
    standing = [item for item in standing if item.claim not in outcomes.waiting]
    if reading.waiting:  # what is not there any more may be what cannot be read
        now = {item.claim for item in said}
        standing = [item for item in standing if item.claim in now]
    faults = tuple(f"{shown.article}: {fault}" for fault in (*reading.faults, *outcomes.faults))
    return Meaning(_news(said, standing, given.updated_at), faults)


def _read(given: Annotation, shown: Shown) -> tuple[Reading, Mapping[ClaimKey, Word]]:
    """What the passage says, and what the list of its claims does."""
    before = given.prediction.get("result", [])
    if same_result(given.result, before):
        return shown.reading, {}
    listed = read_list(given.result, shown.lines, shown.claims)
    reading = read_result(
        listed.items,
        shown.text,
        offset=shown.start,
        shown=passage_of(before, shown.lines),
        sentences=shown.sentences,
    )
    return replace(reading, problems=(*listed.faults, *reading.problems)), listed.words


def _why_refused(given: Annotation, shown: Shown, reading: Reading) -> str:
    """Why nothing of the annotation is taken, in words; empty where it is."""
    if not given.result and shown.claims and given.began is None:
        return "an empty annotation by somebody who saw no prediction"
    if saw_another(given.result, given.prediction):
        return "made on an older prediction; open the passage again"
    if reading.refused:
        return "; ".join(reading.refused) + f" (annotation {given.id})"
    return ""


def _base(
    given: Annotation,
    shown: Shown,
    task: Json,
    *,
    server: str,
    users: Mapping[int, str],
    comment: str,
) -> Decision:
    """What all decisions of the annotation have in common."""
    where = f"task {named(task.get('id'))}"
    project = given.project
    return Decision(
        verdict=Verdict.ACCEPTED,
        article=shown.article,
        text_sha256=shown.text_sha256,
        claim="",
        reviewer=users.get(given.author, str(given.author)),
        editor=None if given.editor is None else users.get(given.editor, str(given.editor)),
        decided_at=given.updated_at,
        lead_time=given.lead_time,
        unit_claims=len(shown.claims),
        comment=comment,
        adjudicates=shown.adjudicates,
        codebook=CODEBOOK,
        origin=Origin(
            server=server,
            project=number_of(task, "project", where) if project is None else project,
            task=number_of(task, "id", where),
            annotation=given.name,
            unit=shown.unit,
            prediction=given.began,
            model=shown.model or None,
        ),
    )


def retract(decision: Decision, at: str) -> Decision:
    """The line that takes a decision back."""
    return with_id(
        replace(
            decision,
            verdict=Verdict.RETRACTED,
            decided=None,
            reason=None,
            decided_at=_time(at),
            retracts=decision.id,
            codebook=CODEBOOK,
        )
    )


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
    return (
        decision.verdict, decision.shown, decision.decided, decision.reason, decision.comment,
    )  # fmt: skip


def _time(value: str) -> str:
    if not is_time(value):
        raise RecordError(f"the server gives a time as {named(value)}, not as UTC in ISO 8601")
    return value
