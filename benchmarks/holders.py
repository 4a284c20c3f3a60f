"""Whether holders are found and told apart: on the annotated articles, and in UN speeches.

``python -m benchmarks.holders [--half even|odd] [--speeches N] [--json] [--texts FOLDER]``

Of the holders that people marked, how many are a candidate of the rules with the same span (a
name, a pronoun, or a phrase for somebody), and how many candidates a sentence has; of those
found, whether two that are one to the annotator are one to us (B³ within each article, since ids
of bodies were chosen freely), and whether a state has its code. Of the claims in the first person
in speeches whose country is known, how many were given to another country, with and without the
country in the metadata.

Source: Bagga and Baldwin 1998 (B³); the split of the articles is that of ``pipeline.learning``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from benchmarks import sets
from benchmarks.figures import Figure, build_table, ratio, to_records
from pipeline.errors import PipelineError
from pipeline.extraction.build import build_language
from pipeline.extraction.extract import extract_articles
from pipeline.extraction.propose.rules import RuleProposer, read_vocabulary
from pipeline.extraction.scene import read_scene
from pipeline.language.words import (
    FIRST_PLURAL,
    FIRST_SINGULAR,
)
from pipeline.learning.split import Half, half_of
from pipeline.lexicon.entities import load_entities
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.reference import Reference, read_reference
from pipeline.lexicon.states import state_codes
from pipeline.records import Article, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CLAIMS = "claims/train.jsonl"
AIMS = {"found": 0.92, "clusters": 0.97, "states": 0.98}
_STATE = "country:"
Meant = dict[Span, frozenset[str]]
"""Whom each holder's span means: several entities where it stands for several."""


@dataclass(slots=True)
class Count:
    """What is counted over the articles; ``precision`` and ``recall`` are sums of B³ shares."""

    holders: int = 0
    found: int = 0
    sentences: int = 0
    candidates: int = 0
    precision: float = 0.0
    recall: float = 0.0
    states: int = 0
    right_states: int = 0
    wrong: list[str] = field(default_factory=list)


def score_holders(nlp: Language, articles: Iterable[sets.Row]) -> tuple[list[Figure], list[str]]:
    """The figures of the annotated articles, and a line for each holder missed.

    No line is of the half of the articles that nobody reads.
    """
    proposer, reference = RuleProposer(read_vocabulary()), read_reference(models_folders())
    count = Count()
    for row in articles:
        gold = gold_holders(row)
        doc = _parse(nlp, row)
        ours = find_holders(doc, proposer, reference)
        count.sentences += len(list(doc.sents))
        count.candidates += len(ours)
        _add(count, gold, ours, str(row["article"]), str(row["text"]))
    return _figures(count), count.wrong


def find_holders(doc: Doc, proposer: RuleProposer, reference: Reference) -> Meant:
    """Whom each candidate of the rules means, by its span; nobody where that is not known."""
    found: dict[Span, set[str]] = defaultdict(set)
    for held in proposer.candidates(read_scene(doc, reference)):
        meant = found[Span(held.span.start_char, held.span.end_char)]
        if held.entity:
            meant.add(held.entity)
    return {span: frozenset(entities) for span, entities in found.items()}


def gold_holders(row: sets.Row) -> Meant:
    """Whom each marked holder means."""
    found: dict[Span, set[str]] = defaultdict(set)
    for claim in sets.read_list(row["claims"]):
        holder = claim["holder"]
        found[Span(holder["start"], holder["end"])].add(str(holder["entity"]))
    return {span: frozenset(entities) for span, entities in found.items()}


def b_cubed(gold: Meant, ours: Meant) -> tuple[float, float]:
    """The sums of precision and recall over the spans of ``gold``; all must be in ``ours``.

    Whom nobody is found for is alone.

    >>> chile, it = Span(0, 5), Span(9, 11)
    >>> same = {chile: frozenset({"country:CL"}), it: frozenset({"country:CL"})}
    >>> b_cubed(same, {chile: frozenset({"x"}), it: frozenset({"y"})})
    (2.0, 1.0)
    """
    precision = recall = 0.0
    for span in gold:
        wanted = {other for other in gold if gold[other] == gold[span]}
        meant = {other for other in gold if other == span or (ours[span] == ours[other] != set())}
        shared = len(wanted & meant)
        precision += shared / len(meant)
        recall += shared / len(wanted)
    return precision, recall


def _add(count: Count, gold: Meant, ours: Meant, article: str, text: str) -> None:
    known = {span: entities for span, entities in gold.items() if span in ours}
    count.holders += len(gold)
    count.found += len(known)
    precision, recall = b_cubed(known, ours)
    count.precision += precision
    count.recall += recall
    for span, entities in gold.items():
        meant = ours.get(span)
        state = any(entity.startswith(_STATE) for entity in entities)
        count.states += state and meant is not None
        count.right_states += state and meant == entities
        readable = half_of(article) is Half.EVEN
        if readable and (meant is None or (state and meant != entities)):
            said = "none" if meant is None else ",".join(sorted(meant)) or "nobody"
            words = span.text_in(text)
            count.wrong.append(f"{article}:{span.start} {words} {sorted(entities)} → {said}")


def _figures(count: Count) -> list[Figure]:
    precision, recall = ratio(count.precision, count.found), ratio(count.recall, count.found)
    both = None
    if precision and recall:
        both = 2 * precision * recall / (precision + recall)
    note = f"{count.found} of {count.holders}"
    shares = f"P {precision or 0:.3f} R {recall or 0:.3f}"
    states = f"{count.right_states} of {count.states}"
    return [
        Figure("claims", "holders found, same span", ratio(count.found, count.holders),
               AIMS["found"], note),
        Figure("claims", "candidates a sentence", ratio(count.candidates, count.sentences)),
        Figure("claims", "one to us who are one, B³ F1", both, AIMS["clusters"], shares),
        Figure("claims", "states' ids", ratio(count.right_states, count.states),
               AIMS["states"], states),
    ]  # fmt: skip


def _parse(nlp: Language, row: sets.Row) -> Doc:
    """The article's document with its names and without claims."""
    doc = nlp.make_doc(str(row["text"]))
    doc._.metadata = row.get("metadata") or {}
    with nlp.select_pipes(disable="claim_matcher"):
        return next(iter(nlp.pipe([doc])))


def score_speeches(
    nlp: Language, rows: Sequence[sets.Row], *, known: bool
) -> tuple[list[Figure], list[str]]:
    """Whose the claims in the first person are; ``known`` where the metadata are given."""
    whose: Counter[str] = Counter()
    lines: list[str] = []
    own = {str(row["article"]): _country(row) for row in rows}
    articles = (
        Article(str(row["article"]), str(row["text"]), _metadata(row) if known else {})
        for row in rows
    )
    for extraction in extract_articles(nlp, articles):
        for claim in extraction.claims:
            words = claim.holder.span.text_in(extraction.text)
            if words.lower() not in FIRST_SINGULAR | FIRST_PLURAL:
                continue
            entity = claim.holder.entity or "nobody"
            side = _side(entity, own[extraction.article])
            whose[side] += 1
            if side in ("another country", "another body"):
                lines.append(f"{extraction.article}:{claim.holder.start} {words} → {entity}")
    return _speech_figures(whose, known=known), lines


def _side(entity: str, own: str | None) -> str:
    """Whom a claim in the first person was given to, of the four that there are."""
    if entity == own:
        return "own country"
    if entity.startswith(_STATE):
        return "another country"
    return "unknown" if entity in ("unknown:speaker", "nobody") else "another body"


def _speech_figures(whose: Counter[str], *, known: bool) -> list[Figure]:
    name = "speeches, country given" if known else "speeches"
    return [
        Figure(name, f"first person, {side}", float(whose[side]), None, f"{whose.total()} claims")
        for side in ("own country", "unknown", "another body", "another country")
    ]


def _metadata(row: sets.Row) -> Mapping[str, object]:
    given = row.get("metadata")
    return given if isinstance(given, Mapping) else {}


def _country(row: sets.Row) -> str | None:
    """The entity of the country whose speech it is."""
    return _entities().get(str(_metadata(row).get("country")).lower())


@cache
def _entities() -> dict[str, str]:
    return state_codes(load_entities().entries)


def _articles(path: Path, half: str) -> Iterator[sets.Row]:
    for row in sets.read_rows(path):
        if half in ("all", half_of(str(row["article"])).value):
            yield row


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; the exit code is 0, or 2 where a setting is wrong."""
    options = _read_options(arguments)
    try:
        figures, lines = _score(options)
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.errors:
        print(*lines, sep="\n", file=sys.stderr)
    if options.json:
        print(json.dumps(to_records(figures), ensure_ascii=False, indent=2))
    else:
        width = None if sys.stdout.isatty() else 120
        Console(highlight=False, markup=False, width=width).print(build_table(figures))
    return 0


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.holders", description=__doc__)
    parser.add_argument("--half", choices=("even", "odd", "all"), default="all")
    parser.add_argument("--speeches", type=int, default=300, help="how many, spread over the file")
    parser.add_argument("--errors", action="store_true", help="print what is wrong, to stderr")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--texts", type=Path, help="the folder of the sets, else DEV_TEXTS")
    return parser.parse_args(arguments)


def _score(options: argparse.Namespace) -> tuple[list[Figure], list[str]]:
    folder = sets.find_texts(options.texts)
    nlp = build_language(profile="fast")
    figures, lines = score_holders(nlp, _articles(folder / CLAIMS, options.half))
    speeches = sets.read_rows(folder / sets.FILES["ungdc"], options.speeches)
    rows = [row for row in speeches if _country(row) is not None]
    for known in (False, True) if rows else ():
        more, others = score_speeches(nlp, rows, known=known)
        figures, lines = [*figures, *more], [*lines, *others]
    return figures, lines


if __name__ == "__main__":
    raise SystemExit(main())
