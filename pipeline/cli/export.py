"""The verb ``claims export``: the verified claims, or the machine's, in a format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import emit, say
from pipeline.cli.options import ANNOTATIONS, CORPUS, AnnotationsOption, CorpusOption
from pipeline.dataset.records import Rule

_FORMAT = typer.Option("--format", "-f", metavar="FORMAT", help="jsonl or csv.")
_OUT = typer.Option("--output", "-o", metavar="PATH", help="Where it goes; - for stdout.")
_EXTRACTED = typer.Option("--extracted", help="The machine's claims, marked as unchecked.")
_RULE = typer.Option("--rule", help="When a claim counts as verified (docs/review.md).")
_ORPHANS = typer.Option("--orphans", help="Also claims whose words are no longer in the article.")
_DUPLICATES = typer.Option("--duplicates", help="Also claims of near-duplicates of an article.")
_DRY_RUN = typer.Option("--dry-run", help="Count the claims, and write nothing.")


def export(
    name: Annotated[str, _FORMAT] = "jsonl",
    output: Annotated[Path, _OUT] = Path("-"),
    extracted: Annotated[bool, _EXTRACTED] = False,
    rule: Annotated[Rule, _RULE] = Rule.MAJORITY,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    orphans: Annotated[bool, _ORPHANS] = False,
    duplicates: Annotated[bool, _DUPLICATES] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Write the verified claims as JSON lines or CSV; the column list goes beside a CSV file.

    The claims of a near-duplicate of another article are counted once, and claims whose words are
    no longer in their article are left out, unless asked for.
    """
    from pipeline.dataset import verified
    from pipeline.dataset.articles import read_articles, read_extracted
    from pipeline.dataset.fold import fold_decisions
    from pipeline.dataset.ledger import LEDGER, read_decisions
    from pipeline.export.formats import find_format, write_export
    from pipeline.export.rows import machine_records
    from pipeline.reading.duplicates import duplicate_of
    from pipeline.reprocess.orphans import orphan_claims

    found = find_format(name)
    if extracted:
        kept = [
            one
            for one in read_extracted(annotations).values()
            if duplicates or duplicate_of(one.metadata) is None
        ]
        records = list(machine_records(kept))
    else:
        articles = read_articles(corpus, annotations)
        fold = fold_decisions(read_decisions(annotations / LEDGER), articles, rule=rule)
        claims = [
            claim for claim in fold.verified if duplicates or duplicate_of(claim.metadata) is None
        ]
        claims += orphan_claims(fold.stale, articles, rule=rule) if orphans else ()
        records = [verified.to_json(claim) for claim in claims]
    count = f"{len(records)} {'unchecked' if extracted else 'verified'} claims"
    hint = "" if records else "; review some first: claims review start"
    if dry_run:
        say(f"{count} would be written{hint}")
    elif str(output) == "-":
        emit(found.text(records))
        say(f"{count} written{hint}")
    else:
        paths = write_export(output, name, records)
        say(f"{count} written to {', '.join(map(str, paths))}{hint}")
