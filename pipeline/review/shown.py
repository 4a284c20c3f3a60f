"""A task and an annotation as the server has them, with their types checked; what was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.dataset.records import Machine, Position
from pipeline.errors import RecordError
from pipeline.files import sha256_of_text
from pipeline.records import Extraction
from pipeline.review.reading import Reading
from pipeline.review.regions import ClaimKey
from pipeline.review.results import read_result
from pipeline.review.shapes import (
    flag_of,
    list_in,
    list_of,
    malformed,
    maybe_measure_of,
    maybe_number_of,
    named,
    number_of,
    object_in,
    object_of,
    text_in,
    text_of,
    texts_in,
    time_of,
)
from pipeline.review.verdicts import UNTOUCHED, passage_of, read_list

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Annotation:
    """One person's annotation; ``result`` and ``prediction`` are as they were sent.

    ``prediction`` is the one that it began as, ``began`` that one's number, ``author`` and
    ``editor`` are numbers of users.
    """

    id: int
    created_at: str
    updated_at: str
    author: int
    editor: int | None
    cancelled: bool
    lead_time: float | None
    began: int | None
    project: int | None
    result: list[Any]
    prediction: Json

    @property
    def name(self) -> str:
        """What names an annotation for good: its number alone may be used again by the server."""
        return f"{self.id}@{self.created_at}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A task as it was shown: its passage, its claims by their regions, and their ids.

    ``lines`` are the claims by the ids of their lines, none where no list was shown.
    """

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
    model: str = ""
    lines: Mapping[str, ClaimKey] = field(default_factory=dict)

    @property
    def claims(self) -> Mapping[ClaimKey, Position]:
        """The claims that were shown, by their regions."""
        return self.reading.claims


def annotation_name(annotation: object) -> str:
    """What names an annotation for good, whatever else is in it.

    Raises:
        RecordError: where it has no number or no time.
    """
    found = object_in(annotation, "an annotation")
    number = number_of(found, "id", "an annotation")
    return f"{number}@{time_of(found, 'created_at', f'annotation {number}')}"


def read_annotation(annotation: object, task: Mapping[str, Any]) -> Annotation:
    """The annotation, with the prediction that it began as: its own copy, or else the task's.

    Raises:
        RecordError: where something in it has another shape than the server's.
    """
    found = object_in(annotation, "an annotation")
    number = number_of(found, "id", "an annotation")
    where = f"annotation {number}"
    began = maybe_number_of(found, "parent_prediction", where)
    prediction = object_in(
        found.get("prediction") or _prediction_in(task, began), f"{where}: “prediction”"
    )
    if prediction:
        _items(prediction, f"{where}: “prediction”")
    return Annotation(
        id=number,
        created_at=time_of(found, "created_at", where),
        updated_at=time_of(found, "updated_at", where),
        author=number_of(found, "completed_by", where),
        editor=maybe_number_of(found, "updated_by", where),
        cancelled=flag_of(found, "was_cancelled", where),
        lead_time=maybe_measure_of(found, "lead_time", where),
        began=began,
        project=maybe_number_of(found, "project", where),
        result=_items(found, where),
        prediction=prediction,
    )


def read_shown(
    task: Mapping[str, Any], prediction: Mapping[str, Any], article: Extraction | None
) -> Shown:
    """What the author of an annotation saw that began as the prediction.

    Raises:
        RecordError: where the task's text is not what was sent, or not the article's, or where
            the task or the prediction is none that was sent.
    """
    where = f"task {named(task.get('id'))}"
    data = object_of(task, "data", where)
    text, start = text_of(data, "text", where), number_of(data, "start", where)
    _check_text(data, text, start, article, where)
    claims = list_in(data.get("claims", []), f"{where}: “claims”")
    entries = dict(_entry(item, f"{where}: a claim") for item in claims)
    lines = _lines_in(data, claims, where)
    result = _items(prediction, f"{where}: its prediction") if prediction else []
    reading = read_result(passage_of(result, lines), text, offset=start)
    if wrong := _why_another(reading, prediction, data, entries, result, lines):
        raise RecordError(f"{where}: {wrong}", cause="changed")
    return Shown(
        unit=text_of(data, "uid", where),
        article=text_of(data, "article", where),
        text=text,
        start=start,
        text_sha256=text_of(data, "text_sha256", where),
        reading=reading,
        ids={key: name for key, (name, _) in entries.items()},
        machines={key: machine for key, (_, machine) in entries.items()},
        sentences=_sentences(data, where),
        adjudicates=data.get("kind") == "adjudication",
        model=text_in(data.get("model") or "", f"{where}: “model”"),
        lines={line: key for line, key in lines.items() if key in reading.claims},
    )


def _lines_in(data: Mapping[str, Any], claims: Sequence[Any], where: str) -> dict[str, ClaimKey]:
    """The claims by the ids of their lines; none where the task was sent without a list.

    Raises:
        RecordError: where the list is not what was sent.
    """
    if "lines" not in data or "lines_sha256" not in data:
        return {}
    if sha256_of_text(text_of(data, "lines", where)) != data["lines_sha256"]:
        raise RecordError(f"{where}: its list was changed on the server", cause="changed")
    found = {}
    for item in claims:
        about = f"{where}: a claim"
        found[text_of(item, "line", about)] = _entry(item, about)[0]
    rejects = list_of(data, "rejects", where)
    if [one.get("value") for one in rejects if isinstance(one, dict)] != list(found):
        raise RecordError(f"{where}: the keys of its list were changed on the server")
    return found


def _why_another(
    reading: Reading,
    prediction: Mapping[str, Any],
    data: Mapping[str, Any],
    entries: Mapping[ClaimKey, object],
    result: list[Any],
    lines: Mapping[str, ClaimKey],
) -> str:
    """Why the prediction is not the one that was sent with the task; empty where it is."""
    if reading.refused or reading.waiting:
        return f"its prediction was changed on the server ({'; '.join(reading.faults)})"
    if not prediction:
        return ""
    if "claims" in data and entries.keys() != reading.claims.keys():
        return "an annotation began as another prediction than the task's; open the passage again"
    listed = read_list(result, lines, reading.claims)
    if listed.faults or any(word != UNTOUCHED for word in listed.words.values()):
        return "the list of its prediction was changed on the server"
    return ""


def _check_text(
    data: Mapping[str, Any], text: str, start: int, article: Extraction | None, where: str
) -> None:
    """Refuse a task whose text is not what was sent, or not the article's as it still stands."""
    if sha256_of_text(text) != data.get("passage_sha256"):
        raise RecordError(f"{where}: its text was changed on the server", cause="changed")
    sha256 = text_of(data, "text_sha256", where)
    if article is None or sha256_of_text(article.text) != sha256:
        return
    if article.text[start : start + len(text)] != text:
        raise RecordError(f"{where}: its text is not the article's", cause="changed")


def _prediction_in(task: Mapping[str, Any], began: int | None) -> Json:
    predictions = task.get("predictions") or []
    found = [
        item for item in list_in(predictions, "“predictions” of the task") if isinstance(item, dict)
    ]
    for item in found:
        if began is not None and item.get("id") == began:
            return item
    return found[-1] if found else {}


def _items(found: Mapping[str, Any], where: str) -> list[Any]:
    items = list_of(found, "result", where)
    return [object_in(item, f"{where}: an item of “result”") for item in items]


def _entry(item: object, where: str) -> tuple[ClaimKey, tuple[str, Machine | None]]:
    found = object_in(item, where)
    key = ClaimKey(text_of(found, "holder", where), text_of(found, "cue", where))
    machine = found.get("machine")
    return key, (text_of(found, "id", where), _machine(machine, where) if machine else None)


def _machine(value: object, where: str) -> Machine:
    """What the machine had said of a claim."""
    found, where = object_in(value, f"{where}: “machine”"), f"{where}: “machine”"
    provenance = object_of(found, "provenance", where)
    cue = found.get("cue")
    return Machine(
        score=maybe_measure_of(found, "score", where),
        cue=None if cue is None else text_in(cue, where),
        rules=tuple(texts_in(found.get("rules"), where)),
        inferences=tuple(texts_in(found.get("inferences"), where)),
        provenance={
            text_in(name, where): text_in(words, where) for name, words in provenance.items()
        },
    )


def _sentences(data: Mapping[str, Any], where: str) -> tuple[tuple[int, int], ...]:
    pairs = list_in(data.get("sentences", []), f"{where}: “sentences”")
    found = []
    for pair in pairs:
        ends = list_in(pair, f"{where}: a sentence")
        if len(ends) != 2 or not all(type(end) is int for end in ends):
            raise malformed(f"{where}: a sentence", "two offsets", pair)
        found.append((ends[0], ends[1]))
    return tuple(found)
