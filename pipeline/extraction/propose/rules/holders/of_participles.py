"""Who holds what a participle before a noun says: "a US-backed plan". Source: codebook §2.5."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.holders.finder import HolderFinder
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.language.syntax import children
from pipeline.lexicon.grammar import Grammar

_HYPHENS = frozenset({"-", "–", "‑"})


def participle_holders(
    match: CueMatch, holders: HolderFinder, grammar: Grammar
) -> tuple[list[Held], str]:
    """The names before a participle, and the id of the rule that found them."""
    word = match.head
    if "leads" in match.cue.traits and word.head.lemma_.lower() in grammar.led_bodies:
        return [], ""
    heads = children(word, "npadvmod", "compound", "nmod", "amod", "nsubj", "advmod", "dobj")
    before = [head for head in heads if head.i < word.i]
    return modifier_holders(before or _before_hyphen(word), holders)


def modifier_holders(modifiers: Iterable[Token], holders: HolderFinder) -> tuple[list[Held], str]:
    """Whom words before a noun or participle name, and the id of the rule that finds them."""
    found = [holders.names.named_at(word) or holders.adjectival(word) for word in modifiers]
    return [held for held in found if held is not None], "rule.holder.modifier"


def _before_hyphen(word: Token) -> list[Token]:
    doc, i = word.doc, word.i
    return [doc[i - 2]] if i >= 2 and doc[i - 1].text in _HYPHENS else []
