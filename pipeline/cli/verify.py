"""The verb ``claims verify``: the verified dataset rebuilt, and what must hold proved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import counted, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    RuleOption,
    chosen_rule,
    existing_corpus,
)

if TYPE_CHECKING:
    from pipeline.dataset.extracted import Proof
    from pipeline.dataset.verify import Verification

_DRY_RUN = typer.Option("--dry-run", help="Prove everything, and write nothing.")


def verify(
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    rule: RuleOption = None,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Rebuild annotations/verified.jsonl from the decisions, and prove that all holds.

    Proved are corpus, extractions, ledger and verified claims: they read and keep to their
    schemas, every span stands in the text, every claim says what made it, and a human decision
    stands behind every verified one. The file is the same to the byte whenever it is rebuilt.
    Exits with 1 where an invariant is broken; each breach is named.
    """
    from pipeline.dataset.verify import verify_workspace
    from pipeline.locking import locked

    existing_corpus(corpus)
    chosen = chosen_rule(annotations, rule)
    with locked("verify", annotations, unless=dry_run):
        proof, result = verify_workspace(corpus, annotations, rule=chosen, dry_run=dry_run)
    faults = (*proof.faults, *(result.faults if result else ()))
    for fault in faults:
        say(on_one_line(f"broken: {fault}"))
    for note in proof.notes:
        say(on_one_line(f"note: {note}"))
    say(
        f"Proved {counted(proof.extractions, 'extraction')}: {counted(proof.mentions, 'mention')}, "
        f"{counted(proof.claims, 'claim')}, {counted(proof.spans, 'span')}; "
        f"{counted(proof.unextracted, 'article')} not extracted yet."
    )
    if result is not None:
        _tell(result, proof, faults=len(faults), dry_run=dry_run)
    else:
        _tell_unread(proof, faults=len(faults))
    if faults:
        raise typer.Exit(1)


def _tell(result: Verification, proof: Proof, *, faults: int, dry_run: bool) -> None:
    fold = result.fold
    for item in fold.stale:
        why = (
            "the article was edited there; review again"
            if item.article in proof.articles
            else "the article is not in the corpus; the decision stays in the ledger"
        )
        say(on_one_line(f"stale: {item.article} claim {item.claim}: {why}"))
    written = "would change" if dry_run else "written"
    say(
        f"{counted(result.decisions, 'decision')} read, "
        f"{counted(len(fold.verified), 'claim')} verified "
        f"({written if result.changed else 'unchanged'}), {len(fold.rejected)} rejected, "
        f"{len(fold.waiting)} waiting, {len(fold.disagreements)} disagreed, "
        f"{len(fold.stale)} stale, {counted(faults, 'fault')}. "
        f"Next: {'claims review adjudicate' if fold.disagreements else 'claims export'}"
    )


def _tell_unread(proof: Proof, *, faults: int) -> None:
    say(
        f"Verified claims were not rebuilt: {counted(proof.unread, 'article')} cannot be read, "
        f"{counted(faults, 'fault')}. Next: mend what is named above, then claims verify"
    )
