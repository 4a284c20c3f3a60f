"""``claims rules --suggest``: entries for the cues that people added and the lexicon lacks."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pipeline.cli.console import command_name, counted, emit, on_one_line, say
from pipeline.cli.options import existing_extractions

if TYPE_CHECKING:
    from pipeline.lessons.suggesting import Suggestion, Suggestions, Workspace
    from pipeline.records import Extraction

PANEL = "Suggestions"
SUGGEST = typer.Option(
    "--suggest",
    help="Entries for cues that people added and the lexicon lacks, each tried, to paste.",
    rich_help_panel=PANEL,
)
ACCEPT = typer.Option(
    "--accept",
    metavar="ID",
    help="Write the suggested entry of that id into your own models/, if it passes claims check.",
    rich_help_panel=PANEL,
    show_default=False,
)
UNDO = typer.Option("--undo", help="With --accept: take it out again.", rich_help_panel=PANEL)
DRY_RUN = typer.Option(
    "--dry-run", help="With --accept: try it, and write nothing.", rich_help_panel=PANEL
)
_SENTENCES = 5
_MARKED = 3
_KNOWN = 3


def suggest(*, json: bool, annotations: Path, models: Path | None) -> None:
    """Print the suggestions as a file of cues with what is known of each in comments, or JSON."""
    faults: dict[str, None] = {}
    found = find(annotations, models, only=None, faults=faults)
    if json:
        records = [_record(one) for one in found.made]
        emit(jsonlib.dumps({"suggestions": records, **_rest(found)}, ensure_ascii=False, indent=2))
        emit("\n")
    elif found.made:
        emit_file(found.made)
    left_out = (f"left out: {fault}. Mend it with: claims extract" for fault in faults)
    for line in (*left_out, *_notes(found)):
        say(on_one_line(line))
    ready = sum(one.is_ready for one in found.made)
    step = f"rules --accept {_first_ready(found.made)} --dry-run" if ready else "rules"
    say(
        f"{counted(found.added, 'claim')} added or given another cue, "
        f"{counted(len(found.made), 'suggestion')}, {ready:,} ready. Next: {command_name()} {step}"
    )
    if faults:
        raise typer.Exit(1)


def find(
    annotations: Path, models: Path | None, *, only: str | None, faults: dict[str, None]
) -> Suggestions:
    """The suggestions of a workspace, by its own lexicons and profile.

    ``faults`` gets what cannot be read, a line each; the rest is read.
    """
    from pipeline.extraction.build import build_language
    from pipeline.lessons.suggesting import Readers, suggest_cues
    from pipeline.lexicon.cues import read_cues
    from pipeline.lexicon.folder import models_folders
    from pipeline.lexicon.grammar import read_grammar
    from pipeline.lexicon.settings import FAST

    existing_extractions(annotations)
    workspace = _workspace(annotations, faults)
    folders = models_folders(models)
    rules = build_language(models=models, guests=False, profile=FAST)
    whole = build_language(models=models, guests=False)
    return suggest_cues(
        workspace,
        Readers(rules, whole),
        light=read_grammar(folders).light_verbs,
        taken=[cue.id for cue in read_cues(folders)],
        only=only,
    )


def _workspace(annotations: Path, faults: dict[str, None]) -> Workspace:
    from pipeline.dataset.articles import EXTRACTED, read_each_extracted
    from pipeline.dataset.ledger import LEDGER, read_decisions
    from pipeline.errors import RecordError
    from pipeline.jsonl import read_extractions
    from pipeline.lessons.suggesting import Workspace

    def note(fault: str) -> None:
        faults[fault] = None

    @lru_cache(maxsize=64)
    def one(article: str) -> Extraction | None:
        path = annotations / EXTRACTED / f"{article}.jsonl"
        try:
            return next(iter(read_extractions(path)), None) if path.is_file() else None
        except RecordError as error:
            note(str(error))
            return None

    decisions = read_decisions(annotations / LEDGER)
    return Workspace(decisions, lambda: read_each_extracted(annotations, on_fault=note), one)


def emit_file(made: Sequence[Suggestion]) -> None:
    """Print the entries as a file that can be laid below models/."""
    from pipeline.lessons.entries import FILE, HEAD

    emit(f"# models/{FILE}\n{HEAD}")
    for one in made:
        emit("".join(f"  # {on_one_line(line)}\n" for line in _comments(one)))
        lines = one.entry.lines() if one.entry else ()
        ready = "" if one.is_ready else "#"
        emit("".join(f"{ready}{line}\n" for line in lines))


def _comments(one: Suggestion) -> Iterator[str]:
    """What is known of a suggestion, a line each."""
    yield f"{one.group.pattern.cue}: {counts_of(one)}"
    if not one.is_ready:
        yield f"not ready: {why_not_ready(one)}"
    sentences = dict.fromkeys(
        f"  {addition.article}: {' '.join(window.words.split())}"
        for addition, window in one.group.members
    )
    yield from list(sentences)[:_SENTENCES]
    if (more := len(sentences) - _SENTENCES) > 0:
        yield f"  and {counted(more, 'other sentence')}"
    if one.entry is not None:
        yield _places_of(one)
    for fate in ("rejected", "otherwise"):
        for mark in [mark for mark in one.marks if mark.fate == fate][:_MARKED]:
            yield f"  {fate}, {mark.article}: {mark.sentence}"


def why_not_ready(one: Suggestion) -> str:
    """Why a suggestion cannot be accepted, and what to do."""
    words = one.group.pattern.cue
    if one.entry is None:
        return (
            f"{one.group.id}: the grammar makes no claim of {words!r} in any of "
            f"{counted(one.tried, 'sentence')}, whatever slots it is given; write the entry by "
            "hand (docs/lexicons.md). Nothing was written"
        )
    if not one.found:
        return (
            f"{one.group.id}: the rules read {words!r} with it, but the whole extraction makes "
            f"none of {counted(one.tried, 'claim')}, since it holds them for unlikely or others "
            "stand there; write the entry by hand (docs/lexicons.md). Nothing was written"
        )
    return (
        f"{one.group.id}: none of its sentences is an example that holds by itself with the "
        "present grammar; write the entry by hand (docs/lexicons.md). Nothing was written"
    )


def counts_of(one: Suggestion) -> str:
    """How many claims were added, by how many people, and how many of them the entry finds."""
    group = one.group
    moved = sum(addition.moved for addition, _ in group.members)
    by = f"{counted(len(group.members) - moved, 'claim')} added"
    by += f", {moved:,} with the cue moved" if moved else ""
    return (
        f"{by} by {counted(len(group.reviewers), 'reviewer')} in "
        f"{counted(len(group.articles), 'article')}; of {one.tried:,} tried it finds {one.found:,}"
        f" ({one.before:,} without it)"
    )


def _places_of(one: Suggestion) -> str:
    from pipeline.lessons.decided import Fate

    counts = ", ".join(f"{one.counts[fate]:,} {fate}" for fate in Fate)
    return (
        f"of {counted(one.places, 'other sentence')} with these words {one.read:,} read: it would "
        f"newly mark {counted(len(one.marks), 'claim')} ({counts})"
    )


def _record(one: Suggestion) -> dict[str, Any]:
    from pipeline.lessons.decided import Fate

    group, entry = one.group, one.entry
    return {
        "id": group.id,
        "pattern": group.pattern.cue,
        "pos": group.pattern.pos,
        "ready": one.is_ready,
        "entry": "\n".join(entry.lines()) if entry else None,
        "claims": len(group.members),
        "moved": sum(addition.moved for addition, _ in group.members),
        "reviewers": list(group.reviewers),
        "articles": list(group.articles),
        "sentences": [
            {"article": addition.article, "sentence": " ".join(window.words.split())}
            for addition, window in group.members
        ],
        "tried": one.tried,
        "found": one.found,
        "found_before": one.before,
        "places": one.places,
        "read": one.read,
        "marks": {fate.value: one.counts[fate] for fate in Fate},
    }


def _rest(found: Suggestions) -> dict[str, Any]:
    return {
        "added": found.added,
        "known": dict(found.known),
        "wordless": found.wordless,
        "lost": found.lost,
        "more": found.more,
    }


def _notes(found: Suggestions) -> Iterator[str]:
    """What became of the added claims for which there is no suggestion, a line each."""
    if found.known:
        total = sum(found.known.values())
        names = ", ".join(f"{name} {often}" for name, often in [*found.known.items()][:_KNOWN])
        yield (
            f"{counted(total, 'claim')} with a cue that the lexicon has ({names}): see why it made "
            "none there with claims explain ARTICLE --refused"
        )
    if found.lost:
        yield f"{counted(found.lost, 'claim')} with no place in the extracted text as it is now"
    if found.wordless:
        yield f"{counted(found.wordless, 'claim')} with no word that could be an entry's cue"
    if found.more:
        yield f"{counted(found.more, 'more pattern')} of fewer claims, not tried"


def _first_ready(made: Sequence[Suggestion]) -> str:
    return next(one.group.id for one in made if one.is_ready)
