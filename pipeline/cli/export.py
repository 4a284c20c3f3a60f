"""The verb ``claims export``: the verified claims, or the machine's, in a format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.console import counted, emit, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    RuleOption,
    chosen_rule,
    existing_corpus,
    writable_place,
)

if TYPE_CHECKING:
    from pipeline.dataset.records import Rule

_FORMAT = typer.Option("--format", "-f", metavar="FORMAT", help="jsonl or csv.")
_OUT = typer.Option("--output", "-o", metavar="PATH", help="Where it goes; - for stdout.")
_EXTRACTED = typer.Option("--extracted", help="The machine's claims, marked as unchecked.")
_ORPHANS = typer.Option("--orphans", help="Also claims whose words are no longer in the article.")
_DUPLICATES = typer.Option("--duplicates", help="Also claims of near-duplicates of an article.")
_DRY_RUN = typer.Option("--dry-run", help="Count the claims, and write nothing.")


def export(
    name: Annotated[str, _FORMAT] = "jsonl",
    output: Annotated[Path, _OUT] = Path("-"),
    extracted: Annotated[bool, _EXTRACTED] = False,
    rule: RuleOption = None,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    orphans: Annotated[bool, _ORPHANS] = False,
    duplicates: Annotated[bool, _DUPLICATES] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Write the verified claims as JSON lines or CSV; the column list goes beside a CSV file.

    The claims of a near-duplicate of another article are counted once, and claims whose words are
    no longer in their article are left out, unless asked for; so are the machine's claims of
    articles that are gone. Exits with 1 where an article cannot
    be read; the claims of the others are written.
    """
    from pipeline.export.formats import find_format, write_export

    found = find_format(name)
    existing_corpus(corpus)
    if str(output) != "-":
        writable_place(output)
    faults: tuple[str, ...] = ()
    if extracted:
        records, faults = _machine_records(corpus, annotations, duplicates=duplicates)
    else:
        records, faults = _verified_records(
            corpus, annotations, rule, orphans=orphans, duplicates=duplicates
        )
    for fault in faults:
        say(on_one_line(f"left out: {fault}"))
    count = counted(len(records), f"{'unchecked' if extracted else 'verified'} claim")
    hint = "" if records else "; review some first: claims review start"
    if dry_run:
        say(f"{count} would be written{hint}")
    elif str(output) == "-":
        emit(found.text(records))
        say(f"{count} written{hint}")
    else:
        paths = write_export(output, name, records)
        say(f"{count} written to {', '.join(map(str, paths))}{hint}")
    if faults:
        raise typer.Exit(1)


def _machine_records(
    corpus: Path, annotations: Path, *, duplicates: bool
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The machine's claims of the articles in the corpus, and what cannot be read is left out.

    Extractions of articles that are gone are named.
    """
    from pipeline.dataset.articles import read_extracted
    from pipeline.export.rows import machine_records
    from pipeline.reading.duplicates import duplicate_of

    there = set(existing_corpus(corpus).ids())
    faults: list[str] = []
    extracted = read_extracted(annotations, on_fault=faults.append)
    for article in extracted:
        if article not in there:
            say(on_one_line(f"left out: {article}, which is not in {corpus} any more"))
    kept = (one for article, one in extracted.items() if article in there)
    records = machine_records(one for one in kept if duplicates or not duplicate_of(one.metadata))
    return list(records), tuple(f"{fault}. Mend it with: claims extract" for fault in faults)


def _verified_records(
    corpus: Path, annotations: Path, rule: Rule | None, *, orphans: bool, duplicates: bool
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The verified claims, and what is wrong with the articles whose claims are left out."""
    from pipeline.dataset import verified
    from pipeline.dataset.articles import read_good_articles
    from pipeline.dataset.corrected import read_corrected
    from pipeline.dataset.fold import fold_decisions
    from pipeline.dataset.ledger import LEDGER, read_decisions, standing_decisions
    from pipeline.dataset.once import count_once
    from pipeline.reprocess.orphans import orphan_claims

    chosen = chosen_rule(annotations, rule)
    articles, unread = read_good_articles(corpus, annotations)
    ledger = [item for item in read_decisions(annotations / LEDGER) if item.article not in unread]
    decisions = read_corrected(annotations).decisions(ledger, articles)
    fold = fold_decisions(decisions, articles, rule=chosen)
    claims = list(fold.verified)
    if not duplicates:
        claims = list(count_once(fold.verified, standing_decisions(decisions), articles))
        if left := len(fold.verified) - len(claims):
            say(f"left out: {counted(left, 'claim')} of near-duplicates; see --duplicates")
    claims += orphan_claims(fold.stale, articles, rule=chosen) if orphans else ()
    return [verified.to_json(claim) for claim in claims], tuple(unread.values())
