"""A position in plain offsets, as a proposer of one's own says it, and the proposal it makes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import RecordError
from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import Chances, Polarity, Proposal
from pipeline.extraction.propose.target import Target
from pipeline.language.kept import whole_text
from pipeline.language.spans import span_of
from pipeline.records import Form, Kind, Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

    from pipeline.extraction.propose.rules import CueIndex
    from pipeline.extraction.scene import Scene
    from pipeline.lexicon.cues import Cue

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Stated:
    """One position of one or several holders, each role where it stands in the article's text.

    All offsets are half-open counts of code points; a role that begins or ends inside a word has
    the whole word. ``chance`` is how sure the proposer is, in ``[0, 1]``, if it says so.
    """

    holders: tuple[Span, ...]
    cue: Span
    stance: str
    target: Span | None = None
    form: str = "statement"
    negated: bool = False
    hedged: bool = False
    attribution: Span | None = None
    chance: float | None = None


def proposal_of(stated: Stated, scene: Scene, *, name: str, cues: CueIndex) -> Proposal:
    """The proposal of the proposer ``name`` that says so; its cue's entry is the lexicon's, if any.

    Raises:
        RecordError: a role lies outside the text or holds no word, there is no holder, or a stance,
            a form or a chance is none.
    """
    if not stated.holders:
        raise RecordError("it has no holder; give at least one span")
    cue = _words_at(stated.cue, scene, "cue")
    head, entry = entry_at(cue, cues)
    stance = _word(Stance, stated.stance)
    told = stated.attribution
    return Proposal(
        proposer=name,
        head=head,
        words=tuple(cue),
        cue=cue,
        entry=entry,
        holders=tuple(_held(place, scene, "holder") for place in stated.holders),
        stance=stance,
        form=_word(Form, stated.form),
        target=_target(stated.target, scene, name),
        polarity=Polarity(bool(stated.negated), 0, bool(stated.hedged), head, ()),
        rules=(),
        chances=_chances(stated.chance, stance),
        attribution=_held(told, scene, "attribution") if told is not None else None,
    )


def entry_at(cue: Words, cues: CueIndex) -> tuple[Token, Cue | None]:
    """The word of the cue that the lexicon knows, with its entry; else its head alone."""
    for token in cue:
        for match in cues.matches_at(token):
            return match.head, match.cue
    return cue.root, None


def held_at(
    span: Words, scene: Scene, *, entity: str | None = None, chance: float | None = None
) -> Held:
    """The words as a holder, with whom the text means by them where ``entity`` does not say it.

    ``chance`` is how sure the proposer is; by default as sure as the text is.
    """
    found = scene.resolver.resolve(span)
    sure = found.score if found is not None else 0.5
    return Held(
        span=span,
        entity=entity or (found.entity if found is not None else None),
        kind=found.kind if found is not None else Kind.PERSON,
        score=chance if chance is not None else sure,
        inferred=span.root.pos_ == "PRON",
        rule=found.rule if found is not None else "unresolved",
    )


def _held(place: Span, scene: Scene, role: str) -> Held:
    """Who stands there; where a title stands before a name or an article before a phrase, without.

    Source: codebook §1.4.
    """
    span = _words_at(place, scene, role)
    root = span.root
    for mention in scene.mentions:
        inside = place.start <= mention.start and mention.end <= place.end
        if inside and mention.start <= root.idx < mention.end:
            return held_at(_words_at(mention.span, scene, role), scene)
    while span.start < root.i and span[0].dep_ in ("det", "predet", "punct"):
        span = span[1:]
    return held_at(span, scene)


def _target(place: Span | None, scene: Scene, name: str) -> Target | None:
    if place is None:
        return None
    words = _words_at(place, scene, "target")
    span = span_of(scene.doc, words.start, words.end) or words
    return Target(span, span.root, name)


def _words_at(place: Span, scene: Scene, role: str) -> Words:
    """The whole words of a role."""
    doc = scene.doc
    start, end, size = place.start, place.end, len(whole_text(doc))
    if not 0 <= start < end <= size:
        raise RecordError(f"its {role} [{start}, {end}) does not lie in the text [0, {size})")
    span = doc.char_span(start, end, alignment_mode="expand")
    while span and span[0].is_space:
        span = span[1:]
    while span and span[-1].is_space:
        span = span[:-1]
    if not span:
        raise RecordError(f"its {role} [{start}, {end}) is white space; name its words")
    return span


def _word(kind: type[_Word], value: str) -> _Word:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(kind)
        what = kind.__name__.lower()
        raise RecordError(f"its {what} is {value!r:.60}; known are {known}") from None


def _chances(chance: float | None, stance: Stance) -> Chances | None:
    if chance is None:
        return None
    if not 0 <= chance <= 1:
        raise RecordError(f"its chance is {chance!r:.40}; it must lie between 0 and 1")
    of = {one: float(one is stance) for one in Stance}
    return Chances(chance, 1.0, 1.0, of[Stance.SUPPORT], of[Stance.OPPOSE], of[Stance.NEUTRAL])
