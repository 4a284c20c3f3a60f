"""A workspace of very many articles, of which some claims are decided; what its commands take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.corpora import make_articles
from benchmarks.workspace import decisions_on, extracted_article, measured
from pipeline.dataset.ledger import LEDGER, line_for
from pipeline.jsonl import line_for as extraction_line_for
from pipeline.language.provenance import Made, describe_language, provenance_from
from pipeline.reading.metadata import to_toml

CLAIMS_OF_AN_ARTICLE = 2
_COMMANDS = (
    ("verify", ["verify"]),
    ("export -f jsonl", ["export", "-f", "jsonl", "-o", "out.jsonl"]),
    ("export -f csv", ["export", "-f", "csv", "-o", "out.csv"]),
    ("run, nothing new", ["run", "--no-push", "--inbox", "empty"]),
    ("run, new articles", ["run", "--no-push", "--inbox", "inbox"]),
    ("run, again", ["run", "--no-push", "--inbox", "inbox"]),
)


def make_large_workspace(folder: Path, articles: int, decisions: int, new: int) -> None:
    """Make a corpus, its extractions as they are made now, a ledger, and an inbox of new ones."""
    made = describe_language()
    if made is None:
        raise SystemExit("the model is no installed package")
    for name in ("corpus", "annotations/extracted", "inbox", "empty"):
        (folder / name).mkdir(parents=True)
    with (folder / "annotations" / LEDGER).open("w", encoding="utf-8", newline="") as ledger:
        for number in range(articles):
            decided = _write_article(folder, number, made, decisions)
            for line in decided:
                ledger.write(f"{line}\n")
            decisions -= len(decided)
    for article in make_articles(new, words=60):
        (folder / "inbox" / f"{article.id}.txt").write_text(article.text, encoding="utf-8")


def _write_article(folder: Path, number: int, made: Made, decisions: int) -> list[str]:
    """The lines of the ledger on an article that is written with its extraction."""
    found = extracted_article(number, CLAIMS_OF_AN_ARTICLE)
    found = replace(found, provenance=provenance_from(made, found.text))
    name = found.article
    (folder / "corpus" / f"{name}.txt").write_text(found.text, encoding="utf-8", newline="")
    (folder / "corpus" / f"{name}.toml").write_text(to_toml(found.metadata), encoding="utf-8")
    line = f"{extraction_line_for(found)}\n"
    (folder / "annotations" / "extracted" / f"{name}.jsonl").write_text(line, encoding="utf-8")
    return [line_for(decision) for decision in decisions_on(found, found.claims[:decisions])]


def measure_large(
    folder: Path, articles: int, decisions: int, new: int
) -> Iterator[tuple[str, float, str]]:
    """Each command's name, its seconds, and what else it took."""
    for name, words in _COMMANDS:
        used: dict[str, Any] = measured(folder, words)
        note = (
            f"{articles:,} articles, {decisions:,} decisions, {new:,} new: "
            f"{used['cpu_seconds']:,.0f} s of the processor, {used['megabytes']:,.0f} MB, "
            f"exit code {used['exit']}"
        )
        yield f"claims {name}", used["seconds"], note
