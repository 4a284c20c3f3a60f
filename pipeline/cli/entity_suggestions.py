"""``claims entities --suggest`` and ``--accept``: names that people corrected the same way."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pipeline.cli.console import command_name, counted, emit, on_one_line, say
from pipeline.cli.entity_corrections import correct
from pipeline.cli.entity_register import read_all
from pipeline.cli.options import ANNOTATIONS, CORPUS
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.dataset.correcting import Register
    from pipeline.lessons.aliases import Alias
    from pipeline.lessons.writing import Written

PANEL = "Suggestions"
SUGGEST = typer.Option(
    "--suggest",
    help="Holders whose entity people corrected the same way at two places or more.",
    rich_help_panel=PANEL,
)
ACCEPT = typer.Option(
    "--accept",
    metavar="OLD=NEW",
    help="Apply the suggestion of that name.",
    rich_help_panel=PANEL,
    show_default=False,
)
DRY_RUN = typer.Option(
    "--dry-run", help="With --accept: say what would be done.", rich_help_panel=PANEL
)
JSON = typer.Option("--json", help="With --suggest: print JSON.", rich_help_panel=PANEL)
_MODELS = Path("models")
_SENTENCES = 5
_FAULTS = 5


def suggest(*, json: bool, annotations: Path, models: Path | None) -> None:
    """Print the suggestions, the commonest first, with sentences and what applies them."""
    found, register, faults = _find(annotations, models)
    if json:
        records = [_record(one, register) for one in found]
        emit(jsonlib.dumps({"suggestions": records}, ensure_ascii=False, indent=2) + "\n")
    else:
        for number, one in enumerate(found, start=1):
            head, *lines = map(on_one_line, _lines_of(one, register))
            emit(f"{number}. {head}\n")
            emit("".join(f"   {line}\n" for line in lines))
            emit("".join(f"     {line}\n" for line in _entry_of(one, register)))
    for fault in faults:
        say(on_one_line(f"left out: {fault}. Mend it with: claims extract"))
    step = f"--accept '{found[0].id}' --dry-run" if found else "--unknown"
    say(
        f"{counted(len(found), 'entity', 'entities')} corrected the same way at two places or more."
        f" Next: {command_name()} entities {step}"
    )
    if faults:
        raise typer.Exit(1)


def accept(
    name: str,
    *,
    dry_run: bool,
    annotations: Path = ANNOTATIONS,
    corpus: Path = CORPUS,
    models: Path | None = None,
) -> None:
    """Apply a suggestion: its correction, or else its entry in one's own lexicons.

    Raises:
        SettingError: there is no such suggestion, nothing can apply it, or claims check finds a
            fault with its entry; nothing was written.
    """
    from pipeline.lessons.aliases import command_of

    found, register, _ = _find(annotations, models)
    one = next((one for one in found if one.id == name), None)
    if one is None:
        known = ", ".join(other.id for other in found) or "none"
        raise SettingError(f"there is no suggestion {name!r:.80}; there are: {known}")
    if one.correction is None:
        _accept_entry(one, register, dry_run=dry_run, annotations=annotations, models=models)
        return
    correction = one.correction
    correct(
        lambda _: correction,
        corpus=corpus, annotations=annotations, models=models, rule=None, dry_run=dry_run,
    )  # fmt: skip
    if not dry_run:
        undo = " ".join(command_of(correction).split(" --")[:1])
        say(on_one_line(f"Undo: {command_name()} {undo} --undo"))


def _accept_entry(
    one: Alias, register: Register, *, dry_run: bool, annotations: Path, models: Path | None
) -> None:
    """Write the alias into one's own lexicons, where its examples hold."""
    from pipeline.lessons.writing import adding_name, write
    from pipeline.locking import locked

    lines = _entry_of(one, register)
    if not lines:
        raise SettingError(
            f"{one.id}: no correction and no alias can say this; correct the claims in review, "
            "or see: claims entities split"
        )
    own = models or _MODELS
    with locked("entities", annotations, own, unless=dry_run):
        written = adding_name(own, lines)
        _refuse_faults(written, one)
        if not dry_run:
            write(written)
    done = "nothing written to" if dry_run else "written to"
    name = command_name()
    say(
        f"{one.id} passes claims check; {done} {written.path}. "
        f"Undo: delete the entry there. Next: {name} extract, before it {name} diff"
    )


def _refuse_faults(written: Written, one: Alias) -> None:
    from itertools import islice

    from pipeline.cli.check import find_faults_of
    from pipeline.lessons.writing import as_if

    with as_if(written) as copy:
        faults = islice(find_faults_of(copy, one.new), _FAULTS)
        told = "; ".join(str(fault).replace(str(copy), str(written.models)) for fault in faults)
    if told:
        raise SettingError(
            f"with the alias claims check would find: {told}. Nothing was written; write the entry "
            "by hand (docs/lexicons.md)"
        )


def _find(annotations: Path, models: Path | None) -> tuple[tuple[Alias, ...], Register, list[str]]:
    from pipeline.lessons.aliases import find_places, suggest_aliases

    faults: list[str] = []
    register, decisions = read_all(annotations, models, on_fault=faults.append)
    return suggest_aliases(find_places(decisions), register), register, faults


def _lines_of(one: Alias, register: Register) -> Iterator[str]:
    from pipeline.lessons.aliases import command_of

    name = register.name_of(one.new)
    called = f" ({name})" if name != one.new else ""
    yield (
        f"{one.old} is {one.new}{called}: at {counted(len(one.places), 'place')} in "
        f"{counted(len(one.articles), 'article')}, by {counted(len(one.reviewers), 'reviewer')}; "
        f"otherwise at {counted(len(one.against), 'place')}"
    )
    for place in one.places[:_SENTENCES]:
        yield f"{place.words}: {place.sentence} ({place.article})"
    if (more := len(one.places) - _SENTENCES) > 0:
        yield f"and at {counted(more, 'more place')}"
    for place in one.against[:_SENTENCES]:
        yield f"otherwise, {place.new}: {place.sentence} ({place.article})"
    if one.correction is not None:
        yield f"apply: {command_name()} {command_of(one.correction)}"
    if _entry_of(one, register):
        both = "or, for all that is extracted with these lexicons" if one.correction else "apply"
        yield f"{both}: models/entities/reviewed.yaml"


def _entry_of(one: Alias, register: Register) -> Sequence[str]:
    from pipeline.lessons.alias_entries import alias_lines

    return alias_lines(one, register)


def _record(one: Alias, register: Register) -> dict[str, Any]:
    from pipeline.lessons.aliases import command_of

    return {
        "id": one.id,
        "old": one.old,
        "new": one.new,
        "words": list(one.words),
        "places": [
            {"article": place.article, "words": place.words, "sentence": place.sentence}
            for place in one.places
        ],
        "against": len(one.against),
        "reviewers": list(one.reviewers),
        "command": command_of(one.correction) if one.correction else None,
        "entry": "\n".join(_entry_of(one, register)) or None,
    }
