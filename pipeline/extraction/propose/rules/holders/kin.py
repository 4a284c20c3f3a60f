"""Those who belong to somebody named: "his family", "Hill's lawyers", and later "the family".

Source: codebook §1.4 and §2.8.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.holders.known import Known
from pipeline.language.syntax import children
from pipeline.language.words import HOLDING_PRONOUNS
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind

_OWNERS = (Kind.PERSON, Kind.GROUP)


def owned_entity(head: Token, words: str, prefix: str, known: Known) -> str | None:
    """The entity of those who belong to a person: "group:john-doe-family"; None without one.

    ``words`` are what they are without their owner ("family", "former lawyers"). "The family"
    is that of which the text has spoken last.
    """
    owner = _owner(head, known)
    if owner is not None:
        return f"{prefix}:{slug_of(f'{owner} {words}')}"
    if head.lemma_.lower() in known.resolver.reference.family_nouns:
        for place in reversed(known.resolver.places_of(head.lemma_, before=head.i)):
            owner = _owner(head.doc[place], known)
            if owner is not None:
                return f"{prefix}:{slug_of(f'{owner} {words}')}"
    return None


def _owner(head: Token, known: Known) -> str | None:
    """The name, as in an id, of the person whose they are."""
    for child in children(head, "poss", "compound", "nmod"):
        named = known.names.named_at(child)
        if named is not None and named.kind in _OWNERS and named.entity:
            return named.entity.partition(":")[2]
        if child.dep_ == "poss" and child.lower_ in HOLDING_PRONOUNS:
            found = known.resolver.resolve(child.doc[child.i : child.i + 1])
            known_person = found is not None and found.kind in _OWNERS and found.antecedent
            return found.entity.partition(":")[2] if found is not None and known_person else None
    return None
