"""What is only asked, and what is only supposed by the order of the words.

"Does Chile back the ban?" asserts nothing; "why does Chile back the ban?" takes it for granted;
"had Chile backed the ban, …" is a condition. Source: codebook §2.3 and §2, field ``hedged``.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.extraction.propose.proposal import Proposal
from pipeline.language.clefts import cleft_of
from pipeline.language.labels import ASKED, NOMINAL_SUBJECTS, PREDICATE
from pipeline.language.negation_words import BEFORE_HELPERS
from pipeline.language.syntax import children
from pipeline.language.words import (
    ASKING_DETERMINERS,
    ASKING_HELPERS,
    COPULA_AND_HAVE,
    OPENING_CONJUNCTIONS,
    PLAIN_HELPERS,
    SUPPOSING,
    WH_WORDS,
    WHETHER,
)

_DEPTH = 12
_LONGEST = 60  # tokens of a sentence that asks by its mark alone
_SUBJECTS = (*NOMINAL_SUBJECTS, "expl")
_HELPERS = ("aux", "auxpass")


def asks(proposal: Proposal) -> bool:
    """Whether it is only asked: "the panel examined whether Togo supported the rebels".

    Source: codebook §2.3: no will is asserted.
    """
    if is_asked(proposal.head) or is_question(proposal.head):
        return True
    return any(asks_who(held.span.root) for held in proposal.holders)


def is_question(token: Token) -> bool:
    """Whether the position stands in a question that can be answered with yes or no.

    A clause that a relative pronoun or a conjunction opens tells its own, inside a question too.
    """
    clause, owned = token, False
    for _ in range(_DEPTH):
        owned = owned or any(one.pos_ == "PROPN" for one in children(clause, "poss"))
        if _is_open(clause) and not owned:
            return True
        cleft = cleft_of(clause)
        if cleft is not None:
            clause = cleft.copula
            continue
        if clause.head == clause or not (clause.dep_ in ASKED or _is_split(clause)):
            return False
        if clause.dep_ in ("nsubj", "pobj") and clause.pos_ != "VERB" and owned:
            return False
        clause = clause.head
    return False


def is_asked(token: Token) -> bool:
    """Whether it belongs to what somebody asks: "the panel examined whether Togo supported it"."""
    verb = token
    while verb.dep_ in PREDICATE and verb.head != verb and not _is_asked_clause(verb):
        verb = verb.head
    return _is_asked_clause(verb)


def _is_asked_clause(verb: Token) -> bool:
    """Whether the clause is a question that somebody has; "it is not known whether" is open."""
    marks = {child.lower_ for child in children(verb, "mark")}
    if verb.dep_ not in ("ccomp", "pcomp") or not marks & WHETHER:
        return False
    return not any(c.lower_ == "it" for c in children(verb.head, *NOMINAL_SUBJECTS))


def asks_who(noun: Token) -> bool:
    """Whether the noun phrase asks for its own name: "which states", "how many of them"."""
    return any(
        (child.lower_ in ASKING_DETERMINERS and child.dep_ == "det")
        or (child.i < noun.i and any(part.lower_ == "how" for part in child.children))
        for child in noun.children
    )


def is_inverted_condition(verb: Token) -> bool:
    """Whether "had", "were" or "should" opens the clause in place of an "if"."""
    clause = verb
    for _ in range(2):
        first = _inverted(clause)
        if first is not None and first.lower_ in SUPPOSING and not _ends_asking(clause):
            return first.i == clause.left_edge.i or _opens(first)
        if clause.dep_ not in ("xcomp", "advcl", "ccomp") or clause.head.lower_ != "were":
            return False
        clause = clause.head
    return False


def _is_open(clause: Token) -> bool:
    first = _inverted(clause)
    if first is None or first.lemma_.lower() not in ASKING_HELPERS or _is_presupposed(first):
        return _is_doubted(clause)
    if first.lower_ in SUPPOSING:
        return _ends_asking(clause)
    return _ends_asking(clause) or (_opens(first) and first.lemma_.lower() in PLAIN_HELPERS)


def _is_split(participle: Token) -> bool:
    """The "backed" of "was the bill backed by Peru?", which the parser hung on the subject."""
    noun = participle.head
    copula = noun.head
    hung = participle.dep_ == "acl" or (participle.dep_ == "amod" and participle.i > noun.i)
    split = hung and noun.dep_ in ("nsubj", "attr") and copula.lemma_ == "be"
    return split and copula.i < noun.i and len(children(copula, "nsubj", "attr", "acomp")) == 1


def _inverted(clause: Token) -> Token | None:
    """The helping verb before the subject, or the copula itself; None where none stands there."""
    subjects = children(clause, *_SUBJECTS)
    if not subjects:
        subjects = [one for aux in children(clause, *_HELPERS) for one in children(aux, *_SUBJECTS)]
    if not subjects:
        return None
    helpers = [aux for aux in children(clause, *_HELPERS) if aux.i < subjects[0].left_edge.i]
    if helpers:
        return helpers[0]
    main = clause.lemma_ in COPULA_AND_HAVE and clause.i < subjects[0].left_edge.i
    return clause if main and subjects[0].lower_ != "there" else None


def _is_presupposed(first: Token) -> bool:
    """Whether a "why" or "which" before the helping verb asks for more than yes or no."""
    before = _before(first)
    return any(token.lower_ in WH_WORDS for token in before) or any(
        token.dep_ == "neg" or token.lower_ in BEFORE_HELPERS for token in before
    )


def _before(first: Token) -> list[Token]:
    """The up to four words before it in its sentence."""
    found: list[Token] = []
    while len(found) < 4 and first.i and not first.is_sent_start:
        first = first.nbor(-1)
        found.append(first)
    return found


def _is_doubted(clause: Token) -> bool:
    """Whether the sentence asks by its mark alone: "Chile backs the ban?"."""
    if clause.dep_ != "ROOT" or not _ends_asking(clause):
        return False
    edge = clause.left_edge.i
    if clause.right_edge.i - edge > _LONGEST:
        return False
    words = clause.doc[edge : clause.right_edge.i + 1]
    return not any(
        token.tag_ in ("WRB", "WP", "WDT", "WP$") or token.text in (":", '"', "“", "”", ",")
        for token in words
    )


def _opens(first: Token) -> bool:
    """Whether the word opens its sentence, its quotation or the clause after an "and"."""
    i = first.i - 1
    while i >= 0 and first.doc[i].lower_ in OPENING_CONJUNCTIONS:
        i -= 1
    if i < 0 or first.is_sent_start or first.doc[i + 1].is_sent_start:
        return True
    return first.doc[i].is_quote or first.doc[i].text == ":"


def _ends_asking(clause: Token) -> bool:
    """Whether a question mark closes the clause or the sentence around it."""
    doc: Doc = clause.doc
    end = clause.right_edge.i
    for i in range(max(clause.i, end - 2), min(end + 3, len(doc))):
        if doc[i].text.startswith("?"):
            return True
        if i > clause.i and doc[i].is_sent_start:
            return False
    return False
