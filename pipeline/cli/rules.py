"""The verb ``claims rules``: the ledger of cues and rules, and what decisions suggest to add."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import rule_acceptance, rule_suggestions, rule_tables
from pipeline.cli.console import command_name, counted, emit, emit_renderable, on_one_line, say
from pipeline.cli.options import ANNOTATIONS, AnnotationsOption, ModelsOption, existing_extractions
from pipeline.cli.rule_reading import Extracted, Words, bound_of, read_words, take
from pipeline.errors import SettingError
from pipeline.lessons.kinds import Kind, Order

if TYPE_CHECKING:
    from pipeline.lessons.choosing import Wanted
    from pipeline.lessons.tally import Ledger, Tally
    from pipeline.lexicon.cues import Cue

EXAMPLE = "Example: claims rules --family warn"
_CUE = typer.Option(
    "--cue", metavar="ID", help="Only this cue or rule, or all whose ids begin so. Repeatable."
)
_FAMILY = typer.Option("--family", metavar="FAMILY", help="Only the cues of one family.")
_KIND = typer.Option(
    "--kind",
    metavar="KIND",
    help="Only rows of cue, proposer, import or rule. Repeatable; by default all.",
    show_default=False,
)
_MIN = typer.Option("--min", metavar="N", min=0, help="Only those with so many judged claims.")
_SORT = typer.Option("--sort", help="Counts the highest first; shares and trend the lowest.")
_REVERSE = typer.Option("--reverse", help="The other way round.")
_SUSPECTS = typer.Option(
    "--suspects",
    help="Only those that decisions speak against: their whole interval is below the precision "
    "of all claims together, or below --below.",
)
_BELOW = typer.Option(
    "--below", metavar="SHARE", min=0.0, max=1.0, help="The bound of --suspects.",
    show_default=False,
)  # fmt: skip
_ALL = typer.Option("--all", help="Also the cues that made no claim and that nobody decided on.")
_GOLD = typer.Option("--gold", metavar="GOLD.jsonl", help="Annotated articles to judge by, too.")
_JSON = typer.Option("--json", help="Print the figures as JSON.")
_CSV = typer.Option("--csv", help="Print the figures as CSV, cues and rules in one table.")
_RULE_FAMILIES = ("evaluation",)


def rules(
    cue: Annotated[list[str] | None, _CUE] = None,
    family: Annotated[str | None, _FAMILY] = None,
    kind: Annotated[list[Kind] | None, _KIND] = None,
    fewest: Annotated[int, _MIN] = 0,
    sort: Annotated[Order, _SORT] = Order.CLAIMS,
    reverse: Annotated[bool, _REVERSE] = False,
    suspects: Annotated[bool, _SUSPECTS] = False,
    below: Annotated[float | None, _BELOW] = None,
    every: Annotated[bool, _ALL] = False,
    gold: Annotated[Path | None, _GOLD] = None,
    json: Annotated[bool, _JSON] = False,
    csv: Annotated[bool, _CSV] = False,
    suggest: Annotated[bool, rule_suggestions.SUGGEST] = False,
    accept: Annotated[str | None, rule_suggestions.ACCEPT] = None,
    undo: Annotated[bool, rule_suggestions.UNDO] = False,
    dry_run: Annotated[bool, rule_suggestions.DRY_RUN] = False,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
) -> None:
    """List the cues and rules with the claims they made, and what people decided of these.

    Of each: its claims in the extracted articles; how many were shown to somebody who decided;
    how many were accepted, corrected (the stance, the spans, other things) and rejected; the
    precision, that is the share that was let stand with its stance, with its 95 % interval
    (Wilson); and the trend, the precision of the last third of decisions against those before.
    With --gold the precision counts claims that match a gold claim and have its stance, too.
    --suggest lists cues that people added and the lexicon lacks. docs/rules.md has a walk-through.
    """
    if accept is not None:
        change = rule_acceptance.undo if undo else rule_acceptance.accept
        change(accept, dry_run=dry_run, annotations=annotations, models=models)
        return
    if undo or dry_run:
        raise SettingError("--undo and --dry-run go with --accept ID; name the entry's id")
    if suggest:
        rule_suggestions.suggest(json=json, annotations=annotations, models=models)
        return
    from pipeline.lessons.choosing import Wanted, ordered

    _refuse_two_formats(json=json, csv=csv)
    wanted = Wanted(tuple(cue or ()), family, fewest, frozenset(kind or Kind))
    extracted = Extracted(existing_extractions(annotations).parent)
    words = read_words(models)
    _refuse_unknown_family(family, words.cues.values())
    ledger = take(extracted, annotations, gold, models)
    bound = bound_of(ledger, below) if suspects or below is not None else None
    unused = _unused(ledger, wanted, words)
    chosen = _choose(ledger, wanted, bound, unused if every else ())
    rows = ordered(chosen, sort, backwards=reverse)
    _emit(rows, ledger, unused, words, bound, json=json, csv=csv)
    for fault in extracted.faults:
        say(on_one_line(f"left out: {fault}. Mend it with: claims extract"))
    say(_summary(extracted.count, ledger, rows, unused, bound))
    if extracted.faults:
        raise typer.Exit(1)


def _refuse_two_formats(*, json: bool, csv: bool) -> None:
    if json and csv:
        raise SettingError("--json and --csv are two formats; give one of them")


def _refuse_unknown_family(family: str | None, cues: Iterable[Cue]) -> None:
    known = sorted({*_RULE_FAMILIES, *(cue.family for cue in cues)})
    if family is not None and family not in known:
        raise SettingError(f"there is no family {family!r}; there are: {', '.join(known)}")


def _unused(ledger: Ledger, wanted: Wanted, words: Words) -> list[str]:
    """The wanted cues of the lexicon that made no claim.

    Raises:
        SettingError: an id is wanted that no cue or rule has.
    """
    from pipeline.lessons.choosing import refuse_unknown_ids

    known = chain(words.cues, words.rules.entries, (row.id for row in ledger.rows))
    refuse_unknown_ids(wanted.ids, known)
    made = {row.id for row in ledger.rows if row.matches}
    return [name for name in words.cues if name not in made and wanted.takes_id(name)]


def _choose(
    ledger: Ledger, wanted: Wanted, bound: float | None, unused: Iterable[str]
) -> Sequence[Tally]:
    """The wanted rows, those of unused cues among them; where there is a bound, the suspects."""
    from pipeline.lessons.tally import Tally, find_suspects

    known = {row.id for row in ledger.rows}
    blank = (Tally(name) for name in unused if name not in known)
    rows = [row for row in chain(ledger.rows, blank) if wanted.takes(row)]
    return rows if bound is None else find_suspects(rows, bound)


def _emit(
    rows: Sequence[Tally],
    ledger: Ledger,
    unused: list[str],
    words: Words,
    bound: float | None,
    *,
    json: bool,
    csv: bool,
) -> None:
    """Print the rows in the format that was asked for."""
    if json:
        emit(jsonlib.dumps(_report(rows, ledger, unused, bound), ensure_ascii=False, indent=2))
        emit("\n")
    elif csv:
        emit(rule_tables.to_csv(rows, words))
    else:
        _emit_tables(rows, words, bound)


def _emit_tables(rows: Sequence[Tally], words: Words, bound: float | None) -> None:
    """Print the cues and what else made claims, then the rules that took part."""
    if not rows:
        emit("No cue made a claim.\n" if bound is None else "None is suspect.\n")
        return
    made = [row for row in rows if row.kind is not Kind.RULE]
    rules = [row for row in rows if row.kind is Kind.RULE]
    for number, part in enumerate(part for part in (made, rules) if part):
        emit("\n" if number else "")
        emit_renderable(rule_tables.to_table(part, words))


def _report(
    rows: Sequence[Tally], ledger: Ledger, unused: list[str], bound: float | None
) -> dict[str, object]:
    return {
        "corpus": rule_tables.to_record(ledger.corpus, of_all=True),
        "suspect_below": bound,
        "cues": [rule_tables.to_record(row) for row in rows if row.kind is not Kind.RULE],
        "rules": [rule_tables.to_record(row) for row in rows if row.kind is Kind.RULE],
        "unused": unused,
    }


def _summary(
    articles: int,
    ledger: Ledger,
    rows: Sequence[Tally],
    unused: Sequence[str],
    bound: float | None,
) -> str:
    """How much was read and counted, by which bound, and what to run next."""
    made = [row.matches for row in rows if row.kind is not Kind.RULE and row.matches]
    cues, claims = len(made), sum(made)
    all_of = ledger.corpus
    said = (
        f"{counted(articles, 'article')} read, {counted(claims, 'claim')} of "
        f"{counted(cues, 'cue')}, {counted(len(unused), 'cue')} unused."
    )
    if all_of.shown:
        said += (
            f" {counted(all_of.shown, 'claim')} decided on: {all_of.judged.right:,} of "
            f"{all_of.judged.total:,} right{_disputed(all_of.disputed)}; corrected are "
            "stance+spans+other."
        )
    if bound is not None:
        said += f" {counted(len(rows), 'suspect')}: all of the interval is below {bound:.2f}."
    if not all_of.matches:
        return f"{said} Next: claims extract"
    step = "rules --suggest" if all_of.shown else "explain CLAIM"
    return f"{said} Next: {command_name()} {step}"


def _disputed(number: int) -> str:
    return f", {number:,} disputed" if number else ""
