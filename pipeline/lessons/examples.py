"""Examples and counterexamples of a suggested entry, from the sentences that people decided on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extraction.build import proposing
from pipeline.extraction.trying import parse_texts, read_claims, with_cues
from pipeline.lessons.decided import is_claim_of
from pipeline.lessons.entries import Entry
from pipeline.lessons.shaping import Wanted, has_target, is_cue_of
from pipeline.lessons.windows import Window
from pipeline.lexicon.examples import check_cue_examples
from pipeline.records import Claim, Holder, Span

if TYPE_CHECKING:
    from spacy.language import Language

MOST = 3
"""So many examples, and so many counterexamples, an entry gets."""

_MARKS = frozenset("[]{}")


def find_examples(nlp: Language, entry: Entry, wanted: Iterable[Wanted]) -> tuple[str, ...]:
    """Sentences of added claims with their marks, each of which holds by itself.

    An example marks what a person marked, or what the machine finds of the same claim.
    """
    found: list[str] = []
    for one in wanted:
        if len(found) == MOST:
            break
        held = _first_that_holds(nlp, entry, _marked(nlp, entry, one))
        found += [] if held is None or held in found else [held]
    return tuple(found)


def find_counterexamples(nlp: Language, entry: Entry, against: Iterable[Window]) -> tuple[str, ...]:
    """Of the sentences, those in which the entry makes no claim, as they are to be.

    ``against`` are sentences with the words of the entry in which somebody rejected a claim, or
    took one for neutral.
    """
    found: list[str] = []
    for window in against:
        if len(found) == MOST:
            break
        sentence = _on_one_line(window.words)
        if not _MARKS & set(sentence) and sentence not in found:
            tried = replace(entry, examples=(), counterexamples=(sentence,))
            found += [] if _is_faulty(nlp, tried) else [sentence]
    return tuple(found)


def _first_that_holds(nlp: Language, entry: Entry, marked: Iterable[str]) -> str | None:
    tries = (replace(entry, examples=(sentence,), counterexamples=()) for sentence in marked)
    return next((one.examples[0] for one in tries if not _is_faulty(nlp, one)), None)


def _is_faulty(nlp: Language, entry: Entry) -> bool:
    cue = entry.to_cue()
    with with_cues(nlp, (cue,)), proposing(nlp):
        return any(check_cue_examples(nlp, (cue,)))


def _marked(nlp: Language, entry: Entry, wanted: Wanted) -> Iterator[str]:
    """The sentence with the marks of a person, then with those of the machine, by itself."""
    sentence, place = wanted.window.words, wanted.addition.position
    if _MARKS & set(sentence):
        return
    start, stance = wanted.window.sentence.start, place.stance.value
    roles = [(place.holder.span, "holder"), (place.cue.span, f"cue:{stance}")]
    own = [*roles, (place.target.span, "target")] if place.target else roles
    for marks in (own, roles):
        yield from _with_marks(sentence, start, marks)
    if claim := _found_alone(nlp, entry, wanted):
        found = [(claim.holder.span, "holder"), (claim.cue, f"cue:{stance}")]
        if claim.target is not None and has_target(wanted, claim):
            found.append((claim.target, "target"))
        yield from _with_marks(sentence, start, found)


def _found_alone(nlp: Language, entry: Entry, wanted: Wanted) -> Claim | None:
    """The claim that the entry makes of the sentence by itself, in the article's offsets."""
    by = wanted.window.sentence.start
    (doc,) = parse_texts(nlp, (wanted.window.words,))
    with with_cues(nlp, (entry.to_cue(),)), proposing(nlp):
        claims = read_claims(nlp, doc)
    for claim in claims:
        moved = replace(
            claim,
            holder=Holder(claim.holder.start + by, claim.holder.end + by),
            cue=Span(claim.cue.start + by, claim.cue.end + by),
            target=Span(claim.target.start + by, claim.target.end + by) if claim.target else None,
        )
        if is_cue_of(entry, claim) and is_claim_of(wanted.addition.position, moved):
            return moved
    return None


def _with_marks(sentence: str, start: int, marks: Sequence[tuple[Span, str]]) -> Iterator[str]:
    """The sentence with the marks in it; none where they overlap or lie outside."""
    ordered = sorted(marks)
    spans = [span for span, _ in ordered]
    inside = all(start <= one.start and one.end <= start + len(sentence) for one in spans)
    apart = all(one.end <= other.start for one, other in pairwise(spans))
    if not inside or not apart:
        return
    for span, label in reversed(ordered):
        begin, end = span.start - start, span.end - start
        sentence = f"{sentence[:begin]}[{sentence[begin:end]}]{{{label}}}{sentence[end:]}"
    yield _on_one_line(sentence)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
