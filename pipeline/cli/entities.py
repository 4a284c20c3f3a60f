"""The verb ``claims entities``: who is named in the corpus, and who of them is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import entity_corrections, entity_suggestions
from pipeline.cli.console import (
    command_name,
    counted,
    emit,
    emit_renderable,
    on_one_line,
    say,
)
from pipeline.cli.entity_register import read_register
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    existing_extractions,
)
from pipeline.cli.verbs import Verb, new_verbs
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.dataset.census import Counted
    from pipeline.dataset.correcting import Register
    from pipeline.dataset.likeness import Likeness

app = new_verbs(
    help="List the entities of the corpus; merge, rename and split them.",
    epilog="Example: claims entities --unknown",
)

_FORMS = 6
_UNKNOWN = typer.Option(
    "--unknown", help="Only those that nobody knows, with a sentence and the likeliest known one."
)


@app.callback(invoke_without_command=True)
def entities(
    context: typer.Context,
    unknown: Annotated[bool, _UNKNOWN] = False,
    suggest: Annotated[bool, entity_suggestions.SUGGEST] = False,
    accept: Annotated[str | None, entity_suggestions.ACCEPT] = None,
    dry_run: Annotated[bool, entity_suggestions.DRY_RUN] = False,
    json: Annotated[bool, entity_suggestions.JSON] = False,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
) -> None:
    """List who is named in the extracted articles, commonest first, with the forms used.

    Entities that the lexicon does not know are marked: their ids were made from the text. With
    --unknown each of them has its mentions, the claims that it holds, a sentence, and the entity of
    the lexicon that its names are most like. What was merged, renamed or split is shown as it is
    since then; who got a name or an id by rename or split counts as known. With --suggest it lists
    the holders whose entity people corrected the same way twice, and what makes it so everywhere.
    """
    if context.invoked_subcommand is not None:
        return
    existing_extractions(annotations)
    if accept is not None:
        entity_suggestions.accept(
            accept, dry_run=dry_run, annotations=annotations, corpus=corpus, models=models
        )
        return
    if suggest:
        entity_suggestions.suggest(json=json, annotations=annotations, models=models)
        return
    if dry_run or json:
        raise SettingError("--dry-run goes with --accept OLD=NEW, and --json with --suggest")
    faults: list[str] = []
    register = read_register(annotations, models, on_fault=faults.append)
    new = [one for one in register.census.values() if _is_new(one.entity, register)]
    if unknown:
        _emit_unknown(new, register)
    else:
        rows = list(register.census.values())
        emit_renderable(_table(rows, register) if rows else "No entities.")
    for fault in faults:
        say(on_one_line(f"left out: {fault}. Mend it with: claims extract"))
    total = sum(one.mentions for one in register.census.values())
    say(
        f"{counted(len(register.census), 'entity', 'entities')} in {counted(total, 'mention')}, "
        f"{len(new):,} not in the lexicon. "
        f"Next: {command_name()} entities merge ENTITY INTO, or add them under models/entities/"
    )
    if faults:
        raise typer.Exit(1)


app.command(cls=Verb, epilog=entity_corrections.MERGE)(entity_corrections.merge)
app.command(cls=Verb, epilog=entity_corrections.RENAME)(entity_corrections.rename)
app.command(cls=Verb, epilog=entity_corrections.SPLIT)(entity_corrections.split)
app.command(cls=Verb, epilog="Example: claims entities corrections")(entity_corrections.corrections)


def _is_new(entity: str, register: Register) -> bool:
    """Whether neither the lexicon nor an analyst's correction says who that is."""
    made = {item.into for item in register.now.standing}
    return entity not in register.lexicon.entries and entity not in made


def _table(rows: Sequence[Counted], register: Register) -> Table:
    from rich.table import Table

    table = Table("mentions", "entity", "name", "forms", box=None, pad_edge=False)
    for one in rows:
        known = not _is_new(one.entity, register)
        name = register.name_of(one.entity) if known else "(not in the lexicon)"
        table.add_row(str(one.mentions), one.entity, on_one_line(name), _forms_of(one))
    return table


def _emit_unknown(rows: Sequence[Counted], register: Register) -> None:
    from pipeline.dataset.census import is_nobody
    from pipeline.dataset.likeness import LikenessFinder

    if not rows:
        emit("No unknown entities.\n")
    finder = LikenessFinder(register.lexicon)
    for number, one in enumerate(rows, start=1):
        names = [form for form, _ in one.forms.most_common(_FORMS)]
        likely = None if is_nobody(one.entity) else finder.find(names, one.kind)
        if number > 1:
            emit("\n")
        head, *lines = map(on_one_line, _lines_of(one, likely, register))
        emit(f"{number}. {head}\n")
        emit("".join(f"   {line}\n" for line in lines))


def _lines_of(one: Counted, likely: Likeness | None, register: Register) -> Iterator[str]:
    """What is known of an unknown entity, a line each."""
    counts = f"{counted(one.mentions, 'mention')}, {counted(one.claims, 'claim')}"
    yield f"{one.entity}: {counts} in {counted(len(one.articles), 'article')}"
    if one.forms:
        yield f"forms: {_forms_of(one)}"
    if one.place is not None:
        yield f"example: {one.place.words} ({one.place.article}:{one.place.number})"
    if likely is None:
        yield "likeliest: none in the lexicon is like it"
    else:
        name = register.name_of(likely.entity)
        called = f"{likely.entity}, {name}" if name != likely.entity else likely.entity
        yield f"likeliest: {called} ({likely.why})"
        yield f"if so: {command_name()} entities merge {one.entity} {likely.entity}"


def _forms_of(one: Counted) -> str:
    return ", ".join(
        f"{on_one_line(text)} {often}" for text, often in one.forms.most_common(_FORMS)
    )
