"""Who holds what stands without a subject in a row or a list: whoever its label names.

As in the row "Togo<tab>Supports the ban.", and in "Kenya:" above the item "- supports the levy".
Source: codebook §2.8: a holder can be named from the sentences before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.target import Target
from pipeline.language.boundaries import cells
from pipeline.language.infinitives import first_conjunct
from pipeline.language.kept import whole_text
from pipeline.language.labels import NOUNS, PLURAL_TAGS, TIMES
from pipeline.language.phrases import is_item_number, is_mark
from pipeline.language.spans import span_of
from pipeline.language.syntax import SUBJECTS, children, is_verbal
from pipeline.records import BlockKind

_BEFORE = frozenset(
    {"advmod", "aux", "auxpass", "neg", "amod", "punct", "dep", "preconj", "npadvmod"}
)
_JOINTS = frozenset({":", "-", "–", "—", "--", "|"})
_ITEMS = 40
_WORDS = 8


class Labels:
    """The labels of one document's rows and lists; ``holders_of`` names the holders of heads."""

    def __init__(self, doc: Doc, holders_of: Callable[[list[Token]], list[Held]]) -> None:
        self.doc = doc
        self._text = whole_text(doc)
        self._holders_of = holders_of
        self._blocks: list[Span] = list(doc.spans.get("blocks", ()))
        self._block_at = {
            place: number
            for number, block in enumerate(self._blocks)
            for place in range(block.start, block.end)
        }

    def holders(self, match: CueMatch) -> list[Held]:
        """Whom the label names under which the cue opens a phrase without a subject, if any."""
        head = _predicate(match.head)
        others = children(head, *SUBJECTS, "nsubjpass", "poss", "agent")
        if any(not is_item_number(other) for other in others):
            return []
        start, label = self._start(head)
        opening = self.doc[start : min(head.i, match.head.i)]
        if any(token.dep_ not in _BEFORE and token.lower_ != "no" for token in opening):
            return []
        if match.cue.pos == "noun" and "sides" not in match.cue.traits:
            return []
        candidates = iter((label,)) if label is not None else self._labels(head)
        held = next(filter(None, map(self._named, candidates)), [])
        bare = head.tag_ == "VB" and not children(head, "aux")
        return [] if bare and not _are_several(held) else held

    def target(self, match: CueMatch) -> Target | None:
        """What the next cell of a row names, where the cue ends its own."""
        cell = self._cell_after(match)
        span = span_of(self.doc, cell.start, cell.end) if cell is not None else None
        if span is None or not _names_something(span):
            return None
        return Target(span, span.root, "cell")

    def _cell_after(self, match: CueMatch) -> Span | None:
        """The cell after the one that a cue with an object ends."""
        number = self._block_at.get(match.head.i)
        if number is None or match.cue.targets[:1] != ("object",):
            return None
        parts = self._cells(self._blocks[number])
        here = next(n for n, (_, end) in enumerate(parts) if match.head.idx < end)
        ends = parts[here][1] == match.last.idx + len(match.last)
        if not ends or here + 1 == len(parts):
            return None
        return self.doc.char_span(*parts[here + 1], alignment_mode="contract")

    def _cells(self, block: Span) -> list[tuple[int, int]]:
        return list(cells(self._text, block.start_char, block.end_char))

    def _start(self, head: Token) -> tuple[int, Span | None]:
        """The first word of the phrase, and the label before it in its own sentence."""
        first = head.sent.start
        while first < head.i and (is_mark(self.doc[first]) or is_item_number(self.doc[first])):
            first += 1
        joints = [i for i in range(first + 1, head.i) if self.doc[i].text in _JOINTS]
        if not joints:
            return first, None
        start = joints[-1] + 1
        while start < head.i and is_mark(self.doc[start]):
            start += 1
        return start, self.doc[first : joints[-1]]

    def _labels(self, head: Token) -> Iterator[Span]:
        """What may be the label of a phrase, the nearest first: of its row, else of its list."""
        number = self._block_at.get(head.i)
        if number is None:
            return
        yield from self._row(head, self._blocks[number])
        for before in reversed(self._blocks[max(0, number - _ITEMS) : number]):
            if before.label_ == BlockKind.HEADING.value or _ends_in_colon(before):
                yield before
                return
            if not _is_item(before):
                return

    def _row(self, head: Token, block: Span) -> Iterator[Span]:
        """The other cells of a row: those before, from right to left, then those after."""
        parts = self._cells(block)
        here = next(n for n, (_, end) in enumerate(parts) if head.idx < end)
        for start, end in (*reversed(parts[:here]), *parts[here + 1 :]):
            span = self.doc.char_span(start, end, alignment_mode="contract")
            if span is not None:
                yield span

    def _named(self, label: Span) -> list[Held]:
        """The holders that a label names; nothing where it says anything else."""
        words = [token for token in label if not is_mark(token) and not is_item_number(token)]
        if not 0 < len(words) <= _WORDS or any(is_verbal(word) for word in words):
            return []
        return self._holders_of([self.doc[words[0].i : words[-1].i + 1].root])


def _predicate(head: Token) -> Token:
    """The word that the phrase of a cue hangs on."""
    if head.dep_ in ("prep", "acomp", "attr", "dobj") and is_verbal(head.head):
        head = head.head
    head = first_conjunct(head)
    while head.dep_ == "xcomp" and is_verbal(head.head) and not children(head, "nsubj"):
        head = first_conjunct(head.head)
    return head


def _names_something(span: Span) -> bool:
    """Whether a cell is about a thing; one that says or dates something is not."""
    root = span.root
    named = any(token.pos_ in NOUNS for token in span)
    return named and not is_verbal(root) and root.ent_type_ not in TIMES


def _are_several(held: list[Held]) -> bool:
    return len(held) > 1 or any(one.span.root.tag_ in PLURAL_TAGS for one in held)


def _ends_in_colon(block: Span) -> bool:
    return block.text.rstrip().endswith(":")


def _is_item(block: Span) -> bool:
    """Whether a block is an item of a list: it opens with a bullet, a number or its verb."""
    first = block[0]
    return is_mark(first) or is_item_number(first) or is_verbal(first) or first.text.islower()
