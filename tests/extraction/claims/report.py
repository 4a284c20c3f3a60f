"""``python -m tests.extraction.claims.report [--failures] [PHENOMENON ...]``: pairs in words."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.records import Claim, Span, Stance
from tests.extraction.claims.notation import Expected, Pair, read_pairs
from tests.extraction.claims.scoring import Outcome, PairOutcome, score

if TYPE_CHECKING:
    from spacy.language import Language

PAIRS = Path(__file__).parent / "pairs"


def run_pairs(nlp: Language, pairs: Sequence[Pair]) -> list[PairOutcome]:
    """The outcome of each pair, in order; all sentences go through the pipeline at once."""
    sentences = [member for pair in pairs for member in pair.members]
    docs = nlp.pipe((sentence.text for sentence in sentences), batch_size=64)
    outcomes = [
        score(sentence, doc._.claims, doc._.mentions)
        for sentence, doc in zip(sentences, docs, strict=True)
    ]
    return [
        PairOutcome(pair, (outcomes[2 * number], outcomes[2 * number + 1]))
        for number, pair in enumerate(pairs)
    ]


def to_table(outcomes: Iterable[PairOutcome]) -> str:
    """One line a phenomenon with pairs, passed and reversals, and a last line for all."""
    groups = [
        (name, list(group)) for name, group in groupby(outcomes, lambda one: one.pair.phenomenon)
    ]
    rows = [_row(name, group) for name, group in groups]
    rows.append(_row("all", [one for _, group in groups for one in group]))
    head = f"{'phenomenon':<28}{'pairs':>6}{'passed':>8}{'share':>8}{'reversals':>11}"
    return "\n".join([head, *rows])


def _row(name: str, outcomes: Sequence[PairOutcome]) -> str:
    passed = sum(one.passed for one in outcomes)
    share = passed / len(outcomes) if outcomes else 0.0
    reversals = sum(one.reversals for one in outcomes)
    return f"{name:<28}{len(outcomes):>6}{passed:>8}{share:>8.3f}{reversals:>11}"


def to_failures(outcomes: Iterable[PairOutcome]) -> str:
    """Each sentence that failed, with what was missed and what was made too much."""
    members = (member for one in outcomes for member in one.members)
    return "\n\n".join("\n".join(_failure(m)) for m in members if not m.passed)


def _failure(outcome: Outcome) -> Iterator[str]:
    text = outcome.sentence.text
    mark = " REVERSED" if outcome.reversals else ""
    yield f"{outcome.sentence.place}{mark}: {text!r}"
    for expected in outcome.missed:
        yield f"    missed  {_expected(expected, text)}"
    for claim in outcome.extra:
        yield f"    extra   {_found(claim, text)}"


def _expected(claim: Expected, text: str) -> str:
    flags = [
        name if value else f"not {name}"
        for name, value in (("negated", claim.negated), ("hedged", claim.hedged))
        if value is not None
    ]
    spans = (claim.holder, claim.cue, claim.target, claim.attribution)
    return _line(text, claim.stance, flags, spans)


def _found(claim: Claim, text: str) -> str:
    flags = [name for name in ("negated", "hedged") if getattr(claim, name)]
    source = claim.attribution.span if claim.attribution else None
    spans = (claim.holder.span, claim.cue, claim.target, source)
    rule = claim.evidence.cue if claim.evidence else ""
    return _line(text, claim.stance, flags, spans) + f"  ({rule})"


def _line(text: str, stance: Stance, flags: Sequence[str], spans: Sequence[Span | None]) -> str:
    holder, cue, target, source = (span.text_in(text) if span else "-" for span in spans)
    parts = [holder, cue, stance.value, target, *flags]
    return " | ".join(parts) + (f" | attribution {source}" if spans[3] else "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, after the failures where asked; 1 where a pair failed."""
    from pipeline.extraction.build import build_language

    parser = argparse.ArgumentParser(description="Run the minimal pairs.")
    parser.add_argument("phenomena", nargs="*", help="only these (file stems)")
    parser.add_argument("--failures", action="store_true", help="print each failed sentence")
    options = parser.parse_args(arguments)
    pairs = [
        pair
        for pair in read_pairs(PAIRS)
        if not options.phenomena or pair.phenomenon in options.phenomena
    ]
    outcomes = run_pairs(build_language(profile="fast"), pairs)
    if options.failures:
        print(to_failures(outcomes), end="\n\n")
    print(to_table(outcomes))
    return 0 if all(one.passed for one in outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main())
