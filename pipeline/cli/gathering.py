"""What verbs that give claims away begin with: the claims, with names and concepts, filtered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.filters import narrow
from pipeline.cli.options import chosen_rule, existing_corpus

if TYPE_CHECKING:
    from pipeline.dataset.records import Rule
    from pipeline.export.filters import Filter
    from pipeline.export.gather import Gathered


def gather_claims(
    corpus: Path,
    annotations: Path,
    wanted: Filter,
    *,
    rule: Rule | None,
    models: Path | None,
    extracted: bool,
    duplicates: bool = False,
    orphans: bool = False,
) -> Gathered:
    """The verified claims, or the machine's, with names and concepts, that a filter lets through.

    Raises:
        SettingError: there is no corpus, or something is asked for that there is not.
        LexiconError: a file under ``models`` is wrong; the message has file and line.
    """
    from pipeline.export.enriched import enriched
    from pipeline.export.gather import gather_extracted, gather_verified

    existing_corpus(corpus)
    if extracted:
        found = gather_extracted(corpus, annotations, duplicates=duplicates)
    else:
        chosen = chosen_rule(annotations, rule)
        found = gather_verified(corpus, annotations, chosen, orphans=orphans, duplicates=duplicates)
    return narrow(enriched(found, annotations=annotations, models=models), wanted, models=models)
