"""The small words that deny a noun phrase or a clause: "no state", "neither", "by no means".

One reading for all places: the object, the subject, the agent, what is said and what is asked for.
Source: codebook §2, field ``stance``: after negation.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.language.antecedents import antecedent
from pipeline.language.chains import top_conjunct
from pipeline.language.infinitives import is_infinitive
from pipeline.language.kept import kept
from pipeline.language.labels import COMPLEMENTS, NOMINAL_SUBJECTS, PREDICATIVES
from pipeline.language.negation_words import (
    BARELY,
    CLITIC_NOT,
    COUNTED,
    EMPTY_PRONOUNS,
    EXCEPT,
    FAR_FROM,
    FEW,
    GIVEN,
    INSTEAD_OF,
    LEAVING_UNDONE,
    NEVER,
    NO,
    NO_LONGER,
    NO_WAY_PREPOSITIONS,
    ONLY,
)
from pipeline.language.syntax import agents_of, children, is_passive, is_verbal, owners_of
from pipeline.language.words import (
    COORDINATORS,
    COUNTING_PREPOSITIONS,
    EXPLETIVES,
    RELATIVE_PRONOUNS,
    YET_VERBS,
)
from pipeline.lexicon.grammar import Grammar

_PARTS = ("det", "predet", "preconj", "amod", "nummod", "neg", "cc", "quantmod", "advmod", "nmod",
          "compound")  # fmt: skip
_FORWARD = frozenset({"conj", "xcomp", "acomp", "oprd"})


@kept
def is_empty(noun: Token) -> bool:
    """Whether the noun phrase names nobody or nothing: "no state", "few of them", "not one".

    "The few states", "a little support" and "nothing but praise" name something.
    """
    if _is_scarce(noun):
        return True
    owners = owners_of(noun)
    return bool(owners) and owners[0] != noun and is_empty(owners[0])


def _is_scarce(noun: Token) -> bool:
    if _follows(noun) in EXCEPT:
        return False
    parts = [child for child in children(noun, *_PARTS) if child.i < noun.i]
    if noun.lower_ in EMPTY_PRONOUNS or any(_is_no(part, noun) for part in parts):
        return True
    if _is_barely_opened(noun):
        return True
    return any(_is_few(part, noun) for part in (*parts, noun))


def _is_no(part: Token, noun: Token) -> bool:
    """The "no" of the phrase itself, not of a "no-fly zone", "a no vote" or a slogan in quotes."""
    if part.lower_ == "neither":
        return True
    if part.lower_ not in NO or part.dep_ == "advmod" or _follows(part) in ("-", *EXCEPT):
        return False
    numbered = part.text == "No" and part.nbor(1).is_digit
    if numbered or (part.i and part.nbor(-1).is_quote):
        return False
    return not any(child.lower_ in GIVEN for child in children(noun, "det"))


def _is_few(word: Token, noun: Token) -> bool:
    """A "few" or "little" that is no "a few" and no "little town"."""
    if word.lower_ not in FEW or (word.i and word.nbor(-1).lower_ in GIVEN):
        return False
    given = any(child.lower_ in GIVEN for child in children(noun, "det"))
    return not given and (word.lower_ == "few" or noun.tag_ in ("NN", "JJ"))


def _is_barely_opened(noun: Token) -> bool:
    """Whether a "not" or "hardly" opens this noun phrase: "not a single state", "hardly any"."""
    edge = noun.left_edge
    if edge.lower_ not in BARELY:
        if not edge.i or edge.lower_ not in COUNTED:
            return False
        edge = edge.nbor(-1)
    own = edge.head in (noun, noun.left_edge) or edge.head.head == noun
    if not own and (edge.lower_ == "not" or edge.i < edge.head.i):
        return False
    return edge.lower_ in BARELY and edge.dep_ != "cc" and _follows(edge) in COUNTED


def _follows(token: Token) -> str:
    return str(token.doc[token.i + 1].lower_) if token.i + 1 < len(token.doc) else ""


def is_left_undone(verb: Token) -> bool:
    """Whether "without", "against", "instead of" or "rather than" stands before the verb."""
    doc, start = verb.doc, verb.left_edge.i
    for i in {start, verb.i}:
        before = tuple(doc[j].lower_ for j in (i - 2, i - 1) if j >= 0)
        if before in INSTEAD_OF or LEAVING_UNDONE.intersection(before[-1:]):
            return True
    shares = verb.dep_ == "conj" and is_verbal(verb.head) and verb.tag_ == verb.head.tag_
    return shares and not children(verb, *NOMINAL_SUBJECTS, "aux") and is_left_undone(verb.head)


def is_yet_to(verb: Token, above: Token) -> bool:
    """As in "has yet to support"."""
    yet = any(child.lower_ == "yet" for one in (above, verb) for child in children(one, "advmod"))
    return yet and is_infinitive(verb) and above.lemma_ in YET_VERBS


def is_shared(negator: Token, first: Token, later: Token) -> bool:
    """Whether a negator of the first verb denies the later one too.

    Before an "or" it does; a bare verb has even its "did" from the first: "did not endorse and
    sign". After "but" it does not.
    """
    joints = [token for token in children(first, "cc") if first.i < token.i < later.i]
    if negator.i > first.i or any(joint.lower_ == "but" for joint in joints):
        return False
    if not _is_same_form(first, later):
        return False
    following = [child for child in later.children if child.dep_ == "cc"]
    if any(joint.lower_ == "or" for joint in (*joints, *following)):
        return True
    return later.tag_ == "VB" and first.tag_ == "VB" and not is_infinitive(first)


def _is_same_form(first: Token, later: Token) -> bool:
    """Whether one helping verb can serve both; the parser mixes up past and participle."""
    return later.tag_ == first.tag_ or {later.tag_, first.tag_} == {"VBD", "VBN"}


def is_denied(head: Token, grammar: Grammar) -> bool:
    """Whether a verb's clause, or a predicate, is denied by an adverb, a phrase or its subject."""
    predicates = [one for child in children(head, *PREDICATIVES) for one in child.children]
    if any(_denies(child, grammar) or is_far_from(child) for child in head.children):
        return True
    if any(one.lower_ == "neither" for one in predicates):
        return True
    doers = (*children(head, *NOMINAL_SUBJECTS), *_doers(head))
    return any(_is_out(one, grammar) for one in doers)


def _denies(child: Token, grammar: Grammar) -> bool:
    """Whether a dependent of the verb denies it; "not only" adds and does not deny."""
    negator = child.dep_ == "neg" or child.lower_ in CLITIC_NOT
    if negator or (child.dep_ == "advmod" and child.lower_ in NEVER):
        return _follows(child) not in ONLY
    if child.lower_ == "neither":
        return child.dep_ in ("preconj", "cc", "advmod") and child.i < child.head.i
    if child.dep_ == "advmod":
        words = {part.lower_ for part in child.children}
        return bool(words & NEVER) or (child.lower_ in NO_LONGER and "no" in words)
    return in_no_way(child, grammar)


def is_far_from(predicate: Token) -> bool:
    """Whether it opens "far from fair" or "anything but fair"."""
    return (predicate.lower_, _follows(predicate)) in FAR_FROM


def in_no_way(child: Token, grammar: Grammar) -> bool:
    """Whether it is a phrase as "by no means", "under no circumstances", "at no time"."""
    if child.dep_ != "prep" or child.lower_ not in NO_WAY_PREPOSITIONS:
        return False
    return any(
        noun.lemma_.lower() in grammar.no_way_nouns
        and any(part.lower_ == "no" for part in noun.children)
        for noun in children(child, "pobj")
    )


def has_empty_subject(verb: Token, grammar: Grammar) -> bool:
    """Whether nobody does it, also by a subject shared with the verb before.

    As in "no state signed or ratified", "it was signed by none of them".
    """
    if any(is_empty(agent) for agent in _doers(verb)):
        return True
    for _ in range(4):
        own = children(verb, *NOMINAL_SUBJECTS)
        if own or verb.dep_ not in _FORWARD or not is_verbal(verb.head):
            return any(_is_out(_meant(subject), grammar) for subject in own)
        verb = verb.head
    return False


def tells_of_nobody(verb: Token) -> bool:
    """Whether nobody is said to do it, in a clause about nobody: "no state that rejected it came".

    After "there is" the clause is what is told: "there is no state that rejected it".
    """
    while verb.dep_ in COMPLEMENTS and is_verbal(verb.head):
        verb = verb.head
    if verb.dep_ != "relcl" or not is_empty(verb.head):
        return False
    own = children(verb, *NOMINAL_SUBJECTS)
    openers = [*own, *(poss for one in own for poss in children(one, "poss"))]
    return any(one.lower_ in RELATIVE_PRONOUNS and _meant(one) == one for one in openers)


def is_within_nobody(noun: Token) -> bool:
    """Whether the parser joined it to "nobody" for its place: "no one in the EU or NATO"."""
    first = top_conjunct(noun)
    joints = [joint for joint in children(noun.head, "cc") if joint.i < noun.i]
    if first == noun or not joints or joints[-1].lower_ not in COORDINATORS:
        return False
    counted = any(child.lower_ in COUNTING_PREPOSITIONS for child in children(first, "prep"))
    return counted and is_empty(first)


def _meant(subject: Token) -> Token:
    """The noun behind a relative pronoun after "there is" or "it is": "it was no state that"."""
    noun = antecedent(subject)
    subjects = children(noun.head, *NOMINAL_SUBJECTS, "expl") if noun.dep_ == "attr" else []
    named = any(one.lower_ in EXPLETIVES for one in subjects)
    return noun if named and noun.head.lemma_ == "be" else subject


def _is_out(subject: Token, grammar: Grammar) -> bool:
    """Also where the parser hung the phrase on the subject: "Chile by no means supports it"."""
    return is_empty(subject) or any(in_no_way(child, grammar) for child in subject.children)


def _doers(verb: Token) -> list[Token]:
    return agents_of(verb) if is_verbal(verb) and is_passive(verb) else []
