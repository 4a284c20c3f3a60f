"""Which of the patterns that stand in a target count, and which of them are turned round.

The first counts, since English puts what a phrase is about before what only describes it, and each
that is joined to it: "the tax and the quota" are two things, "the tax under the quota" is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.concepts.files import ConceptLexicon
from pipeline.concepts.index import Line, Match
from pipeline.language.words import (
    COORDINATORS,
    PHRASE_ENDS,
)

JOINTS = COORDINATORS | {",", "/", ";"}
MARKS = frozenset(",;:/()")
FARTHEST = 15
"""Before how many words of a target its first pattern must begin."""
_LONGEST_CHAIN = 8
_MODIFIERS = 3
"""How many words may stand between a word that turns and the one that it turns."""


def choose(
    matches: Iterable[Match], line: Line, lexicon: ConceptLexicon
) -> list[tuple[Match, bool]]:
    """The matches that count, in order, each with whether the target is its concept turned round.

    ``matches`` begin with the first and longest. A concept is given once.
    """
    kept: list[tuple[Match, bool]] = []
    for match in matches:
        if not kept and match.start > FARTHEST:
            break  # so far in it only describes what describes
        if not kept:
            kept.append((match, is_turned(match, line, lexicon)))
            continue
        before, turned = kept[-1]
        if match.start < before.end or not _is_joined(before, match, line, lexicon):
            continue
        shares = turned and _shares_turn(before, match, line)
        kept.append((match, is_turned(match, line, lexicon) != shares))
    once: dict[str, tuple[Match, bool]] = {}
    for match, turned in kept:
        once.setdefault(match.concept.id, (match, turned))
    return list(once.values())


def is_turned(match: Match, line: Line, lexicon: ConceptLexicon) -> bool:
    """Whether the pattern, or an odd number of words around it, turns the concept round.

    As "repeal" does in "the repeal of the levy", "to repeal the unfair levy", "the levy's repeal".
    """
    turns = int(match.turned) + _led_by(match.start, line, lexicon)[0]
    keys = _keys(line, match.end, match.end + 2)
    if keys and keys[0] in lexicon.turns:
        turns += len(keys) == 1 or keys[1] in PHRASE_ENDS | JOINTS | MARKS
    return turns % 2 == 1


def _led_by(start: int, line: Line, lexicon: ConceptLexicon) -> tuple[int, int]:
    """How many words turn what begins at ``start``, and where the first that leads to it stands.

    Each stands right before it or before what it leads to. A preposition and a few words that
    describe may stand between, and after "of" a thing that it is part of: "a ban on imports of
    cheap sugar". After "against" the word that leads to it says no more: "opposition against", "a
    vote against".
    """
    turns, first = 0, start
    led = lexicon.turns | lexicon.light
    closed = led | PHRASE_ENDS | JOINTS | MARKS
    at = start - 1
    for _ in range(_LONGEST_CHAIN):
        if at < 0:
            break
        least = max(at - _MODIFIERS, 0)
        while at > least and line.tokens[at].key not in closed:
            at -= 1
        preposition = line.tokens[at].key if line.tokens[at].key in PHRASE_ENDS else ""
        at -= bool(preposition)
        turns += preposition == "against"
        key = line.tokens[at].key if at >= 0 else ""
        turns += key in lexicon.turns and preposition != "against"
        if key not in led and (preposition != "of" or key in closed):
            break
        first = at
        at -= 1
    return turns, first


def _is_joined(before: Match, match: Match, line: Line, lexicon: ConceptLexicon) -> bool:
    """Whether a match is a further thing beside the one before, and no part of a description."""
    first = _led_by(match.start, line, lexicon)[1]
    for at in range(first - 1, max(first - 2 - _MODIFIERS, before.end - 1), -1):
        key = line.tokens[at].key
        if key in JOINTS:
            return True
        if key in PHRASE_ENDS | MARKS:
            return False
    return False


def _shares_turn(before: Match, match: Match, line: Line) -> bool:
    """Whether what turns the match before turns this one too: "repeal of the levy and the quota".

    Not "repeal of the levy and a new quota", and not where a word of its own leads to it.
    """
    if any(key not in JOINTS for key in _keys(line, before.end, match.start)):
        return False
    return not line.tokens[match.start].new


def _keys(line: Line, start: int, end: int) -> Sequence[str]:
    return [token.key for token in line.tokens[start:end]]
