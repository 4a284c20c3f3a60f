"""What a page holds a second time, for another size of screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.reading.html_blocks import Page, words_of

_HEADLINES = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "th")
_COPIED = 0.8
_FEWEST_COPIED = 15
_SENTENCE = 8
_SHARE_OF_PAGE = 0.2


def find_copies(page: Page, notices: set[int]) -> Iterator[Any]:
    """The elements that hold once more what another element holds, for another size of screen.

    Of two that hold the same the first stays; one that lacks some of it is the copy of the other.
    A copy has sentences and no headline of its own: two lists of the same states under two
    headlines are two lists. A paragraph that follows itself is a copy as well.
    """
    keys = [" ".join(words_of(block.text)) for block in page.blocks]
    following = _following_themselves(page, keys)
    gone = set(following)
    yield from (page.blocks[number].element for number in following)
    yield from _elements_again(page, keys, _places(keys, notices), gone)
    yield from _headlines_again(page, keys, gone)


def _places(keys: list[str], notices: set[int]) -> dict[str, list[int]]:
    """Where each text stands, those of notices left out."""
    places: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        if key and number not in notices:
            places.setdefault(key, []).append(number)
    return places


def _following_themselves(page: Page, keys: list[str]) -> list[int]:
    """The paragraphs that stand right after the same paragraph."""
    return [
        number
        for number in range(1, len(keys))
        if page.blocks[number].words >= _SENTENCE and keys[number] == keys[number - 1]
    ]


def _elements_again(
    page: Page, keys: list[str], places: dict[str, list[int]], gone: set[int]
) -> Iterator[Any]:
    """The elements that are copies of what is left; their blocks are then ``gone`` as well."""
    for element, (start, end) in _by_likeness(page, keys, places):
        again = {
            number
            for number in range(start, end)
            if _elsewhere(places.get(keys[number], ()), start, end, gone)
        }
        if _is_copy(page, element, again) and not gone.issuperset(range(start, end)):
            gone.update(range(start, end))
            yield element


def _headlines_again(page: Page, keys: list[str], gone: set[int]) -> Iterator[Any]:
    """The main headlines, of what is left, that were there before."""
    met: set[str] = set()
    for number, key in enumerate(keys):
        if page.blocks[number].element.tag == "h1" and number not in gone:
            if key in met:
                yield page.blocks[number].element
            met.add(key)


def _by_likeness(
    page: Page, keys: list[str], places: dict[str, list[int]]
) -> list[tuple[Any, tuple[int, int]]]:
    """The elements that may be copies: those repeated most first, then the largest, the last."""
    found = []
    for element, (start, end) in page.spans.items():
        words = page.words(element)
        if end - start < 2 or end - start == len(page.blocks) or words < _FEWEST_COPIED:
            continue
        if words < _SHARE_OF_PAGE * page.totals[-1] and not _has_headline(page, start, end):
            continue
        again = sum(
            page.blocks[number].words
            for number in range(start, end)
            if _elsewhere(places.get(keys[number], ()), start, end, set())
        )
        if again >= _COPIED * words:
            found.append(((-again / words, start - end, -start), (element, (start, end))))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _has_headline(page: Page, start: int, end: int) -> bool:
    return any(block.element.tag == "h1" for block in page.blocks[start:end])


def _is_copy(page: Page, element: Any, again: set[int]) -> bool:
    """Whether an element is a copy, where these of its blocks stand elsewhere too."""
    start, end = page.spans[element]
    if any(
        page.blocks[number].element.tag in _HEADLINES
        for number in range(start, end)
        if number not in again
    ):
        return False
    words = [page.blocks[number].words for number in again]
    return max(words, default=0) >= _SENTENCE and sum(words) >= _COPIED * page.words(element)


def _elsewhere(places: Iterable[int], start: int, end: int, gone: set[int]) -> bool:
    return any(not start <= place < end and place not in gone for place in places)
