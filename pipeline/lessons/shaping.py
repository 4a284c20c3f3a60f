"""Which entry finds the added claims: its pattern, its stance and the slots of its targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.evaluation.match import targets_agree
from pipeline.evaluation.tokens import TokenIndex
from pipeline.extraction.build import proposing
from pipeline.extraction.trying import read_claims, with_cues
from pipeline.lessons.additions import Addition
from pipeline.lessons.decided import is_claim_of
from pipeline.lessons.entries import Entry
from pipeline.lessons.patterns import Pattern
from pipeline.lessons.windows import Window
from pipeline.lexicon.cues import OF_CONTENT
from pipeline.records import Claim, Form, Holder, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MOST_TRIED = 12
"""By so many of the added claims the slots are chosen."""

_PATTERNS = 3
_SLOTS = {
    "verb": ("object", "that", "to", "gerund", "object+to", "prep", "quote"),
    "noun": ("prep", "to", "that"),
    "adjective": ("prep", "to", "that"),
    "participle": ("object",),
    "phrase": ("prep", "that", "to", "object"),
}
_HOLDERS = {"verb": ("object", "from"), "noun": ("of", "by", "from", "modifier", "subject")}


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """An added claim with the window of its sentence, parsed."""

    addition: Addition
    window: Window
    doc: Doc


@dataclass(frozen=True, slots=True)
class _Fit:
    """Which of the wanted claims an entry finds, and of which the target is as wanted too."""

    entry: Entry
    found: frozenset[int] = frozenset()
    whole: frozenset[int] = frozenset()

    @property
    def merit(self) -> tuple[int, int]:
        return len(self.found), len(self.whole)


def shape_entry(
    nlp: Language, name: str, wanted: Sequence[Wanted], patterns: Counter[Pattern]
) -> Entry | None:
    """The entry that finds most of the wanted claims, the likeliest pattern first.

    None where no pattern and slot makes the grammar find one.
    """
    best: _Fit | None = None
    for pattern, _ in patterns.most_common(_PATTERNS):
        for stance in _stances_of(wanted):
            entry = Entry(name, pattern.words, pattern.pos, stance, _form_of(wanted), ())
            fit = _with_slots(nlp, entry, wanted) or _with_holder(nlp, entry, wanted)
            if fit and (best is None or fit.merit > best.merit):
                best = fit
            if best and len(best.found) == len(wanted):
                return best.entry
    return best.entry if best else None


def _stances_of(wanted: Sequence[Wanted]) -> tuple[str, ...]:
    """The commonest stance; that of what is said too where claims of one cue differ."""
    counts = Counter(one.addition.stance.value for one in wanted)
    return (counts.most_common(1)[0][0], *((OF_CONTENT,) if len(counts) > 1 else ()))


def _form_of(wanted: Sequence[Wanted]) -> Form:
    return Counter(one.addition.position.form for one in wanted).most_common(1)[0][0]


def _with_slots(nlp: Language, entry: Entry, wanted: Sequence[Wanted]) -> _Fit | None:
    """The entry with the slots that are needed, the one that finds most first; None of none."""
    fits = [_fit(nlp, replace(entry, targets=(slot,)), wanted) for slot in _slots_of(entry, wanted)]
    chosen: _Fit | None = None
    for fit in sorted(fits, key=lambda one: one.merit, reverse=True):
        if not fit.found:
            continue
        if chosen is None:
            chosen = fit
        elif not fit.whole <= chosen.whole or not fit.found <= chosen.found:
            slots = (*chosen.entry.targets, *fit.entry.targets)
            both = _fit(nlp, replace(entry, targets=slots, holder=fit.entry.holder), wanted)
            chosen = both if both.merit > chosen.merit else chosen
    return chosen


def _with_holder(nlp: Language, entry: Entry, wanted: Sequence[Wanted]) -> _Fit | None:
    """The same with the holder in another place than is usual."""
    for holder in _HOLDERS.get(entry.pos, ()):
        if fit := _with_slots(nlp, replace(entry, holder=holder), wanted):
            return fit
    return None


def _slots_of(entry: Entry, wanted: Sequence[Wanted]) -> Iterator[str]:
    """The slots to try; none needs a target where a claim was added without."""
    closes = Pattern(entry.words, entry.pos).closes
    yield from ("prep",) if closes else _SLOTS[entry.pos]
    if any(one.addition.position.target is None for one in wanted):
        yield "none"


def _fit(nlp: Language, entry: Entry, wanted: Sequence[Wanted]) -> _Fit:
    found, whole = set(), set()
    with with_cues(nlp, (entry.to_cue(),)), proposing(nlp):
        for number, one in enumerate(wanted):
            for claim in claims_in(nlp, one.window, one.doc):
                if is_cue_of(entry, claim) and is_claim_of(one.addition.position, claim):
                    found.add(number)
                    whole |= {number} if has_target(one, claim) else set()
    return _Fit(entry, frozenset(found), frozenset(whole))


def claims_in(nlp: Language, window: Window, doc: Doc) -> Iterator[Claim]:
    """The claims of the window's own sentence by the cues of now, in the article's offsets."""
    for claim in read_claims(nlp, doc):
        moved = _in_article(claim, window)
        if window.holds(moved.cue):
            yield moved


def is_cue_of(entry: Entry, claim: Claim) -> bool:
    """Whether the entry made the claim."""
    return claim.evidence is not None and claim.evidence.cue == entry.id


def has_target(wanted: Wanted, claim: Claim) -> bool:
    """Whether the claim's target is the wanted one, by half of their words."""
    by = wanted.window.start

    def inside(span: Span | None) -> Span | None:
        return Span(span.start - by, span.end - by) if span else None

    target = wanted.addition.position.target
    index = TokenIndex(wanted.window.text)
    return targets_agree(inside(target.span if target else None), inside(claim.target), index)


def _in_article(claim: Claim, window: Window) -> Claim:
    holder = window.in_article(claim.holder.span)
    return replace(
        claim,
        holder=Holder(holder.start, holder.end, claim.holder.entity, claim.holder.inferred),
        cue=window.in_article(claim.cue),
        target=window.in_article(claim.target) if claim.target else None,
    )
