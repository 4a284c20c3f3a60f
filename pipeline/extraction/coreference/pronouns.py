"""What pronouns refer to, where the text makes it plain.

Source: codebook §2, rules 1 and 8; subject preference and recency as in centering theory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import (
    BODIES,
    Context,
    Named,
    Resolution,
    pair_of,
    resolved,
)
from pipeline.extraction.coreference.missed import missed_person
from pipeline.extraction.coreference.places import (
    agrees,
    is_expletive,
    is_singular_thing,
    main_subject,
    subject_before,
    subject_before_semicolon,
    subjects_above,
)
from pipeline.extraction.coreference.sexes import Sexes
from pipeline.extraction.coreference.speakers import SpeakerResolver
from pipeline.language.labels import NOMINAL_SUBJECTS, PLURAL_TAGS
from pipeline.language.words import (
    FIRST_PLURAL,
    FIRST_SINGULAR,
    REFERRING_PRONOUNS,
    RELATIVE_PRONOUNS,
    THIRD_FEMALE,
    THIRD_MALE,
    THIRD_PLURAL,
    THIRD_THING,
    TO_SOMEBODY,
)
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_PEOPLE = frozenset([Kind.PERSON])
_PLURALS = frozenset([Kind.GROUP, Kind.ORGANISATION])
_DEPTH = 6


class PronounResolver:
    """Resolves one pronoun token; None when no antecedent is plain."""

    def __init__(self, context: Context, phrase: Callable[[Token], Resolution | None]) -> None:
        self.context = context
        self._sexes = Sexes(context)
        self._phrase = phrase
        self.missed: set[int] = set()
        self.speakers = SpeakerResolver(context, self._refer)

    def resolve(self, token: Token, *, depth: int = 0) -> Resolution | None:
        """Whom the pronoun means, or None."""
        word, reference = token.lower_, self.context.reference
        if depth > _DEPTH or token.text == "i":
            return None
        if word in RELATIVE_PRONOUNS:
            return self._relative(token, depth=depth)
        if word in FIRST_SINGULAR or word in FIRST_PLURAL:
            return self.speakers.first_person(token)
        if word in THIRD_MALE:
            return self._person(token, self._sexes.women, depth=depth)
        if word in THIRD_FEMALE:
            return self._person(token, self._sexes.men, depth=depth)
        if word in THIRD_THING:
            return None if is_expletive(token, reference) else self._thing(token, depth=depth)
        return self._plural(token, depth=depth) if word in THIRD_PLURAL else None

    def _refer(self, sayer: Token) -> Resolution | None:
        """Whom a pronoun or a definite phrase means that says something."""
        if sayer.lower_ in REFERRING_PRONOUNS:
            return self.resolve(sayer)
        return self._phrase(sayer)

    def _relative(self, token: Token, *, depth: int) -> Resolution | None:
        clause = token.head
        while clause.dep_ not in ("relcl", "ROOT") and clause.head.i != clause.i:
            clause = clause.head
        if clause.dep_ != "relcl":
            return None
        return self._at(clause.head, "relative", depth=depth, factor=0.95)

    def _at(self, token: Token, rule: str, *, depth: int, factor: float) -> Resolution | None:
        """What the noun or pronoun at ``token`` means, as the antecedent of another."""
        named = self.context.at.get(token.i)
        if named is not None and named.span.root.i == token.i:
            return resolved(named, rule, factor=factor)
        if token.lower_ in REFERRING_PRONOUNS:
            found = self.resolve(token, depth=depth + 1)
            if found is not None:
                return Resolution(
                    found.entity, found.kind, round(found.score * factor, 3), found.antecedent,
                    f"{rule}+{found.rule}", found.entities,
                )  # fmt: skip
        return None

    def _thing(self, token: Token, *, depth: int) -> Resolution | None:
        """As in "it", "its": the subjects above it in the sentence, then the one before."""
        owner = self._owner_of_clause(token)
        if owner is not None:
            return resolved(owner, "owner", factor=0.75)
        before = subject_before_semicolon(token)
        if before is not None and agrees(before, self.context, BODIES):
            return self._at(before, "clause-before", depth=depth, factor=0.75)
        for subject in subjects_above(token):
            if agrees(subject, self.context, BODIES):
                return self._at(subject, "subject", depth=depth, factor=0.85)
            if is_singular_thing(subject, self.context):
                return None
        own = self._only(token, BODIES, own=True)
        if own is not None and token.dep_ not in NOMINAL_SUBJECTS:
            return resolved(own, "only-candidate", factor=0.65)
        before = subject_before(token)
        if before is not None and agrees(before, self.context, BODIES):
            return self._at(before, "clause-before", depth=depth, factor=0.75)
        return self._previous_subject(token, depth=depth)

    def _owner_of_clause(self, token: Token) -> Named | None:
        """As in "the plan of Chile with which it hopes …": who owns what the clause is about."""
        clause = token.head
        if token.dep_ not in NOMINAL_SUBJECTS or clause.dep_ != "relcl":
            return None
        for child in clause.head.children:
            places = [child.i] if child.dep_ == "poss" else []
            if child.dep_ == "prep" and child.lower_ == "of":
                places = [grandchild.i for grandchild in child.children]
            for place in places:
                named = self.context.at.get(place)
                if named is not None and named.kind in BODIES and place < token.i:
                    return named
        return None

    def _previous_subject(self, token: Token, *, depth: int) -> Resolution | None:
        for start in self.context.sentences_before(token, at_most=1):
            sentence = self.context.doc[start].sent
            subject = main_subject(sentence.root)
            if subject is None:
                return None
            if agrees(subject, self.context, BODIES):
                return self._at(subject, "previous-subject", depth=depth, factor=0.8)
            if subject.lower_ in THIRD_THING:
                return self._at(subject, "previous-subject", depth=depth, factor=0.8)
            return None
        return None

    def _only(self, token: Token, kinds: frozenset[Kind], *, own: bool) -> Named | None:
        """The one entity of these kinds that the own sentence names before the token."""
        found = next(self.context.before(token, kinds, at_most=0 if own else 1), [])
        return found[0] if len({item.entity for item in found}) == 1 else None

    def _person(self, token: Token, others: frozenset[str], *, depth: int) -> Resolution | None:
        """As in "he", "her": the subjects above it, then the last person named before.

        ``others`` are the persons of the other sex: none of them is meant, and in a quotation the
        one who speaks is not.
        """
        if token.i in self.context.quoted:
            others |= {self.speakers.speaking_at(token, many=False).entity}
        for subject in subjects_above(token):
            named = self.context.at.get(subject.i)
            person = named is not None and named.kind is Kind.PERSON
            if named is not None and person and named.entity not in others:
                return resolved(named, "subject", factor=0.85)
            if subject.lower_ == token.lower_:
                return self._at(subject, "subject", depth=depth, factor=0.9)
        same = self._same_before(token) or self._same_subject(token)
        if same is not None:
            return self._at(same, "same-pronoun", depth=depth, factor=0.9)
        return self._last_person(token, others)

    def _same_subject(self, token: Token) -> Token | None:
        """The same pronoun as subject of the sentence before: "He left. He also said …"."""
        quoted = token.i in self.context.quoted
        for start in self.context.sentences_before(token, at_most=1):
            subject = main_subject(self.context.doc[start].sent.root)
            if subject is None or subject.lower_ != token.lower_:
                return None
            alike = quoted is (subject.i in self.context.quoted)
            return subject if alike and _is_main_subject(token) else None
        return None

    def _same_before(self, token: Token) -> Token | None:
        """The last pronoun of the same person before it in the sentence: "his plan …; he left"."""
        alike = THIRD_MALE if token.lower_ in THIRD_MALE else THIRD_FEMALE
        quoted = token.i in self.context.quoted
        before = self.context.doc[token.sent.start : token.i]
        found = (t for t in before if t.lower_ in alike and quoted is (t.i in self.context.quoted))
        return next(found, None)

    def _last_person(self, token: Token, others: frozenset[str]) -> Resolution | None:
        """The foremost person of the nearest sentence that names one.

        Nobody where a name that is no mention is as near: it may be the one who is meant.
        """
        own = token.sent.start
        for start in (own, *self.context.sentences_before(token, at_most=3)):
            fitting = self._fitting(token, start, others)
            missed = missed_person(self.context, start, token)
            if missed is not None and not (fitting and fitting[0].subject):
                self.missed.add(token.i)
                return None
            if not fitting:
                continue
            alone = len({item.entity for item in fitting}) == 1
            if alone or fitting[0].subject:
                return resolved(fitting[0], "last-person", factor=0.9 if alone else 0.7)
            return None
        return None

    def _fitting(self, token: Token, start: int, others: frozenset[str]) -> list[Named]:
        """The persons of the sentence at ``start`` whom it may mean, the foremost first."""
        return [
            item
            for item in self.context.foremost(start, _PEOPLE, before=token.i)
            if item.entity not in others
            and not _is_spoken_to(item, token)
            and not self._is_spoken_of(item, token)
        ]

    def _is_spoken_of(self, item: Named, token: Token) -> bool:
        """As in "“Not even Zorb will win,” he said": whoever says it does not name themselves."""
        quoted, own = self.context.quoted, item.span.root.sent.start == token.sent.start
        return own and item.span.root.i in quoted and token.i not in quoted

    def _plural(self, token: Token, *, depth: int) -> Resolution | None:
        """As in "they", "their": the subjects above it, then that of the sentence before."""
        for subject in subjects_above(token):
            several = self._several(subject, "subject", of_group=0.85, of_body=0.6)
            if several is not None:
                return several
            if subject.tag_ in ("NNS", "NNPS"):
                return None
        for start in self.context.sentences_before(token, at_most=1):
            previous = main_subject(self.context.doc[start].sent.root)
            if previous is None:
                return None
            several = self._several(previous, "previous-subject", of_group=0.8, of_body=0.55)
            if several is not None:
                return several
            if previous.lower_ in THIRD_PLURAL:
                return self._at(previous, "previous-subject", depth=depth, factor=0.8)
        return None

    def _several(
        self, subject: Token, rule: str, *, of_group: float, of_body: float
    ) -> Resolution | None:
        """The subjects that are coordinated, or the group or body that the subject names."""
        coordinated = self._coordinated(subject)
        if coordinated is not None:
            return coordinated
        named = self.context.at.get(subject.i)
        rulers = named is not None and named.kind is Kind.STATE and subject.tag_ in PLURAL_TAGS
        if named is None or (named.kind not in _PLURALS and not rulers):
            return None
        return resolved(named, rule, factor=of_group if named.kind is Kind.GROUP else of_body)

    def _coordinated(self, subject: Token) -> Resolution | None:
        """Several named subjects that "they" stands for."""
        items = [self.context.at.get(token.i) for token in (subject, *subject.conjuncts)]
        named = [item for item in items if item is not None]
        if len(items) < 2 or len(named) < len(items):
            return None
        return pair_of(named, "coordinated-subject", score=0.75)


def _is_main_subject(token: Token) -> bool:
    return token.dep_ in NOMINAL_SUBJECTS and token.head.dep_ == "ROOT"


def _is_spoken_to(item: Named, token: Token) -> bool:
    """As in "In an interview with Soto, she said": who is spoken to is not the "she"."""
    root = item.span.root
    to = root.dep_ == "pobj" and root.head.lower_ in TO_SOMEBODY
    above = token.dep_ in NOMINAL_SUBJECTS and token.head in root.ancestors
    return to and above and root.i < token.i
