"""Which positions are reported by somebody else, and what those share that back them.

Source: codebook §2.9 and §2.11.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from spacy.tokens import Doc, Token

from pipeline.extraction.claims.candidates import Candidate, turned
from pipeline.extraction.claims.content import Evaluative, evaluation_of
from pipeline.extraction.claims.evaluations import Speakers, find_evaluations
from pipeline.extraction.claims.factuality import Frame, frames_above
from pipeline.extraction.claims.held import Held
from pipeline.extraction.claims.placed import ByHead, ByToken, top_conjunct
from pipeline.extraction.claims.questions import asks_who, is_question
from pipeline.extraction.claims.settling import (
    drop_accusations,
    drop_governed,
    drop_overlapping,
    drop_relays,
    drop_repeated,
    join_neither,
)
from pipeline.extraction.claims.spans import span_of
from pipeline.extraction.claims.syntax import children, has_ancestor
from pipeline.language.quotations import Quotation, Quotations
from pipeline.lexicon.grammar import Grammar
from pipeline.records import Form, Stance

_SIDES = frozenset({"endorse", "oppose", "participles", "bulletin"})
_WITHIN = frozenset({"xcomp", "acomp", "attr", "dobj", "conj", "pcomp", "oprd"})
_SPEAKING = frozenset({"say", "answer", "discuss"})
_PRONOUNS = frozenset("i we he she it they".split())
_FIRST = frozenset(["i", "we", "my", "our", "us", "me"])


def attribute(
    candidates: list[Candidate],
    doc: Doc,
    quotations: Quotations,
    words: Evaluative,
    issuer: Held | None,
    grammar: Grammar,
) -> list[Candidate]:
    """The candidates that stand, with speakers, attributions and reported stances filled in."""
    drop_overlapping(candidates)
    _drop_questions(candidates)
    _neutral_silence(candidates)
    speeches = [c for c in candidates if c.is_speech and c.target is not None and not c.dropped]
    known = _known_speakers(speeches, quotations)
    speakers = Speakers(doc, quotations, known, issuer)
    _first_persons(candidates, quotations, speakers)
    by_head = ByHead(candidates)
    for speech in speeches:
        if not speech.dropped:
            _settle_speech(speech, by_head, words)
    _drop_unasserted(candidates, grammar)
    taken = {word.i for c in candidates if c.dropped != "overlap" for word in c.match.words}
    taken |= {c.target.head.i for c in speeches if c.target is not None}
    candidates += find_evaluations(doc, words, grammar, speakers.at, taken)
    join_neither(candidates)
    drop_accusations(candidates)
    drop_relays(candidates)
    _share_targets(candidates)
    drop_governed(candidates)
    drop_repeated(candidates)
    _drop_asides(candidates, quotations, speakers)
    _attributions(candidates, speeches, quotations)
    return [candidate for candidate in candidates if not candidate.dropped]


def _drop_questions(candidates: list[Candidate]) -> None:
    """What is only asked: "the panel examined whether Togo supported the rebels".

    Source: codebook §2.3: no will is asserted.
    """
    for candidate in candidates:
        verb = candidate.head
        while verb.dep_ in _WITHIN and verb.head != verb and not _is_asked(verb):
            verb = verb.head
        asked = _is_asked(verb) or is_question(candidate.head)
        if asked or any(asks_who(held.span.root) for held in candidate.holders):
            candidate.dropped = candidate.dropped or "question"


def _drop_unasserted(candidates: list[Candidate], grammar: Grammar) -> None:
    """What nobody asserts: "Macron doubts that Togo backs the levy", "nobody believes that"."""
    for candidate in candidates:
        if not candidate.dropped and Frame.OPEN in frames_above(candidate.head, grammar):
            candidate.dropped = "unasserted"


def _is_asked(verb: Token) -> bool:
    """Whether the clause is a question that somebody has; "it is not known whether" is open."""
    marks = {child.lower_ for child in children(verb, "mark")}
    if verb.dep_ not in ("ccomp", "pcomp") or not marks & {"whether", "if"}:
        return False
    return not any(c.lower_ == "it" for c in children(verb.head, "nsubj", "nsubjpass"))


def _neutral_silence(candidates: list[Candidate]) -> None:
    """Somebody who declines to comment takes no side."""
    said = {c.head for c in candidates if c.is_speech or c.match.cue.family in _SPEAKING}
    for candidate in candidates:
        target = candidate.target
        if candidate.match.cue.family == "refuse" and target is not None and target.head in said:
            candidate.stance = Stance.NEUTRAL
            candidate.rules.append("rule.content.silence")


def _known_speakers(speeches: list[Candidate], quotations: Quotations) -> dict[Quotation, Held]:
    """The holder of the speech that has the quotation as target, else the one around it."""
    known = {s.quotation: s.holders[0] for s in speeches if s.quotation is not None}
    for speech in speeches:
        assert speech.target is not None
        span = speech.target.span
        for quotation in quotations.overlapping(span.start, span.end):
            known.setdefault(quotation, speech.holders[0])
    return known


def _first_persons(candidates: list[Candidate], quotations: Quotations, speakers: Speakers) -> None:
    """First persons inside a quotation are its speaker."""
    for candidate in candidates:
        for quotation in quotations.around(candidate.head):
            speaker = speakers.of(quotation)
            if speaker is not None:
                candidate.holders = [_as_speaker(held, speaker) for held in candidate.holders]


def _as_speaker(held: Held, speaker: Held) -> Held:
    if held.span.text.lower() not in _FIRST:
        return held
    return Held(held.span, speaker.entity, speaker.kind, 0.8, True, "quotation-speaker")


def _settle_speech(speech: Candidate, by_head: ByHead, words: Evaluative) -> None:
    """The stance of what is said, or nothing where another holder's claim is relayed."""
    assert speech.target is not None
    content = list(by_head.within(speech.target.span.start, speech.target.span.end))
    inner = [
        c
        for c in content
        if c is not speech and not c.dropped and _heads_content(c, speech.target.head, speech)
    ]
    own = {held.key for held in speech.holders}
    others = [c for c in inner if not own & {held.key for held in c.holders}]
    same = [c for c in inner if own & {held.key for held in c.holders}]
    if not same:
        same = [c for c in others if all(_may_be_speaker(held) for held in c.holders)]
        others = [c for c in others if c not in same]
    if same and speech.quotation is not None and others and _only_relays(speech, others):
        speech.dropped = "relay"
        return
    if same:
        if speech.match.cue.stance == "of-content":
            speech.stance = turned(speech.match, same[0].stance, speech.polarity)
            speech.rules.append("rule.content.own-claim")
        same[0].dropped = "content"
        return
    if not others and speech.match.cue.pos == "phrase" and speech.stance is Stance.NEUTRAL:
        others = [
            c
            for c in content
            if not c.dropped
            and not own & {held.key for held in c.holders}
            and not _is_adverbial(c.head, speech.target.head)
        ]
    if others and speech.match.cue.stance == "of-content" and _only_relays(speech, others):
        judged = evaluation_of(speech.target.head, words)[1]
        if judged is None or any(judged in c.match.words for c in others):
            speech.dropped = "relay"
            return
        for candidate in others:  # as in "said that Togo would be wrong to leave the talks"
            candidate.dropped = "judged"


def _only_relays(speech: Candidate, others: list[Candidate]) -> bool:
    """Whether somebody tells of another's position; what others did is quoted for a reason.

    Source: codebook §2.11.
    """
    assert speech.target is not None
    head = speech.target.head
    return speech.quotation is None or any(
        other.head == head and other.match.cue.form is Form.STATEMENT
        and other.stance is not Stance.NEUTRAL
        for other in others
    )  # fmt: skip


def _is_adverbial(token: Token, content: Token) -> bool:
    """Whether it stands in a "because" or an "if" below the main predicate of what is said."""
    adverbial = False
    for above in (token, *token.ancestors):
        if above == content:
            return adverbial
        adverbial = adverbial or above.dep_ == "advcl"
    return False


def _may_be_speaker(held: Held) -> bool:
    """A pronoun for which no antecedent was found outside the reported clause."""
    return held.span.text.lower() in _PRONOUNS and (held.entity is None or held.inferred)


def _heads_content(candidate: Candidate, content: Token, speech: Candidate) -> bool:
    """Whether the candidate's cue is the main predicate of the reported clause."""
    head = candidate.head
    if speech.target is None or not (speech.target.span.start <= head.i < speech.target.span.end):
        return False
    for _ in range(5):
        if head == content:
            return True
        if head.dep_ not in _WITHIN:
            return False
        head = head.head
    return False


def _share_targets(candidates: list[Candidate]) -> None:
    """Backers of a speaker back what is said: "JAPAN, supported by the EU, opposed the text"."""
    by_head, by_holder = ByHead(candidates), ByToken(candidates, _holder_words)
    for side in candidates:
        if side.dropped or side.match.cue.family not in _SIDES:
            continue
        participle = top_conjunct(side.head)
        if participle.dep_ == "relcl":
            _share_clause(side, participle, by_head)
        if participle.dep_ != "acl":
            continue
        for main in by_holder.at(participle.head.i):
            if main is side or main.dropped or main.target is None:
                continue
            if main.head.i > side.head.i:
                side.target = main.target
                if main.stance is Stance.OPPOSE:
                    side.stance = side.stance.opposite
                side.rules.append("rule.target.shared")
                break


def _holder_words(candidate: Candidate) -> Iterator[int]:
    return chain.from_iterable(range(h.span.start, h.span.end) for h in candidate.holders)


def _share_clause(side: Candidate, clause: Token, by_head: ByHead) -> None:
    """The proposal itself in "suggested adding a reference, which was supported by URUGUAY"."""
    doc = clause.doc
    comma = clause.left_edge.i - 1
    if comma < 0 or doc[comma].text != "," or "rule.holder.agent" not in side.rules:
        return
    for main in by_head.within(clause.sent.start, comma + 1):
        if main is side or main.dropped or main.target is None:
            continue
        start = main.target.span.start
        if start < comma and main.target.span.end >= comma and main.head.sent == clause.sent:
            span = span_of(doc, start, comma)
            if span is not None:
                main.target = replace(main.target, span=span)
                side.target = main.target
                side.rules.append("rule.target.shared")
            return


def _drop_asides(candidates: list[Candidate], quotations: Quotations, speakers: Speakers) -> None:
    """A speaker's "I think" inside the own quotation takes no side beyond it.

    Source: codebook §2.9: each other position of a quotation has its own evaluative words.
    """
    for candidate in candidates:
        if candidate.stance is not Stance.NEUTRAL:
            continue
        for quotation in quotations.around(candidate.head):
            speaker = speakers.of(quotation)
            if speaker is not None and candidate.holders[0].key == speaker.key:
                candidate.dropped = candidate.dropped or "aside"


def _attributions(
    candidates: list[Candidate], speeches: list[Candidate], quotations: Quotations
) -> None:
    told = _Told(speeches)
    for candidate in candidates:
        if candidate.dropped:
            continue
        own = {held.key for held in candidate.holders}
        nearest: Candidate | None = None
        for speech in told.around(candidate.head, quotations):
            if speech is candidate:
                continue
            if nearest is None or has_ancestor(speech.head, nearest.head):
                nearest = speech
        if nearest is not None and nearest.holders[0].key not in own:
            candidate.reporter = nearest


class _Told:
    """Who says what, by the words of what is said and by its quotation."""

    def __init__(self, speeches: list[Candidate]) -> None:
        self._by_word = ByToken(speeches, _target_words)
        self._number = {id(speech): number for number, speech in enumerate(speeches)}
        self._by_quotation: defaultdict[Quotation, list[Candidate]] = defaultdict(list)
        for speech in speeches:
            if speech.target is not None and speech.quotation is not None:
                self._by_quotation[speech.quotation].append(speech)

    def around(self, token: Token, quotations: Quotations) -> list[Candidate]:
        """The speeches that the token belongs to, in the order they were given."""
        found = {id(speech): speech for speech in self._by_word.at(token.i)}
        for quotation in quotations.around(token):
            found |= {id(speech): speech for speech in self._by_quotation.get(quotation, ())}
        return sorted(found.values(), key=lambda speech: self._number[id(speech)])


def _target_words(candidate: Candidate) -> Iterable[int]:
    target = candidate.target
    return range(target.span.start, target.span.end) if target is not None else ()
