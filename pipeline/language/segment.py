"""The component ``article_segmenter``: blocks, sentences and whole tokens, before the parser."""

# No postponed annotations here: spaCy reads those of factories when they are registered.

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy
from spacy.attrs import IDX, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token
from spacy.vocab import Vocab

from pipeline.language.blocks import Block, BlockFinder
from pipeline.language.boundaries import SentenceSplitter, cells
from pipeline.language.kept import whole_text
from pipeline.language.long_sentences import cut_long_sentences
from pipeline.language.whole_tokens import TokenJoiner
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.segmentation import SegmentationLists, read_segmentation
from pipeline.lexicon.settings import read_settings
from pipeline.records import BlockKind, Sentence

BLOCKS = "blocks"
TITLE = "title"
_KINDS = tuple(BlockKind)
_CODES = {kind: code for code, kind in enumerate(_KINDS)}
_PER_TOKEN = "block_kinds"
_TITLE_END = "title_tokens"


class ArticleSegmenter:
    """Sets ``is_sent_start`` on every token and ``doc.spans["blocks"]``; joins torn tokens.

    The spans' labels are values of ``BlockKind``; the article's headline has the id ``title``. No
    sentence has more than ``longest`` tokens.
    """

    def __init__(self, lists: SegmentationLists, vocab: Vocab, *, longest: int) -> None:
        self._lists = lists
        self._finder = BlockFinder(lists)
        self._splitter = SentenceSplitter(lists)
        self._joiner = TokenJoiner(lists, vocab)
        self._longest = longest

    @cached_property
    def before_numbers(self) -> frozenset[str]:
        """The short forms that a number follows, without their last stop."""
        return self._lists.forms("before-numbers") | self._lists.forms("titles")

    def __call__(self, doc: Doc) -> Doc:
        """The doc, segmented; what was set before is replaced. A new one where tokens were torn."""
        text = whole_text(doc)
        blocks = self._finder.find_blocks(text)
        starts = list(self._sentence_starts(text, blocks))
        doc = self._joiner.joined(doc, starts)
        _set_sentences(doc, starts, self._longest)
        _set_blocks(doc, blocks)
        return doc

    def _sentence_starts(self, text: str, blocks: tuple[Block, ...]) -> Iterator[int]:
        for block in blocks:
            for start, end in cells(text, block.start, block.end):
                yield start
                if block.kind is not BlockKind.HEADING:
                    yield from self._splitter.starts(text, start, end)


@Language.factory(
    "article_segmenter",
    default_config={"models": None},
    assigns=["token.is_sent_start", "doc.spans"],
)
def build_article_segmenter(nlp: Language, name: str, models: str | None) -> ArticleSegmenter:
    """The component, with the lists of the packaged models and of the folder ``models``."""
    del name
    folders = models_folders(Path(models) if models else None)
    longest = read_settings(folders).longest_sentence
    return ArticleSegmenter(read_segmentation(folders), nlp.vocab, longest=longest)


def sentences_of(doc: Doc) -> tuple[Sentence, ...]:
    """The sentences of a segmented doc, without the space around them, with their blocks' kinds.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> segmenter = nlp.add_pipe("article_segmenter")
    >>> [(each.start, each.end) for each in sentences_of(nlp("Peru agreed.  Chile left."))]
    [(0, 12), (14, 25)]
    """
    return tuple(_trimmed(doc))


def block_of(token: Token) -> BlockKind:
    """The kind of block that a token lies in; ``BODY`` where the doc was not segmented."""
    kinds = token.doc.user_data.get(_PER_TOKEN)
    return _KINDS[kinds[token.i]] if kinds else BlockKind.BODY


def is_title(span: Span) -> bool:
    """Whether a sentence, or any span, lies in the article's headline."""
    start, end = span.doc.user_data.get(_TITLE_END, (0, 0))
    return bool(start <= span.start < end)


def _set_sentences(doc: Doc, starts: Sequence[int], longest: int) -> None:
    if not len(doc):
        return
    offsets = doc.to_array([IDX]).ravel()
    wanted = numpy.array(starts, dtype=offsets.dtype)
    values = numpy.where(numpy.isin(offsets, wanted), 1, -1).astype("int64")
    first = 0
    while first < len(doc) - 1 and doc[first].is_space:
        values[first] = -1
        first += 1
    values[first] = -1
    values[0] = 1
    cut_long_sentences(doc, values, longest)
    column: Any = values.astype("uint64").reshape(-1, 1)
    doc.from_array([SENT_START], column)


def _set_blocks(doc: Doc, blocks: tuple[Block, ...]) -> None:
    if not len(doc):
        doc.spans[BLOCKS] = SpanGroup(doc, name=BLOCKS, spans=[])
        return
    offsets = doc.to_array([IDX]).ravel()
    firsts = numpy.searchsorted(offsets, [block.start for block in blocks], side="left")
    lasts = numpy.searchsorted(offsets, [block.end for block in blocks], side="left")
    kinds = bytearray(len(doc))
    spans: list[Span] = []
    for block, first, last in zip(blocks, firsts.tolist(), lasts.tolist(), strict=True):
        kinds[first:last] = bytes((_CODES[block.kind],)) * (last - first)
        identity = TITLE if block.title else ""
        spans.append(Span(doc, first, last, label=block.kind.value, span_id=identity))
        if block.title:
            doc.user_data[_TITLE_END] = (first, last)
    doc.spans[BLOCKS] = SpanGroup(doc, name=BLOCKS, spans=spans)
    doc.user_data[_PER_TOKEN] = bytes(kinds)


def _trimmed(doc: Doc) -> Iterator[Sentence]:
    text = whole_text(doc)
    for sent in doc.sents:
        start, end = sent.start_char, sent.end_char
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start < end:
            first = sent.start
            while doc[first].text.isspace():
                first += 1
            yield Sentence(start, end, block_of(doc[first]))
