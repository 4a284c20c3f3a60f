"""The subjunctive of what is asked for: "demanded that the dam not be built"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.syntax import children, is_passive

_SUBJECTS = (*NOMINAL_SUBJECTS, "expl")
_BASE = frozenset({"VB", "VBP"})


def is_subjunctive_form(verb: Token) -> bool:
    """Whether the form itself tells it: "be built", "not drill" and "be" without a helping verb.

    The parser takes some base forms for a plural's.
    """
    helpers = children(verb, "aux", "auxpass")
    if not children(verb, *_SUBJECTS) or any(one.lower_ != "be" for one in helpers):
        return False
    if helpers:
        return is_passive(verb) or verb.tag_ == "VBG"
    if verb.lower_ == "be":
        return True
    denied = any(child.i < verb.i and child.lower_ == "not" for child in children(verb, "neg"))
    return is_bare(verb) or (denied and verb.tag_ in _BASE)


def is_bare(verb: Token) -> bool:
    """Whether the form is a subjunctive's; the parser takes some for a plural's."""
    return verb.tag_ == "VB" or (verb.tag_ == "VBP" and _is_singular(verb))


def is_base_form(verb: Token) -> bool:
    """Whether it may be one after a verb of asking: "asked that the firms drill"."""
    return verb.tag_ in _BASE and verb.lemma_ != "be" and not children(verb, "aux", "auxpass")


def _is_singular(verb: Token) -> bool:
    """Whether the subject is one, whose verb would end in -s otherwise."""
    subjects = children(verb, "nsubj")
    joined = any(child.dep_ == "conj" for one in subjects for child in one.children)
    return verb.lemma_ != "be" and not joined and any(one.tag_ in ("NN", "NNP") for one in subjects)
