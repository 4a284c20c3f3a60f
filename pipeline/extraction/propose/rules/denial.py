"""The small words that deny a noun phrase or a clause: "no state", "neither", "by no means".

One reading for all places: the object, the subject, the agent, what is said and what is asked for.
Source: codebook §2, field ``stance``: after negation.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.targets import is_infinitive
from pipeline.language.syntax import agents_of, children, is_passive, is_verbal, owners_of

_NOBODY = frozenset("none nobody nothing neither nowhere".split())
_NO = frozenset("no neither zero".split())
_SCARCE = frozenset("few little scant".split())
_BARELY = frozenset("hardly scarcely barely not".split())
_COUNTED = frozenset(
    "a one any anyone anybody anything all every everyone everybody many much most".split()
)
_NEVER = frozenset("never hardly scarcely barely rarely seldom nowhere".split())
_GIVEN = frozenset("a an quite the this that these those its their his her".split())
_EXCEPT = frozenset("but except save other short less more fewer".split())
_ADDING = frozenset("only just merely simply".split())
_PARTS = ("det", "predet", "preconj", "amod", "nummod", "neg", "cc", "quantmod", "advmod", "nmod")
_IN_NO_WAY = frozenset("by in at under on for to".split())
_FORWARD = frozenset({"conj", "xcomp"})
_SUBJECTS = ("nsubj", "nsubjpass")
_PREDICATES = ("acomp", "attr", "oprd")
_WAYS = frozenset(
    "mean means way time circumstance account point case event condition stage sense".split()
)


def is_empty(noun: Token) -> bool:
    """Whether the noun phrase names nobody or nothing: "no state", "few of them", "not one".

    "The few states", "a little support" and "nothing but praise" name something.
    """
    if _is_scarce(noun):
        return True
    owners = owners_of(noun)
    return bool(owners) and owners[0] != noun and is_empty(owners[0])


def _is_scarce(noun: Token) -> bool:
    if _follows(noun) in _EXCEPT:
        return False
    parts = [child for child in children(noun, *_PARTS) if child.i < noun.i]
    if noun.lower_ in _NOBODY or any(_is_no(part, noun) for part in parts):
        return True
    if _is_barely_opened(noun):
        return True
    return any(_is_few(part, noun) for part in (*parts, noun))


def _is_no(part: Token, noun: Token) -> bool:
    """The "no" of the phrase itself, not of a "no-fly zone", "a no vote" or a slogan in quotes."""
    if part.lower_ == "neither":
        return True
    if part.lower_ not in _NO or part.dep_ == "advmod" or _follows(part) in ("-", *_EXCEPT):
        return False
    numbered = part.text == "No" and part.nbor(1).is_digit
    if numbered or (part.i and part.nbor(-1).is_quote):
        return False
    return not any(child.lower_ in _GIVEN for child in children(noun, "det"))


def _is_few(word: Token, noun: Token) -> bool:
    """A "few" or "little" that is no "a few" and no "little town"."""
    if word.lower_ not in _SCARCE or (word.i and word.nbor(-1).lower_ in _GIVEN):
        return False
    given = any(child.lower_ in _GIVEN for child in children(noun, "det"))
    return not given and (word.lower_ == "few" or noun.tag_ in ("NN", "JJ"))


def _is_barely_opened(noun: Token) -> bool:
    """Whether a "not" or "hardly" opens this noun phrase: "not a single state", "hardly any"."""
    edge = noun.left_edge
    if edge.lower_ not in _BARELY:
        if not edge.i or edge.lower_ not in _COUNTED:
            return False
        edge = edge.nbor(-1)
    own = edge.head in (noun, noun.left_edge) or edge.head.head == noun
    if not own and (edge.lower_ == "not" or edge.i < edge.head.i):
        return False
    return edge.lower_ in _BARELY and edge.dep_ != "cc" and _follows(edge) in _COUNTED


def _follows(token: Token) -> str:
    return str(token.doc[token.i + 1].lower_) if token.i + 1 < len(token.doc) else ""


def is_left_undone(verb: Token) -> bool:
    """Whether "without", "against", "instead of" or "rather than" stands before the verb."""
    doc, start = verb.doc, verb.left_edge.i
    for i in {start, verb.i}:
        before = [doc[j].lower_ for j in (i - 2, i - 1) if j >= 0]
        if before[-1:] in (["without"], ["against"]) or before in (
            ["instead", "of"],
            ["rather", "than"],
        ):
            return True
    shares = verb.dep_ == "conj" and is_verbal(verb.head) and verb.tag_ == verb.head.tag_
    return shares and not children(verb, *_SUBJECTS, "aux") and is_left_undone(verb.head)


def is_yet_to(verb: Token, above: Token) -> bool:
    """As in "has yet to support"."""
    yet = any(child.lower_ == "yet" for one in (above, verb) for child in children(one, "advmod"))
    return yet and is_infinitive(verb) and above.lemma_ in ("have", "be", "remain")


def is_shared(negator: Token, first: Token, later: Token) -> bool:
    """Whether a negator of the first verb denies the later one too.

    Before an "or" it does; a bare verb has even its "did" from the first: "did not endorse and
    sign". After "but" it does not.
    """
    joints = [token for token in children(first, "cc") if first.i < token.i < later.i]
    if negator.i > first.i or any(joint.lower_ == "but" for joint in joints):
        return False
    if later.tag_ != first.tag_ and {later.tag_, first.tag_} != {"VBD", "VBN"}:
        return False
    following = [child for child in later.children if child.dep_ == "cc"]
    if any(joint.lower_ == "or" for joint in (*joints, *following)):
        return True
    return later.tag_ == "VB" and first.tag_ == "VB" and not is_infinitive(first)


def is_denied(head: Token) -> bool:
    """Whether a verb's clause, or a predicate, is denied by an adverb, a phrase or its subject."""
    predicates = [one for child in children(head, *_PREDICATES) for one in child.children]
    if any(denies(child) or is_far_from(child) for child in head.children):
        return True
    if any(one.lower_ == "neither" for one in predicates):
        return True
    return any(_is_out(one) for one in (*children(head, *_SUBJECTS), *_doers(head)))


def denies(child: Token) -> bool:
    """Whether a dependent of the verb denies it; "not only" adds and does not deny."""
    if child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in _NEVER):
        return _follows(child) not in _ADDING
    if child.lower_ == "neither":
        return child.dep_ in ("preconj", "cc", "advmod") and child.i < child.head.i
    if child.dep_ == "advmod":
        words = {part.lower_ for part in child.children}
        return bool(words & _NEVER) or (child.lower_ in ("longer", "more") and "no" in words)
    return in_no_way(child)


def is_far_from(predicate: Token) -> bool:
    """Whether it opens "far from fair" or "anything but fair"."""
    return (predicate.lower_, _follows(predicate)) in (("far", "from"), ("anything", "but"))


def in_no_way(child: Token) -> bool:
    """Whether it is a phrase as "by no means", "under no circumstances", "at no time"."""
    if child.dep_ != "prep" or child.lower_ not in _IN_NO_WAY:
        return False
    return any(
        noun.lemma_.lower() in _WAYS and any(part.lower_ == "no" for part in noun.children)
        for noun in children(child, "pobj")
    )


def has_empty_subject(verb: Token) -> bool:
    """Whether nobody does it, also by a subject shared with the verb before.

    As in "no state signed or ratified", "it was signed by none of them".
    """
    if any(is_empty(agent) for agent in _doers(verb)):
        return True
    for _ in range(4):
        own = children(verb, *_SUBJECTS)
        if own or verb.dep_ not in _FORWARD or not is_verbal(verb.head):
            return any(_is_out(subject) for subject in own)
        verb = verb.head
    return False


def _is_out(subject: Token) -> bool:
    """Also where the parser hung the phrase on the subject: "Chile by no means supports it"."""
    return is_empty(subject) or any(in_no_way(child) for child in subject.children)


def _doers(verb: Token) -> list[Token]:
    return agents_of(verb) if is_verbal(verb) and is_passive(verb) else []
