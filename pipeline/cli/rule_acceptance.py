"""``claims rules --accept``: a suggested entry written into one's own lexicons, or taken out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.console import command_name, on_one_line, say
from pipeline.cli.rule_suggestions import counts_of, emit_file, find, why_not_ready
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.lessons.entries import Entry
    from pipeline.lessons.suggesting import Suggestion, Suggestions
    from pipeline.lessons.writing import Written

_MODELS = Path("models")
_FAULTS = 5


def accept(identifier: str, *, dry_run: bool, annotations: Path, models: Path | None) -> None:
    """Write the suggested entry into one's own lexicons, once it was tried there.

    Raises:
        SettingError: there is no such suggestion, its examples do not hold, or claims check finds
            a fault with it; nothing was written.
    """
    from pipeline.lessons.writing import adding, write
    from pipeline.locking import locked

    own = models or _MODELS
    with locked("rules", annotations, own, unless=dry_run):
        faults: dict[str, None] = {}
        found = find(annotations, models, only=identifier, faults=faults)
        for fault in faults:
            say(on_one_line(f"left out: {fault}. Mend it with: claims extract"))
        one = _chosen(found, identifier)
        if one.entry is None or not one.is_ready:
            raise SettingError(why_not_ready(one))
        written = adding(own, one.entry, (counts_of(one),))
        refuse_faults(written, one.entry)
        if not dry_run:
            write(written)
    emit_file((one,))
    name, passed = command_name(), f"{identifier} passes claims check and finds its examples"
    if dry_run:
        say(f"{passed}; nothing written to {written.path}")
        return
    say(
        f"{passed}; written to {written.path}. Undo: {name} rules --accept {identifier} --undo. "
        f"Next: {name} extract, before it {name} diff"
    )


def undo(identifier: str, *, dry_run: bool, annotations: Path, models: Path | None) -> None:
    """Take an accepted entry out of one's own lexicons."""
    from pipeline.lessons.writing import removing, write
    from pipeline.locking import locked

    own = models or _MODELS
    with locked("rules", annotations, own, unless=dry_run):
        written = removing(own, identifier)
        if not dry_run:
            write(written)
    done = "would be taken out of" if dry_run else "taken out of"
    say(f"{identifier} {done} {written.path}. Next: {command_name()} extract")


def _chosen(found: Suggestions, identifier: str) -> Suggestion:
    if not found.made:
        raise SettingError(
            f"there is no suggestion {identifier!r:.80}: nobody added a cue of that name which the "
            f"lexicon lacks. See what there is with: {command_name()} rules --suggest"
        )
    return found.made[0]


def refuse_faults(written: Written, entry: Entry) -> None:
    """Try the lexicons as they would be: what claims check finds, and what is extracted.

    Raises:
        SettingError: there is a fault, or an example's claim is not extracted.
    """
    from itertools import islice

    from pipeline.cli.check import find_faults_near
    from pipeline.extraction.build import build_language
    from pipeline.lessons.trial import find_unmade
    from pipeline.lessons.writing import as_if

    with as_if(written) as copy:
        faults = [str(one) for one in islice(find_faults_near(copy, entry.words[:1]), _FAULTS)]
        if not faults:
            nlp = build_language(models=copy, guests=False)
            faults = [f"no claim is extracted of: {one}" for one in find_unmade(nlp, entry)]
        told = "; ".join(one.replace(str(copy), str(written.models)) for one in faults)
    if told:
        raise SettingError(
            f"with {entry.id} claims check would find: {told}. Nothing was written; correct what "
            "is wrong, or write the entry by hand"
        )
