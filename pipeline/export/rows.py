"""Claims as rows of text; and the machine's claims in the shape of verified ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.dataset.articles import read_extracted as read_extracted
from pipeline.dataset.lines import machine_to_json, position_to_json, quote_to_json
from pipeline.dataset.machine import machine_of
from pipeline.dataset.records import position_of as position_of
from pipeline.dataset.records import quote
from pipeline.dataset.verified import with_pages
from pipeline.export.cells import to_cells, to_text
from pipeline.export.columns import COLUMNS as COLUMNS
from pipeline.jsonl import to_plain as plain_json
from pipeline.records import Claim, Extraction

Json = dict[str, Any]


def to_row(record: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a claim, by column, all as text; what is not there is empty.

    ``record`` is a line of ``verified.jsonl``, or what ``machine_records`` gives.
    """
    return {name: to_text(cell) for name, cell in to_cells(record).items()}


def machine_records(extractions: Iterable[Extraction]) -> Iterator[Json]:
    """The machine's claims in the shape of verified ones, ``source`` saying that nobody checked."""
    from pipeline.files import sha256_of_text

    for extraction in extractions:
        kinds = {mention.span: mention.kind.value for mention in extraction.mentions}
        sha256 = sha256_of_text(extraction.text)
        for claim in extraction.claims:
            yield _machine_record(claim, extraction, kinds.get(claim.holder.span, ""), sha256)


def _machine_record(claim: Claim, extraction: Extraction, kind: str, sha256: str) -> Json:
    position = position_to_json(position_of(claim, extraction.text)) or {}
    position["holder"]["kind"] = kind
    sentence = next(
        (s for s in extraction.sentences if s.start <= claim.cue.start < s.end), None
    )  # fmt: skip
    machine = machine_of(claim, extraction.provenance)
    record = {
        "version": 1,
        "id": claim.id,
        "article": extraction.article,
        "metadata": plain_json(extraction.metadata),
        "text_sha256": sha256,
        "sentence": quote_to_json(quote(extraction.text, sentence.span)) if sentence else None,
        **position,
        "source": "machine",
        "machine": machine_to_json(machine),
    }
    return with_pages(record)
