"""Names that a given name, an initial or what is said of them tells to be people's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.titles import Titles
from pipeline.language.labels import PLURAL_TAGS
from pipeline.language.words import (
    ARTICLES,
    ONE_OF_A_BODY,
    THIRD_FEMALE,
    THIRD_MALE,
    THIRD_SINGULAR_PEOPLE,
)
from pipeline.lexicon.nouns import Nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 5
_MOST_PLAIN = 3
_BEFORE = 60
_INITIAL = re.compile(r"[^\W\d_]\.?")
_TWO_CAPITALS = re.compile(r"(?:Mc|Mac|Fitz|De|Di|La|Le|Van)[A-Z][a-z]+")
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_TIMES = frozenset(["DATE", "TIME", "CARDINAL"])
_AGAIN = "re-elected"
_REACH = 7
_SINGULAR = THIRD_MALE | THIRD_FEMALE


class GivenNames:
    """Says of a name that the model takes for a body, or for nothing, whether it is a person's."""

    def __init__(self, nouns: Nouns, titles: Titles) -> None:
        self.nouns = nouns
        self.titles = titles
        self._roles = titles.callings - nouns.collective_nouns - nouns.member_nouns

    def is_given(self, token: Token) -> bool:
        """Whether the word is a given name, in any spelling of its accents."""
        return self.nouns.is_given_name(token.text)

    def reads_like_full(self, doc: Doc, start: int, end: int) -> bool:
        """As in "Chantal Soto", "Rufus D. Soto": a given name or an initial, and a surname."""
        if not 2 <= end - start <= _LONGEST or not self._is_surname(doc[end - 1]):
            return False
        if not all(self._may_be_part(token) for token in doc[start:end]):
            return False
        if end - start == 3 and _INITIAL.fullmatch(doc[start + 1].text):
            return doc[start].text.istitle()
        plain = sum(len(token.text) > 2 and token.text.istitle() for token in doc[start:end])
        return plain <= _MOST_PLAIN and self.is_given(doc[start])

    def past_label(self, doc: Doc, start: int, end: int) -> int:
        """Where the name begins after a word for a sort of people: "Republican Warren Soto"."""
        first = doc[start]
        if end - start < 3 or self.is_given(first) or not self.is_given(doc[start + 1]):
            return start
        party = f"{first.lower_}s" in self.nouns.party_nouns
        plain = first.is_sent_start and first.tag_ not in ("NNP", "NNPS")
        return start + 1 if party or plain or self.titles.is_plural(first.lower_) else start

    def is_somebody(self, token: Token) -> bool:
        """Whether what is said of a name of one word is said of people: "Soto was elected"."""
        if not _is_titled(token.text) or token.dep_ not in _SUBJECTS:
            return False
        verb = token.head
        if self.is_given(token):
            return True
        if token.dep_ == "nsubjpass" and verb.lemma_ in self.nouns.personal_verbs:
            return True
        if token.dep_ == "nsubj" and verb.lemma_ in self.nouns.life_verbs:
            return True
        return self._has_role(verb) or self._stands(verb) or self._is_called_he(token)

    def stands(self, token: Token) -> bool:
        """Whether the name is the subject of what people alone do at elections."""
        named = _is_titled(token.text) and token.pos_ == "PROPN"
        return named and token.dep_ == "nsubj" and self._stands(token.head)

    def _stands(self, verb: Token) -> bool:
        """As in "ran for mayor", "served as a judge", "kept his seat", "was re-elected"."""
        for child in verb.children:
            words = f"{verb.lemma_} {child.lower_}"
            if child.i > verb.i and words in self.nouns.standing_phrases:
                return self._is_ones_own(child)
        return _is_chosen_again(verb)

    def _is_ones_own(self, word: Token) -> bool:
        """Whether what is run for is an office, what is won is one's own, a race is an election.

        As in "ran for mayor", "kept his seat", "finished second with 900 votes".
        """
        if word.dep_ == "prep":
            return self._is_goal(word)
        if word.dep_ != "dobj":
            return any(token.lower_ in self.nouns.office_goals for token in word.sent)
        owners = {child.lower_ for child in word.children if child.dep_ in ("poss", "det")}
        own = bool(owners & _SINGULAR) or word.lower_ != ONE_OF_A_BODY
        return own and word.tag_ not in PLURAL_TAGS and owners <= _SINGULAR | ARTICLES

    def _is_goal(self, preposition: Token) -> bool:
        """Whether the preposition leads to an office, a seat or a name that is no span of time."""
        nouns = [child for child in preposition.children if child.dep_ == "pobj"]
        return any(
            noun.ent_type_ not in _TIMES
            and (self._is_role(noun) or noun.lower_ in self.nouns.office_goals)
            for noun in nouns
        )

    def _has_role(self, verb: Token) -> bool:
        """As in "was a senator", "became governor"."""
        return any(child.dep_ == "attr" and self._is_role(child) for child in verb.children)

    def _is_role(self, noun: Token) -> bool:
        return noun.tag_ in ("NN", "NNP") and noun.lower_ in self._roles

    def _is_called_he(self, token: Token) -> bool:
        """Whether "he" or "she" follows in the sentence, and nobody else was named before."""
        doc, sentence = token.doc, token.sent
        told = (t for t in doc[token.i + 1 : sentence.end] if t.lower_ in THIRD_SINGULAR_PEOPLE)
        pronoun = next(told, None)
        if pronoun is None:
            return False
        before = doc[max(0, sentence.start - _BEFORE) : pronoun.i]
        return all(t.ent_type_ != "PERSON" and t.lower_ not in _SINGULAR for t in before)

    def _is_surname(self, token: Token) -> bool:
        word = token.lower_
        plain = self.nouns.place_nouns | self.nouns.event_nouns | self.nouns.thing_nouns
        if not _is_titled(token.text) or token.tag_ not in ("NNP", "NNPS"):
            return False
        return word not in plain | self.nouns.body_nouns | self.nouns.company_suffixes

    def _may_be_part(self, token: Token) -> bool:
        """Whether the word can stand inside a person's name."""
        if token.text[0].isupper():
            return _is_titled(token.text) or _INITIAL.fullmatch(token.text) is not None
        return token.lower_ in self.nouns.name_particles or token.text in "-’'"


def _is_titled(text: str) -> bool:
    """Whether one capital begins the word, or two a surname: "McKay", "DeSoto"."""
    return text.istitle() or _TWO_CAPITALS.fullmatch(text) is not None


def _is_chosen_again(verb: Token) -> bool:
    """Whether "was" or "has been" leads to "re-elected", which the parse has in three parts."""
    if verb.lemma_ != "be":
        return False
    words = [token.lower_ for token in verb.doc[verb.i : verb.i + _REACH]]
    return any("".join(words[n : n + 3]) == _AGAIN for n in range(1, len(words)))
