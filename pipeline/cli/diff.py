"""The verb ``claims diff``: claims gained, lost and changed between two extractions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import counted, emit, on_one_line, say, visible
from pipeline.cli.options import ANNOTATIONS, AnnotationsOption, existing_extractions

if TYPE_CHECKING:
    from pipeline.records import Extraction
    from pipeline.reprocess.diff import ClaimDifference, Said

EXAMPLE = "Example: claims diff before/extracted annotations/extracted"

_OLD = typer.Argument(
    metavar="OLD",
    help="Earlier extractions: a folder or a file. By default what the last extraction replaced.",
    show_default=False,
)
_NEW = typer.Argument(
    metavar="NEW",
    help="Later extractions. By default annotations/extracted.",
    show_default=False,
)
_ARTICLE = typer.Option("--article", metavar="ID", help="Only this article.")
_JSON = typer.Option("--json", help="One JSON object a line for each claim that differs.")
_SIGNS = {"gained": "+", "lost": "-", "changed": "~"}


def diff(
    old: Annotated[Path | None, _OLD] = None,
    new: Annotated[Path | None, _NEW] = None,
    article: Annotated[str | None, _ARTICLE] = None,
    as_json: Annotated[bool, _JSON] = False,
    annotations: AnnotationsOption = ANNOTATIONS,
) -> None:
    """Show the claims gained (+), lost (-) and changed (~) between two extractions.

    Each is printed with its sentence. Without OLD and NEW, the articles' last two extractions are
    compared: what claims extract replaced is kept in annotations/previous/. Nothing is written.
    Exits with 1 where an extraction cannot be read; the others are compared.
    """
    from pipeline.reprocess.diff import Difference, find_differences

    faults: list[str] = []
    before, now = _read(old, new, annotations / "extracted", on_fault=faults.append)
    counts: Counter[str] = Counter()
    for item in find_differences(before, now):
        if article is not None and item.article != article:
            continue
        counts[item.kind.value] += 1
        if item.kind is not Difference.UNCHANGED:
            emit(_json_line(item) if as_json else _entry(item))
    for fault in faults:
        say(on_one_line(f"left out: {fault}"))
    say(
        f"{counted(len(now), 'article')} compared: {counted(counts['gained'], 'claim')} gained, "
        f"{counts['lost']:,} lost, {counts['changed']:,} changed, "
        f"{counts['unchanged']:,} unchanged. "
        "Decisions stand whatever changed. Next: claims review push"
    )
    if faults:
        raise typer.Exit(1)


def _read(
    old: Path | None, new: Path | None, extracted: Path, *, on_fault: Callable[[str], None]
) -> tuple[dict[str, Extraction], dict[str, Extraction]]:
    from pipeline.dataset.corrected import read_corrected
    from pipeline.reprocess.snapshots import read_last_two, read_snapshot

    if old is None:
        before, now = read_last_two(existing_extractions(extracted.parent), on_fault=on_fault)
    else:
        before = read_snapshot(old, on_fault=on_fault)
        now = read_snapshot(new or extracted, on_fault=on_fault)
    corrections = read_corrected(extracted.parent)
    return corrections.extractions(before), corrections.extractions(now)


def _entry(item: ClaimDifference) -> str:
    lines = [f"{_SIGNS[item.kind.value]} {item.article}: {_claim(item.said)}"]
    lines += [f"    {field}: {_change(item, field)}" for field in item.fields]
    lines.append(f"    {on_one_line(item.said.sentence)}")
    return visible("\n".join(lines) + "\n")


def _claim(said: Said) -> str:
    target = "" if said.target is None else f" | {said.target}"
    return on_one_line(f"{said.holder} | {said.cue}{target} [{said.claim.stance.value}]")


def _change(item: ClaimDifference, field: str) -> str:
    values = [_value(said, field) for said in (item.before, item.now) if said is not None]
    return on_one_line(" → ".join(values))


def _value(said: Said, field: str) -> str:
    claim = said.claim
    values: dict[str, object] = {
        "holder": said.holder,
        "entity": claim.holder.entity,
        "cue": said.cue,
        "stance": claim.stance.value,
        "form": claim.form.value,
        "target": said.target,
        "negated": claim.negated,
        "hedged": claim.hedged,
        "attribution": claim.attribution and claim.attribution.entity,
    }
    value = values[field]
    return "none" if value is None else str(value).lower() if value in (True, False) else str(value)


def _json_line(item: ClaimDifference) -> str:
    record = {
        "article": item.article,
        "difference": item.kind.value,
        "fields": list(item.fields),
        "before": _record(item.before),
        "now": _record(item.now),
        "sentence": item.said.sentence,
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def _record(said: Said | None) -> dict[str, object] | None:
    if said is None:
        return None
    claim = said.claim
    return {
        "id": claim.id,
        "holder": said.holder,
        "entity": claim.holder.entity,
        "cue": said.cue,
        "target": said.target,
        "stance": claim.stance.value,
        "form": claim.form.value,
        "negated": claim.negated,
        "hedged": claim.hedged,
    }
