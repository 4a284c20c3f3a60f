"""Names by which a common noun's holder is known: "the president, Ms Li". Source: codebook §1.3."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.holders.known import Known
from pipeline.language.aside import is_put_aside
from pipeline.language.syntax import children
from pipeline.language.words import TITLE_CONNECTORS
from pipeline.records import Kind

_NEAR = 8


def name_of(token: Token, known: Known) -> Held | None:
    """The name that the token stands in, or that ends or follows a phrase for somebody."""
    named = known.names.named_at(token) or _called(token, known)
    if named is not None or not known.agents.is_agent(token):
        return named
    return _person_at_end(token, known) or _apposed(token, known)


def _called(token: Token, known: Known) -> Held | None:
    """The name right after a bare noun in the singular: "software giant SAP criticised"."""
    if token.tag_ != "NN" or any(children(token, "det", "poss")):
        return None
    beside = (child for child in children(token, "appos") if child.left_edge.i == token.i + 1)
    return next((named for child in beside if (named := known.names.named_at(child))), None)


def _person_at_end(token: Token, known: Known) -> Held | None:
    """The person whose name ends the phrase: "CEO of the Refugee Council Enver Solomon"."""
    doc, end = token.doc, token.right_edge.i
    while end > token.i and doc[end].is_punct:
        end -= 1
    named = known.names.named_at(doc[end])
    if end == token.i or named is None or named.kind is not Kind.PERSON:
        return None
    if is_put_aside(named.span.root):
        return None
    return None if doc[named.span.start - 1].lower_ in TITLE_CONNECTORS else named


def _apposed(token: Token, known: Known) -> Held | None:
    """The name soon after the noun that is not one of a group."""
    for child in children(token, "appos"):
        near = child.i - token.i <= _NEAR and not is_put_aside(child)
        named = known.names.named_at(child) if near else None
        if named is not None and named.kind is not Kind.GROUP:
            return named
    return None
