"""The page: one file that is whole in itself, and in which no text is markup or script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from pipeline import __version__
from pipeline.export.gather import Gathered
from pipeline.report.changes import MOST as MOST_CHANGES
from pipeline.report.changes import Change, find_changes
from pipeline.report.evidence import Evidence, gather_evidence
from pipeline.report.figures import Figures
from pipeline.report.needs import needed
from pipeline.report.network import Drawing
from pipeline.report.progress import Progress
from pipeline.report.ranks import Ranks
from pipeline.report.review_words import review_view
from pipeline.report.shown_articles import MOST_BYTES, ShownArticle, choose_articles, show_articles
from pipeline.report.sources import find_sources
from pipeline.report.words import counted, one_line

Json = dict[str, Any]
TITLE = "Who supports and who opposes what"
MOST_SOURCES = 30
MOST_NOTES = 30


@dataclass(frozen=True, slots=True)
class Options:
    """How the page is made: its title, whether the claims are the machine's unreviewed ones.

    ``selection`` says in words which claims were asked for, empty for all. ``article_bytes`` is
    how much of the page the articles may take.
    """

    title: str = TITLE
    unreviewed: bool = False
    selection: str = ""
    article_bytes: int = MOST_BYTES


def build_page(
    gathered: Gathered, figures: Figures, progress: Progress, options: Options | None = None
) -> str:
    """The HTML of the whole page; the same for the same claims, review and options.

    Raises:
        SettingError: Jinja2 is not installed.
    """
    options = options or Options()
    style = files("pipeline.report").joinpath("templates/page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    tally = figures.tally
    changes = find_changes(tally)
    with_claims = {one: text for one, text in gathered.articles.items() if tally.articles[one]}
    chosen = choose_articles(with_claims, tally.articles, most=options.article_bytes)
    evidence = gather_evidence(
        gathered.claims(),
        figures.ranks,
        figures.periods,
        claims={
            (claim, change.concept) for change in changes[:MOST_CHANGES] for claim in change.claims
        },
        articles=frozenset(chosen),
    )
    articles = list(show_articles(chosen, gathered.articles, evidence.articles))
    page = _environment().get_template("page.html.j2")
    return str(
        page.render(
            **_head(gathered, figures, progress, options),
            **_figures_view(figures),
            **_changes_view(changes, evidence, figures),
            **review_view(progress),
            style=needed("markupsafe").Markup(style),
            style_hash=f"sha256-{digest}",
            version=__version__,
            counted=counted,
            evidence=evidence,
            groups=list(_groups(evidence, figures)),
            places=_places(articles),
            articles=articles,
            articles_left_out=_articles_left_out(gathered, len(with_claims), len(chosen)),
        )
    )


def _environment() -> Any:
    """Jinja2 set so that every text is escaped, and a name that is not there is an error."""
    jinja2 = needed("jinja2")
    return jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )


def _head(gathered: Gathered, figures: Figures, progress: Progress, options: Options) -> Json:
    sources = find_sources(gathered.articles.values())
    notes = (*gathered.notes, *gathered.faults)
    shown = [one_line(note, 300) for note in notes[:MOST_NOTES]]
    if len(notes) > MOST_NOTES:
        shown.append(f"and {counted(len(notes) - MOST_NOTES, 'more line')} like these")
    return {
        "title": one_line(options.title) or TITLE,
        "unreviewed": options.unreviewed,
        "selection": one_line(options.selection, 400),
        "claims": figures.tally.claims,
        "mapped": figures.tally.mapped,
        "summary": _summary(gathered, figures, options),
        "contents": _contents(figures),
        "tiles": _tiles(gathered, figures, progress, options),
        "sources": sources[:MOST_SOURCES],
        "more_sources": len(sources[MOST_SOURCES:]),
        "notes": shown,
    }


def _summary(gathered: Gathered, figures: Figures, options: Options) -> str:
    tally, ranks = figures.tally, figures.ranks
    kind = "unreviewed claim" if options.unreviewed else "verified claim"
    articles = counted(len(gathered.articles), "article")
    if not tally.claims:
        return f"{articles}, and no {kind} yet."
    actors = len(ranks.own_actors) + ranks.other_actors
    concepts = len(ranks.own_concepts) + ranks.other_concepts
    on = f" on {counted(concepts, 'concept')}" if concepts else ""
    return (
        f"{counted(tally.claims, kind)} of {counted(actors, 'actor')}{on}, from {articles}: "
        f"{tally.stances.words}."
    )


def _contents(figures: Figures) -> list[tuple[str, str]]:
    shown = [
        ("matrix", "Who on what"),
        ("network", "Network"),
        ("time", "Over time"),
        ("activity", "Actors"),
        ("changes", "Changes"),
        ("sentences", "Sentences"),
        ("articles", "Articles"),
    ]
    return [
        ("read", "What was read"),
        *(shown if figures.tally.claims else ()),
        ("review", "Review"),
    ]


def _tiles(
    gathered: Gathered, figures: Figures, progress: Progress, options: Options
) -> list[tuple[str, str]]:
    tally, ranks = figures.tally, figures.ranks
    kind = "shown, unreviewed" if options.unreviewed else "verified"
    numbers = [
        ("article", "articles", len(gathered.articles)),
        ("claim extracted", "claims extracted", progress.extracted),
        (f"claim {kind}", f"claims {kind}", tally.claims),
        ("statement", "statements", tally.mapped),
        ("actor", "actors", len(ranks.own_actors) + ranks.other_actors),
        ("concept", "concepts", len(ranks.own_concepts) + ranks.other_concepts),
    ]
    return [(one if number == 1 else many, f"{number:,}") for one, many, number in numbers]


def _figures_view(figures: Figures) -> Json:
    return {
        "ranks": figures.ranks,
        "matrix": figures.matrix,
        "drawing": figures.drawing,
        "drawing_caption": _drawing_caption(figures.drawing, figures.ranks),
        "chart": figures.chart,
        "activity": figures.activity,
    }


def _drawing_caption(drawing: Drawing, ranks: Ranks) -> str:
    actors = sum(node.is_actor for node in drawing.nodes)
    concepts = counted(len(drawing.nodes) - actors, "concept")
    parts = [f"Drawn are {counted(actors, 'actor')} and {concepts}."]
    left = []
    if drawing.left_out:
        left.append(counted(drawing.left_out, "weaker tie"))
    if drawing.neutral:
        left.append(counted(drawing.neutral, "tie of no side", "ties of no side"))
    if ranks.other_actors or ranks.other_concepts:
        left.append("actors and concepts without a line of their own in the matrix")
    if left:
        parts.append(f"Left out: {'; '.join(left)}.")
    return " ".join(parts)


def _changes_view(changes: Sequence[Change], evidence: Evidence, figures: Figures) -> Json:
    shown = []
    for change in changes[:MOST_CHANGES]:
        earlier, later = (evidence.asked[claim, change.concept] for claim in change.claims)
        turn = (
            "support, then opposition" if change.before == "support" else "opposition, then support"
        )
        shown.append(
            {
                "actor": figures.tally.name(change.actor),
                "concept": figures.tally.label(change.concept),
                "turn": f"{turn} ({change.earlier} → {change.later})",
                "earlier": earlier,
                "later": later,
            }
        )
    return {"changes": shown, "more_changes": len(changes[MOST_CHANGES:])}


def _groups(evidence: Evidence, figures: Figures) -> Iterator[Json]:
    """The sentences by actor and then by concept."""
    ranks = figures.ranks
    for actor, line in zip(ranks.actors, figures.matrix.lines, strict=True):
        parts = [
            {
                "anchor": cell.anchor,
                "name": cell.concept,
                "counts": cell.counts,
                "entries": (items := evidence.cells[actor, concept]),
                "more": evidence.total[actor, concept] - len(items),
            }
            for concept, cell in zip(ranks.concepts, line.cells, strict=True)
            if cell
        ]
        yield {"anchor": line.anchor, "name": line.name, "parts": parts}


def _places(articles: Sequence[ShownArticle]) -> dict[tuple[str, str], str]:
    """Where on the page each claim stands among those of its article, by article and claim."""
    return {
        (article.article, claim.id): f"{article.anchor}-claim-{claim.number}"
        for article in articles
        for claim in article.claims
    }


def _articles_left_out(gathered: Gathered, with_claims: int, shown: int) -> list[str]:
    """What is said of the articles that the page does not show."""
    bare, lines = len(gathered.articles) - with_claims, []
    if shown < with_claims:
        lines.append(
            f"Shown are the {counted(shown, 'article')} with most claims that fit on a page to "
            f"send, of {with_claims:,} with claims; the figures count all of them."
        )
    if bare:
        verb = "is" if bare == 1 else "are"
        lines.append(f"{counted(bare, 'article')} without a claim {verb} not shown.")
    return lines
