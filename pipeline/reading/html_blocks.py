"""What a page shows, block by block, and which blocks stand in which element of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from pipeline.reading.converted import require

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol "
    "option p pre section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements whose words stand apart. Source: the HTML standard, section on rendering."""

_UNREAD = frozenset(
    "head title script style template noscript iframe button select textarea datalist input "
    "math object svg canvas video audio rp rt".split()
)
"""What is no text of the page: its programs, its controls, what is drawn, how words are spoken."""

_DRAWN = frozenset("button select textarea iframe object svg canvas video audio math".split())
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_APART = re.compile(
    r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)", re.IGNORECASE
)
SENTENCE_END = re.compile("[.!?…][\"'”’»)]*$")
_MARK = re.compile(r"\W*\d{1,3}\W*")
_ITEMS = ("li",)
_CELLS = ("td", "th")
_BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Block:
    """Words that stand apart on the page; ``words`` and ``linked`` count all and those of links."""

    text: str
    element: Any
    words: int
    linked: int


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks of a page in its order; ``spans`` has the range of them in each element."""

    blocks: tuple[Block, ...]
    spans: dict[Any, tuple[int, int]]
    totals: tuple[int, ...] = ()
    linked: tuple[int, ...] = ()

    def words(self, element: Any) -> int:
        """How many words stand in an element."""
        start, end = self.spans.get(element, (0, 0))
        return self.totals[end] - self.totals[start]

    def links(self, element: Any) -> int:
        """How many of them are a link's."""
        start, end = self.spans.get(element, (0, 0))
        return self.linked[end] - self.linked[start]


def read_page(body: Any) -> Page:
    """The page that a reader sees; ``body`` is left as it is.

    A row of a table is a block with a stroke between cells, unless a cell holds several blocks:
    then each is one. An item of a list begins with a hyphen. A line break is a line within a block,
    two in a row end it. Marks of footnotes (a raised number that is a link) are left out.
    """
    reader = _Reader()
    etree = require("lxml.etree", extra="html")
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if not isinstance(element.tag, str) or element.tag in _UNREAD or _is_mark(element):
                walk.skip_subtree()
            else:
                reader.enter(element)
        else:
            reader.leave(element, tail=element is not body)
    blocks = tuple(reader.blocks)
    return Page(
        blocks,
        reader.spans,
        tuple(accumulate((block.words for block in blocks), initial=0)),
        tuple(accumulate((block.linked for block in blocks), initial=0)),
    )


def words_of(text: str) -> list[str]:
    """The words of a text for comparison, without case, marks and strokes.

    >>> words_of("- Peru’s “no” | 5")
    ['peru', 's', 'no', '5']
    """
    return re.findall(r"[^\W_]+", text.casefold())


def _is_mark(element: Any) -> bool:
    """Whether it is a footnote's mark: a raised number that leads to another place of the page."""
    if element.tag != "sup" or not _MARK.fullmatch(element.text_content()):
        return False
    return any((link.get("href") or "").startswith("#") for link in element.iter("a"))


@dataclass(slots=True)
class _Reader:
    """What was read so far, and the words since the last block."""

    blocks: list[Block] = field(default_factory=list)
    spans: dict[Any, tuple[int, int]] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    owners: list[Any] = field(default_factory=list)
    starts: dict[Any, int] = field(default_factory=dict)
    links: int = 0
    linked: int = 0
    item: bool = False
    kept: int = 0

    def enter(self, element: Any) -> None:
        self.starts[element] = len(self.blocks)
        if _is_block(element):
            self.flush()
            self.starts[element] = len(self.blocks)
            self.owners.append(element)
            self.item = self.item or element.tag in _ITEMS
        elif element.tag == "br":
            self.pieces.append(_BREAK)
        self.links += _leads_away(element)
        self.kept += element.tag == "pre"
        self.take(element.text)

    def leave(self, element: Any, *, tail: bool) -> None:
        if element in self.starts:
            if _is_block(element):
                self.flush()
                self.owners.pop()
                if element.tag == "tr":
                    self.join_row(element)
                if element.tag in _ITEMS:
                    self.item = False
            self.links -= _leads_away(element)
            self.kept -= element.tag == "pre"
            self.spans[element] = (self.starts[element], len(self.blocks))
        elif element.tag in _DRAWN:
            self.pieces.append(" ")
        if tail:
            self.take(element.tail)

    def take(self, text: str | None) -> None:
        """Read the words; their line breaks are breaks within ``pre`` alone."""
        if not text:
            return
        self.pieces.append(text if self.kept else _SPACE.sub(" ", text))
        if self.links:
            self.linked += len(text.split())

    def flush(self) -> None:
        """Make the words since the last block blocks, cut where two lines break."""
        lines = [" ".join(line.split()) for line in "".join(self.pieces).split(_BREAK)]
        linked, self.linked = self.linked, 0
        self.pieces.clear()
        for part in re.split(r"\n{2,}", _BREAK.join(lines).strip(_BREAK)):
            if not part:
                continue
            words = len(part.split())
            own = min(words, linked)
            linked -= own
            marked = f"- {part}" if self.item else part
            self.item = False
            self.blocks.append(Block(marked, self.owners[-1], words, own))

    def join_row(self, row: Any) -> None:
        """Make the cells of the row one block, where each of them was one at most."""
        start = self.starts[row]
        held = self.blocks[start:]
        spans = [self.spans.get(cell, (0, 0)) for cell in row if cell.tag in _CELLS]
        if not _are_cells(spans, len(held)):
            return
        texts = [self.blocks[first].text if last > first else "" for first, last in spans]
        line = f"| {' | '.join(' '.join(text.split()) for text in texts)} |"
        words, linked = sum(block.words for block in held), sum(block.linked for block in held)
        self.blocks[start:] = [Block(line, row, words, linked)]
        for element in row.iterdescendants():
            if element in self.spans:
                self.spans[element] = (start, start)  # the block is the row's


def _are_cells(spans: list[tuple[int, int]], blocks: int) -> bool:
    """Whether two or more cells have a block each, and no cell more, and there are no others."""
    sizes = [last - first for first, last in spans]
    return sizes.count(1) == blocks >= 2 and max(sizes) == 1


def _is_block(element: Any) -> bool:
    """Whether its words stand apart; an element of the page's own does where it is a sentence."""
    if element.tag in _BLOCKS or _APART.search(element.get("style", "")):
        return True
    return "-" in element.tag and bool(SENTENCE_END.search(element.text_content().rstrip()))


def _leads_away(element: Any) -> bool:
    """Whether it is a link to another page."""
    return element.tag == "a" and not (element.get("href") or "#").startswith("#")


def blocks_in(page: Page, elements: Iterable[Any]) -> set[int]:
    """The numbers of all blocks that stand in one of the elements."""
    found: set[int] = set()
    for element in elements:
        found.update(range(*page.spans.get(element, (0, 0))))
    return found
