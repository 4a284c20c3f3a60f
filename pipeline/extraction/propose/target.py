"""A target that a proposer found."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token


@dataclass(frozen=True, slots=True)
class Target:
    """What a position is about: where it stands, its head, and where it was looked for."""

    span: Span
    """The target's words, without loose punctuation at either end."""
    head: Token
    """The word that the target's stance is read from: its noun, or its clause's verb."""
    slot: str
    """Where it was found: a slot of the cue's entry, or a proposer's own (``quote``, ``cell``)."""
