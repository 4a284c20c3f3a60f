"""Extractions as JSON lines: one object a line, one line an article (codebook §4).

The keys of §4 are there exactly; beside them stand ``sentences``, ``provenance`` and ``metadata``
of the article, ``sources``, ``score`` and ``inferred`` of a mention, and ``id``, ``score`` and
``evidence`` of a claim. Files that have the keys of §4 alone are read as well. The published
schema is ``pipeline/schemas/extraction.schema.json``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import IO

from pipeline.errors import RecordError
from pipeline.files import open_text_atomically
from pipeline.guarded.files import open_file
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source
from pipeline.guarded.texts import decode_text
from pipeline.jsonl_fields import Fields, read_extraction
from pipeline.records import (
    Attribution,
    Claim,
    Evidence,
    Extraction,
    Holder,
    Mention,
    Provenance,
    Sentence,
    Span,
)

Json = dict[str, object]


def to_json(extraction: Extraction) -> Json:
    """The object that stands for an extraction, its keys always in the same order.

    >>> to_json(Extraction("a", "Chile objected."))["article"]
    'a'
    """
    return {
        "article": extraction.article,
        "text": extraction.text,
        "mentions": [_mention(mention) for mention in extraction.mentions],
        "claims": [_claim(claim) for claim in extraction.claims],
        "sentences": [_sentence(sentence) for sentence in extraction.sentences],
        "provenance": _provenance(extraction.provenance),
        "metadata": to_plain(extraction.metadata),
    }


def from_json(record: Mapping[str, object]) -> Extraction:
    """The extraction that an object stands for.

    Every span is checked to lie inside the text with ``start < end``; where the provenance gives
    the text's SHA-256, the text must have it.

    Raises:
        RecordError: naming the article, the field and what stands there.
    """
    return read_extraction(Fields(record, where=""))


def line_for(extraction: Extraction) -> str:
    r"""The line for an extraction without its newline; equal extractions give equal bytes.

    Raises:
        RecordError: where the metadata holds what JSON or UTF-8 cannot.

    >>> line_for(Extraction("a", "Perú objetó."))[:40]
    '{"article": "a", "text": "Perú objetó.",'
    """
    try:
        line = json.dumps(to_json(extraction), ensure_ascii=False, allow_nan=False)
        line.encode("utf-8")
    except (ValueError, TypeError, RecursionError) as error:
        raise RecordError(
            f"article {extraction.article}: cannot be written as JSON ({error}); "
            "correct its text or metadata"
        ) from error
    return line


def read_extractions(source: Path | str | IO[str] | IO[bytes]) -> Iterator[Extraction]:
    """Each line's extraction, read as it is asked for; blank lines are passed over.

    Raises:
        RecordError: beginning with ``file:line``.
    """
    if isinstance(source, (Path, str)):
        path = Path(source)
        with open_file(path, Source(str(source), RecordError)) as stream:
            yield from _read_lines(stream, name=str(source))
    else:
        yield from _read_lines(source, name=str(getattr(source, "name", "<stream>")))


def read_folder(folder: Path, *, on_fault: Callable[[str], None]) -> Iterator[Extraction]:
    """Every extraction in the ``.jsonl`` files of a folder, in the order of their names.

    ``on_fault`` is told of each file that cannot be read; nothing of it is given, and the others
    are. None where there is no folder.
    """
    for path in sorted(folder.glob("*.jsonl")):
        yield from read_file(path, on_fault=on_fault)


def read_file(path: Path, *, on_fault: Callable[[str], None]) -> list[Extraction]:
    """The extractions of one file; none where it cannot be read, which ``on_fault`` is told."""
    try:
        return list(read_extractions(path))
    except RecordError as error:
        on_fault(str(error))
        return []


def write_extractions(path: Path, extractions: Iterable[Extraction]) -> int:
    """How many lines were written; the file appears whole, or stays as it was."""
    count = 0
    with open_text_atomically(path) as stream:
        for extraction in extractions:
            stream.write(line_for(extraction) + "\n")
            count += 1
    return count


def _read_lines(stream: Iterable[str | bytes], *, name: str) -> Iterator[Extraction]:
    for number, raw in enumerate(stream, start=1):
        source = Source(name, RecordError, first=number)
        line = raw.lstrip("\ufeff") if isinstance(raw, str) else decode_text(raw, source)
        if line.strip():
            record = parse_object(line, source)
            yield read_extraction(Fields(record, where=f"{name}:{number}: "))


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _sentence(sentence: Sentence) -> Json:
    return {"start": sentence.start, "end": sentence.end, "block": sentence.block.value}


def _mention(mention: Mention) -> Json:
    return {
        "start": mention.start,
        "end": mention.end,
        "type": mention.type.value,
        "kind": mention.kind.value,
        "entity": mention.entity,
        "sources": [source.value for source in mention.sources],
        "score": mention.score,
        "inferred": mention.inferred,
    }


def _holder(holder: Holder) -> Json:
    return {
        "start": holder.start,
        "end": holder.end,
        "entity": holder.entity,
        "inferred": holder.inferred,
    }


def _attribution(attribution: Attribution) -> Json:
    holder = Holder(attribution.start, attribution.end, attribution.entity, attribution.inferred)
    parts = {"cue": attribution.cue, "reported": attribution.reported}
    return {
        **_holder(holder),
        **{name: _span(span) for name, span in parts.items() if span is not None},
    }


def _claim(claim: Claim) -> Json:
    evidence = claim.evidence
    return {
        **({"id": claim.id} if claim.id else {}),
        "holder": _holder(claim.holder),
        "cue": _span(claim.cue),
        "stance": claim.stance.value,
        "form": claim.form.value,
        "target": None if claim.target is None else _span(claim.target),
        **({} if claim.antecedent is None else {"antecedent": _span(claim.antecedent)}),
        "negated": claim.negated,
        "hedged": claim.hedged,
        "attribution": None if claim.attribution is None else _attribution(claim.attribution),
        "score": claim.score,
        "evidence": None if evidence is None else _evidence(evidence),
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        **({} if evidence.cue is None else {"cue": evidence.cue}),
        "rules": list(evidence.rules),
        "inferences": list(evidence.inferences),
        **({"proposers": list(evidence.proposers)} if evidence.proposers else {}),
        **({"weighed": dict(evidence.weighed)} if evidence.weighed else {}),
    }


def _provenance(provenance: Provenance | None) -> Json | None:
    if provenance is None:
        return None
    return dict(provenance.named())


def to_plain(value: object) -> object:
    """The value in JSON's own types, mappings in the order of their keys, dates as ISO 8601."""
    if isinstance(value, Mapping):
        return {str(key): to_plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return value
