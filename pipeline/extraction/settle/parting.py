"""Cue and target kept apart. Source: codebook §2.12."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span

from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.settle.ruling import Amend, Drop, Ruling
from pipeline.extraction.settle.standing import Standing


def part_roles(standing: Standing) -> Iterator[Ruling]:
    """The cue of a position gives way to the target, down to its head word; else it falls."""
    for number in standing.numbers():
        position = standing[number]
        cue = _parted(position)
        if cue is None:
            yield Drop(number, "refusal.one-span")
        elif cue != position.cue:
            yield Amend(number, replace(position, cue=cue))


def _parted(position: Proposal) -> Span | None:
    if position.target is None:
        return position.cue
    target, place = position.target.span, position.head.i
    for cue in (position.cue, target.doc[place : place + 1]):
        if cue.end <= target.start or target.end <= cue.start:
            return cue
    return None
