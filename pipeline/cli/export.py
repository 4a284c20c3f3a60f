"""The verb ``claims export``: the verified claims, or the machine's, in a format."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import counted, emit, emit_bytes, on_one_line, say
from pipeline.cli.filters import NO_FILTER, narrow, with_filters
from pipeline.cli.gathering import gather_claims
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    RuleOption,
    chosen_rule,
    writable_place,
)
from pipeline.export.filters import Filter

if TYPE_CHECKING:
    from pipeline.export.gather import Gathered
    from pipeline.export.written import Format, Written

_FORMAT = typer.Option(
    "--format",
    "-f",
    metavar="FORMAT",
    help="jsonl, csv, tidy, xlsx, parquet, dna, dna-rich, refi-qda, graphml, graphml-visone, "
    "gexf, edgelist, ucinet, web-annotation, spacy or gold (docs/exports.md).",
)
_OUT = typer.Option("--output", "-o", metavar="PATH", help="Where it goes; - for stdout.")
_EXTRACTED = typer.Option("--extracted", help="The machine's claims, marked as unchecked.")
_ORPHANS = typer.Option("--orphans", help="Also claims whose words are no longer in the article.")
_DUPLICATES = typer.Option("--duplicates", help="Also claims of near-duplicates of an article.")
_CARD = typer.Option("--card", help="The card of the dataset, in Markdown, in place of the claims.")
_DRY_RUN = typer.Option("--dry-run", help="Count the claims, and write nothing.")
_FIRST = {
    True: "extract some first: claims extract",
    False: "review some first: claims review start",
}


@with_filters
def export(
    name: Annotated[str, _FORMAT] = "jsonl",
    output: Annotated[Path, _OUT] = Path("-"),
    extracted: Annotated[bool, _EXTRACTED] = False,
    rule: RuleOption = None,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
    orphans: Annotated[bool, _ORPHANS] = False,
    duplicates: Annotated[bool, _DUPLICATES] = False,
    card: Annotated[bool, _CARD] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    wanted: Filter = NO_FILTER,
) -> None:
    """Write the verified claims in a format; what the columns mean goes beside a table.

    What the format cannot hold is said. Filters take some of the claims alone.

    The claims of a near-duplicate of another article are counted once, and claims whose words are
    no longer in their article are left out, unless asked for; so are the machine's claims of
    articles that are gone. Exits with 1 where an article cannot
    be read; the claims of the others are written. With --card the dataset is described: sources,
    extraction, review, agreement, limits, and a paragraph of methods for a paper.
    """
    from pipeline.export.formats import find_format, write_export

    kind = find_format(name)
    if str(output) != "-":
        writable_place(output)
    chosen = chosen_rule(annotations, rule)
    every = gather_claims(
        corpus,
        annotations,
        rule=chosen,
        models=models,
        extracted=extracted,
        duplicates=duplicates,
        orphans=orphans,
    )
    gathered = narrow(every, wanted, models=models)
    for line in (*gathered.notes, *(f"left out: {fault}" for fault in gathered.faults)):
        say(on_one_line(line))
    count = counted(gathered.count, f"{'unchecked' if extracted else 'verified'} claim")
    hint = "" if gathered.count or wanted else f"; {_FIRST[extracted]}"
    _say_what_gold_assumes(name, wanted)
    if card:
        from pipeline.cli.card import put_card
        from pipeline.report.progress import read_progress

        progress = read_progress(annotations, every, chosen)
        selection = str(wanted) if wanted else ""
        put_card(
            gathered, progress, output, extracted=extracted, dry_run=dry_run, selection=selection
        )
    elif dry_run:
        say(f"{count} would be written{hint}")
    elif str(output) == "-":
        _emit_written(kind, gathered)
        say(f"{count} written{hint}")
    else:
        written = write_export(output, name, gathered)
        _say_not_held(written)
        say(f"{count} written to {', '.join(map(str, written.paths))}{hint}")
    if gathered.faults:
        raise typer.Exit(1)


def _emit_written(kind: Format, gathered: Gathered) -> None:
    """Write the main file of an export to stdout; what stands beside it needs a path."""
    from pipeline.export.written import write_files

    with tempfile.TemporaryDirectory() as folder:
        written = write_files(Path(folder) / f"claims{kind.suffix}", kind, gathered)
        data = written.paths[0].read_bytes()
    _say_not_held(written)
    if kind.text:
        emit(data.decode("utf-8"))
    else:
        emit_bytes(data)


def _say_what_gold_assumes(name: str, wanted: Filter) -> None:
    if name == "gold" and wanted.parts_articles:
        say("gold assumes that all claims of an article are there; the filters leave some out")


def _say_not_held(written: Written) -> None:
    for line in written.not_held:
        say(on_one_line(line))
