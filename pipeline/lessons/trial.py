"""Whether an entry's examples are extracted: the whole extraction, and not the rules alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.concepts.lemmas import key_of
from pipeline.lessons.entries import Entry
from pipeline.lexicon.cues import Cue
from pipeline.lexicon.examples import Example, read_example
from pipeline.lexicon.rules import Rule
from pipeline.records import Claim

if TYPE_CHECKING:
    from spacy.language import Language

_HEAD = 3
_WORD = re.compile(r"[^\W\d_]+")
Entries = TypeVar("Entries", Cue, Rule)


def near(entries: Iterable[Entries], words: Sequence[str]) -> Iterator[Entries]:
    """The entries with those of their sentences alone in which one of the words stands in any form.

    Forms are told by their basic form and by how they begin: rather too many than too few.
    """
    keys = {key_of(word) for word in words}
    heads = tuple(word[:_HEAD] for word in words)

    def has_word(sentence: str) -> bool:
        found = _WORD.findall(plain_text(sentence))
        return any(one.lower().startswith(heads) or key_of(one) in keys for one in found)

    for entry in entries:
        kept: dict[str, Any] = {
            name: tuple(filter(has_word, getattr(entry, name)))
            for name in ("examples", "counterexamples")
            if hasattr(entry, name)
        }
        if any(kept.values()):
            yield replace(entry, **kept)


def plain_text(marked: str) -> str:
    """The sentence of an example without its marks.

    >>> plain_text("[Chile]{holder} left.")
    'Chile left.'
    """
    return read_example(marked, place="", identifier="", matches=True).text


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
