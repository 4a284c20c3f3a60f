"""What is only asked, doubted or left unsaid.

Source: codebook §2.3.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.candidates import Candidate
from pipeline.extraction.propose.rules.factuality import Frame, frames_above
from pipeline.extraction.propose.rules.questions import asks_who, is_question
from pipeline.extraction.settle.placed import WITHIN
from pipeline.language.syntax import children
from pipeline.lexicon.grammar import Grammar
from pipeline.records import Stance


def drop_questions(candidates: list[Candidate]) -> None:
    """What is only asked: "the panel examined whether Togo supported the rebels".

    Source: codebook §2.3: no will is asserted.
    """
    for candidate in candidates:
        verb = candidate.head
        while verb.dep_ in WITHIN and verb.head != verb and not _is_asked(verb):
            verb = verb.head
        asked = _is_asked(verb) or is_question(candidate.head)
        if asked or any(asks_who(held.span.root) for held in candidate.holders):
            candidate.dropped = candidate.dropped or "question"


def drop_unasserted(candidates: list[Candidate], grammar: Grammar) -> None:
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


def settle_silence(candidates: list[Candidate]) -> None:
    """Somebody who declines to comment takes no side."""
    said = {c.head for c in candidates if c.is_speech or "speaks" in c.match.cue.traits}
    for candidate in candidates:
        target = candidate.target
        if "withholds" in candidate.match.cue.traits and target is not None and target.head in said:
            candidate.stance = Stance.NEUTRAL
            candidate.rules.append("rule.content.silence")
