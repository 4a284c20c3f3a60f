"""What the verbs of ``claims entities`` look at: lexicon, extractions, decisions, corrections."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.dataset.correcting import Register
    from pipeline.dataset.records import Decision


def read_register(
    annotations: Path, models: Path | None, *, on_fault: Callable[[str], None]
) -> Register:
    """The register of a workspace; ``on_fault`` is told of each extraction that cannot be read.

    Raises:
        PipelineError: the lexicon, the ledger or the corrections cannot be read.
    """
    return read_all(annotations, models, on_fault=on_fault)[0]


def read_all(
    annotations: Path, models: Path | None, *, on_fault: Callable[[str], None]
) -> tuple[Register, tuple[Decision, ...]]:
    """The register, and the decisions as the corrections have them.

    Raises:
        PipelineError: see ``read_register``.
    """
    from pipeline.dataset.articles import read_extracted
    from pipeline.dataset.census import take_census
    from pipeline.dataset.corrected import Corrections
    from pipeline.dataset.correcting import Register, entities_of
    from pipeline.dataset.corrections import read_corrections, standing_corrections
    from pipeline.dataset.ledger import LEDGER, read_decisions
    from pipeline.lexicon.entities import load_entities

    lexicon = load_entities(models)
    made = read_corrections(annotations)
    extracted = read_extracted(annotations, on_fault=on_fault)
    decisions = Corrections(standing_corrections(made)).decisions(
        read_decisions(annotations / LEDGER), extracted
    )
    census = take_census(extracted.values())
    return Register(lexicon, census, entities_of(decisions), made), decisions
