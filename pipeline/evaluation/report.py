"""An evaluation as tables for people and as JSON for machines."""

from __future__ import annotations

from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.evaluation.bootstrap import LEVEL
from pipeline.evaluation.evaluate import ArticleResult, Evaluation
from pipeline.evaluation.mistakes import Mistake, find_mistakes, to_line
from pipeline.evaluation.scores import Counts, Scores, Share

_ROWS = (
    ("mentions, exact", "mentions_exact"),
    ("mentions, overlap", "mentions_overlap"),
    ("claims", "claims"),
    ("claims + stance", "claims_stance"),
    ("claims + stance + target", "claims_stance_target"),
)


def build_report(evaluation: Evaluation) -> RenderableType:
    """The totals, the figures of each article, and the headline with its interval."""
    return Group(
        _build_totals(evaluation.total), _build_articles(evaluation), _headline(evaluation)
    )


def build_mistakes(evaluation: Evaluation) -> RenderableType:
    """The mistakes of every article, each sentence followed by what went wrong in it."""
    lines: list[Text] = []
    for result in evaluation.articles:
        mistakes = find_mistakes(result.alignment)
        if not mistakes:
            continue
        lines.append(Text(f"\n{to_line(result.article)}", style="bold"))
        text = result.alignment.gold.text
        for sentence, group in groupby(mistakes, key=lambda mistake: mistake.sentence):
            words = to_line(sentence.text_in(text)) if sentence else "(outside every sentence)"
            lines.append(Text(f"\n  {words}", style="italic"))
            lines.extend(_describe(mistake) for mistake in group)
    return Group(*lines) if lines else Text("No mistakes.")


def _describe(mistake: Mistake) -> Text:
    line = Text(f"    {mistake.kind.value}: ", style="bold red")
    parts = [part for part in (mistake.gold, mistake.predicted) if part]
    words = " → ".join(parts)
    line.append(words, style="not bold default")
    if mistake.rules:
        line.append(f"  [{', '.join(to_line(rule) for rule in mistake.rules)}]", style="dim")
    return line


def _build_totals(total: Scores) -> Table:
    table = Table(title="Over all articles", title_justify="left")
    table.add_column("figure")
    for name in ("precision", "recall", "F1", "matched", "gold", "predicted"):
        table.add_column(name, justify="right")
    for label, name in _ROWS:
        counts: Counts = getattr(total, name)
        table.add_row(
            label,
            *(f"{value:.3f}" for value in (counts.precision, counts.recall, counts.f1)),
            *(str(number) for number in (counts.matched, counts.gold, counts.predicted)),
        )
    linking = total.linking
    table.add_row(
        "linking accuracy", _rate(linking), "", "", str(linking.right), str(linking.total)
    )
    return table


def _build_articles(evaluation: Evaluation) -> Table:
    table = Table(title="F1 of each article", title_justify="left")
    table.add_column("article", overflow="fold")
    for name in ("exact", "overlap", "linking", "claims", "+ stance", "+ target", "reversed"):
        table.add_column(name, justify="right")
    for result in evaluation.articles:
        scores = result.scores
        counts = [getattr(scores, name) for _, name in _ROWS]
        cells = [f"{count.f1:.3f}" for count in counts]
        reversals = scores.polarity_reversals + scores.role_reversals
        label = Text(to_line(result.article) + (" (no prediction)" if result.missing else ""))
        table.add_row(label, *cells[:2], _rate(scores.linking), *cells[2:], str(reversals))
    return table


def _rate(share: Share) -> str:
    return "–" if share.rate is None else f"{share.rate:.3f}"


def _headline(evaluation: Evaluation) -> Text:
    total, interval = evaluation.total, evaluation.interval
    return Text(
        f"claims + stance F1 {total.claims_stance.f1:.3f} "
        f"({LEVEL:.0%} interval {interval.low:.3f} to {interval.high:.3f} over "
        f"{len(evaluation.articles)} articles); reversed: {total.polarity_reversals} stances, "
        f"{total.role_reversals} roles",
        style="bold",
    )


def to_report(evaluation: Evaluation, *, errors: bool = False) -> dict[str, object]:
    """The evaluation as JSON-ready values; with ``errors``, every mistake too."""
    report: dict[str, object] = {
        "headline": {
            "figure": "claims + stance F1",
            "f1": evaluation.total.claims_stance.f1,
            "level": LEVEL,
            "interval": [evaluation.interval.low, evaluation.interval.high],
        },
        "total": _to_scores(evaluation.total),
        "articles": [_to_article(result) for result in evaluation.articles],
        "missing": list(evaluation.missing),
        "unknown": list(evaluation.unknown),
    }
    if errors:
        report["errors"] = [
            _to_mistake(mistake, result.alignment.gold.text)
            for result in evaluation.articles
            for mistake in find_mistakes(result.alignment)
        ]
    return report


def _to_article(result: ArticleResult) -> dict[str, object]:
    scores = _to_scores(result.scores)
    return {"article": result.article, "missing": result.missing, **scores}


def _to_scores(scores: Scores) -> dict[str, object]:
    return {
        **{name: _to_counts(getattr(scores, name)) for _, name in _ROWS},
        "linking": {
            "right": scores.linking.right,
            "total": scores.linking.total,
            "accuracy": scores.linking.rate,
        },
        "reversals": {"polarity": scores.polarity_reversals, "role": scores.role_reversals},
    }


def _to_counts(counts: Counts) -> dict[str, object]:
    return {
        "matched": counts.matched,
        "gold": counts.gold,
        "predicted": counts.predicted,
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
    }


def _to_mistake(mistake: Mistake, text: str) -> dict[str, object]:
    return {
        "article": mistake.article,
        "kind": mistake.kind.value,
        "start": mistake.span.start,
        "end": mistake.span.end,
        "sentence": mistake.sentence.text_in(text) if mistake.sentence else None,
        "gold": mistake.gold or None,
        "predicted": mistake.predicted or None,
        "rules": list(mistake.rules),
    }
