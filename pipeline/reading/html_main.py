"""The article of a page: what trafilatura finds of it, what it left out of it, and the doubts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.reading.html_blocks import Page, words_of
from pipeline.reading.html_parts import Parts

Finder = Callable[[bool], str]
"""What finds the main text of a page, generously or not."""

_RUN = 4
_FOUND = 0.7
_NEARLY_ALL = 0.9
_MOSTLY = 0.8
_HALF = 0.5
_LEAD = 60
_NEXT = 3
_FEWEST = 40
_ARTICLES = ("article", "main")
_HOLDING = frozenset({"body", "div", "section", "article", "main", "td"})


@dataclass(frozen=True, slots=True)
class Main:
    """The numbers of the article's blocks; ``words`` of ``total`` words of the page's own it has.

    ``certain`` is false where the article could not be told from what stands around it.
    """

    numbers: tuple[int, ...]
    words: int
    total: int
    certain: bool = True

    @property
    def share(self) -> float:
        """How much of the page's own words the article has."""
        return self.words / self.total if self.total else 0.0


def find_main(page: Page, parts: Parts, find: Finder) -> Main:
    """The article of a page; no numbers where the page has none.

    ``find`` is asked for the main text, and more generously where much of the page is not in it.
    What lies between two blocks that it found, or beside them in the same element, is put back.
    Where half of the page's own words are still not in it, where nothing under the headline is, or
    much was found outside what is marked as the article, all of the page's own words are taken.

    Source: the measure of trafilatura's own rescue (share of the page), applied to the words that
    are no menu's, notice's or copy's.
    """
    parts, sure = _of_the_article(page, parts, _found(page, parts, find(False)))
    total = _count(page, parts.content)
    best: frozenset[int] = frozenset()
    for generous in (False, True):
        found = _restored(page, parts, _found(page, parts, find(generous)))
        if _count(page, found) > _count(page, best):
            best = found
        if _count(page, best) >= _NEARLY_ALL * total:
            break
    certain = sure and _count(page, best) >= _HALF * total and not _lacks_article(parts, best)
    if not certain:
        best = frozenset(parts.content)
    return Main(tuple(sorted(best)), _count(page, best), total, certain)


def _count(page: Page, numbers: Iterable[int]) -> int:
    return sum(page.blocks[number].words for number in numbers)


def _found(page: Page, parts: Parts, text: str) -> frozenset[int]:
    """The blocks whose words are in the text: all of a short one as a line, else most runs."""
    lines: set[str] = set()
    runs: set[tuple[str, ...]] = set()
    for line in text.split("\n"):
        words = words_of(line)
        lines.add(" ".join(words))
        runs.update(_runs(words))
    found = set()
    for number in parts.content:
        words = words_of(page.blocks[number].text)
        own = _runs(words)
        if " ".join(words) in lines or (
            own and sum(run in runs for run in own) >= _FOUND * len(own)
        ):
            found.add(number)
    return frozenset(found)


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


def _of_the_article(page: Page, parts: Parts, found: frozenset[int]) -> tuple[Parts, bool]:
    """The parts, their content that of the element marked as the article, and whether it is sure.

    That element holds the headline and most of what was found. Where much was found outside it
    the mark may be wrong: then all content stays, and it is not sure. Without a mark it is.
    """
    for element in _marked(page, parts.title):
        start, end = page.spans[element]
        inside = tuple(number for number in parts.content if start <= number < end)
        if _count(page, inside) >= _FEWEST:
            held = _count(page, found.intersection(inside))
            if held >= _MOSTLY * _count(page, found):
                return replace(parts, content=inside), True
            return parts, False
    return parts, True


def _marked(page: Page, title: int | None) -> Iterator[Any]:
    """The elements that hold the headline and are marked as an article, the innermost first."""
    if title is not None:
        for element in page.blocks[title].element.iterancestors("*"):
            role = (element.get("role") or "").strip().lower()
            if element.tag in _ARTICLES or role in _ARTICLES:
                yield element


def _restored(page: Page, parts: Parts, found: frozenset[int]) -> frozenset[int]:
    """Those found, with the headline, what lies between them, and what goes on beside them."""
    if not found:
        return found
    start, end = _core(page, found)
    core = [number for number in found if start <= number < end]
    first, last = min(core), max(core)
    holders = {_holder(page.blocks[number].element) for number in core}
    known = set(found)
    for number in parts.content:
        if first < number < last or _holder(page.blocks[number].element) in holders:
            known.add(number)
    if parts.heading is not None and parts.heading < first:
        known.add(parts.heading)
        lead = [number for number in parts.content if parts.heading < number < first]
        known.update(lead if _count(page, lead) <= _LEAD else ())
    return frozenset(known)


def _core(page: Page, found: frozenset[int]) -> tuple[int, int]:
    """The range of the smallest element that holds most of the words found."""
    sums = [0]
    for number, block in enumerate(page.blocks):
        sums.append(sums[-1] + (block.words if number in found else 0))
    enough = [
        span for span in page.spans.values() if sums[span[1]] - sums[span[0]] >= _MOSTLY * sums[-1]
    ]
    return min(enough, key=lambda span: span[1] - span[0], default=(0, len(page.blocks)))


def _holder(element: Any) -> Any:
    """The part of the page in which a paragraph, list, table or quotation stands."""
    if element.tag not in _HOLDING:
        element = next(element.iterancestors(*_HOLDING), element)
    return element


def _lacks_article(parts: Parts, kept: frozenset[int]) -> bool:
    """Whether the page has a headline and nothing of what stands under it was kept."""
    if parts.title is None:
        return False
    under = [number for number in parts.content if number > parts.title][:_NEXT]
    return bool(under) and kept.isdisjoint(under)
