"""The examples and counterexamples in the files under ``models/``, tried on the pipeline.

An example of an entity marks its name; one of a cue marks holder, cue with stance, and target:
``[Chile]{holder} [rejected]{cue:oppose} [the draft]{target}``. All that is marked must be found so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.lexicon.check import Fault
from pipeline.lexicon.cues import Cue
from pipeline.lexicon.entity_files import Entry
from pipeline.lexicon.rules import Rule
from pipeline.records import Claim, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_MARK = re.compile(r"\[(?P<words>[^\]\[]*)\](?:\{(?P<label>[^}]*)\})?")


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words of an example: where they stand in the plain text, and their label."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of an entry with the spans that it marks; ``matches`` is False where none may."""

    place: str
    id: str
    text: str
    marks: tuple[Mark, ...]
    matches: bool


def read_example(marked: str, *, place: str, identifier: str, matches: bool) -> Example:
    """The example without its marks, and where they stood.

    >>> example = read_example("[Chile]{holder} left.", place="", identifier="", matches=True)
    >>> example.text, example.marks[0].label
    ('Chile left.', 'holder')
    """
    marks: list[Mark] = []
    removed = 0
    for match in _MARK.finditer(marked):
        start = match.start() - removed
        words = match["words"]
        marks.append(Mark(Span(start, start + len(words)), match["label"] or ""))
        removed += len(match[0]) - len(words)
    text = _MARK.sub(lambda match: match["words"], marked)
    return Example(place, identifier, text, tuple(marks), matches)


def check_entity_examples(nlp: Language, entries: Iterable[Entry]) -> Iterator[Fault]:
    """Examples whose mark is not found as the entity, counterexamples in which it is.

    A mention leaves out the article of "The Guardian" (codebook §1.4), whatever the mark does.
    """
    for example, doc in _tried(nlp, entries):
        found = _spans_of(doc, example.id, adjectives=example.matches)
        if example.matches:
            for span in (_without_article(mark.span, doc.text) for mark in example.marks):
                if not any(start <= span.start and span.end <= end + 1 for start, end in found):
                    yield _fault(example, f"{span.text_in(doc.text)!r} is not {example.id}")
        elif found:
            yield _fault(example, f"{doc.text[slice(*found[0])]!r} is {example.id}")


def check_cue_examples(nlp: Language, cues: Iterable[Cue]) -> Iterator[Fault]:
    """Examples whose claim is not as marked, counterexamples in which the cue makes a claim.

    ``nlp`` should be one that is ``pipeline.extraction.build.proposing``: a cue's example shows
    what the cue proposes.
    """
    for example, doc in _tried(nlp, cues):
        made = [c for c in doc._.claims if c.evidence and c.evidence.cue == example.id]
        if example.matches and (wrong := _differences(example, made)):
            yield _fault(example, f"{example.id} {wrong}")
        elif made and not example.matches:
            yield _fault(example, f"{example.id} makes a claim")


def check_rule_examples(nlp: Language, rules: Iterable[Rule]) -> Iterator[Fault]:
    """Examples in which the rule, or the refusal, takes no part."""
    examples = [
        read_example(sentence, place=rule.place, identifier=rule.id, matches=True)
        for rule in rules
        for sentence in rule.examples
    ]
    for doc, example in nlp.pipe(((one.text, one) for one in examples), as_tuples=True):
        used = {used for claim in doc._.claims for used in claim.evidence.rules}
        used |= {refused.rule for refused in doc._.refused}
        if example.id not in used:
            yield _fault(example, f"{example.id} takes no part")


def _fault(example: Example, what: str) -> Fault:
    kind = "example" if example.matches else "counterexample"
    about = f"{example.id} | {example.text}"
    return Fault(example.place, f"{kind}: {what} in: {example.text}", about)


def _without_article(span: Span, text: str) -> Span:
    article = span.text_in(text).startswith("The ")
    return Span(span.start + len("The "), span.end) if article else span


def _tried(nlp: Language, entries: Iterable[Entry | Cue]) -> Iterator[tuple[Example, Doc]]:
    """Every example and counterexample with its doc."""
    examples = [
        read_example(sentence, place=entry.place, identifier=entry.id, matches=matches)
        for entry in entries
        for sentences, matches in ((entry.examples, True), (entry.counterexamples, False))
        for sentence in sentences
    ]
    docs = nlp.pipe((example.text for example in examples), batch_size=64)
    yield from zip(examples, docs, strict=True)


def _differences(example: Example, made: list[Claim]) -> str:
    """What is not as the example marks it, in words; empty where all is."""
    if not made:
        return "makes no claim"
    return "; ".join(filter(None, (_difference(example, mark, made) for mark in example.marks)))


def _difference(example: Example, mark: Mark, made: list[Claim]) -> str:
    """What one mark asks for and no claim has."""
    role, _, stance = mark.label.partition(":")
    found = {_role_of(claim, role) for claim in made}
    if mark.span not in found:
        other = next((span.text_in(example.text) for span in found if span), None)
        return f"has {other!r} as {role}, not {mark.span.text_in(example.text)!r}"
    stances = {claim.stance.value for claim in made if _role_of(claim, role) == mark.span}
    if stance and stance not in stances:
        return f"is {' and '.join(sorted(stances))}, not {stance}"
    return ""


def _role_of(claim: Claim, role: str) -> Span | None:
    return claim.cue if role == "cue" else claim.target if role == "target" else claim.holder.span


def _spans_of(doc: Doc, entity: str, *, adjectives: bool) -> list[tuple[int, int]]:
    """Where the doc has the entity, as a mention or as what may hold a claim (an adjective)."""
    found = [(item.start, item.end) for item in doc._.mentions if item.entity == entity]
    if not found and adjectives:
        found = [
            (span.start_char, span.end_char)
            for span in doc.spans.get("lexicon", ())
            if span.id_ == entity
            and (span.kb_id_ in ("adjective", "demonym") or span.text.islower())
        ]
    return found
