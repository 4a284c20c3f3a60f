"""The verb ``claims check``: every file under ``models/`` read, and its examples tried."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import emit, say
from pipeline.cli.options import ModelsOption

if TYPE_CHECKING:
    from pipeline.lexicon.check import Fault
    from pipeline.lexicon.cues import Cue
    from pipeline.lexicon.entity_files import Entry

_FILES_ONLY = typer.Option("--files-only", help="Read the files and try no examples: quick.")


def check(
    models: ModelsOption = None,
    files_only: Annotated[bool, _FILES_ONLY] = False,
) -> None:
    """Check the lexicons: unknown keys, clashing names, examples that do not hold.

    Each fault is a line with file and line. The exit code is 1 where there is one.
    """
    from pipeline.lexicon.check import find_clashes, read_faults
    from pipeline.lexicon.folder import models_folders

    faults, entries, cues = read_faults(models_folders(models))
    count = _emit([*faults, *find_clashes(entries)])
    if not faults and not files_only:
        count += _try_examples(models, entries, cues)
    tried = "no examples tried" if faults or files_only else "their examples tried"
    say(
        f"{len(entries)} entities and {len(cues)} cues read, {tried}; {count} faults. "
        f"Next: {'correct them, then claims check' if count else 'claims extract'}"
    )
    if count:
        raise typer.Exit(1)


def _try_examples(models: Path | None, entries: list[Entry], cues: list[Cue]) -> int:
    from pipeline.language.build import build_language
    from pipeline.lexicon.check import check_cue_examples, check_entity_examples

    nlp = build_language(models=models)
    found = _emit(check_entity_examples(nlp, entries))
    return found + _emit(check_cue_examples(nlp, cues))


def _emit(faults: Iterable[Fault]) -> int:
    count = 0
    for fault in faults:
        emit(f"{fault}\n")
        count += 1
    return count
