"""The verb ``claims rules``: which cues made claims, and how often they were right."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import counted, emit, emit_renderable, on_one_line, say
from pipeline.cli.options import ANNOTATIONS, AnnotationsOption, ModelsOption, existing_extractions
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.dataset.records import Decision
    from pipeline.evaluation.by_cue import CueFigures, Judgement
    from pipeline.lexicon.cues import Cue
    from pipeline.records import Extraction

_FAMILY = typer.Option("--family", metavar="FAMILY", help="Only the cues of one family.")
_GOLD = typer.Option("--gold", metavar="GOLD.jsonl", help="Annotated articles to judge by, too.")
_RULE_FAMILIES = ("evaluation",)
_JSON = typer.Option("--json", help="Print the figures as JSON.")


def rules(
    family: Annotated[str | None, _FAMILY] = None,
    gold: Annotated[Path | None, _GOLD] = None,
    json: Annotated[bool, _JSON] = False,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
) -> None:
    """List the cues with the claims they made in the extracted articles, commonest first.

    Where there are decisions or gold, their precision stands beside: the share of judged claims
    that a reviewer let stand with their stance, or that match a gold claim and have its stance.
    """
    from pipeline.evaluation.by_cue import count_by_cue
    from pipeline.jsonl import read_folder
    from pipeline.lexicon.cues import read_cues
    from pipeline.lexicon.folder import models_folders

    cues = {cue.id: cue for cue in read_cues(models_folders(models))}
    _refuse_unknown(family, cues.values())
    faults: list[str] = []
    extracted = tuple(read_folder(existing_extractions(annotations), on_fault=faults.append))
    judgements = chain(_judge_decisions(annotations), _judge_gold(gold, extracted, models))
    figures = [one for one in count_by_cue(extracted, judgements) if family in (None, one.family)]
    used = _used(figures)
    wanted = [cue.id for cue in cues.values() if family in (None, cue.family)]
    unused = [cue for cue in wanted if cue not in used]
    if json:
        emit(jsonlib.dumps(_report(figures, unused), ensure_ascii=False, indent=2) + "\n")
    else:
        emit_renderable(_table(figures, cues) if figures else "No cue made a claim.")
    for fault in faults:
        say(on_one_line(f"left out: {fault}. Mend it with: claims extract"))
    say(_summary(len(extracted), figures, unused))
    if faults:
        raise typer.Exit(1)


def _summary(articles: int, figures: Collection[CueFigures], unused: Collection[str]) -> str:
    """How much was read and counted, and what to run next."""
    claims, cues = sum(one.matches for one in figures), len(_used(figures))
    return (
        f"{counted(articles, 'article')} read, {counted(claims, 'claim')} of "
        f"{counted(cues, 'cue')}, {counted(len(unused), 'cue')} unused. "
        f"Next: {'claims explain CLAIM' if figures else 'claims extract'}"
    )


def _used(figures: Iterable[CueFigures]) -> set[str]:
    """The ids of the cues that made claims."""
    return {one.cue for one in figures if one.matches}


def _refuse_unknown(family: str | None, cues: Iterable[Cue]) -> None:
    known = sorted({*_RULE_FAMILIES, *(cue.family for cue in cues)})
    if family is not None and family not in known:
        raise SettingError(f"there is no family {family!r}; there are: {', '.join(known)}")


def _judge_decisions(annotations: Path) -> Iterator[Judgement]:
    """One judgement a decision about a claim of the machine's."""
    from pipeline.dataset.ledger import read_decisions, standing_decisions
    from pipeline.evaluation.by_cue import Judgement

    path = annotations / "decisions.jsonl"
    for decision in standing_decisions(read_decisions(path)):
        right = _lets_stand(decision)
        if right is not None and decision.machine is not None and decision.machine.cue:
            yield Judgement(decision.machine.cue, right)


def _lets_stand(decision: Decision) -> bool | None:
    """Whether the claim was right with its stance; None where no claim was judged."""
    from pipeline.dataset.records import Verdict

    if decision.verdict is Verdict.EDITED and decision.shown and decision.decided:
        one, other = decision.shown, decision.decided
        return (
            one.stance is other.stance
            and one.holder.span.overlaps(other.holder.span)
            and one.cue.span.overlaps(other.cue.span)
        )
    return {Verdict.ACCEPTED: True, Verdict.REJECTED: False}.get(decision.verdict)


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


def _table(figures: Iterable[CueFigures], cues: dict[str, Cue]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("claims", "precision", "judged"):
        table.add_column(name, justify="right")
    for name in ("cue", "words", "stance"):
        table.add_column(name, overflow="fold")
    for one in figures:
        cue = cues.get(one.cue)
        rate = one.judged.rate
        words = " ".join("|".join(place) for place in cue.words) if cue else "(a rule)"
        cells = (
            str(one.matches),
            "–" if rate is None else f"{rate:.2f}",
            str(one.judged.total or "–"),
            one.cue,
            words,
            cue.stance if cue else "",
        )
        table.add_row(*map(Text, cells))
    return table


def _report(figures: Iterable[CueFigures], unused: list[str]) -> dict[str, object]:
    return {
        "cues": [
            {
                "cue": one.cue,
                "family": one.family,
                "claims": one.matches,
                "judged": one.judged.total,
                "right": one.judged.right,
                "precision": one.judged.rate,
            }
            for one in figures
        ],
        "unused": unused,
    }
