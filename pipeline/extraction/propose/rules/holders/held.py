"""A holder found, and the mention that it is."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from pipeline.records import Kind, Mention, Source


@dataclass(frozen=True, slots=True)
class Held:
    """A holder found: its span, entity and kind, and how it was found."""

    span: Span
    entity: str | None
    kind: Kind
    score: float
    inferred: bool
    rule: str
    phrase_entity: str | None = None

    @property
    def key(self) -> str:
        """What tells this holder from another: its entity, else its place."""
        return self.entity or f"@{self.span.start_char}"


def mention_of(held: Held) -> Mention:
    """The record of a holder that is a mention in its own right."""
    return Mention(
        start=held.span.start_char,
        end=held.span.end_char,
        kind=held.kind,
        entity=held.phrase_entity or held.entity,
        sources=(Source.COREFERENCE if held.inferred else Source.PATTERN,),
        score=held.score,
        inferred=held.inferred,
    )
