"""Backers of a speaker or a proposal, who share what they back.

Source: codebook §2.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from spacy.tokens import Token

from pipeline.extraction.propose.rules.candidates import Candidate
from pipeline.extraction.settle.placed import ByHead, ByToken, top_conjunct
from pipeline.language.spans import span_of
from pipeline.records import Stance


def share_targets(candidates: list[Candidate]) -> None:
    """Backers of a speaker back what is said: "JAPAN, supported by the EU, opposed the text"."""
    by_head, by_holder = ByHead(candidates), ByToken(candidates, _holder_words)
    for side in candidates:
        if side.dropped or "backs" not in side.match.cue.traits:
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
