"""Finding a decision's place in the article as it is now."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.dataset.reanchor import AnchorState, anchor_decision
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

    In an unchanged text that is where it was. In an edited one it is found again by its words and
    their context (``pipeline.dataset.reanchor``): a passage that was itself edited, or that has a
    look-alike, is left to a person.
    """
    if extraction is None or decision.decided is None:
        return None
    found = anchor_decision(decision, extraction.text)
    if found.position is None:
        return None
    sha256 = sha256_of_text(extraction.text)
    return Anchored(found.position, sha256, moved=found.state is AnchorState.MOVED)
