"""How well stances are told where the two sides are given: PLV and SEESAW."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, ratio
from benchmarks.running import extract_items, extract_with_parses
from benchmarks.sets import EventText, NamedStance, Pieces, StanceText
from pipeline.evaluation.scores import Counts
from pipeline.evaluation.tokens import TokenIndex
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import models_folders
from pipeline.records import Claim, Extraction, Span, Stance

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def score_plv(nlp: Language, items: Iterable[EventText]) -> list[Figure]:
    """Cooperation against conflict by our stance, with and without a guess where none is found.

    A claim is an answer where its holder overlaps the source and its target the target, and its
    stance takes a side. Without a fallback an unanswered sentence is a miss of its class. The
    fallback asks a claim of the same holder, then any claim of the sentence (both may be neutral,
    which counts as cooperation: talking), and last says cooperation.
    """
    answered: list[tuple[bool, bool | None]] = []
    guessed: list[tuple[bool, bool | None]] = []
    for item, extraction in extract_items(nlp, items):
        answer = find_side(item, extraction)
        answered.append((item.cooperates, answer))
        guessed.append(
            (item.cooperates, guess_side(item, extraction) if answer is None else answer)
        )
    covered = [pair for pair in answered if pair[1] is not None]
    note = f"{len(covered)} of {len(answered)} sentences answered"
    return [
        Figure("plv", "macro F1 with fallback", macro_f1(guessed), 0.82, note),
        Figure("plv", "macro F1, unanswered as missed", macro_f1(answered)),
        Figure("plv", "macro F1 of the answered", macro_f1(covered)),
        Figure("plv", "coverage", ratio(len(covered), len(answered))),
    ]


def find_side(item: EventText, extraction: Extraction) -> bool | None:
    """Whether the claims between the given two cooperate; None where none takes a side."""
    index = TokenIndex(item.text)
    return _vote(
        claim
        for claim in extraction.claims
        if _touches(claim.holder.span, item.source, index)
        and claim.target is not None
        and _touches(claim.target, item.target, index)
    )


def guess_side(item: EventText, extraction: Extraction) -> bool:
    """The side of the source's other claims, else of any claim, else cooperation."""
    index = TokenIndex(item.text)
    same_holder = [c for c in extraction.claims if _touches(c.holder.span, item.source, index)]
    for claims in (same_holder, extraction.claims):
        side = _vote(claims)
        if side is not None:
            return side
    return True


def _touches(span: Span, given: Pieces, index: TokenIndex) -> bool:
    """Whether the span overlaps what is given; anything does where nobody is."""
    return not given or any(index.count_shared(span, piece) for piece in given)


def _vote(claims: Iterable[Claim]) -> bool | None:
    votes: Counter[Stance] = Counter()
    weights: dict[Stance, float] = defaultdict(float)
    for claim in claims:
        votes[claim.stance] += 1
        weights[claim.stance] += claim.score
    if not votes[Stance.SUPPORT] and not votes[Stance.OPPOSE]:
        return None
    return weights[Stance.SUPPORT] > weights[Stance.OPPOSE]


def macro_f1(pairs: Iterable[tuple[bool, bool | None]]) -> float:
    """The mean F1 of the two classes; an answer of None is right for neither."""
    kept = list(pairs)
    scores = []
    for side in (True, False):
        counts = Counts(
            matched=sum(gold is side and found is side for gold, found in kept),
            gold=sum(gold is side for gold, _ in kept),
            predicted=sum(found is side for _, found in kept),
        )
        scores.append(counts.f1)
    return sum(scores) / len(scores)


_GENERIC = frozenset(
    "the of and for in on party house senate national department committee "
    "administration mr mrs ms president sen rep".split()
)
_UNITED_STATES = frozenset({"U.S.", "US", "U.S", "USA", "America", "the U.S.", "the US"})


def score_seesaw(nlp: Language, items: Iterable[StanceText]) -> list[Figure]:
    """Polarity on the gold pairs of which we extract one, and how many those are.

    A pair is extracted where a claim that takes a side has its cue in the pair's sentence, its
    holder is the source and its target holds the target, by name or by a mention of the same
    entity. Of several claims the best scored is asked.
    """
    right = found = total = negative = close = right_close = 0
    right_towards = close_towards = 0
    opposing = find_opposing_words()
    for item, extraction, doc in extract_with_parses(nlp, items):
        names = EntityNames(extraction)
        for stance in item.stances:
            total += 1
            claims = [c for c in extraction.claims if names.is_pair(stance, c)]
            if not claims:
                continue
            best = max(claims, key=lambda claim: claim.score)
            found += 1
            negative += not stance.positive
            agrees = (best.stance is Stance.SUPPORT) is stance.positive
            towards = turn_towards(stance.target, best, doc, opposing)
            right_towards += (towards is Stance.SUPPORT) is stance.positive
            right += agrees
            if names.is_itself(stance.target, best):
                close += 1
                right_close += agrees
                close_towards += (towards is Stance.SUPPORT) is stance.positive
    note = f"{found} of {total} pairs; always negative: {negative / found if found else 0:.3f}"
    return [
        Figure(
            "seesaw",
            "the same, towards the named itself",
            ratio(close_towards, close),
            0.85,
            f"{close} of {total} pairs",
        ),
        Figure(
            "seesaw",
            "polarity, target is the named itself",
            ratio(right_close, close),
            None,
            f"{close} of {total} pairs",
        ),
        Figure("seesaw", "polarity, named anywhere in target", ratio(right, found), None, note),
        Figure("seesaw", "the same, towards the named", ratio(right_towards, found), None, note),
        Figure("seesaw", "recall of pairs", ratio(found, total)),
    ]


def find_opposing_words() -> frozenset[str]:
    """The first words of the verbs and nouns of the lexicon that oppose what they govern."""
    cues = read_cues(models_folders())
    return frozenset(
        word
        for cue in cues
        if cue.stance == "oppose" and cue.pos in ("verb", "noun") and len(cue.words) <= 2
        for word in cue.words[0]
    )


def turn_towards(name: str, claim: Claim, doc: Doc, opposing: frozenset[str]) -> Stance:
    """The stance towards a named inside the target: "backed the abolition of slavery" opposes it.

    The codebook's stance is towards the whole target, SEESAW's towards the named. Each word before
    the name in the target that opposes what it governs turns it over.
    """
    assert claim.target is not None
    last = name.split()[-1].casefold()
    turns = 0
    for token in doc.char_span(claim.target.start, claim.target.end, alignment_mode="expand") or ():
        if token.lower_.startswith(last[:6]):
            break
        turns += token.lemma_.lower() in opposing or token.lower_ in ("end", "against", "anti")
    return claim.stance.opposite if turns % 2 else claim.stance


class EntityNames:
    """The surface forms of an extraction's entities, to compare with canonical names."""

    def __init__(self, extraction: Extraction) -> None:
        self._text = extraction.text
        self._mentions = extraction.mentions
        self._forms: dict[str, set[str]] = defaultdict(set)
        for mention in extraction.mentions:
            if mention.entity and not mention.inferred:
                self._forms[mention.entity].add(mention.span.text_in(extraction.text))

    def is_pair(self, stance: NamedStance, claim: Claim) -> bool:
        """Whether the claim stands in the sentence and is of source towards target."""
        return (
            claim.stance is not Stance.NEUTRAL
            and claim.target is not None
            and stance.sentence.overlaps(claim.cue)
            and self._is_named(stance.source, claim.holder.span, claim.holder.entity)
            and self._holds(stance.target, claim.target)
        )

    def is_itself(self, name: str, claim: Claim) -> bool:
        """Whether the target is the named one, not a longer thing that it occurs in.

        The codebook's stance is towards the whole target ("called for sanctions on Russia" supports
        the sanctions), SEESAW's towards the named, so that only such pairs ask for the same.
        """
        if claim.target is None:
            return False
        words = _words(claim.target.text_in(self._text))
        return len(words - _words(name)) <= len(words & _words(name)) + 1

    def _is_named(self, name: str, span: Span, entity: str | None) -> bool:
        forms = {span.text_in(self._text), *self._forms.get(entity or "", ())}
        return any(is_same_name(name, form) for form in forms)

    def _holds(self, name: str, target: Span) -> bool:
        if holds_name(target.text_in(self._text), name):
            return True
        inside = (m for m in self._mentions if m.span.overlaps(target))
        return any(self._is_named(name, m.span, m.entity) for m in inside)


def _words(name: str) -> set[str]:
    full = "united states" if name in _UNITED_STATES else name.casefold()
    parts = (part.strip(".") for part in re.findall(r"[\w.]+", full))
    return {_stem(part) for part in parts if part and part not in _GENERIC}


def _stem(word: str) -> str:
    """The first six letters: Democratic and Democrats are one, as are Republican and its plural."""
    return word[:6]


def is_same_name(name: str, form: str) -> bool:
    """Whether a surface form stands for a canonical name: one's words are all in the other.

    >>> is_same_name("Donald Trump", "Mr. Trump"), is_same_name("Donald Trump", "Ivanka Trump")
    (True, False)
    """
    one, other = _words(name), _words(form)
    return bool(one and other) and (one <= other or other <= one)


def holds_name(words: str, name: str) -> bool:
    """Whether all words of the name, or its last one where it has several, stand in the phrase."""
    wanted, there = _words(name), _words(words)
    last = _words(name.split()[-1]) if name.split() else set()
    return bool(wanted) and (wanted <= there or (bool(last) and last <= there))
