"""What a document holds before any claim is proposed: read once, never written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extraction.coreference import Resolver
from pipeline.language.quotations import Quotations, find_quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.lexicon.reference import Reference
    from pipeline.records import Mention


@dataclass(frozen=True)
class Scene:
    """A parsed document with its quotations; whom its phrases mean is told by ``resolver``."""

    doc: Doc
    quotations: Quotations
    reference: Reference

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The named mentions, sorted by place."""
        found: tuple[Mention, ...] = self.doc._.mentions
        return found

    @cached_property
    def resolver(self) -> Resolver:
        """Whom names, pronouns and definite phrases mean."""
        return Resolver(self.doc, self.reference)


def read_scene(doc: Doc, reference: Reference) -> Scene:
    """The scene of a document that has been parsed and whose mentions are known.

    ``reference`` has the nouns by which a phrase is resolved, from ``read_reference``.
    """
    return Scene(doc, find_quotations(doc), reference)
