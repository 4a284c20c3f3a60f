"""Small annotated articles and what a reader may have seen in them, by marked sentences of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.propose.reader import Holding, Reading
from pipeline.records import Claim, Extraction, Form, Holder, Span, Stance
from tests.extraction.claims.notation import Expected, Marked, parse
from training.readings import to_records

STATES = ("Kenya", "Norway", "Peru", "Japan", "Ghana")
PATTERNS = (
    "[{0}]{{holder}} [rejected]{{cue:oppose}} [the treaty on eels]{{target}}. It rained in May.",
    "[{0}]{{holder}} [welcomed]{{cue:support}} [the port of {1}]{{target}}. {1} praised the food.",
    "[{0}]{{holder}} [said]{{cue:neutral}} [the bridge is closed]{{target}}. {1} backed the cook.",
    "[{0}]{{holder}} [said]{{cue:oppose}} [the toll is a disgrace]{{target}}. {1} has a toll too.",
)
_ORDER = (Stance.SUPPORT, Stance.OPPOSE, Stance.NEUTRAL)


def marked_articles() -> Mapping[str, Marked]:
    """Twenty articles of one claim each, by their ids; in some the rules see one too many."""
    others = (*STATES[1:], STATES[0])
    pairs = product(PATTERNS, zip(STATES, others, strict=True))
    return {f"wn-{n}": parse(one.format(*states)) for n, (one, states) in enumerate(pairs)}


def annotated(name: str, marked: Marked) -> Extraction:
    """The article with the claims that are marked in it."""
    claims = tuple(_claim(one) for one in marked.claims)
    return Extraction(name, marked.text, claims=claims, metadata={"source": "Wikinews"})


def _claim(one: Expected) -> Claim:
    holder = Holder(one.holder.start, one.holder.end)
    return Claim("", holder, one.cue, one.stance, Form.STATEMENT, one.target)


def rows_of(
    nlp: Language, articles: Mapping[str, Marked], without: Mapping[str, Iterable[str]]
) -> Iterator[dict[str, Any]]:
    """The lines of a file of readings, each claim as it is marked, by the readers named."""
    for name, marked in articles.items():
        doc = nlp.make_doc(marked.text)
        for reader in without[name]:
            yield from to_records(name, reader, doc, [_reading(doc, one) for one in marked.claims])


def _reading(doc: Doc, one: Expected) -> Reading:
    return Reading(
        cue=_tokens(doc, one.cue),
        holders=(Holding(*_tokens(doc, one.holder), None, 0.9),),
        stances=tuple(0.8 if stance is one.stance else 0.1 for stance in _ORDER),  # type: ignore[arg-type]
        target=_tokens(doc, one.target) if one.target else None,
        form="statement",
        negated=False,
        hedged=False,
        attribution=None,
        cue_chance=0.9,
        target_chance=0.8,
        attribution_chance=0.9,
    )


def _tokens(doc: Doc, span: Span) -> tuple[int, int]:
    found = doc.char_span(span.start, span.end)
    assert found is not None
    return found.start, found.end
