"""Positions said again without their words: "as did Peru", "and Tonga did too", "Uganda against".

Source: codebook §2.5: whoever takes the position holds it, however short the sentence is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.attrs import LEMMA, TAG
from spacy.tokens import Doc, Span, Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import Polarity, Proposal
from pipeline.extraction.propose.rules.holders import HolderFinder
from pipeline.extraction.propose.rules.matching import CueIndex
from pipeline.extraction.propose.target import Target
from pipeline.language.chains import top_conjunct
from pipeline.language.kinds import columns_of
from pipeline.language.labels import NOUNS
from pipeline.language.occurrences import are_among, numbers_true
from pipeline.language.syntax import children
from pipeline.language.words import ECHOES_AFTER, ECHOES_BEFORE, PRO_VERBS
from pipeline.records import Stance

_RULE = "rule.ellipsis"
_SUBJECTS = ("nsubj", "nsubjpass", "dobj", "attr")
_OWN_WORDS = frozenset(
    {"dobj", "xcomp", "ccomp", "attr", "acomp", "prep", "advcl", "oprd", "agent", "dative"}
)
_MODAL = frozenset({"MD"})


class EllipsisReader:
    """Reads who takes the positions found so far as well; ``cues`` tell the side of a vote."""

    def __init__(self, holders: HolderFinder, cues: CueIndex) -> None:
        self._holders = holders
        self._cues = cues

    def read(self, found: Sequence[Proposal]) -> list[Proposal]:
        """The positions in their order, targets cut where another's vote begins, and the new ones.

        New ones stand behind all that were found.
        """
        if not found:
            return []
        by_head = {one.head.i: one for one in found if one.holders}
        kept, votes = list(found), list[Proposal]()
        for number, one in enumerate(found):
            gapped = list(self._gapped(one))
            votes += gapped
            for other in gapped:
                kept[number] = _cut(kept[number], other.holders[0].span)
        votes = [_cut(one, one.holders[0].span) for one in votes]
        echoes = (self._echo(token, by_head) for token in _pro_verbs(found[0].head.doc))
        return [*kept, *votes, *(one for one in echoes if one is not None)]

    def _echo(self, verb: Token, by_head: dict[int, Proposal]) -> Proposal | None:
        """The position that the verb stands for, as its own subject takes it."""
        words = _echoing(verb)
        subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
        meant = _meant_by(verb, by_head)
        if not words or len(subjects) != 1 or meant is None:
            return None
        holders = self._holders.holders_of(subjects)
        return _said_again(meant, verb, words, holders) if holders else None

    def _gapped(self, one: Proposal) -> Iterator[Proposal]:
        """Other sides of a vote after it: "Kenya voted for the text, Uganda against"."""
        doc, last = one.head.doc, one.head.sent.end
        if one.target is None or one.words[-1].dep_ != "prep":
            return
        for place in range(one.words[-1].i + 1, last):
            word = doc[place]
            entry = self._cues.beside(one.head, word)
            if entry is None or children(word, "pobj"):
                continue
            holders = self._listed_before(place)
            if not holders:
                continue
            yield replace(
                one,
                head=word,
                words=(word,),
                cue=doc[place : place + 1],
                entry=entry,
                holders=holders,
                stance=Stance(entry.stance),
                polarity=Polarity(False, 0, one.polarity.hedged, word, ()),
                rules=(_RULE,),
                echoes=one.head,
            )

    def _listed_before(self, place: int) -> tuple[Held, ...]:
        """Who is named right before a place, after a mark: ", Togo and Benin for"."""
        names, doc = self._holders.names, self._holders.doc
        found: list[Held] = []
        named = names.named_at(doc[place - 1])
        while named is not None:
            found.insert(0, named)
            before = doc[named.span.start - 1]
            joined = before.dep_ == "cc" or before.is_punct
            further = names.named_at(before.nbor(-1)) if joined and before.i else None
            if further is None:
                return tuple(found) if joined else ()
            named = further
        return ()


def _pro_verbs(doc: Doc) -> Iterator[Token]:
    """The verbs that stand for another one, with a subject and nothing else of their own."""
    for token in map(doc.__getitem__, _may_stand_for_another(doc)):
        if token.dep_ in ("aux", "auxpass"):
            continue
        subjects = [child for child in token.children if child.dep_ in _SUBJECTS]
        first = min((one.left_edge.i for one in subjects), default=token.i)
        own = {child.dep_ for child in token.children if child.i >= first}
        if len(subjects) == 1 and not (own - {subjects[0].dep_}) & _OWN_WORDS:
            yield token


def _may_stand_for_another(doc: Doc) -> list[int]:
    lemmas, tags = columns_of(doc, [LEMMA, TAG]).T
    return numbers_true(are_among(lemmas, PRO_VERBS) | are_among(tags, _MODAL))


def _echoing(verb: Token) -> tuple[Token, ...]:
    """The words that say so: "so does", "did too", "did not"; none where it is no echo."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    after = [t for t in verb.children if t.i > verb.i and t.lower_ in ECHOES_AFTER]
    denied = [child for child in children(verb, "neg") if child.i > verb.i]
    if before is not None and before.lower_ in ECHOES_BEFORE and _is_inverted(verb):
        return (before, verb)
    if after or denied:
        return (verb, *sorted((*after, *denied), key=lambda token: token.i)[:1])
    return ()


def _is_inverted(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS and child.i > verb.i for child in verb.children)


def _meant_by(verb: Token, by_head: dict[int, Proposal]) -> Proposal | None:
    """The position of the verb beside or above it, else of the sentence before."""
    near = (*children(verb, "ccomp"), verb.head, top_conjunct(verb))
    for token in near:
        if token != verb and token.i < verb.i and token.i in by_head:
            return by_head[token.i]
    if verb.dep_ != "ROOT" or verb.sent.start == 0:
        return None
    root = verb.doc[verb.sent.start - 1].sent.root
    return by_head.get(root.i) if root.i < verb.i else None


def _said_again(
    meant: Proposal, verb: Token, words: tuple[Token, ...], holders: Iterable[Held]
) -> Proposal:
    turned = any(word.dep_ == "neg" for word in words)
    first, last = min(word.i for word in words), max(word.i for word in words)
    denied = meant.polarity.negated is not turned
    return replace(
        meant,
        head=verb,
        words=words,
        cue=verb.doc[first : last + 1],
        holders=tuple(holders),
        stance=meant.stance.opposite if turned else meant.stance,
        polarity=Polarity(denied, 0, meant.polarity.hedged, verb, ()),
        rules=(_RULE,),
        quotation=None,
        judging=None,
        echoes=meant.head,
    )


def _cut(one: Proposal, other: Span) -> Proposal:
    """The position with its target ending before the words of another holder."""
    target = one.target
    if target is None or not target.span.start < other.start < target.span.end:
        return one
    end = other.start
    while end > target.span.start and target.span.doc[end - 1].pos_ in ("PUNCT", "CCONJ"):
        end -= 1
    span = target.span.doc[target.span.start : end]
    head = span.root if span.root.pos_ in NOUNS else target.head
    return replace(one, target=Target(span, head, target.slot)) if end > span.start else one
