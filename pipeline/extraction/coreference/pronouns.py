"""What pronouns refer to, where the text makes it plain.

Source: codebook §2, rules 1 and 8; subject preference and recency as in centering theory.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import SUBJECTS, Context, Named, Resolution, resolved
from pipeline.extraction.coreference.places import (
    agrees,
    has_gender,
    is_expletive,
    is_singular_thing,
    main_subject,
    subject_before,
    subject_before_semicolon,
    subjects_above,
)
from pipeline.extraction.coreference.words import (
    FEMALE,
    FIRST_MANY,
    FIRST_ONE,
    MALE,
    PLURAL,
    PRONOUNS,
    RELATIVE,
    SINGULAR,
)
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

BODIES = frozenset([Kind.STATE, Kind.ORGANISATION])
_ANY = frozenset(Kind)
_PEOPLE = frozenset([Kind.PERSON])
_PLURALS = frozenset([Kind.GROUP, Kind.ORGANISATION])
_SAYING = frozenset(
    "say tell add state continue note explain ask write argue insist warn reply announce "
    "declare declare stress comment respond conclude read".split()
)


_DECLARING = frozenset(
    "condemn welcome urge call support express announce reaffirm reiterate commend congratulate "
    "regret deplore reject remain stand recognise recognize thank note believe join encourage "
    "commit committed concerned determined appeal affirm applaud share".split()
)


class PronounResolver:
    """Resolves one pronoun token; None when no antecedent is plain."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def resolve(self, token: Token, *, depth: int = 0) -> Resolution | None:
        """Whom the pronoun means, or None."""
        word = token.lower_
        if depth > 6 or token.text == "i":
            return None
        if word in RELATIVE:
            return self._relative(token, depth=depth)
        if word in FIRST_ONE or word in FIRST_MANY:
            return self._first_person(token)
        if word in MALE or word in FEMALE:
            return self._person(token, "m" if word in MALE else "f", depth=depth)
        if word in SINGULAR:
            return None if is_expletive(token) else self._thing(token, depth=depth)
        if word in PLURAL:
            return self._plural(token, depth=depth)
        return None

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
        if token.lower_ in PRONOUNS:
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
        if own is not None and token.dep_ not in SUBJECTS:
            return resolved(own, "only-candidate", factor=0.65)
        before = subject_before(token)
        if before is not None and agrees(before, self.context, BODIES):
            return self._at(before, "clause-before", depth=depth, factor=0.75)
        return self._previous_subject(token, depth=depth)

    def _owner_of_clause(self, token: Token) -> Named | None:
        """As in "the plan of Chile with which it hopes …": who owns what the clause is about."""
        clause = token.head
        if token.dep_ not in SUBJECTS or clause.dep_ != "relcl":
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
            if subject.lower_ in SINGULAR:
                return self._at(subject, "previous-subject", depth=depth, factor=0.8)
            return None
        return None

    def _only(self, token: Token, kinds: frozenset[Kind], *, own: bool) -> Named | None:
        """The one entity of these kinds that the own sentence names before the token."""
        found = next(self.context.before(token, kinds, at_most=0 if own else 1), [])
        return found[0] if len({item.entity for item in found}) == 1 else None

    def _person(self, token: Token, gender: str, *, depth: int) -> Resolution | None:
        for subject in subjects_above(token):
            named = self.context.at.get(subject.i)
            if named is not None and named.kind is Kind.PERSON and has_gender(named, gender):
                return resolved(named, "subject", factor=0.85)
            if subject.lower_ == token.lower_:
                return self._at(subject, "subject", depth=depth, factor=0.9)
        for group in self.context.before(token, _PEOPLE, at_most=3):
            fitting = [item for item in group if has_gender(item, gender)]
            if not fitting:
                continue
            alone = len({item.entity for item in fitting}) == 1
            if alone or fitting[0].subject:
                return resolved(fitting[0], "last-person", factor=0.9 if alone else 0.7)
            return None
        return None

    def _plural(self, token: Token, *, depth: int) -> Resolution | None:
        for subject in subjects_above(token):
            named = self.context.at.get(subject.i)
            several = self._coordinated(subject)
            if several is not None:
                return several
            if named is not None and named.kind in _PLURALS:
                factor = 0.85 if named.kind is Kind.GROUP else 0.6
                return resolved(named, "subject", factor=factor)
            if subject.tag_ in ("NNS", "NNPS"):
                return None
        for start in self.context.sentences_before(token, at_most=1):
            previous = main_subject(self.context.doc[start].sent.root)
            if previous is None:
                return None
            several = self._coordinated(previous)
            if several is not None:
                return several
            named = self.context.at.get(previous.i)
            if named is not None and named.kind in _PLURALS:
                factor = 0.8 if named.kind is Kind.GROUP else 0.55
                return resolved(named, "previous-subject", factor=factor)
            if previous.lower_ in PLURAL:
                return self._at(previous, "previous-subject", depth=depth, factor=0.8)
        return None

    def _coordinated(self, subject: Token) -> Resolution | None:
        """Several named subjects that "they" stands for."""
        items = [self.context.at.get(token.i) for token in (subject, *subject.conjuncts)]
        named = [item for item in items if item is not None]
        if len(items) < 2 or len(named) < len(items):
            return None
        return pair_of(named, "coordinated-subject", score=0.75)

    def _first_person(self, token: Token) -> Resolution | None:
        many = token.lower_ in FIRST_MANY
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
        """The subject of the verb of saying next to the quotation."""
        sentence = token.sent
        candidates = list(sentence)
        for start in self.context.sentences_before(token, at_most=1):
            candidates = [*candidates, *self.context.doc[start].sent]
        for verb in candidates:
            if verb.lemma_ in _SAYING and verb.i not in self.context.quoted:
                for child in verb.children:
                    named = self.context.at.get(child.i)
                    if child.dep_ in SUBJECTS and named is not None:
                        return named
        starts = (sentence.start, *self.context.sentences_before(token, at_most=1))
        for start in starts:
            subject = main_subject(self.context.doc[start].sent.root)
            if subject is not None and subject.i not in self.context.quoted:
                return self.context.at.get(subject.i)
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
        declaring = [item for item in subjects if _declares(item.span.root.head)]
        return _foremost(declaring, at_least=1) or _foremost(subjects, at_least=2)


def _foremost(items: list[Named], *, at_least: int) -> Named | None:
    """The first of the entity that comes so often, and twice as often as any other."""
    counts = Counter(item.entity for item in items).most_common(2)
    if not counts or counts[0][1] < at_least:
        return None
    if len(counts) > 1 and counts[0][1] < 2 * counts[1][1]:
        return None
    return next(item for item in items if item.entity == counts[0][0])


def pair_of(named: list[Named], rule: str, *, score: float) -> Resolution:
    """The resolution of a phrase that stands for each of the named."""
    entities = tuple(dict.fromkeys(item.entity for item in named))
    if len(entities) == 1:
        return resolved(named[0], rule, factor=score)
    slugs = list(dict.fromkeys(slug_of(item.span.text) for item in named))
    joined = f"group:{'-and-'.join(slugs)}"
    return Resolution(joined, Kind.GROUP, score, named[0].span, rule, entities)


def _declares(verb: Token) -> bool:
    while verb.dep_ == "conj":
        verb = verb.head
    words = {verb.lemma_, *(child.lemma_ for child in verb.children if child.dep_ == "acomp")}
    return verb.dep_ == "ROOT" and bool(words & _DECLARING)


def _unknown(*, many: bool) -> Resolution:
    kind = Kind.GROUP if many else Kind.PERSON
    return Resolution("unknown:speaker", kind, 0.5, None, "unknown-speaker", ("unknown:speaker",))
