"""Names that no mention covers: what refers to them must not go to whoever was named before.

Source: issue of the project's users; the nearest candidate comes first in centering theory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extraction.mentions import THINGS
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.words import ONLY_PLACE_PREPOSITIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extraction.coreference.context import Context

_MAY_BE_PEOPLE = frozenset(["", "PERSON", "ORG"])
_OBJECTS = frozenset(["dobj", "dative", "pobj"])


def missed_person(context: Context, start: int, pronoun: Token) -> Token | None:
    """The most salient name in the sentence at ``start`` that may be a person's and is unknown.

    A subject comes first, then the last one; None where there is none before the pronoun. What is
    quoted there names nobody for a pronoun outside.
    """
    hidden = frozenset[int]() if pronoun.i in context.quoted else context.quoted
    stop = min(pronoun.i, context.doc[start].sent.end)
    places = [place for place in range(start, stop) if place not in hidden]
    missed = [token for place in places if _is_missed(token := context.doc[place], context)]
    subjects = [token for token in missed if token.dep_ in NOMINAL_SUBJECTS]
    return next(reversed(subjects or missed), None)


def _is_missed(token: Token, context: Context) -> bool:
    name = token.tag_ == "NNP" and token.text[0].isupper() and not token.text.isupper()
    if not name or token.ent_type_ not in _MAY_BE_PEOPLE:
        return False
    if token.is_sent_start and token.lower_ in context.small_words:
        return False
    if token.i in context.at or token.i in context.adjectives:
        return False
    if token.i in context.doc.user_data.get(THINGS, ()):
        return False
    if token.dep_ in _OBJECTS:
        return token.head.lower_ not in ONLY_PLACE_PREPOSITIONS
    return token.dep_ in NOMINAL_SUBJECTS
