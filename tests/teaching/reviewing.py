"""A workspace of short articles whose reviewer holds one word to be no cue."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.dataset.ledger import LEDGER, append_decisions
from pipeline.dataset.lines import with_id
from pipeline.dataset.records import Decision, Origin, Verdict, quote
from pipeline.export.rows import position_of
from pipeline.extraction.extract import extract_articles
from pipeline.files import sha256_of_text
from pipeline.jsonl import write_extractions
from pipeline.records import Article, Extraction
from pipeline.review.units import build_units
from tests.cli.running import add_article

STATES = ("Chile", "Peru", "Mali", "Norway", "Kenya", "Japan")
THINGS = ("the draft", "the treaty", "the ban", "the new tax", "the port deal")
REFUSED = "praised"
"""The word of which the reviewer says that it carries no position."""


def text_of(number: int) -> str:
    """An article of four paragraphs, in two of which somebody praises."""
    lines = []
    for place in range(4):
        state = STATES[(number + place) % len(STATES)]
        thing = THINGS[(number * 2 + place) % len(THINGS)]
        verb = REFUSED if place % 2 else ("supports", "rejected")[number % 2]
        lines.append(f"{state} {verb} {thing}.")
    return "\n\n".join(lines) + "\n"


def make_articles(nlp, folder: Path, count: int) -> list[Extraction]:
    """The articles in the corpus, extracted."""
    articles = []
    for number in range(count):
        name = f"article-{number}"
        add_article(folder, name, text_of(number))
        articles.append(Article(name, text_of(number)))
    found = list(extract_articles(nlp, articles))
    for one in found:
        write_extractions(folder / "annotations" / "extracted" / f"{one.article}.jsonl", [one])
    return found


def decide_all(folder: Path, extractions: Iterable[Extraction]) -> list[Decision]:
    """Every claim accepted, but those of the refused word, as a pull would write it down."""
    decisions = []
    for one in extractions:
        for unit in build_units(one):
            for claim in unit.claims:
                decisions.append(_decide(one, unit.id, len(unit.claims), claim))
    append_decisions(folder / "annotations" / LEDGER, decisions)
    return decisions


def _decide(one: Extraction, unit: str, shown: int, claim) -> Decision:
    position = position_of(claim, one.text)
    sentence = next(each for each in one.sentences if each.start <= claim.cue.start < each.end)
    refused = REFUSED in claim.cue.text_in(one.text)
    return with_id(
        Decision(
            verdict=Verdict.REJECTED if refused else Verdict.ACCEPTED,
            article=one.article,
            text_sha256=sha256_of_text(one.text),
            claim=claim.id,
            reviewer="ana@example.com",
            decided_at="2026-01-01T10:00:00.000000Z",
            origin=Origin("http://server", 1, 7, f"note-{unit}", unit),
            context=quote(one.text, sentence.span),
            shown=position,
            decided=None if refused else position,
            unit_claims=shown,
        )
    )
