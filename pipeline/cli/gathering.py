"""What verbs that give claims away begin with: the claims, with names and concepts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.options import existing_corpus

if TYPE_CHECKING:
    from pipeline.dataset.records import Rule
    from pipeline.export.gather import Gathered


def gather_claims(
    corpus: Path,
    annotations: Path,
    *,
    rule: Rule,
    models: Path | None,
    extracted: bool,
    duplicates: bool = False,
    orphans: bool = False,
) -> Gathered:
    """The verified claims under a rule, or the machine's, with names and concepts.

    Raises:
        SettingError: there is no corpus.
        LexiconError: a file under ``models`` is wrong; the message has file and line.
    """
    from pipeline.export.enriched import enriched
    from pipeline.export.gather import gather_extracted, gather_verified

    existing_corpus(corpus)
    if extracted:
        found = gather_extracted(corpus, annotations, duplicates=duplicates)
    else:
        found = gather_verified(corpus, annotations, rule, orphans=orphans, duplicates=duplicates)
    return enriched(found, annotations=annotations, models=models)
