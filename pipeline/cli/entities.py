"""The verb ``claims entities``: who is named in the corpus, and which two are one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import emit_renderable, on_one_line, say
from pipeline.cli.options import ANNOTATIONS, AnnotationsOption, ModelsOption
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.lexicon.entities import EntityLexicon

app = typer.Typer(help="List the entities of the corpus, or merge two.", rich_markup_mode=None)

_UNKNOWN = typer.Option("--unknown", help="Only those that the lexicon does not know.")
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
    counts, forms = _count(annotations / "extracted")
    rows = [entity for entity, _ in counts.most_common() if not unknown or _is_new(entity, lexicon)]
    emit_renderable(_table(rows, counts, forms, lexicon) if rows else "No entities.")
    new = sum(_is_new(entity, lexicon) for entity in counts)
    say(
        f"{len(counts)} entities in {sum(counts.values())} mentions, {new} not in the lexicon. "
        "Next: claims entities merge ENTITY INTO, or add them under models/entities/"
    )


@app.command(epilog="Example: claims entities merge org:oea org:OAS")
def merge(
    entity: Annotated[str, typer.Argument(help="The id that is given up.")],
    into: Annotated[str, typer.Argument(help="The id that stands for both.")],
    undo: Annotated[bool, _UNDO] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    models: ModelsOption = None,
) -> None:
    """Record that two entities are one, in entities/merged.yaml of your models folder."""
    from pipeline.files import write_text_atomically
    from pipeline.lexicon.merged import FILE, read_merges, to_yaml, with_merge, without_merge

    for name in (entity, into):
        if ":" not in name.strip(":"):
            raise SettingError(f"{name!r} is no entity; they read country:MX, org:OAS, person:…")
    folder = models or Path("models")
    merges = read_merges((folder,))
    changed = (without_merge if undo else with_merge)(merges, entity, into)
    path = folder / "entities" / FILE
    if not dry_run and changed != merges:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text_atomically(path, to_yaml(changed))
    what = "taken apart" if undo else "merged"
    where = f"nothing written to {path}" if dry_run or changed == merges else f"written to {path}"
    say(f"{entity} and {into} {what}; {where}. Next: claims extract --force")


def _count(folder: Path) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """How often each entity is mentioned, and in which forms."""
    from pipeline.jsonl import read_extractions

    counts: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for extraction in read_extractions(path):
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
