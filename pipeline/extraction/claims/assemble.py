"""Claims as records: ids that survive, scores that rank, one record a holder.

Source: codebook §2.5; design, "Identity".
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extraction.claims.antecedents import find_antecedent
from pipeline.extraction.claims.candidates import Candidate
from pipeline.extraction.claims.held import Held, mention_of
from pipeline.extraction.claims.score import score_claim
from pipeline.records import Attribution, Claim, Evidence, Holder, Mention, Span


def assemble(doc: Doc, candidates: Iterable[Candidate]) -> tuple[Claim, ...]:
    """One claim for each holder of each candidate, in text order of cues, then holders."""
    sentences = SentenceText(doc.text, [(s.start_char, s.end_char) for s in doc.sents])
    claims: dict[tuple[str, str | None], Claim] = {}
    for candidate in candidates:
        if not _part_roles(candidate):
            continue
        for held in candidate.holders:
            claim = _claim(doc, candidate, held, sentences)
            claims.setdefault((claim.id, claim.holder.entity), claim)
    ordered = sorted(
        claims.values(), key=lambda c: (c.cue.start, c.holder.start, c.id, c.holder.entity or "")
    )
    return tuple(_numbered(ordered))


def _part_roles(candidate: Candidate) -> bool:
    """Whether cue and target can be kept apart; the cue gives way, down to its head.

    Source: codebook §2.12.
    """
    if candidate.target is None:
        return True
    target = candidate.target.span
    for cue in (candidate.cue_span, target.doc[candidate.head.i : candidate.head.i + 1]):
        if cue.end <= target.start or target.end <= cue.start:
            candidate.cue_span = cue
            return True
    return False


def _numbered(claims: Iterable[Claim]) -> Iterable[Claim]:
    """Two holders on one span ("both countries") get ids of their own."""
    seen: Counter[str] = Counter()
    for claim in claims:
        number = seen[claim.id]
        seen[claim.id] += 1
        yield replace(claim, id=f"{claim.id}-{number + 1}") if number else claim


def with_holders(doc: Doc, candidates: Iterable[Candidate]) -> tuple[Mention, ...]:
    """The document's mentions and the holders and attributions that are none yet, sorted."""
    mentions = {(mention.start, mention.end): mention for mention in doc._.mentions}
    for candidate in candidates:
        held = list(candidate.holders)
        if candidate.reporter is not None:
            held.append(candidate.reporter.holders[0])
        for one in held:
            key = (one.span.start_char, one.span.end_char)
            if key not in mentions:
                mentions[key] = mention_of(one)
    return tuple(mentions[key] for key in sorted(mentions))


def _claim(doc: Doc, candidate: Candidate, held: Held, sentences: SentenceText) -> Claim:
    holder = _holder(held)
    cue = Span(candidate.cue_span.start_char, candidate.cue_span.end_char)
    target = None
    if candidate.target is not None:
        span = candidate.target.span
        target = Span(span.start_char, span.end_char)
    claim = Claim(
        id=claim_id(doc._.article, sentences.at(cue.start), (holder.span, cue, target)),
        holder=holder,
        cue=cue,
        stance=candidate.stance,
        form=candidate.match.cue.form,
        target=target,
        antecedent=find_antecedent(candidate.target),
        negated=candidate.polarity.negated,
        hedged=candidate.polarity.hedged,
        attribution=_attribution(candidate.reporter) if candidate.reporter else None,
        evidence=Evidence(
            cue=candidate.match.cue.id,
            rules=tuple(candidate.rules),
            inferences=(f"holder:{held.rule}",) if held.inferred else (),
        ),
    )
    return replace(claim, score=score_claim(claim, candidate.match.cue))


def _attribution(reporter: Candidate) -> Attribution:
    held, target = reporter.holders[0], reporter.target
    return Attribution(
        start=held.span.start_char,
        end=held.span.end_char,
        entity=held.entity,
        inferred=held.inferred,
        cue=Span(reporter.cue_span.start_char, reporter.cue_span.end_char),
        reported=Span(target.span.start_char, target.span.end_char) if target else None,
    )


def _holder(held: Held) -> Holder:
    return Holder(held.span.start_char, held.span.end_char, held.entity, held.inferred)


def claim_id(article: str, sentence: SentenceText, roles: tuple[Span, Span, Span | None]) -> str:
    """A hash of the article's id and the words of the roles with their occurrence numbers.

    A role's number counts its words' earlier occurrences in its sentence; the sentence's number
    counts the earlier sentences that hold all the words. An edit elsewhere changes neither,
    unless it repeats the whole. Source: design, "Identity".
    """
    words = [span.text_in(sentence.text) if span else "" for span in roles]
    numbers = [sentence.occurrence(span) if span else 0 for span in roles]
    parts = [article, str(sentence.earlier(words)), *words, *map(str, numbers)]
    return hashlib.sha256("\x1e".join(parts).encode("utf-8")).hexdigest()[:16]


class SentenceText:
    """The sentences of an article's text, to number what occurs in them."""

    def __init__(self, text: str, bounds: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self._starts = [start for start, _ in bounds]
        self._pieces = [text[start:end] for start, end in bounds]
        self._current = 0

    def at(self, offset: int) -> SentenceText:
        """The same, standing at the sentence that holds the offset."""
        self._current = self._index(offset)
        return self

    def occurrence(self, span: Span) -> int:
        """How often the span's words stand earlier in its own sentence."""
        start = self._starts[self._index(span.start)]
        return self.text.count(span.text_in(self.text), start, span.start)

    def earlier(self, words: Sequence[str]) -> int:
        """How many sentences before the current one hold all the words."""
        before = self._pieces[: self._current]
        return sum(all(word in piece for word in words) for piece in before)

    def _index(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)
