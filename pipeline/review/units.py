"""What one review task shows: a paragraph with its claims, and what before it they refer to."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.dataset.identity import content_id
from pipeline.dataset.sample import find_sampled
from pipeline.files import sha256_of_text
from pipeline.records import BlockKind, Claim, Extraction, Sentence, Span

LONGEST_UNIT = 1200
"""Code points past which a paragraph is split between sentences."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage of one article and the claims to review in it, in the order of the text.

    ``start`` and ``end`` are offsets in the article. The passage is the paragraph of the cues,
    widened to hold every span of its claims. ``id`` is a hash of article, text, passage and,
    where part of the passage was decided before, of what was decided. ``sample`` is its
    paragraph's id where that is one of the random sample, else empty.
    """

    id: str
    article: str
    start: int
    end: int
    claims: tuple[Claim, ...]
    sample: str = ""

    @property
    def risk(self) -> float:
        """The lowest score of a claim in it: what is likeliest to be wrong."""
        return min((claim.score for claim in self.claims), default=1.0)


def build_units(
    extraction: Extraction,
    *,
    decided: frozenset[str] = frozenset(),
    whole: bool = False,
    sample: float = 0.0,
) -> tuple[Unit, ...]:
    """The units of an article whose claims are not all decided, in the order of the text.

    ``decided`` are ids of claims that need no review any more. With ``whole`` body paragraphs
    without a claim are units too, to look for what was missed; so are those of the random sample,
    which has the share ``sample`` of all paragraphs.
    """
    sha256 = sha256_of_text(extraction.text)
    by_passage: dict[Span, list[Claim]] = defaultdict(list)
    passages = find_passages(extraction)
    for claim in extraction.claims:
        by_passage[passage_of(claim, passages)].append(claim)
    sampled = find_sampled(extraction, passages, sample)
    for passage in passages if whole else sampled:
        by_passage.setdefault(passage, [])
    units = []
    for passage, claims in sorted(by_passage.items()):
        if unit := _build_unit(extraction.article, sha256, passage, claims, decided):
            units.append(replace(unit, sample=sampled.get(passage, "")))
    return tuple(units)


def find_passages(extraction: Extraction) -> tuple[Span, ...]:
    """The body's paragraphs, those past ``LONGEST_UNIT`` cut between sentences."""
    passages: list[Span] = []
    group: list[Sentence] = []
    for sentence in extraction.sentences:
        if sentence.block is not BlockKind.BODY:
            continue
        if group and not _belongs(sentence, group, extraction.text):
            passages.append(Span(group[0].start, group[-1].end))
            group = []
        group.append(sentence)
    if group:
        passages.append(Span(group[0].start, group[-1].end))
    return tuple(passages)


def _belongs(sentence: Sentence, group: Sequence[Sentence], text: str) -> bool:
    gap = text[group[-1].end : sentence.start]
    return not gap.strip() and "\n" not in gap and sentence.end - group[0].start <= LONGEST_UNIT


def passage_of(claim: Claim, passages: Sequence[Span]) -> Span:
    """The passage that a claim's cue lies in; the cue itself where it is in none."""
    before = bisect_right(passages, claim.cue.start, key=_start)
    if before and claim.cue.start < passages[before - 1].end:
        return passages[before - 1]
    return claim.cue  # in no sentence of the body: an extraction from elsewhere, shown bare


def _start(span: Span) -> int:
    return span.start


def spans_of(claim: Claim) -> list[Span]:
    """All spans of a claim: holder, cue, then target and attribution where there are any."""
    spans = [claim.holder.span, claim.cue]
    spans += [claim.target] if claim.target else []
    spans += [claim.attribution.span] if claim.attribution else []
    return spans


def _build_unit(
    article: str, sha256: str, passage: Span, claims: Sequence[Claim], decided: frozenset[str]
) -> Unit | None:
    left = [claim for claim in claims if claim.id not in decided]
    done = sorted(claim.id for claim in claims if claim.id in decided)
    if done and not left:
        return None
    spans = [passage, *(span for claim in left for span in spans_of(claim))]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    uid = content_id([article, sha256, start, end, done], prefix="u-")
    ordered = sorted(left, key=lambda claim: (claim.cue, claim.holder.span, claim.id))
    return Unit(uid, article, start, end, tuple(ordered))
