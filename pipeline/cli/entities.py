"""The verb ``claims entities``: who is named in the corpus, and which two are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import command_name, counted, emit_renderable, on_one_line, say
from pipeline.cli.options import ANNOTATIONS, AnnotationsOption, ModelsOption, existing_extractions
from pipeline.cli.verbs import Verb, new_verbs
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.lexicon.entities import EntityLexicon

app = new_verbs(
    help="List the entities of the corpus, or merge two.",
    epilog="Example: claims entities --unknown",
)

_UNKNOWN = typer.Option("--unknown", help="Only those that the lexicon does not know.")
_GIVEN_UP = typer.Argument(metavar="ENTITY", help="The id that is given up.")
_INTO = typer.Argument(metavar="INTO", help="The id that stands for both.")
_UNDO = typer.Option("--undo", help="Take the merge back.")
_DRY_RUN = typer.Option("--dry-run", help="Say what would be written, write nothing.")


@app.callback(invoke_without_command=True)
def entities(
    context: typer.Context,
    unknown: Annotated[bool, _UNKNOWN] = False,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
) -> None:
    """List who is named in the extracted articles, commonest first, with the forms used.

    Entities that the lexicon does not know are marked: their ids were made from the text.
    """
    if context.invoked_subcommand is not None:
        return
    from pipeline.lexicon.entities import load_entities

    lexicon = load_entities(models)
    faults: list[str] = []
    counts, forms = _count(existing_extractions(annotations), on_fault=faults.append)
    rows = [entity for entity, _ in counts.most_common() if not unknown or _is_new(entity, lexicon)]
    emit_renderable(_table(rows, counts, forms, lexicon) if rows else "No entities.")
    for fault in faults:
        say(on_one_line(f"left out: {fault}. Mend it with: claims extract"))
    new = sum(_is_new(entity, lexicon) for entity in counts)
    say(
        f"{counted(len(counts), 'entity', 'entities')} in {counted(counts.total(), 'mention')}, "
        f"{new:,} not in the lexicon. "
        "Next: claims entities merge ENTITY INTO, or add them under models/entities/"
    )
    if faults:
        raise typer.Exit(1)


@app.command(cls=Verb, epilog="Example: claims entities merge org:oea org:OAS")
def merge(
    entity: Annotated[str, _GIVEN_UP],
    into: Annotated[str, _INTO],
    undo: Annotated[bool, _UNDO] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
) -> None:
    """Record that two entities are one, in entities/merged.yaml of your models folder.

    Both must be in the lexicon or named in an extracted article.
    """
    from pipeline.files import write_text_atomically
    from pipeline.guarded.files import refuse_leaving
    from pipeline.lexicon.merged import FILE, read_merges, to_yaml, with_merge, without_merge
    from pipeline.locking import locked

    if not undo:
        _check_known((entity, into), annotations, models)
    folder = models or Path("models")
    path = folder / "entities" / FILE
    with locked("entities merge", folder, unless=dry_run):
        merges = read_merges((folder,))
        changed = (without_merge if undo else with_merge)(merges, entity, into)
        if not dry_run and changed != merges:
            refuse_leaving(path, folder)
            write_text_atomically(path, to_yaml(changed))
    what = "taken apart" if undo else "merged"
    where = f"nothing written to {path}" if dry_run or changed == merges else f"written to {path}"
    say(f"{entity} and {into} {what}; {where}. Next: claims extract --force")


def _check_known(names: tuple[str, ...], annotations: Path, models: Path | None) -> None:
    """Refuse an entity that is neither in the lexicon nor in any extraction, with the nearest."""
    from difflib import get_close_matches

    from pipeline.lexicon.entities import load_entities

    found, _ = _count(annotations / "extracted", on_fault=lambda _: None)
    known = {*load_entities(models).entries, *found}
    for name in names:
        if name not in known:
            near = ", ".join(get_close_matches(name, known, n=3)) or "none is near"
            raise SettingError(
                f"there is no entity {name!r} in the lexicon or the extracted articles "
                f"(nearest: {near}). See them with: {command_name()} entities"
            )


def _count(
    folder: Path, *, on_fault: Callable[[str], None]
) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """How often each entity is mentioned, and in which forms."""
    from pipeline.jsonl import read_folder

    counts: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for extraction in read_folder(folder, on_fault=on_fault):
        for mention in extraction.mentions:
            entity = mention.entity or "unresolved"
            counts[entity] += 1
            text = on_one_line(mention.span.text_in(extraction.text))
            forms.setdefault(entity, Counter())[text] += 1
    return counts, forms


def _is_new(entity: str, lexicon: EntityLexicon) -> bool:
    return entity not in lexicon.entries


def _table(
    rows: list[str], counts: Counter[str], forms: dict[str, Counter[str]], lexicon: EntityLexicon
) -> Table:
    from rich.table import Table

    table = Table("mentions", "entity", "name", "forms", box=None, pad_edge=False)
    for entity in rows:
        known = not _is_new(entity, lexicon)
        name = lexicon.name_of(entity) if known else "(not in the lexicon)"
        common = ", ".join(f"{text} {often}" for text, often in forms[entity].most_common(6))
        table.add_row(str(counts[entity]), entity, name, common)
    return table
