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
from pipeline.language.syntax import children, owners_of
from pipeline.language.words import AUTHOR_PREPOSITIONS, HOLDING_PRONOUNS


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
    """Whose policy or document it is: "Brazil's approach", "the Home Office letter".

    Source: codebook §2.8: a document is no holder, its issuer is.
    """
    if token.lemma_.lower() not in known.grammar.policies:
        return []
    compounds = children(token, "compound", "nmod")
    for owner in (*owners_of(token), *compounds, *objects_of(token, AUTHOR_PREPOSITIONS)):
        named = known.names.named_at(owner)
        found = [named] if named is not None else []
        if named is None and owner.lower_ in HOLDING_PRONOUNS:
            found = pronoun_holders(owner, known.resolver)
        if found:
            return [replace(held, score=0.6, rule="issuer-of-document") for held in found]
    return []
