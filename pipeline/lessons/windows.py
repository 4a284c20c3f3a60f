"""Pieces of articles that are read anew: a sentence, with a few before it to know who is who."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import BlockKind, Extraction, Span

BEFORE = 3
"""So many sentences before one are read with it."""

LONGEST = 1500
"""A window has no more characters, its own sentence aside."""


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of an article; ``sentence`` is the one that is meant, in the article's offsets."""

    article: str
    start: int
    text: str
    sentence: Span

    @property
    def words(self) -> str:
        """The text of the sentence that is meant."""
        return self.text[self.sentence.start - self.start : self.sentence.end - self.start]

    def in_article(self, span: Span) -> Span:
        """Where a span of the window lies in the article."""
        return Span(span.start + self.start, span.end + self.start)

    def holds(self, span: Span) -> bool:
        """Whether a span of the article begins in the sentence that is meant."""
        return self.sentence.start <= span.start < self.sentence.end


def window_at(extraction: Extraction, start: int, end: int) -> Window | None:
    """The window of the sentences in which a span lies; None where no sentence holds it."""
    sentences = extraction.sentences
    inside = [n for n, one in enumerate(sentences) if one.start < end and start < one.end]
    return window_of(extraction, inside[0], inside[-1]) if inside else None


def window_of(extraction: Extraction, first: int, last: int) -> Window:
    """The window of the sentences of these numbers, counted from 0."""
    sentences = extraction.sentences
    meant = Span(sentences[first].start, sentences[last].end)
    begin = first
    for number in range(first - 1, max(-1, first - 1 - BEFORE), -1):
        one = sentences[number]
        if one.block is not BlockKind.BODY or meant.start - one.start > LONGEST:
            break
        begin = number
    start = sentences[begin].start
    return Window(extraction.article, start, extraction.text[start : meant.end], meant)
