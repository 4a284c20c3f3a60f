"""How the lexicon would write a cue that somebody marked: lemmas in a row, the head first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.lexicon.cues import PREPOSITIONS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

    from pipeline.records import Span

_LONGEST = 6
_LOOSE = frozenset(
    ("det", "aux", "auxpass", "neg", "poss", "case", "punct", "agent", "cc", "predet")
)
"""What the grammar knows, or what may stand between the words of a cue."""

_COPULA = "be"
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}


@dataclass(frozen=True, slots=True, order=True)
class Pattern:
    """The words of a cue as an entry has them, and its part of speech.

    >>> Pattern(("put", "kibosh", "on"), "verb").cue
    'put kibosh on'
    """

    words: tuple[str, ...]
    pos: str

    @property
    def cue(self) -> str:
        """The words as the key ``cue`` of an entry has them."""
        return " ".join(self.words)

    @property
    def closes(self) -> bool:
        """Whether it ends in a preposition, behind which the target stands."""
        return len(self.words) > 1 and self.words[-1] in PREPOSITIONS


@dataclass(frozen=True, slots=True)
class Marked:
    """A cue at its place: the patterns that could stand for it, the likeliest first.

    ``forms`` are the words of the first pattern as the text has them; ``words`` the places of
    the tokens that were marked and count.
    """

    patterns: tuple[Pattern, ...]
    forms: tuple[str, ...]
    words: tuple[int, ...]


def read_marked(doc: Doc, cue: Span, target: Span | None) -> Marked | None:
    """The cue that stands at a span of a parsed text; None where no word there can be one."""
    span = doc.char_span(cue.start, cue.end, alignment_mode="expand")
    if span is None:
        return None
    kept = [token for token in span if _is_kept(token)]
    if not 0 < len(kept) <= _LONGEST:
        return None
    head = _head_of(span, kept)
    words = [head, *(token for token in kept if token.i != head.i)]
    behind = _preposition_behind(span, words, target)
    found = tuple(dict.fromkeys(_patterns(span, words, behind)))
    return Marked(found, _forms_of(found[0], words, behind), _places_of(words)) if found else None


def _forms_of(pattern: Pattern, words: list[Token], behind: str | None) -> tuple[str, ...]:
    """The words of the pattern as the text has them; those of a phrase stand as they are."""
    if pattern.pos == "phrase":
        return pattern.words
    return (*(token.lower_ for token in words), *((behind,) if behind else ()))


def _places_of(words: list[Token]) -> tuple[int, ...]:
    return tuple(token.i for token in words)


def _is_kept(token: Token) -> bool:
    if token.is_space or token.is_punct or token.dep_ in _LOOSE or token.tag_ in ("POS", "TO"):
        return False
    if token.lemma_ == _COPULA and token.pos_ == "AUX":
        return False
    return token.pos_ not in ("ADV", "DET", "PRON") or token.dep_ == "prt" or token.tag_ == "RP"


def _head_of(span: Words, kept: list[Token]) -> Token:
    """The word on which the others hang; of "was wary of" it is the adjective."""
    inside = {token.i for token in kept}
    if span.root.i in inside:
        return span.root
    hanging = [token for token in kept if token.head.i not in inside]
    return hanging[0] if hanging else kept[0]


def _patterns(span: Words, words: list[Token], behind: str | None) -> Iterator[Pattern]:
    """The pattern of all words, with the preposition behind them first; of a noun among them."""
    head = words[0]
    lemmas = tuple(map(_lemma, words))
    pos = _pos_of(head)
    if pos is None:
        yield from _phrase(span)
        return
    if behind is not None:
        yield Pattern((*lemmas, behind), pos)
    yield Pattern(lemmas, pos)
    yield from _noun_within(words)
    if len(words) > 1:
        yield from _phrase(span)


def _pos_of(head: Token) -> str | None:
    if head.tag_ in ("VBN", "VBD") and head.i and head.nbor(-1).text == "-":
        return "participle"
    return _POS.get(head.pos_)


def _phrase(span: Words) -> Iterator[Pattern]:
    """The words as they stand, articles left out: "in defence of"."""
    words = [t.lower_ for t in span if t.dep_ != "det" and not t.is_space and not t.is_punct]
    if 1 < len(words) <= _LONGEST:
        yield Pattern(tuple(words), "phrase")


def _noun_within(words: list[Token]) -> Iterator[Pattern]:
    """The `scorn for` of "heaped scorn for": the grammar knows verbs that lend their subject."""
    for place, token in enumerate(words[1:], start=1):
        if token.pos_ == "NOUN" and token.dep_ in ("dobj", "attr", "pobj"):
            rest = [_lemma(one) for one in words[place + 1 :] if one.lower_ in PREPOSITIONS]
            if rest:
                yield Pattern((_lemma(token), rest[-1]), "noun")


def _preposition_behind(span: Words, words: list[Token], target: Span | None) -> str | None:
    """The preposition with which the target begins, or that stands between it and the cue.

    None where the cue ends in one.
    """
    last = words[-1]
    closes = last.lower_ in PREPOSITIONS and last.dep_ != "prt"
    if target is None or span.end >= len(span.doc) or closes:
        return None
    token = span.doc[span.end]
    near = target.start in (token.idx, token.idx + len(token.text_with_ws))
    return token.lower_ if near and token.lower_ in PREPOSITIONS and token.tag_ != "TO" else None


def _lemma(token: Token) -> str:
    """The lemma as the cue index compares it; of a preposition the word."""
    return token.lower_ if token.lower_ in PREPOSITIONS else token.lemma_.lower()
