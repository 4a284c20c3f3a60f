"""The card of a dataset, in Markdown: what it is made of, how, by whom, and what it is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.dataset.records import CODEBOOK
from pipeline.report.facts import Facts
from pipeline.report.limits import find_limits
from pipeline.report.methods import tell_methods
from pipeline.report.progress import NOT_NOTED, Progress, reviewer_names
from pipeline.report.review_words import RULES, alpha_words, percent, share
from pipeline.report.sources import Source
from pipeline.report.words import counted, one_line

MOST_ROWS = 50
_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARKUP = re.compile(r"([\\`*\[\]#|~$!]|\b_|_\b)")


def write_card(facts: Facts) -> str:
    """The card as Markdown; no text of an article or its metadata is markup in it."""
    parts = [
        _head(facts),
        _counts(facts),
        _sources(facts.sources),
        _extraction(facts),
        _review(facts),
        _section("Limits", (f"- {line}" for line in map(plain, find_limits(facts)))),
        _section("Methods, for a paper", [plain(tell_methods(facts))]),
    ]
    return "\n".join(part for part in parts if part)


def plain(text: object, most: int = 4000) -> str:
    r"""The text as Markdown that shows just that: on one line, nothing of it markup.

    >>> print(plain("<b>*A* | B</b> &amp; C & D_E"))
    &lt;b>\*A\* \| B&lt;/b> &amp;amp; C & D_E
    """
    words = _ENTITY.sub("&amp;", one_line(text, most)).replace("<", "&lt;")
    return _MARKUP.sub(r"\\\1", words)


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}\n" if body else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(plain(cell, 200) for cell in row)} |"


def _head(facts: Facts) -> str:
    kind = "unreviewed" if facts.unreviewed else "verified"
    lines = [f"# Dataset card: {facts.tally.claims:,} {kind} claims", ""]
    lines.append(
        "Each claim is one holder's expressed position: holder, cue, stance (support, oppose or "
        "neutral) and target, with its sentence and the offsets of every span."
    )
    if facts.unreviewed:
        lines.append("**Nobody has reviewed these claims: they are as the machine found them.**")
    if facts.selection:
        lines.append(f"A selection: {plain(facts.selection)}.")
    return "\n".join([*lines, ""])


def _counts(facts: Facts) -> str:
    tally, stances = facts.tally, facts.tally.stances
    rows = [
        ("articles", facts.articles),
        ("articles with a claim", len(tally.articles)),
        ("claims", tally.claims),
        ("… in support", stances.support),
        ("… in opposition", stances.oppose),
        ("… neutral", stances.neutral),
        ("… statements (said, felt)", tally.forms["statement"]),
        ("… actions (voted, banned, joined)", tally.forms["action"]),
        ("actors (resolved)", facts.actors),
        ("concepts", facts.concepts),
        ("statements on concepts", tally.mapped),
    ]
    return _section("Counts", _table(("what", "how many"), ((a, f"{n:,}") for a, n in rows)))


def _sources(sources: Sequence[Source]) -> str:
    rows = [
        (
            one.publisher or "not stated",
            one.licence or "not stated",
            f"{one.articles:,}",
            one.dates or "not stated",
            ", ".join(one.languages) or "not stated",
        )
        for one in sources[:MOST_ROWS]
    ]
    lines = list(_table(("publisher", "licence", "articles", "dates", "languages"), rows))
    if len(sources) > MOST_ROWS:
        lines += ["", f"and {len(sources) - MOST_ROWS:,} more"]
    if rows:
        lines += ["", "The sentences are quoted from the articles: their licences hold for them."]
    return _section("Sources and licences", lines if rows else ())


def _extraction(facts: Facts) -> str:
    rows: list[tuple[str, str]] = [(words, f"{n:,}") for words, n in facts.made.sets()[:MOST_ROWS]]
    if facts.made.by_hand:
        rows.append(("added by a reviewer, not found by the machine", f"{facts.made.by_hand:,}"))
    if facts.made.unknown:
        rows.append(("what made them was not recorded", f"{facts.made.unknown:,}"))
    lines = [
        "Proposed by rules over a dependency parse, and by a learned reader where one is named:",
        "",
    ]
    return (
        _section("How the claims were extracted", [*lines, *_table(("with", "claims"), rows)])
        if rows
        else ""
    )


def _review(facts: Facts) -> str:
    progress = facts.progress
    if not progress.by_reviewer:
        return _section("Review", [f"Nobody has reviewed anything. Codebook version: {CODEBOOK}."])
    names = reviewer_names(progress.by_reviewer)
    share_of = percent(progress.decided, progress.extracted)
    decided = f"{progress.decided:,} of {progress.extracted:,} ({share_of})"
    rows = [
        ("of the machine's claims decided", decided),
        ("rule in force", f"{progress.rule}: {RULES[progress.rule]}"),
        ("codebook", _codebooks(progress)),
        ("decisions that accept, edit, reject a claim of the machine",
         ", ".join(f"{number:,}" for number in progress.shown.values())),
        ("claims added", f"{progress.added:,}"),
        ("claims judged by two or more", f"{progress.twice:,}"),
        ("claims on which reviewers differ", f"{progress.disputed:,}"),
        ("from, to", f"{progress.first}, {progress.last}"),
    ]  # fmt: skip
    often = sorted(progress.by_reviewer.items(), key=lambda one: (-one[1], one[0]))[:MOST_ROWS]
    people = _table(("reviewer", "decisions"), ((names[one], f"{n:,}") for one, n in often))
    return _section(
        "Review", [*_table(("what", "how"), rows), "", *people, "", *_agreement(progress, names)]
    )


def _codebooks(progress: Progress) -> str:
    told = []
    for version, number in progress.codebooks.items():
        decisions = counted(number, "decision")
        if version == NOT_NOTED:
            told.append(f"{decisions} by a version that was not noted")
        else:
            told.append(f"version {version} ({decisions})")
    return ", ".join(told)


def _agreement(progress: Progress, names: dict[str, str]) -> Iterator[str]:
    pairs = progress.agreement.pairs[:MOST_ROWS]
    if not pairs:
        yield "No passage was judged by two reviewers, so no agreement can be told."
        return
    head = ("reviewers", "passages", "F1 of claims", "… and stance", "… and target")
    yield from _table(
        head,
        (
            (
                " and ".join(names[one] for one in pair.reviewers),
                f"{pair.units:,}",
                share(pair.claims_f1),
                share(pair.stance_f1),
                share(pair.target_f1),
            )
            for pair in pairs
        ),
    )
    if words := alpha_words(progress):
        yield ""
        yield words
