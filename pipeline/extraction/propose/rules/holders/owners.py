"""Holders that stand behind a thing: the owner of arms, of a policy, of a document.

Source: codebook §2.8.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.holders.known import Known
from pipeline.extraction.propose.rules.holders.nominals import holding_phrase, phrase_holders
from pipeline.extraction.propose.rules.holders.places import objects_of
from pipeline.extraction.propose.rules.holders.references import (
    adjectival_holder,
    pronoun_holders,
)
from pipeline.language.syntax import agents_of, children, is_passive, owners_of
from pipeline.language.words import (
    AUTHOR_PREPOSITIONS,
    HOLDING_PRONOUNS,
)


def wielders(token: Token, known: Known) -> list[Held]:
    """A state or body that acts through its forces or arms: "Israeli jets" is Israel.

    Empty for any other noun than one for arms.
    """
    if token.lemma_.lower() not in known.grammar.instruments:
        return []
    owners = (*children(token, "amod", "compound", "nmod"), *owners_of(token))
    for child in owners:
        owner = known.names.named_at(child) or adjectival_holder(child, known.resolver)
        if owner is not None and owner.entity:
            span = holding_phrase(token)
            return [Held(span, owner.entity, owner.kind, 0.7, True, "instrument")]
    forces = [child for child in owners if known.agents.is_agent(child)]
    return phrase_holders(forces[0], forces[0], known) if forces else []


def issuers(token: Token, known: Known) -> list[Held]:
    """Whose policy or document it is: "Brazil's approach", "a decree signed by the Pope".

    Source: codebook §2.8: a document is no holder, its issuer is, where the sentence names it.
    """
    lemma, grammar = token.lemma_.lower(), known.grammar
    document = lemma in grammar.documents
    if not document and lemma not in grammar.policies:
        return []
    found = _named_owners(token, known)
    if not found and document:
        found = _unnamed_owners(token, known)
    return [replace(held, score=0.6, rule="issuer-of-document") for held in found]


def _named_owners(token: Token, known: Known) -> list[Held]:
    """Who owns, wrote or signed it, by a name or a pronoun."""
    for owner in _owners(token, known):
        named = known.names.named_at(owner)
        if named is not None:
            return [named]
        if owner.lower_ in HOLDING_PRONOUNS:
            found = pronoun_holders(owner, known.resolver)
            if found:
                return found
    return []


def _unnamed_owners(token: Token, known: Known) -> list[Held]:
    """The same by a noun or an adjective: "the court's summary", "Pakistani law"."""
    for owner in _owners(token, known):
        if known.agents.is_agent(owner):
            return phrase_holders(owner, owner, known)
    for child in children(token, "amod"):
        held = adjectival_holder(child, known.resolver)
        if held is not None and held.entity:
            return [held]
    return []


def _owners(token: Token, known: Known) -> list[Token]:
    """The possessors, what stands before it, and whom it is by: "issued by her family"."""
    compounds = children(token, "compound", "nmod")
    acts = [act for act in children(token, "acl") if act.lemma_ in known.grammar.authoring_verbs]
    doers = [doer for act in acts if is_passive(act) for doer in agents_of(act)]
    return [*owners_of(token), *compounds, *objects_of(token, AUTHOR_PREPOSITIONS), *doers]
