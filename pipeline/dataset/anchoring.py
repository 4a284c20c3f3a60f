"""Finding a decision's place in the article as it is now."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.dataset.records import Decision, Position
from pipeline.files import sha256_of_text
from pipeline.records import Extraction


@dataclass(frozen=True, slots=True)
class Anchored:
    """A decided claim at its offsets in the present text."""

    position: Position
    text_sha256: str
    moved: bool = False


def anchor(decision: Decision, extraction: Extraction | None) -> Anchored | None:
    """Where the decided claim stands in the article now, None where it cannot be told.

    In an unchanged text that is where it was. In an edited one it is wherever the decision's
    context, word for word, stands exactly once: a passage that was itself edited, or that is
    there twice, is left to a person.
    """
    if extraction is None or decision.decided is None:
        return None
    text, position = extraction.text, decision.decided
    sha256 = sha256_of_text(text)
    if decision.text_sha256 == sha256:
        return Anchored(position, sha256) if position.stands_in(text) else None
    context = decision.context
    if context is None or not context.text or text.count(context.text) != 1:
        return None
    moved = position.moved(text.index(context.text) - context.start)
    return Anchored(moved, sha256, moved=True) if moved.stands_in(text) else None
