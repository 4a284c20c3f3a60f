"""Questions to the dependency parse: who does it, to whom, what goes with what.

Labels are those of spaCy's English pipelines (ClearNLP). Functions that return tokens return
them in text order; an empty result means that the parse does not say.
"""

from __future__ import annotations

from functools import cache

from spacy.strings import get_string_id
from spacy.symbols import AUX, VERB
from spacy.tokens import Token

from pipeline.language.antecedents import antecedent, doer_meant
from pipeline.language.clefts import cleft_of
from pipeline.language.exceptions import is_taken_out
from pipeline.language.kept import kept
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.order import meets_conjunction, noun_before
from pipeline.language.words import RELATIVE_PRONOUNS

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
_OF_ITS_HEAD = frozenset({"conj", "advcl", "attr", "acomp", "dobj", "pobj", "oprd", "dep", "prep"})
_DEPTH = 8
Known = dict[int, tuple[tuple[int, int], ...]]
"""The dependents of a token are kept in its document: they are asked for a dozen times each."""


def children(token: Token, *deps: str) -> list[Token]:
    """The dependents of ``token`` that have one of the labels."""
    doc = token.doc
    known: Known = doc.user_data.setdefault("children", {})
    if token.i not in known:
        known[token.i] = tuple((child.dep, child.i) for child in token.children)
    wanted = _numbers_of(deps)
    return [doc[place] for dep, place in known[token.i] if dep in wanted]


@cache
def _numbers_of(deps: tuple[str, ...]) -> frozenset[int]:
    """The numbers that spaCy has for labels: they are compared in less time than their names."""
    return frozenset(map(get_string_id, deps))


def is_verbal(token: Token) -> bool:
    """Whether the token heads a clause as a verb or a copula does."""
    return token.pos in (VERB, AUX) or token.tag_.startswith("VB")


@kept
def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is the one it is done to."""
    if any(child.dep_ in ("auxpass", "nsubjpass", "csubjpass") for child in verb.children):
        return True
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    if verb.dep_ == "acl" or any(child.dep_ == "agent" for child in verb.children):
        return not any(child.dep_ in (*SUBJECTS, "dobj") for child in verb.children)
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and is_verbal(verb.head):
        own = any(child.dep_ in (*SUBJECTS, "aux", "dobj") for child in verb.children)
        return not own and is_passive(verb.head)
    return False


def coordinated(token: Token) -> list[Token]:
    """The token and all that is coordinated to its right, in text order."""
    found = [token]
    for child in token.children:
        if (child.dep_ == "conj" and not is_taken_out(child)) or _is_listed(child):
            found.extend(coordinated(child))
    return found


def _is_listed(token: Token) -> bool:
    """Whether a name that the parser took for an apposition stands in a list "A, B and C".

    An apposition is closed by a comma: "Ghana, the Chair and the host, objected" has one holder.
    """
    if token.dep_ != "appos" or token.pos_ != "PROPN" or token.head.pos_ != "PROPN":
        return False
    last = children(token, "conj")
    if not last or last[-1].pos_ != "PROPN" or not children(token, "cc"):
        return False
    end = last[-1].right_edge.i + 1
    return end < len(token.doc) and not token.doc[end].is_punct


def agents_of(verb: Token, depth: int = 0) -> list[Token]:
    """The heads of the noun phrases that do what ``verb`` says, coordination not yet expanded.

    Active subjects, `by`-agents of passives, and subjects shared through coordination, control,
    raising, participles and relative clauses. Source: codebook §2.5 and §2.7.
    """
    if depth > _DEPTH:
        return []
    if is_passive(verb):
        return _by_agents(verb)
    own = _subjects(verb, "nsubj")
    if own:
        return own
    return _shared_subject(verb, depth)


def _subjects(verb: Token, *deps: str) -> list[Token]:
    """The subject, also where the parser hung it on an auxiliary.

    Of two before the verb, a common noun is only the title of the name after it.
    """
    heads = [verb, *children(verb, "aux", "auxpass")]
    found = [doer_meant(child) for head in heads for child in children(head, *deps)]
    if len(found) > 1 and found[0].pos_ == "NOUN" and found[-1].pos_ == "PROPN":
        return [token for token in found if token.pos_ == "PROPN" or token.i > verb.i]
    return found


def _by_agents(verb: Token) -> list[Token]:
    named = _named_agents(verb)
    if named:
        return named
    inner = [child for child in children(verb, "conj") if is_passive(child)]
    inner += _asked_or_blamed(verb)
    return _by_agents(inner[0]) if inner else []


def _named_agents(verb: Token) -> list[Token]:
    """What follows the "by" of the verb itself, be it one that the parser took for another."""
    agents = [part for agent in children(verb, "agent") for part in coordinated(agent)]
    found = [pobj for agent in agents for pobj in children(agent, "pobj", "pcomp")]
    by = [prep for prep in children(verb, "prep") if prep.lower_ == "by"]
    return found or [pobj for prep in by for pobj in children(prep, "pobj")]


def _asked_or_blamed(verb: Token) -> list[Token]:
    """The clauses that the agent may follow: "was asked to leave by", "accused of lying by"."""
    acts = [act for prep in children(verb, "prep") for act in children(prep, "pcomp")]
    told = [act for act in children(verb, "xcomp") if any(c.tag_ == "TO" for c in act.children)]
    return [act for act in (*told, *acts) if not is_passive(act)]


def subject_of(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, active or passive, found as ``agents_of`` finds it."""
    own = _subjects(verb, *NOMINAL_SUBJECTS)
    return own or _shared_subject(verb, depth)


def _shared_subject(verb: Token, depth: int) -> list[Token]:
    head, dep = verb.head, verb.dep_
    if depth > _DEPTH or head == verb:
        return []
    if dep in ("xcomp", "ccomp"):
        return _controller(verb, head, depth)
    if dep == "acl":
        return _noun_doer(verb, head, depth)
    if dep == "relcl" and not children(verb, *NOMINAL_SUBJECTS):
        return [head]
    if dep == "pcomp" and head.dep_ in ("prep", "agent"):
        return _around_preposition(head, depth)
    above = _verb_over(head, verb) if dep == "conj" else head
    return subject_of(above, depth + 1) if dep in _OF_ITS_HEAD and is_verbal(above) else []


def _verb_over(word: Token, verb: Token) -> Token:
    """The verb whose object a finite verb was joined to: "opposes the ban and backs the levy"."""
    if verb.tag_ in ("VBZ", "VBD", "VBP"):
        while word.dep_ in ("dobj", "pobj", "prep", "conj", "appos") and not is_verbal(word):
            word = word.head
    return word


def _controller(verb: Token, head: Token, depth: int) -> list[Token]:
    """The subject of a clause that a verb or an adjective has for its complement."""
    if not is_verbal(head):
        return _controller_of_adjective(verb, head, depth)
    objects = children(head, "dobj", "dative")
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    if verb.dep_ == "ccomp" and not infinitive and verb.tag_ not in ("VBG", "VB"):
        return []
    if infinitive and objects and objects[0].i < verb.i:
        return objects[:1]
    return subject_of(head, depth + 1)


def _controller_of_adjective(verb: Token, head: Token, depth: int) -> list[Token]:
    if verb.dep_ == "ccomp" and head.pos_ != "ADJ":
        return []
    if head.dep_ in ("amod", "appos") and head.head.i < head.i:
        return subject_of(head, depth + 1) or [head.head]
    return subject_of(head.head if head.dep_ == "acomp" else head, depth + 1)


def _noun_doer(verb: Token, noun: Token, depth: int) -> list[Token]:
    if noun.lower_ in ("those", "one") and noun.dep_ == "pobj" and is_verbal(noun.head.head):
        return subject_of(noun.head.head, depth + 1)
    if verb.tag_ == "VBG":
        return [noun]
    owners = owners_of(noun)
    if owners:
        return owners
    if noun.dep_ in ("dobj", "attr", "pobj", "nsubj"):
        verbal = noun.head if noun.dep_ != "pobj" else noun.head.head
        if is_verbal(verbal) and noun.dep_ != "nsubj":
            return subject_of(verbal, depth + 1)
    return []


def _around_preposition(prep: Token, depth: int) -> list[Token]:
    above = prep.head
    if prep.lower_ in ("including", "like", "despite", "than"):
        return []
    if is_verbal(above):
        return _around_in_clause(prep, above, depth)
    if above.pos_ in ("NOUN", "PROPN"):
        return _around_of_noun(above, depth)
    adverb = above.pos_ == "ADV" and is_verbal(above.head)
    adjective = above.pos_ == "ADJ" and above.dep_ == "acomp"
    return subject_of(above.head, depth + 1) if adverb or adjective else []


def _around_in_clause(prep: Token, verb: Token, depth: int) -> list[Token]:
    objects = [t for t in patients_of(verb) if t.i < prep.i or is_passive(verb)]
    instead = prep.i > 0 and prep.nbor(-1).lower_ == "instead"
    if prep.lower_ in ("of", "as", "from", "into", "for") and objects and not instead:
        return objects[:1]
    return subject_of(verb, depth + 1)


def _around_of_noun(noun: Token, depth: int) -> list[Token]:
    owners = owners_of(noun)
    if owners:
        return owners
    if noun.dep_ in ("dobj", "attr") and is_verbal(noun.head):
        return subject_of(noun.head, depth + 1)
    above_another = noun.dep_ == "pobj" and depth < _DEPTH
    return _around_preposition(noun.head, depth + 1) if above_another else []


def owners_of(noun: Token) -> list[Token]:
    """The possessors of a noun: "Chile's draft", "their draft", "Chile's and Peru's draft"."""
    found = [antecedent(child) for child in children(noun, "poss")]
    if noun.dep_ == "conj" and noun.head.pos_ == "PROPN" and children(noun.head, "case"):
        found.insert(0, noun.head)
    return found


def patients_of(verb: Token) -> list[Token]:
    """The heads of the noun phrases that it is done to: objects, or subjects of passives."""
    if is_passive(verb):
        return _passive_patients(verb)
    own = [antecedent(child) for child in _objects(verb)]
    if own:
        return own
    shared = _shared_objects(verb)
    if shared:
        return shared
    if verb.dep_ == "relcl":
        subjects = children(verb, "nsubj")
        if subjects and subjects[0].lower_ not in RELATIVE_PRONOUNS:
            cleft = cleft_of(verb)
            return [cleft.focus if cleft is not None and cleft.names else verb.head]
    return []


def _objects(verb: Token) -> list[Token]:
    """The direct objects; the "that" of "a lie that Kenya backs the ban" is none of them."""
    objects = children(verb, "dobj")
    named = [one for one in objects if one.pos_ == "PROPN" or children(one, "det", "poss")]
    return named if named and objects[0].lower_ in ("that", "what") else objects


def _passive_patients(verb: Token) -> list[Token]:
    own = _subjects(verb, *PASSIVE_SUBJECTS)
    if not own and any(children(aux, "nsubj") for aux in children(verb, "auxpass")):
        own = _subjects(verb, "nsubj")
    if own:
        return own
    if verb.dep_ in ("acl", "relcl"):
        return [verb.head]
    if verb.dep_ == "advcl" and any(c.lower_ == "as" for c in verb.children):
        return noun_before(verb)
    if verb.dep_ == "conj" and is_verbal(verb.head) and is_passive(verb.head):
        return patients_of(verb.head)
    return _shared_subject(verb, 0)


def _shared_objects(verb: Token) -> list[Token]:
    """The object that stands only after a later verb: "endorsed and supported the draft"."""
    if children(verb, "prep", "ccomp", "xcomp", "prt", "acomp"):
        return []
    for child in children(verb, "conj"):
        if not is_verbal(child) or children(child, "prep", "prt"):
            continue
        if children(child, *SUBJECTS) and not meets_conjunction(verb):
            continue
        shared = [antecedent(token) for token in children(child, "dobj")]
        shared = shared or _shared_objects(child)
        if shared:
            return shared
    return []
