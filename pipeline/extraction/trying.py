"""Texts that are parsed once and read by several cues: how an entry is tried before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipeline.extraction.build import CLAIMS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from pipeline.lexicon.cues import Cue
    from pipeline.records import Claim


def parse_texts(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """A document for each text, parsed and with its mentions, from which no claim was read yet."""
    with nlp.select_pipes(disable=[CLAIMS]):
        yield from nlp.pipe(texts)


@contextmanager
def with_cues(nlp: Language, cues: Iterable[Cue]) -> Iterator[Language]:
    """The language, whose proposers know these cues too as long as the block runs.

    The verbs that the grammar knows by the stance of their cues are as the lexicons have them.
    """
    matcher: Any = nlp.get_pipe(CLAIMS)
    with matcher.cues.laid_over(cues):
        yield nlp


def read_claims(nlp: Language, doc: Doc) -> tuple[Claim, ...]:
    """The claims of a document of ``parse_texts``, by the cues of now; it stays as it is."""
    matcher: Any = nlp.get_pipe(CLAIMS)
    own = doc._
    kept = own.claims, own.mentions, own.refused, own.missed
    try:
        found: tuple[Claim, ...] = matcher(doc)._.claims
    finally:
        own.claims, own.mentions, own.refused, own.missed = kept
    return found
