"""The words that tell the stance of what is said, from ``models/evaluative.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.lexicon.word_classes import read_word_classes

FILE = "evaluative.yaml"
_UN_WORDS = ("un_endings", "un_neutral")
_OTHERS = ("effects", "undone")


@dataclass(frozen=True, slots=True)
class EffectWords:
    """Lemmas of verbs of harm, of loss and of leading somewhere, and of what is lost and led to.

    The infinitive under a risking verb tells of an effect too: "threatens to kill jobs".
    """

    harming: frozenset[str]
    leading: frozenset[str]
    costing: frozenset[str]
    risking: frozenset[str]
    losses: frozenset[str]
    evils: frozenset[str]
    boons: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evaluative:
    """Lower-case lemmas that praise, blame or oblige, and verbs that join these to a subject.

    The object of an ascribing verb tells of its subject ("pose a threat"), that of a doing verb
    what its subject is to blame for ("ran terrorist camps"); the subject of a noncommittal verb is
    neither praised nor blamed ("face a threat"). Of the words that praise or blame, adjectival ones
    do so as adjectives only; a carrying noun does as what stands after its "of" does. Who is told
    to do what an ending verb says is opposed in what they do, and so are people to whom a
    punishing verb must be done, or an arraigning one with a word of reckoning ("held
    accountable"). What is called needful with a clause is demanded. A happening verb is no deed
    that a speaker could announce. ``undone`` matches the words in un- that blame.
    """

    positive: frozenset[str]
    negative: frozenset[str]
    deontic: frozenset[str]
    needful: frozenset[str]
    punishing: frozenset[str]
    arraigning: frozenset[str]
    reckoning: frozenset[str]
    ascribing: frozenset[str]
    noncommittal: frozenset[str]
    doing: frozenset[str]
    adjectival: frozenset[str]
    carrying: frozenset[str]
    ending: frozenset[str]
    happening: frozenset[str]
    effects: EffectWords
    undone: re.Pattern[str]

    def sign_of(self, lemma: str, form: str) -> int:
        """Praise (1), blame (-1) or neither (0) in a word."""
        if lemma in self.positive or form in self.positive:
            return 1
        blames = lemma in self.negative or form in self.negative or self.undone.fullmatch(form)
        return -1 if blames else 0


def read_evaluative(folders: tuple[Path, ...]) -> Evaluative:
    """The evaluative words of all folders joined.

    Raises:
        LexiconError: a file has an unknown key, or a class has no list anywhere.

    """
    judging = [field.name for field in fields(Evaluative) if field.name not in _OTHERS]
    effects = [field.name for field in fields(EffectWords)]
    words = read_word_classes(folders, FILE, (*judging, *effects, *_UN_WORDS))
    return Evaluative(
        **{name: words[name] for name in judging},
        effects=EffectWords(**{name: words[name] for name in effects}),
        undone=_undone(*(words[name] for name in _UN_WORDS)),
    )


def _undone(endings: frozenset[str], neutral: frozenset[str]) -> re.Pattern[str]:
    """The words in un- with one of the endings and none of the neutral beginnings.

    >>> pattern = _undone(frozenset({"ed"}), frozenset({"unit"}))
    >>> bool(pattern.fullmatch("unfounded")), bool(pattern.fullmatch("united"))
    (True, False)
    """
    nothing = "(?!)"
    ends = "|".join(map(re.escape, sorted(endings))) or nothing
    begins = "|".join(re.escape(word) for word in sorted(neutral)) or nothing
    return re.compile(rf"(?!{begins})un\w+(?:{ends})")
