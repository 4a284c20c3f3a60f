"""The words of a target as concepts are looked up by: in their basic form, without the model.

The lemmas are simplemma's (``docs/decisions/0004-lemmas-without-the-model.md``). Patterns and
targets go through the same function, so that a lemma which is odd is as odd on both sides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.negation_words import NO
from pipeline.language.words import (
    DEFINITE_DETERMINERS,
    INDEFINITE_DETERMINERS,
    OWNERS,
)
from pipeline.lexicon.spellings import strip_accents

LANGUAGE = "en"
DETERMINERS = (DEFINITE_DETERMINERS | INDEFINITE_DETERMINERS | OWNERS) - NO
"""What is passed over between words: "withdrawal from the treaty" is "withdrawal from treaty"."""

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*|&|[,;:/()]")
_POSSESSIVE = re.compile(r"['’]s?$")
_SPELLINGS = (
    ("isation", "ization"),
    ("yse", "yze"),
    ("ise", "ize"),
    ("our", "or"),
    ("fence", "fense"),
    ("centre", "center"),
    ("programme", "program"),
)
"""British endings with the American ones; a word may become none, but the same on both sides."""
_SHORTEST = 6
_LONGEST_ACRONYM = 8
_SHOUTED = 3  # so many words in capitals are no row of short forms
_LONGEST_WORD = 40  # what is longer is no word, and has no other form


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: where it stands, and the key that it is looked up by.

    ``new`` says that an indefinite article stood before it.
    """

    start: int
    end: int
    key: str
    new: bool = False


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words and marks of a text in order, determiners left out.

    >>> [token.key for token in tokens_of("the repeal of its Levies, ICTs")]
    ['repeal', 'of', 'levy', ',', 'ICT']
    """
    shouted = is_shouted(text)
    tokens = []
    new = False
    for found in _TOKEN.finditer(text):
        small = found[0].lower()
        if small in DETERMINERS:
            new = small in INDEFINITE_DETERMINERS
            continue
        key = key_of(found[0], acronyms=not shouted)
        tokens.append(Token(found.start(), found.end(), key, new))
        new = False
    return tuple(tokens)


def is_shouted(text: str) -> bool:
    """Whether a text is in capitals as a whole, so that they mark no short forms.

    >>> is_shouted("THE SUGAR LEVY"), is_shouted("UN GGE")
    (True, False)
    """
    return text.isupper() and len(text.split()) >= _SHOUTED


@lru_cache(maxsize=100_000)
def key_of(word: str, *, acronyms: bool = True) -> str:
    """The basic form of a word in small letters, as British and American spelling share it.

    Short forms keep their capitals, so that "US" is not "us". Without ``acronyms`` a word in
    capitals is like any other: the whole text is in capitals.

    >>> key_of("militarisation"), key_of("States"), key_of("NGOs"), key_of("U.S.")
    ('militarization', 'state', 'NGO', 'US')
    """
    if word == "&":
        return "and"
    plain = _POSSESSIVE.sub("", strip_accents(word))
    letters = plain.replace(".", "")
    bare = letters[:-1] if letters.endswith("s") and len(letters) > 2 else letters
    if acronyms and bare.isupper() and 1 < len(bare) <= _LONGEST_ACRONYM:
        return bare
    small = plain.lower()
    if not small.isalpha() or len(small) > _LONGEST_WORD:
        return small
    return _american(_lemma(small))


def plain_name(words: str) -> str:
    """The words with single blanks and without a possessive ending, as a lexicon has names.

    >>> plain_name("the  Paris Club’s")
    'the Paris Club'
    """
    return _POSSESSIVE.sub("", " ".join(words.split()))


def _american(word: str) -> str:
    if len(word) >= _SHORTEST:
        for british, american in _SPELLINGS:
            if word.endswith(british):
                return word.removesuffix(british) + american
    return word


def _lemma(word: str) -> str:
    from simplemma import lemmatize

    return str(lemmatize(word, lang=LANGUAGE)).lower()
