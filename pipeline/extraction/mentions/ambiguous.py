"""Whether the words around an ambiguous name of the lexicon agree that it names its entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extraction.mentions.matches import Match, is_inside_longer_entity
from pipeline.lexicon.entities import Role
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LABELS = {
    Kind.STATE: frozenset(["GPE", "NORP", "LOC"]),
    Kind.GROUP: frozenset(["GPE", "NORP", "LOC", "ORG"]),
    Kind.ORGANISATION: frozenset(["ORG", "NORP", "PRODUCT"]),
    Kind.PERSON: frozenset(["PERSON"]),
}


def is_supported(doc: Doc, match: Match) -> bool:
    """Whether the context agrees that the ambiguous form names its entity here.

    A state's name counts wherever it stands alone. Any other form counts where the model sees
    the right sort of entity, or a name that it does not know inside a sentence.
    """
    if is_inside_longer_entity(doc, match):
        return False
    token = doc[match.start]
    alone = match.end - match.start == 1
    if alone and len(token.text) == 1:
        return _follows_the(token)
    if match.kind is Kind.STATE and match.role is Role.NAME:
        return not _has_name_beside(doc, match)
    if not alone or token.ent_type_ in _LABELS[match.kind]:
        return True
    if match.kind is Kind.PERSON and (token.pos_ == "PROPN" or token.dep_ == "nsubj"):
        return not _has_name_beside(doc, match)
    return _is_unknown_name(token) and not _follows_the(token)


def is_acronym(doc: Doc, match: Match) -> bool:
    """Whether the form is in capitals among other words: the text has named its entity in full."""
    token = doc[match.start]
    alone = match.end - match.start == 1 and token.text.isupper() and len(token.text) > 1
    beside = (_token_at(doc, match.start - 1), _token_at(doc, match.end))
    return alone and not any(
        other is not None and other.is_alpha and other.text.isupper() for other in beside
    )


def _follows_the(token: Token) -> bool:
    return token.i > 0 and token.doc[token.i - 1].lower_ == "the"


def _is_unknown_name(token: Token) -> bool:
    """Whether the word is a name by its place in the sentence that the model has no sort for."""
    return token.pos_ == "PROPN" and not token.ent_type_ and not token.is_sent_start


def _has_name_beside(doc: Doc, match: Match) -> bool:
    """Whether another capitalised word stands next to the form, as in "Michael Jordan"."""
    after = _token_at(doc, match.end)
    if _is_capitalised_name(_token_at(doc, match.start - 1)) or _is_in_town(doc, match):
        return True
    return after is not None and after.ent_type_ == "PERSON" and _is_capitalised_name(after)


def _is_capitalised_name(token: Token | None) -> bool:
    return token is not None and token.text[0].isupper() and token.pos_ == "PROPN"


def _is_in_town(doc: Doc, match: Match) -> bool:
    """As in "Atlanta, Georgia", which is no list of states ("Armenia, Georgia and Turkey")."""
    if match.start < 2 or doc[match.start - 1].text != ",":
        return False
    return doc[match.start - 2].ent_type_ == "GPE" and not _is_listed(doc[match.start])


def _is_listed(token: Token) -> bool:
    return token.dep_ == "conj" or any(child.dep_ == "conj" for child in token.children)


def _token_at(doc: Doc, place: int) -> Token | None:
    return doc[place] if 0 <= place < len(doc) else None
