"""Names that are spelt as a modal verb is, "May" and "Will", where no modal can stand.

A modal has a bare verb after it, so that "May criticised the plan" and "Will has left" are of
somebody. The parser goes by the word, and loses the subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.attrs import DEP, TAG
from spacy.tokens import Doc, Token

_MODAL, _NAME, _HELPER = "MD", "NNP", "aux"
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_PLAIN_NAME = "Smith"
"""What is read in its place: a surname that is no other word."""
_NOT_BARE = frozenset({"VBD", "VBN", "VBZ"})
_BETWEEN = frozenset({"RB", "CC", "-LRB-", "-RRB-"})
_NOT_AFTER_NAMES = frozenset({"not", "n't", "n’t"})


def names_read_as_modals(doc: Doc) -> Iterator[Token]:
    """The words with a capital that are parsed as a modal before a verb that is not bare.

    The tagger may know a name where the parser does not.
    """
    parsed: Any = doc.to_array([TAG, DEP])
    modal, name, helper = (doc.vocab.strings[label] for label in (_MODAL, _NAME, _HELPER))
    tags, helps = parsed[:, 0], parsed[:, 1] == helper
    for place in ((tags == modal) | (tags == name) & helps).nonzero()[0]:
        token = doc[int(place)]
        if token.is_title and len(token) > 1 and _governs_no_bare_verb(token):
            yield token


def _governs_no_bare_verb(modal: Token) -> bool:
    doc, place = modal.doc, modal.i + 1
    end = modal.sent.end
    while place < end and doc[place].tag_ in _BETWEEN:
        if doc[place].lower_ in _NOT_AFTER_NAMES:
            return False
        place += 1
    return place < end and doc[place].tag_ in _NOT_BARE and _is_inflected(doc[place])


def _is_inflected(verb: Token) -> bool:
    """Whether its form is not that of the bare verb as well: "put", "set"."""
    return verb.lower_ != verb.lemma_.lower()


def plain_named(words: list[str], places: set[int]) -> list[str]:
    """The words with a plain name at the places.

    >>> plain_named(["May", "left", "."], {0})
    ['Smith', 'left', '.']
    """
    return [_PLAIN_NAME if place in places else word for place, word in enumerate(words)]


def make_subject(name: Token) -> None:
    """Make the name the subject of the verb that it was parsed to help, where it has no other."""
    verb = name.head
    others = (child for child in verb.children if child != name)
    if name.dep_ == _HELPER and not any(child.dep_ in _SUBJECTS for child in others):
        name.tag_, name.pos_, name.dep_ = _NAME, "PROPN", _SUBJECTS[0]
