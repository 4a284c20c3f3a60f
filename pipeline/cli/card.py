"""The card of a dataset, which ``claims export --card`` writes in place of the claims."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.console import counted, emit, say

if TYPE_CHECKING:
    from pipeline.export.gather import Gathered
    from pipeline.report.progress import Progress


def put_card(
    gathered: Gathered,
    progress: Progress,
    output: Path,
    *,
    extracted: bool,
    dry_run: bool,
    selection: str = "",
) -> None:
    """Write the card to ``output``, or to stdout where that is ``-``; say where it is."""
    from pipeline.files import write_text_atomically
    from pipeline.report.card import write_card
    from pipeline.report.facts import find_facts

    facts = find_facts(gathered, progress, unreviewed=extracted, selection=selection)
    claims = counted(facts.tally.claims, "claim")
    if dry_run:
        say(f"a card of {claims} would be written")
    elif str(output) == "-":
        emit(write_card(facts))
    else:
        write_text_atomically(output, write_card(facts))
        say(f"the card of {claims} is in {output}")
