"""A holder that a proposer found, and the mention that it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Span

from pipeline.language.exceptions import is_excepted
from pipeline.records import Kind, Mention, Source


@dataclass(frozen=True, slots=True)
class Held:
    """A holder found: where it stands, whom it means, and how it was found."""

    span: Span
    """The holder's words: a name, a phrase without its article, or a pronoun."""
    entity: str | None
    """The id of whom the words mean; None where nobody is found for them."""
    kind: Kind
    """What the entity is."""
    score: float
    """How sure it is that the words mean the entity, in ``[0, 1]``."""
    inferred: bool
    """Whether the entity was inferred, by reference or by ownership, and not read off a name."""
    rule: str
    """How the holder was found, in one word; a claim's evidence names it where it is inferred."""
    phrase_entity: str | None = None
    """The entity of the whole phrase where it stands for several, of whom this holder is one."""

    @property
    def key(self) -> str:
        """What tells this holder from another: its entity, else its place."""
        return self.entity or f"@{self.span.start_char}"

    @property
    def is_nobody(self) -> bool:
        """Whether nobody is known to hold; a name that is no mention is somebody."""
        return self.entity is None and self.rule != "missed-name"


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


def without_excepted(holders: Iterable[Held]) -> tuple[Held, ...]:
    """The holders without those whom an "except" or an "all but" takes out, in order."""
    return tuple(
        held for held in holders if held.rule == "exception" or not is_excepted(held.span.root)
    )
