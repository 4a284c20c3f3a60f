"""Whether an entry's examples are extracted: the whole extraction, and not the rules alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.lessons.entries import Entry
from pipeline.lexicon.examples import Example, read_example
from pipeline.records import Claim

if TYPE_CHECKING:
    from spacy.language import Language


def find_unmade(nlp: Language, entry: Entry) -> Iterator[str]:
    """The examples of which no claim as marked is extracted, in plain text.

    And the counterexamples of which the entry makes a claim.

    ``nlp`` is what ``build_language`` returns for the lexicons that have the entry.
    """
    for marked, matches in (
        *((one, True) for one in entry.examples),
        *((one, False) for one in entry.counterexamples),
    ):
        example = read_example(marked, place="", identifier=entry.id, matches=matches)
        claims: tuple[Claim, ...] = nlp(example.text)._.claims
        own = [one for one in claims if one.evidence and one.evidence.cue == entry.id]
        if own if not matches else not any(_is_marked(example, one) for one in claims):
            yield example.text


def _is_marked(example: Example, claim: Claim) -> bool:
    """Whether the claim has the example's stance, at its holder and its cue."""
    for mark in example.marks:
        role, _, stance = mark.label.partition(":")
        if role == "holder" and not mark.span.overlaps(claim.holder.span):
            return False
        if role == "cue" and (not mark.span.overlaps(claim.cue) or claim.stance.value != stance):
            return False
    return True
