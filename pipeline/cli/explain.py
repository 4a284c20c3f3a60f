"""The verb ``claims explain``: why a claim was made."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.console import emit, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    AnnotationsOption,
    ModelsOption,
    complete_article,
    existing_extractions,
)

_CLAIM = typer.Argument(
    autocompletion=complete_article,
    metavar="CLAIM",
    help="A claim's id or the beginning of it, or ARTICLE:NUMBER as claims show counts.",
)


def explain(
    claim: Annotated[str, _CLAIM],
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
) -> None:
    """Explain in words why a claim was made.

    Prints the sentence, the words of each role, the cue with its file and line, what each rule
    did, what was inferred, and the score with what took it down.
    """
    from pipeline.explaining.claims import explain_claim, find_claim
    from pipeline.jsonl import read_folder
    from pipeline.lexicon.cues import read_cues
    from pipeline.lexicon.folder import models_folders
    from pipeline.lexicon.rules import read_rules

    faults: list[str] = []
    extracted = read_folder(existing_extractions(annotations), on_fault=faults.append)
    try:
        found = find_claim(claim, extracted)
    finally:
        for fault in faults:
            say(on_one_line(f"left out: {fault}. Mend it with: claims extract"))
    folders = models_folders(models)
    cues = {cue.id: cue for cue in read_cues(folders)}
    emit(f"{found.claim.id}\n")
    for section in explain_claim(found, cues=cues, rules=read_rules(folders)):
        emit(f"\n{section.heading}\n")
        for line in section.lines:
            emit(f"  {on_one_line(line)}\n")
    say("\n1 claim explained. Next: correct a cue under models/, then claims check")
