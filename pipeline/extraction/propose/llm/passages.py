"""The text in passages of some sentences each, as a language model is asked about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language.segment import TITLE, sentences_of
from pipeline.records import BlockKind, Sentence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CONTEXT = 2
"""How many sentences before a passage are shown with it. Source: codebook §2.8."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences to be read, at least one, and those before them, which are context alone."""

    sentences: tuple[Span, ...]
    before: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where the first sentence begins that is to be read."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where the last sentence ends."""
        return self.sentences[-1].end

    @property
    def all(self) -> tuple[Span, ...]:
        """The context and what is to be read, in text order."""
        return (*self.before, *self.sentences)


def passages_of(doc: Doc, words: int) -> Iterator[Passage]:
    """The passages of the body and the title, of at most so many words unless a sentence has more.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> segmenter = nlp.add_pipe("article_segmenter")
    >>> doc = nlp("Peru agreed. Chile left. Togo came.")
    >>> [(one.start, one.end, len(one.before)) for one in passages_of(doc, 4)]
    [(0, 24, 0), (25, 35, 2)]
    """
    spans = [sentence.span for sentence in sentences_of(doc) if _is_read(sentence, doc)]
    begin = count = 0
    for number, span in enumerate(spans):
        size = len(span.text_in(doc.text).split())
        if number > begin and count + size > words:
            yield _passage(spans, begin, number)
            begin, count = number, 0
        count += size
    if spans:
        yield _passage(spans, begin, len(spans))


def _passage(spans: list[Span], begin: int, end: int) -> Passage:
    return Passage(tuple(spans[begin:end]), tuple(spans[max(0, begin - _CONTEXT) : begin]))


def _is_read(sentence: Sentence, doc: Doc) -> bool:
    """Whether claims are looked for in the sentence: in the body, and in the title."""
    if sentence.block is BlockKind.BODY:
        return True
    titles = (block for block in doc.spans["blocks"] if block.id_ == TITLE)
    return any(block.start_char <= sentence.start < block.end_char for block in titles)
