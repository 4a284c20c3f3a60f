"""The verb ``claims verify``: the verified dataset rebuilt, and what must hold proved."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.console import say
from pipeline.cli.options import ANNOTATIONS, CORPUS, AnnotationsOption, CorpusOption
from pipeline.dataset.records import Rule

_RULE = typer.Option("--rule", help="When a claim counts as verified (docs/review.md).")
_DRY_RUN = typer.Option("--dry-run", help="Prove everything, and write nothing.")


def verify(
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    rule: Annotated[Rule, _RULE] = Rule.MAJORITY,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Rebuild annotations/verified.jsonl from the decisions, and prove that it holds.

    The file is the same to the byte whenever it is rebuilt. Exits with 1 where an invariant is
    broken; each breach is named.
    """
    from pipeline.dataset.verify import rebuild

    result = rebuild(corpus, annotations, rule=rule, dry_run=dry_run)
    fold = result.fold
    for fault in result.faults:
        say(f"broken: {fault}")
    for item in fold.stale:
        say(f"stale: {item.article} claim {item.claim}: the article was edited there; review again")
    written = "would change" if dry_run else "written"
    say(
        f"{result.decisions} decisions read, {len(fold.verified)} claims verified "
        f"({written if result.changed else 'unchanged'}), {len(fold.rejected)} rejected, "
        f"{len(fold.waiting)} waiting, {len(fold.disagreements)} disagreed, "
        f"{len(fold.stale)} stale, {len(result.faults)} faults. "
        f"Next: {'claims review adjudicate' if fold.disagreements else 'claims export'}"
    )
    if result.faults:
        raise typer.Exit(1)
