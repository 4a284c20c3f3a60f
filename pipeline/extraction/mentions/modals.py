"""People whose names are modals too: "May criticised it" has a past form, which no modal takes.

Source: codebook §1: whoever the text names holds, whatever the model reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AUXILIARIES = frozenset(["aux", "auxpass"])
_SUBJECT = "nsubj"


def read_as_subjects(doc: Doc, settled: Sequence[Candidate]) -> None:
    """Make a person's name that the parse has as a modal the subject of its verb.

    Where the verb stands in a form that no modal has after it, and has no other subject.
    """
    for item in settled:
        token = doc[item.start]
        if item.kind is Kind.PERSON and item.end - item.start == 1 and _is_misread(token):
            token.tag_, token.pos_, token.dep_ = "NNP", "PROPN", _SUBJECT


def _is_misread(token: Token) -> bool:
    verb = token.head
    if token.dep_ not in _AUXILIARIES or not token.text.istitle() or verb.i <= token.i:
        return False
    others = [child for child in verb.children if child.i != token.i]
    if any(child.dep_ in _AUXILIARIES or child.dep_ == _SUBJECT for child in others):
        return False
    return verb.tag_ in ("VBD", "VBN", "VBZ")
