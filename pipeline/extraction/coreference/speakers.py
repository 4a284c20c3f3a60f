"""Who says "I" and "we": the speaker of a quotation, the author, the body that issues a statement.

Source: codebook §2, rules 1 and 8.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import (
    BODIES,
    Context,
    Named,
    Resolution,
    resolved,
)
from pipeline.extraction.coreference.places import main_subject
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.words import FIRST_PLURAL
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token


class SpeakerResolver:
    """Resolves the pronouns of the first person."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def first_person(self, token: Token) -> Resolution:
        """Whom "I" or "we" means; an unknown speaker where that is not plain."""
        many = token.lower_ in FIRST_PLURAL
        if token.i in self.context.quoted:
            speaker = self._speaker(token)
            if speaker is not None:
                return resolved(speaker, "speaker", factor=0.85)
            return _unknown(many=many)
        author = self.context.author
        if author is not None:
            return Resolution(author[0], Kind.PERSON, 0.9, author[1], "author", (author[0],))
        issuer = self._issuer
        if issuer is not None and many:
            return resolved(issuer, "issuer", factor=0.65)
        return _unknown(many=many)

    def _speaker(self, token: Token) -> Named | None:
        """The subject of the verb of saying next to the quotation, else of the sentence."""
        starts = (token.sent.start, *self.context.sentences_before(token, at_most=1))
        for start in starts:
            named = self._sayer(start)
            if named is not None:
                return named
        for start in starts:
            subject = main_subject(self.context.doc[start].sent.root)
            if subject is not None and subject.i not in self.context.quoted:
                return self.context.at.get(subject.i)
        return None

    def _sayer(self, start: int) -> Named | None:
        """The named subject of a verb of saying outside the quotations of one sentence."""
        for verb in self.context.doc[start].sent:
            if verb.lemma_ not in self.context.reference.speaking_verbs:
                continue
            if verb.i in self.context.quoted:
                continue
            for child in verb.children:
                named = self.context.at.get(child.i)
                if child.dep_ in NOMINAL_SUBJECTS and named is not None:
                    return named
        return None

    @cached_property
    def _issuer(self) -> Named | None:
        """In a statement, the body that condemns, welcomes or calls for something in it.

        Failing that, the one that is a subject over and over.
        """
        subjects = [
            item
            for item in self.context.named
            if item.subject and item.kind in BODIES and item.span.root.i not in self.context.quoted
        ]
        words = self.context.reference.declaring_words
        declaring = [item for item in subjects if _declares(item.span.root.head, words)]
        return _foremost(declaring, at_least=1) or _foremost(subjects, at_least=2)


def _foremost(items: list[Named], *, at_least: int) -> Named | None:
    """The first of the entity that comes so often, and twice as often as any other."""
    counts = Counter(item.entity for item in items).most_common(2)
    if not counts or counts[0][1] < at_least:
        return None
    if len(counts) > 1 and counts[0][1] < 2 * counts[1][1]:
        return None
    return next(item for item in items if item.entity == counts[0][0])


def _declares(verb: Token, declaring: frozenset[str]) -> bool:
    while verb.dep_ == "conj":
        verb = verb.head
    words = {verb.lemma_, *(child.lemma_ for child in verb.children if child.dep_ == "acomp")}
    return verb.dep_ == "ROOT" and bool(words & declaring)


def _unknown(*, many: bool) -> Resolution:
    kind = Kind.GROUP if many else Kind.PERSON
    return Resolution("unknown:speaker", kind, 0.5, None, "unknown-speaker", ("unknown:speaker",))
