"""The paragraphs of a PDF file, whole again where lines, columns and pages had cut them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.reading.pdf_hyphens import HYPHENS, SOFT, Vocabulary, join_lines, read_vocabulary
from pipeline.reading.pdf_order import Line

_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*\Z")
_BULLET = re.compile(r"[•▪‣◦●○■□◆▶➢✓✔∙·*–—-]\s")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]\s")
_CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Chart|Map|Box|Photo|Source|Sources|Note)s?\b")
_SIZE = 1.08
_MINOR = 0.93
_LEADING = 1.2
_MORE_LEADING = 0.25
_INDENT = 0.8
_FULL = 2.5
_END = 12
_LARGEST_LEADING = 2.6


@dataclass(slots=True)
class Paragraph:
    """A paragraph; ``pages`` are the pages that it is on, with the offset in it of each."""

    lines: list[Line]
    text: str = ""
    pages: list[tuple[int, int]] = field(default_factory=list)
    minor: bool = False

    @property
    def is_open(self) -> bool:
        """Whether its sentence is not at its end."""
        return not (_SENTENCE_END.search(self.text[-_END:]) or self.lines[-1].row_of_cells)


def find_paragraphs(pages: Iterable[tuple[int, list[Line]]]) -> list[Paragraph]:
    """The paragraphs in the order in which they are read.

    A note, a caption or a table that stands inside a paragraph, at the foot of a column say, goes
    before it, or after it where it is on the page on which the paragraph ends.
    """
    kept = [(number, lines) for number, lines in pages if lines]
    lines = [line for _, found in kept for line in found]
    vocabulary = read_vocabulary(line.text for line in lines)
    leading, size = _leading(lines), _size(lines)
    whole: list[Paragraph] = []
    for number, found in kept:
        for group in _split(found, leading):
            paragraph = _paragraph(number, group, vocabulary, size)
            at = _place_of_beginning(whole, paragraph)
            if at is None:
                whole.append(paragraph)
            else:
                _go_on(whole, at, paragraph, vocabulary)
    return whole


def _size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def _leading(lines: list[Line]) -> float:
    """How far most lines are from the next of their paragraph, in sizes of their letters."""
    found = Counter(
        round((a.y - b.y) / a.size, 1)
        for a, b in pairwise(lines)
        if a.block == b.block and _is_same_size(a, b) and _is_full(a) and a.y > b.y
    )
    common = max(found, key=lambda leading: (found[leading], -leading), default=_LEADING)
    return common if common <= _LARGEST_LEADING else _LEADING


def _split(lines: list[Line], leading: float) -> Iterator[list[Line]]:
    group = [lines[0]]
    for line in lines[1:]:
        if _begins(group[-1], line, leading):
            yield group
            group = []
        group.append(line)
    yield group


def _begins(before: Line, line: Line, leading: float) -> bool:
    """Whether the line begins a paragraph, by all that sets paragraphs apart."""
    if not _is_same_size(before, line) or line.mark:
        return True
    if before.block != line.block and not _is_below(before, line, leading):
        return True
    if line.row_of_cells or before.row_of_cells:
        return not line.text.startswith("\t")  # the rest of cells of several lines
    ended = _SENTENCE_END.search(before.text[-_END:]) is not None
    if _is_far(before, line, leading, ended=ended) or _BULLET.match(line.text):
        return not _is_cut(before.text)
    if before.bold != line.bold and not _is_full(before):
        return True
    return ended and _begins_sentence(before, line)


def _is_far(before: Line, line: Line, leading: float, *, ended: bool) -> bool:
    """Whether more than the usual is between the lines; inside a sentence it has to be much."""
    more = _MORE_LEADING if ended or not _is_full(before) else 2 * _MORE_LEADING
    return (before.y - line.y) / line.size > leading + more


def _begins_sentence(before: Line, line: Line) -> bool:
    """Whether a line after the end of a sentence is set as the first of a paragraph.

    Its first word would have fitted on the line before, or it is indented, or of another weight.
    """
    fits = before.x1 + line.first_width + line.size < before.right
    listed = before.mark or _is_item(before.text)
    indented = not listed and line.x0 - before.x0 > _INDENT * line.size
    return fits or indented or before.bold != line.bold or bool(_NUMBERED.match(line.text))


def _is_item(text: str) -> bool:
    """Whether it begins as an item of a list does."""
    return bool(_BULLET.match(text) or _NUMBERED.match(text))


def _is_below(before: Line, line: Line, leading: float) -> bool:
    """Whether the line is the next one of the same column, though another block begins there."""
    down = (before.y - line.y) / line.size
    return 0 < down <= leading + _MORE_LEADING and abs(before.x0 - line.x0) <= _INDENT * line.size


def _is_same_size(a: Line, b: Line) -> bool:
    return max(a.size, b.size) <= _SIZE * min(a.size, b.size)


def _is_full(line: Line) -> bool:
    return line.x1 >= line.right - _FULL * line.size


def _is_cut(text: str) -> bool:
    return text[-1:] in HYPHENS + SOFT and text[-2:-1].isalpha()


def _paragraph(page: int, lines: list[Line], vocabulary: Vocabulary, size: float) -> Paragraph:
    first = lines[0]
    if first.row_of_cells:
        text = _row(lines, vocabulary)
    else:
        text = join_lines((line.text for line in lines), vocabulary)
    minor = first.size < _MINOR * size or bool(_CAPTION.match(text)) or first.row_of_cells
    return Paragraph(lines, text, [(page, 0)], minor or first.mark)


def _row(lines: list[Line], vocabulary: Vocabulary) -> str:
    """The cells of a row of a table with tabs between them, each of its lines one after another."""
    cells: list[str] = []
    for line in lines:
        for at, cell in enumerate(line.text.split("\t")):
            if at == len(cells):
                cells.append(cell)
            elif cell:
                cells[at] = join_lines([cells[at], cell], vocabulary) if cells[at] else cell
    return "\t".join(cell for cell in cells if cell)


def _place_of_beginning(whole: list[Paragraph], paragraph: Paragraph) -> int | None:
    """Where the paragraph is of which this one is the rest; None if it is one of its own."""
    at = len(whole) - 1
    while at >= 0 and whole[at].minor and not paragraph.minor:
        at -= 1
    if at < 0 or whole[at].minor != paragraph.minor or not _is_rest(whole[at], paragraph):
        return None
    first = whole[at].pages[0][0]
    between = [one.pages[0][0] for one in whole[at + 1 :]]
    end = paragraph.pages[0][0]
    return at if all(page in (first, end) for page in between) else None


def _is_rest(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether the paragraph goes on with the one before."""
    last, first = before.lines[-1], paragraph.lines[0]
    if not before.is_open or not _is_same_size(last, first) or _stands_alone(first):
        return False
    if last.block == first.block and before.pages[-1][0] == paragraph.pages[0][0]:
        return False
    if first.text[:1].islower() or _is_cut(before.text):
        return True
    as_wide = abs((last.right - last.left) - (first.right - first.left)) <= 2 * last.size
    return last.bold == first.bold and as_wide and len(before.lines) > 1 and _is_full(last)


def _stands_alone(line: Line) -> bool:
    """Whether the line is no rest of another: a row of a table, a note, an item of a list."""
    return line.row_of_cells or line.mark or _is_item(line.text)


def _go_on(whole: list[Paragraph], at: int, rest: Paragraph, vocabulary: Vocabulary) -> None:
    """Let the paragraph at that place go on with its rest, after what came between."""
    paragraph = whole.pop(at)
    page = rest.pages[0][0]
    text = join_lines([paragraph.text, rest.text], vocabulary)
    if page != paragraph.pages[-1][0]:
        paragraph.pages.append((page, len(text) - len(rest.text)))
    paragraph.text = text
    paragraph.lines += rest.lines
    between = whole[at:]
    later = [one for one in between if one.pages[0][0] != paragraph.pages[0][0]]
    earlier = [one for one in between if one.pages[0][0] == paragraph.pages[0][0]]
    whole[at:] = [*earlier, paragraph, *later]


def to_text(paragraphs: list[Paragraph]) -> tuple[str, list[int]]:
    """The text, and at which offset each page begins, pages without text at that of the next."""
    text = ""
    starts: list[int] = []
    for paragraph in paragraphs:
        begin = len(text) + 2 if text else 0
        for page, offset in paragraph.pages:
            starts += [begin + offset] * (page - len(starts))
        text = f"{text}\n\n{paragraph.text}" if text else paragraph.text
    return (text + "\n" if text else ""), starts
