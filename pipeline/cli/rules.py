"""The verb ``claims rules``: the ledger of cues and rules, and what decisions suggest to add."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import rule_acceptance, rule_suggestions, rule_tables
from pipeline.cli.console import command_name, counted, emit, emit_renderable, on_one_line, say
from pipeline.cli.options import ANNOTATIONS, AnnotationsOption, ModelsOption, existing_extractions
from pipeline.errors import SettingError
from pipeline.lessons.kinds import Kind, Order

if TYPE_CHECKING:
    from pipeline.evaluation.by_cue import Judgement
    from pipeline.lessons.choosing import Wanted
    from pipeline.lessons.tally import Ledger, Tally
    from pipeline.lexicon.cues import Cue
    from pipeline.lexicon.rules import Rules
    from pipeline.records import Extraction

EXAMPLE = "Example: claims rules --family warn"
_CUE = typer.Option(
    "--cue", metavar="ID", help="Only this cue or rule, or all whose ids begin so. Repeatable."
)
_FAMILY = typer.Option("--family", metavar="FAMILY", help="Only the cues of one family.")
_KIND = typer.Option("--kind", help="Only these; repeatable. By default all.", show_default=False)
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
    if json and csv:
        raise SettingError("--json and --csv are two formats; give one of them")
    from pipeline.lessons.choosing import Wanted, ordered, refuse_unknown_ids

    words = _read_words(models)
    _refuse_unknown_family(family, words.cues.values())
    extracted = _Extracted(existing_extractions(annotations).parent)
    ledger = _take(extracted, annotations, gold, models)
    wanted = Wanted(tuple(cue or ()), family, fewest, frozenset(kind or Kind))
    known = chain(words.cues, words.rules.entries, (row.id for row in ledger.rows))
    refuse_unknown_ids(wanted.ids, known)
    bound = _bound(ledger, below) if suspects or below is not None else None
    rows, unused = _choose(ledger, wanted, words.cues, bound, every=every)
    rows = ordered(rows, sort, backwards=reverse)
    if json:
        emit(jsonlib.dumps(_report(rows, ledger, unused, bound), ensure_ascii=False, indent=2))
        emit("\n")
    elif csv:
        emit(rule_tables.to_csv(rows, words))
    else:
        _emit_tables(rows, words, bound)
    for fault in extracted.faults:
        say(on_one_line(f"left out: {fault}. Mend it with: claims extract"))
    say(_summary(extracted.count, ledger, rows, unused, bound))
    if extracted.faults:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said of a row: the words and the stance of a cue, what a rule does."""

    cues: Mapping[str, Cue]
    rules: Rules

    def __call__(self, name: str) -> tuple[str, str]:
        """The words of the row of that id, and a cue's stance."""
        if cue := self.cues.get(name):
            return " ".join("|".join(place) for place in cue.words), cue.stance
        if rule := self.rules.entries.get(name) or self.rules.entries.get(f"proposer.{name}"):
            return rule.says, ""
        return ("(not in the lexicon now)" if name.startswith("cue.") else ""), ""


@dataclass
class _Extracted:
    """The extractions of a workspace, one after the other; how many, and what cannot be read."""

    annotations: Path
    count: int = 0
    faults: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Extraction]:
        """Each extraction with what was imported for its article."""
        from pipeline.dataset.articles import read_each_extracted

        for extraction in read_each_extracted(self.annotations, on_fault=self.faults.append):
            self.count += 1
            yield extraction


def _read_words(models: Path | None) -> _Words:
    from pipeline.lexicon.cues import read_cues
    from pipeline.lexicon.folder import models_folders
    from pipeline.lexicon.rules import read_rules

    folders = models_folders(models)
    return _Words({one.id: one for one in read_cues(folders)}, read_rules(folders))


def _refuse_unknown_family(family: str | None, cues: Iterable[Cue]) -> None:
    known = sorted({*_RULE_FAMILIES, *(cue.family for cue in cues)})
    if family is not None and family not in known:
        raise SettingError(f"there is no family {family!r}; there are: {', '.join(known)}")


def _take(
    extracted: _Extracted, annotations: Path, gold: Path | None, models: Path | None
) -> Ledger:
    """The ledger; extractions are held in memory only where gold is to be compared with them."""
    from pipeline.dataset.ledger import LEDGER, read_decisions
    from pipeline.lessons.outcomes import judge_claims
    from pipeline.lessons.tally import take_ledger

    found = tuple(extracted) if gold is not None else extracted
    judged = judge_claims(read_decisions(annotations / LEDGER))
    answers = _judge_gold(gold, found, models) if isinstance(found, tuple) else ()
    return take_ledger(found, judged, answers)


def _judge_gold(
    gold: Path | None, extracted: tuple[Extraction, ...], models: Path | None
) -> Iterator[Judgement]:
    """Judgements by gold; an article that is not extracted with gold's text is extracted now."""
    from pipeline.cli.evaluate import _extract, _read
    from pipeline.evaluation.by_cue import judge_by_gold
    from pipeline.evaluation.evaluate import evaluate_extractions

    if gold is None:
        return
    answers = _read(gold)
    texts = {answer.article: answer.text for answer in answers}
    ready = [one for one in extracted if texts.get(one.article) == one.text]
    done = {one.article for one in ready}
    missing = [answer for answer in answers if answer.article not in done]
    fresh = _extract(missing, models) if missing else ()
    evaluation = evaluate_extractions(answers, chain(ready, fresh), samples=1)
    yield from judge_by_gold(evaluation.articles)


def _bound(ledger: Ledger, below: float | None) -> float:
    """The precision below which a row is suspect: the one that was said, or that of all claims."""
    rate = ledger.corpus.judged.rate
    return below if below is not None else rate if rate is not None else 0.0


def _choose(
    ledger: Ledger,
    wanted: Wanted,
    cues: Mapping[str, Cue],
    bound: float | None,
    *,
    every: bool,
) -> tuple[Sequence[Tally], list[str]]:
    """The wanted rows, and the wanted cues of the lexicon that made no claim."""
    from pipeline.lessons.tally import Tally, find_suspects

    made = {row.id for row in ledger.rows if row.matches}
    unused = [name for name in cues if name not in made and wanted.takes_id(name)]
    rows = [row for row in ledger.rows if wanted.takes(row)]
    if bound is not None:
        return find_suspects(rows, bound), unused
    if every:
        known = {row.id for row in rows}
        blank = (Tally(name) for name in unused if name not in known)
        rows += [row for row in blank if wanted.takes(row)]
    return rows, unused


def _emit_tables(rows: Sequence[Tally], words: _Words, bound: float | None) -> None:
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
    cues = sum(row.kind is not Kind.RULE and row.matches > 0 for row in rows)
    all_of = ledger.corpus
    said = (
        f"{counted(articles, 'article')} read, {counted(all_of.matches, 'claim')}, "
        f"{counted(cues, 'cue')} with claims, {counted(len(unused), 'cue')} unused."
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
