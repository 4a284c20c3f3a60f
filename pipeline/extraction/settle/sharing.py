"""Backers of a speaker or a proposal, who share what they back.

Source: codebook §2.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from spacy.tokens import Token

from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.settle.ruling import Amend, Ruling
from pipeline.extraction.settle.standing import ByHead, ByToken, Standing
from pipeline.language.chains import top_conjunct
from pipeline.language.spans import span_of
from pipeline.records import Stance

_RULE = "rule.target.shared"


def share_targets(standing: Standing) -> Iterator[Ruling]:
    """Backers of a speaker back what is said: "JAPAN, supported by the EU, opposed the text"."""
    by_head, by_holder = ByHead(standing), ByToken(standing, _holder_words)
    for number in standing.numbers():
        if "backs" not in standing[number].traits:
            continue
        participle = top_conjunct(standing[number].head)
        if participle.dep_ == "relcl":
            yield from _share_clause(number, participle, standing, by_head)
        elif participle.dep_ == "acl":
            mains = (n for n in by_holder.at(participle.head.i) if n != number)
            yield from _share_speaker(number, mains, standing)


def _share_speaker(number: int, mains: Iterator[int], standing: Standing) -> Iterator[Ruling]:
    """The first position after it of the holder that it backs is shared."""
    side = standing[number]
    for one in mains:
        main = standing[one]
        if standing.stands(one) and main.target is not None and main.head.i > side.head.i:
            stance = side.stance.opposite if main.stance is Stance.OPPOSE else side.stance
            shared = replace(side, target=main.target, stance=stance)
            yield Amend(number, shared.with_rule(_RULE))
            return


def _holder_words(position: Proposal) -> Iterator[int]:
    return chain.from_iterable(range(h.span.start, h.span.end) for h in position.holders)


def _share_clause(
    number: int, clause: Token, standing: Standing, by_head: ByHead
) -> Iterator[Ruling]:
    """The proposal itself in "suggested adding a reference, which was supported by URUGUAY"."""
    doc, comma = clause.doc, clause.left_edge.i - 1
    side = standing[number]
    if comma < 0 or doc[comma].text != "," or "rule.holder.agent" not in side.rules:
        return
    for one in by_head.within(clause.sent.start, comma + 1):
        main = standing[one]
        if one == number or not standing.stands(one) or main.target is None:
            continue
        start, end = main.target.span.start, main.target.span.end
        if start < comma <= end and main.head.sent == clause.sent:
            span = span_of(doc, start, comma)
            if span is not None:
                target = replace(main.target, span=span)
                yield Amend(one, replace(main, target=target))
                yield Amend(number, replace(side, target=target).with_rule(_RULE))
            return
