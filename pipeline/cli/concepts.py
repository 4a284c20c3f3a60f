"""The verb ``claims concepts``: what targets are about, and those of which nobody has said it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import concept_assignments
from pipeline.cli.console import (
    command_name,
    counted,
    emit,
    emit_renderable,
    on_one_line,
    say,
)
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    RuleOption,
    chosen_rule,
    existing_corpus,
)
from pipeline.cli.verbs import Verb, new_verbs

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.concepts.unmapped import Group
    from pipeline.export.concept_census import ConceptCensus
    from pipeline.export.enriched import Enricher

app = new_verbs(
    help="List what claims are about; say what the targets that no concept takes are about.",
    epilog="Example: claims concepts --extracted",
)

_MOST_TARGETS = 5
_MOST_GROUPS = 10
_EXTRACTED = typer.Option("--extracted", help="Of the machine's claims, not of the verified ones.")
_TARGETS = typer.Option("--targets", help="Under each concept the targets that it takes.")
_UNMAPPED = typer.Option(
    "--unmapped", help="Only the targets that no concept takes, all of them, as a file of concepts."
)
_AREA = typer.Option("--area", metavar="AREA", help="The AREA of concept.AREA.NAME in new entries.")


@app.callback(invoke_without_command=True)
def concepts(
    context: typer.Context,
    extracted: Annotated[bool, _EXTRACTED] = False,
    targets: Annotated[bool, _TARGETS] = False,
    unmapped: Annotated[bool, _UNMAPPED] = False,
    area: Annotated[str, _AREA] = "own",
    rule: RuleOption = None,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
) -> None:
    """Count the claims of each concept by stance, and group the targets that no concept takes.

    The commonest group comes first. Each is an entry that can be pasted into a file under
    models/concepts/, its comment saying how often and with which stances its targets stand. A
    target that joins several things counts for each of its concepts. docs/concepts.md says how
    targets are matched.
    """
    if context.invoked_subcommand is not None:
        return
    from pipeline.export.concept_census import take_concept_census
    from pipeline.export.enriched import build_enricher
    from pipeline.export.gather import gather_extracted, gather_verified

    concept_assignments.checked_area(area)
    existing_corpus(corpus)
    if extracted:
        gathered = gather_extracted(corpus, annotations)
    else:
        gathered = gather_verified(corpus, annotations, chosen_rule(annotations, rule))
    enricher = build_enricher(gathered, annotations=annotations, models=models)
    census = take_concept_census(gathered, enricher)
    for line in (*gathered.notes, *enricher.mapper.notes,
                 *(f"left out: {fault}" for fault in gathered.faults)):  # fmt: skip
        say(on_one_line(line))
    if not unmapped:
        _emit_counts(census, targets=targets)
    groups = census.groups if unmapped else census.groups[:_MOST_GROUPS]
    _emit_groups(groups, enricher, area=area)
    _say_counts(census, shown=len(groups), extracted=extracted)
    if gathered.faults:
        raise typer.Exit(1)


app.command(cls=Verb, epilog=concept_assignments.ASSIGN)(concept_assignments.assign)
app.command(cls=Verb, epilog=concept_assignments.UNDO)(concept_assignments.undo)


def _emit_counts(census: ConceptCensus, *, targets: bool) -> None:
    if not census.rows:
        emit("No claim has a concept.\n")
        return
    emit_renderable(_table(census, targets=targets))


def _table(census: ConceptCensus, *, targets: bool) -> Table:
    from rich.table import Column, Table

    names = Column("concept", no_wrap=True, min_width=max(len(row.concept) for row in census.rows))
    counts = ("claims", "support", "oppose", "neutral")
    table = Table(*counts, names, "label", box=None, pad_edge=False)
    for row in census.rows:
        stances = [str(row.stances.get(stance, 0)) for stance in ("support", "oppose", "neutral")]
        table.add_row(str(row.claims), *stances, row.concept, on_one_line(row.label))
        for words, often in row.targets.most_common() if targets else ():
            table.add_row("", "", "", "", "", on_one_line(f"{often} × {words}"))
    return table


def _emit_groups(groups: Sequence[Group], enricher: Enricher, *, area: str) -> None:
    """Print each group as an entry of a file of concepts, what is known of it in its comment."""
    from pipeline.concepts.unmapped import entry_for

    taken: set[str] = set()
    for number, group in enumerate(groups, start=1):
        stances = ", ".join(f"{often} {stance}" for stance, often in group.stances)
        where = (
            f"{counted(group.claims, 'claim')} ({stances}) in {counted(group.articles, 'article')}"
        )
        emit(f"\n# {number}. {where}\n")
        for reads, often in group.reads[:_MOST_TARGETS]:
            emit(f"#    {often} × {on_one_line(reads)}\n")
        if (more := len(group.reads) - _MOST_TARGETS) > 0:
            emit(f"#    and {counted(more, 'other target')}\n")
        if not group.has_words:
            emit("#    not a thing by name; correct the target in review\n")
            continue
        lexicon, names = enricher.mapper.lexicon, enricher.names.lexicon
        emit(entry_for(group, lexicon, names, area=area, taken=taken))


def _say_counts(census: ConceptCensus, *, shown: int, extracted: bool) -> None:
    kind = "unchecked" if extracted else "verified"
    mapped = f"{census.mapped:,} of {counted(census.claims, f'{kind} claim')} with a target"
    more = len(census.groups) - shown
    hidden = f" (the first {shown} shown; all: --unmapped)" if more > 0 else ""
    left = f"{counted(len(census.groups), 'group')} of targets without one{hidden}"
    if not census.claims and not extracted:
        hint = "review some claims first, or see those of the machine: --extracted"
    elif not census.claims:
        hint = f"{command_name()} extract"
    elif census.groups:
        hint = f"paste an entry into models/concepts/own.yaml, or: {command_name()} concepts assign"
    else:
        hint = f"{command_name()} export"
    say(f"{mapped} have a concept; {left}. Next: {hint}")
