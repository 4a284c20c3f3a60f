"""What a page is made of: its article, and the notices and menus around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from pipeline.lexicon.consent import Consent
from pipeline.reading.html_blocks import SENTENCE_END, Block, Page, blocks_in, words_of
from pipeline.reading.html_copies import find_copies

_AROUND = frozenset({"nav", "header", "footer", "aside", "menu", "dialog"})
_WHOLE = ("html", "body")
_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar".split()
)
_NAMED_AROUND = re.compile(
    r"(?:[a-z0-9]+[_-]+)*?(?:related|newsletters?|subscribe|promos?|adverts?|advertisements?|ads?"
    r"|sponsored|comments?|disqus|taboola|outbrain|trending|most-?(?:read|popular)|read-?more"
    r"|breadcrumbs?|sidebar|sign-?up|paywall|menu|nav|navbar|footer|masthead|skip-?links?"
    r"|(?:(?:post|article|entry)[_-])?(?:social|share|sharing))"
    r"(?:[_-]+(?:posts?|articles?|stor(?:y|ies)|news|links?|content|items?|box|widget|bar|list|media"
    r"|buttons?|icons?|share|sharing|sign-?up|form|container|wrapper|wrap|section|area|block|module"
    r"|banner|promo|unit|slot|inner|body|header|thread))*",
    re.IGNORECASE,
)
_IDS_AROUND = re.compile(
    r"comments|disqus_thread|sidebar|footer|newsletter|breadcrumbs?|masthead|navbar|menu|related",
    re.IGNORECASE,
)
"""Names of what stands around an article: classes, and whole ids, which headings give as well.

Source: the boilerplate lists of Mozilla's Readability."""

_NAMED_CONSENT = re.compile(
    r"cookie|consent|gdpr|ccpa|(?:^|[\s_-])cmp|onetrust|didomi|usercentrics|sp_message|privacy",
    re.IGNORECASE,
)
_LONE = ("p", "li", "td", "dd", "blockquote", "span", "b", "strong", "em", "i", "font", "center")
_MOST_AROUND = 0.5
_MOSTLY = 0.75
_LINKED = 0.6
_SAME_TITLE = 0.5


@dataclass(frozen=True, slots=True)
class Parts:
    """The numbers of a page's blocks, by what they are; ``title`` is that of the headline.

    ``heading`` is the headline too, or else the page's only h1, which may be the site's name.
    ``content`` is what a reader would take for the article: all but notices, copies, what stands
    around it, and lists of links. ``wrapped`` are elements that hold the article though their
    name says that they stand around one.
    """

    content: tuple[int, ...]
    notices: frozenset[int]
    copies: frozenset[int]
    title: int | None
    heading: int | None
    notice_elements: tuple[Any, ...]
    copy_elements: tuple[Any, ...]
    wrapped: tuple[Any, ...]


def find_parts(page: Page, titles: Iterable[str], consent: Consent) -> Parts:
    """What each block of the page is; ``titles`` are what the page says that it is called."""
    title = _find_title(page, titles)
    asking = list(_notices(page, title, consent))
    asking += _going_on(page, blocks_in(page, asking) - {title}, consent)
    notice_elements = tuple(_outermost(asking))
    notices = blocks_in(page, notice_elements)
    copy_elements = tuple(_outermost(find_copies(page, notices)))
    copies = blocks_in(page, copy_elements)
    around, wrapped = _around(page, title, notices | copies)
    left_out = notices | copies | blocks_in(page, around) | (_links(page) - {title})
    content = tuple(number for number in range(len(page.blocks)) if number not in left_out)
    return Parts(
        content,
        frozenset(notices),
        frozenset(copies),
        title if title in content else None,
        title if title in content else _only_heading(page, content),
        notice_elements,
        copy_elements,
        wrapped,
    )


def _find_title(page: Page, titles: Iterable[str]) -> int | None:
    """The block that is the page's headline: a heading with most words of what it is called.

    Source: the HTML standard on h1; the names of sites follow or precede a title's headline.
    """
    names = [set(words_of(part)) for title in titles for part in re.split(r"\s[|–—»·-]\s", title)]
    best, best_likeness = None, _SAME_TITLE
    if not any(names):
        return None
    for number, block in enumerate(page.blocks):
        tags = [block.element.tag, *(each.tag for each in block.element.iterancestors("h1", "h2"))]
        if not {"h1", "h2"}.intersection(tags):
            continue
        words = set(words_of(block.text))
        for name in filter(None, names):
            likeness = len(words & name) / len(words | name)
            if likeness > best_likeness or (best is None and likeness == best_likeness):
                best, best_likeness = number, likeness
    return best


def _only_heading(page: Page, content: Iterable[int]) -> int | None:
    found = [number for number in content if page.blocks[number].element.tag == "h1"]
    return found[0] if len(found) == 1 else None


def _notices(page: Page, title: int | None, consent: Consent) -> Iterator[Any]:
    """The elements that ask for consent: most of their words do, or their name says it too."""
    notices = [*accumulate((consent.is_notice(block.text) for block in page.blocks), initial=0)]
    going_on = [*accumulate((_going_on_in(block, consent) for block in page.blocks), initial=0)]
    for element, (start, end) in page.spans.items():
        if start == end or element.tag in _WHOLE or _holds(start, end, title):
            continue
        blocks = page.blocks[start:end]
        mostly = going_on[end] - going_on[start] >= _MOSTLY * page.words(element)
        asks = mostly and notices[end] > notices[start] and _asks(element, blocks, consent)
        if asks or _is_named_for_consent(element, blocks, consent):
            yield element


def _going_on_in(block: Block, consent: Consent) -> int:
    """How many words of the block may go on with a notice."""
    return block.words if consent.goes_on(block.text) else 0


def _asks(element: Any, blocks: Sequence[Block], consent: Consent) -> bool:
    """Whether one of the element's blocks surely asks; a lone paragraph has to say more."""
    sure = 3 if len(blocks) == 1 and element.tag in _LONE else 2
    return any(consent.is_notice(block.text, fewest=sure) for block in blocks)


def _is_named_for_consent(element: Any, blocks: Sequence[Block], consent: Consent) -> bool:
    """Whether the element has the name of a notice, and speaks of what such are about."""
    named = _NAMED_CONSENT.search(_name(element)) is not None
    return named and any(consent.speaks(block.text) for block in blocks)


def _going_on(page: Page, notices: set[int], consent: Consent) -> Iterator[Any]:
    """The elements of blocks that follow a notice's and go on with it."""
    before = False
    for number, block in enumerate(page.blocks):
        if number not in notices and before and consent.goes_on(block.text):
            yield block.element
        else:
            before = number in notices


def _holds(start: int, end: int, number: int | None) -> bool:
    return number is not None and start <= number < end


def _around(page: Page, title: int | None, left_out: set[int]) -> tuple[list[Any], tuple[Any, ...]]:
    """The elements that stand around an article, and those that only seem to: they hold it.

    One that holds the headline, or most of the words that are no link's, is no such element.
    """
    own = (
        0 if number in left_out else block.words - block.linked
        for number, block in enumerate(page.blocks)
    )
    sums = [*accumulate(own, initial=0)]
    around: list[Any] = []
    holding: list[Any] = []
    for element, (start, end) in page.spans.items():
        if element.tag in (*_WHOLE, "main", "article") or not _seems_around(element):
            continue
        held = sums[end] - sums[start]
        if _holds(start, end, title) or held > _MOST_AROUND * sums[-1]:
            holding.append(element)
        else:
            around.append(element)
    return around, tuple(holding)


def _seems_around(element: Any) -> bool:
    if element.tag in _AROUND or (element.get("role") or "").strip().lower() in _ROLES:
        return True
    if _IDS_AROUND.fullmatch(element.get("id") or ""):
        return True
    return any(map(_NAMED_AROUND.fullmatch, (element.get("class") or "").split()))


def _name(element: Any) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''}"


def _links(page: Page) -> set[int]:
    """The blocks that are links alone, as menus and lists of other articles are; no sentences."""
    return {
        number
        for number, block in enumerate(page.blocks)
        if block.linked
        and block.linked >= _LINKED * block.words
        and not (block.element.tag == "p" and SENTENCE_END.search(block.text))
    }


def _outermost(elements: Iterable[Any]) -> Iterator[Any]:
    """Those of the elements that are in none of the others."""
    chosen = set(elements)
    for element in chosen:
        if not any(each in chosen for each in element.iterancestors()):
            yield element
