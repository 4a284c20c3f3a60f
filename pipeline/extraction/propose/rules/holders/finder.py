"""Who holds a position, by a noun phrase's head. Source: codebook §1.2-1.4, §2.5, §2.7, §2.8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.coreference import Resolution, Resolver
from pipeline.extraction.propose.rules.holders.held import Held
from pipeline.extraction.propose.rules.holders.names import Names
from pipeline.language.phrases import is_item_number
from pipeline.language.quotations import Quotations
from pipeline.language.syntax import antecedent, children, coordinated, owners_of
from pipeline.lexicon.grammar import Grammar
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind

_PRONOUNS = frozenset(
    ("i we he she it they its their his her our my this who them us me him").split()
)
_FIRST = frozenset(["i", "we", "our", "my", "us", "me"])
_ARTICLES = frozenset({"the", "a", "an"})
_MARKS = frozenset("\"“„«'‘‹")
_MEMBER_PREPOSITIONS = frozenset({"like", "including"})


class HolderFinder:
    """Finds holders in one document."""

    def __init__(self, doc: Doc, nouns: Nouns, grammar: Grammar) -> None:
        self.doc = doc
        self.resolver = Resolver(doc)
        self._agentive = (
            nouns.person_nouns
            | nouns.collective_nouns
            | nouns.government_nouns
            | nouns.people_nouns
            | nouns.media_nouns
            | nouns.titles
        )
        self._bodies = nouns.common_body_nouns
        self._states = nouns.state_nouns
        self._governments = nouns.government_nouns
        self._policies = grammar.policies
        self._partitives = grammar.partitives
        self._instruments = grammar.instruments
        self._descriptors = grammar.name_descriptors
        self._several: dict[int, tuple[str, ...]] = {}
        self.names = Names(doc)

    def holders_of(self, heads: Iterable[Token]) -> list[Held]:
        """The holders that the noun phrases name, coordination and members expanded."""
        found: list[Held] = []
        for head in heads:
            for token in self.names.listed(coordinated(antecedent(head))):
                for held in self._expand(token):
                    if all(held.key != other.key for other in found):
                        found.append(held)
        return found

    def issuer(self, quotations: Quotations) -> Held | None:
        """Who speaks in the text's own voice: the first "we" or "our" outside quotations."""
        for token in self.doc:
            if token.lower_ in ("we", "our") and token not in quotations:
                held = self._pronoun(token)
                if held is not None:
                    return replace(held, score=min(held.score, 0.5), rule="issuer")
        return None

    def _expand(self, token: Token) -> Iterator[Held]:
        exceptions = list(self.names.exceptions(token))
        if exceptions:
            yield from exceptions
            return
        members = list(self._members(token))
        if members:
            for member in members:
                for part in self.names.listed(coordinated(member)):
                    held = self._one(part)
                    if held is not None:
                        yield held
            return
        names = self._named_modifiers(token)
        if names:
            yield from names
            return
        held = self._one(token)
        if held is not None:
            several = self._several.get(held.span.start, ())
            group = held.entity
            for entity in several:
                yield replace(held, entity=entity, phrase_entity=group)
            if not several:
                yield held
                yield from self.names.represented(held)

    def _members(self, token: Token) -> Iterator[Token]:
        """The members named after a group: "states, such as Brazil and Peru"."""
        named = self.names.named_at(token)
        if named is not None and named.kind is not Kind.GROUP:
            return
        for child in children(token, "appos"):
            if self.names.is_mention(child) and child.i > token.i and self._is_plural(token):
                yield child
        for prep in children(token, "prep"):
            such_as = prep.lower_ == "as" and any(
                child.lower_ == "such" for child in (*prep.children, *token.children)
            )
            if such_as or prep.lower_ in _MEMBER_PREPOSITIONS:
                yield from (pobj for pobj in children(prep, "pobj") if self.names.is_mention(pobj))

    def adjectival(self, token: Token) -> Held | None:
        """The state or people behind an adjective: "Chinese support for" is China's."""
        span = self.doc[token.i : token.i + 1]
        resolved = self.resolver.resolve(span)
        if resolved is None:
            return None
        return Held(span, resolved.entity, resolved.kind, resolved.score, False, "adjective")

    def _one(self, token: Token) -> Held | None:
        named = self._named_head(token)
        if named is not None:
            return named
        if token.lower_ in _PRONOUNS:
            return self._pronoun(token)
        partitive = self._partitive(token)
        if partitive is not None:
            return partitive
        if token.ent_type_ == "NORP" and self._is_plural(token):
            return self._held_phrase(token, token)
        return self._nominal(token) or self._issuer_of(token)

    def _issuer_of(self, token: Token) -> Held | None:
        """Whose policy or document it is: "Brazil's approach", "the Home Office letter".

        Source: codebook §2.8: a document is no holder, its issuer is.
        """
        if token.lemma_.lower() not in self._policies:
            return None
        by = [
            pobj
            for prep in children(token, "prep")
            if prep.lower_ in ("by", "from", "of")
            for pobj in children(prep, "pobj")
        ]
        for owner in (*owners_of(token), *children(token, "compound", "nmod"), *by):
            named = self.names.named_at(owner)
            if named is None and owner.lower_ in _PRONOUNS:
                named = self._pronoun(owner)
            if named is not None:
                return replace(named, score=0.6, rule="issuer-of-document")
        return None

    def _named_head(self, token: Token) -> Held | None:
        named = self.names.named_at(token)
        if named is not None:
            return named
        titled = self._person_after_title(token)
        if titled is not None:
            return titled
        for child in children(token, "appos"):
            if child.i - token.i <= 8 and self._agentive_noun(token):
                named = self.names.named_at(child)
                if named is not None and named.kind is not Kind.GROUP:
                    return named
        return None

    def _person_after_title(self, token: Token) -> Held | None:
        """The person whose name ends the phrase: "CEO of the Refugee Council Enver Solomon"."""
        if not self._agentive_noun(token):
            return None
        end = token.right_edge.i
        while end > token.i and self.doc[end].is_punct:
            end -= 1
        named = self.names.named_at(self.doc[end])
        if end == token.i or named is None or named.kind is not Kind.PERSON:
            return None
        before = self.doc[named.span.start - 1].lower_
        joined = before in ("of", "to", "for", "by", "and", "with", "'s", "’s")
        return None if joined else named

    def _is_plural(self, token: Token) -> bool:
        return token.tag_ in ("NNS", "NNPS") and token.pos_ in ("NOUN", "PROPN")

    def _named_modifiers(self, token: Token) -> list[Held]:
        """The names before a noun for a body or bloc: "the MERCOSUR and Pacific Alliance blocs"."""
        if not {token.lemma_.lower(), token.lower_.removesuffix("s")} & self._descriptors:
            return []
        names = [part for c in children(token, "compound", "nmod") for part in coordinated(c)]
        found = [self.names.named_at(name) for name in names]
        return [held for held in found if held is not None]

    def _pronoun(self, token: Token) -> Held | None:
        span = self.doc[token.i : token.i + 1]
        resolved = self.resolver.resolve(span)
        if resolved is not None:
            return self._resolved(span, resolved)
        if token.lower_ in _FIRST:
            return Held(span, "unknown:speaker", Kind.GROUP, 0.5, True, "first-person")
        if token.lower_ in ("he", "she", "they", "their", "his", "her"):
            kind = Kind.GROUP if token.lower_ in ("they", "their") else Kind.PERSON
            return Held(span, None, kind, 0.3, True, "unresolved")
        return None

    def _resolved(self, span: Span, resolved: Resolution) -> Held:
        if len(resolved.entities) > 1:
            self._several[span.start] = resolved.entities
        return Held(span, resolved.entity, resolved.kind, resolved.score, True, resolved.rule)

    def _partitive(self, token: Token) -> Held | None:
        if is_item_number(token) or not (token.lower_ in self._partitives or token.like_num):
            return None
        for prep in children(token, "prep"):
            if prep.lower_ == "of":
                for pobj in children(prep, "pobj"):
                    if self._agentive_noun(pobj) or self.names.is_mention(pobj):
                        return self._held_phrase(token, pobj)
        counted = token.like_num or token.lower_ in ("percent", "%")
        if counted and token.dep_ not in ("nsubj", "nsubjpass"):
            return None
        if counted or token.lower_ in ("some", "many", "most", "others", "both", "several"):
            return self._held_phrase(token, token)
        return None

    def _nominal(self, token: Token) -> Held | None:
        if token.lemma_.lower() in self._instruments:
            return self._instrument(token)
        if not self._agentive_noun(token):
            return None
        return self._held_phrase(token, token)

    def _instrument(self, token: Token) -> Held | None:
        """A state or body that acts through its forces or arms: "Israeli jets" is Israel."""
        owners = (*children(token, "amod", "compound", "nmod"), *owners_of(token))
        for child in owners:
            owner = self.names.named_at(child) or self.adjectival(child)
            if owner is not None and owner.entity:
                span = self._phrase(token)
                return Held(span, owner.entity, owner.kind, 0.7, True, "instrument")
        forces = [child for child in owners if self._agentive_noun(child)]
        return self._held_phrase(forces[0], forces[0]) if forces else None

    def _agentive_noun(self, token: Token) -> bool:
        lemma, lower = token.lemma_.lower(), token.lower_
        if token.pos_ not in ("NOUN", "PROPN"):
            return False
        return (
            lemma in self._agentive
            or lower in self._agentive
            or lower in self._states
            or lemma in self._bodies
            or lemma in self._states
        )

    def _held_phrase(self, head: Token, noun: Token) -> Held:
        span = self._phrase(head)
        resolved = None
        ours = [child for child in children(head, "poss") if child.lower_ in ("our", "my")]
        if ours and noun.lemma_.lower() in self._governments:
            resolved = self.resolver.resolve(self.doc[ours[0].i : ours[0].i + 1])
        elif span.start == noun.i or self.doc[head.left_edge.i].lower_ in ("the", "both", "these"):
            resolved = self.resolver.resolve(span)
        if resolved is not None:
            return self._resolved(span, resolved)
        kind = Kind.ORGANISATION if noun.lemma_.lower() in self._bodies else Kind.GROUP
        if noun.lemma_.lower() in self._agentive:
            kind = Kind.GROUP
        prefix = "org" if kind is Kind.ORGANISATION else "group"
        return Held(span, f"{prefix}:{slug_of(span.text)}", kind, 0.6, False, "nominal")

    def _phrase(self, head: Token) -> Span:
        """The noun phrase without its article, relative clause, apposition and coordination."""
        start, end = head.left_edge.i, head.i + 1
        before = self.doc[start : head.i]
        start = max(
            (t.i + 1 for t in before if t.text in _MARKS and not t.whitespace_), default=start
        )
        while start < head.i and (self.doc[start].is_punct or self.doc[start].is_space):
            start += 1
        if self.doc[start].lower_ in _ARTICLES and start < head.i:
            start += 1
        for child in children(head, "prep"):
            if child.i == end and child.lower_ in ("of", "in", "from", "at", "for"):
                end = self._plain_end(child)
        return self.doc[start:end]

    def _plain_end(self, prep: Token) -> int:
        end = prep.i + 1
        for token in prep.subtree:
            if token.i != end - 1 and token.i != end:
                break
            pauses = token.is_punct and (token.text != "-" or token.whitespace_)
            if token.dep_ in ("relcl", "acl", "cc") or pauses:
                break
            end = token.i + 1
        return end
