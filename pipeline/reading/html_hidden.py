"""What a page holds and does not show: by attribute, by its own style, by its style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_DISPLAY = re.compile(r"(?:^|[;\s])display\s*:\s*([a-z-]+)\s*(!\s*important)?", re.IGNORECASE)
_UNSEEN = re.compile(r"(?:^|[;\s])visibility\s*:\s*(?:hidden|collapse)\b", re.IGNORECASE)
_SIMPLE = re.compile(r"([a-z][a-z0-9-]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_FOR_SCREENS = re.compile(r"@media\s+(?:all|screen)\s*", re.IGNORECASE)
_NO_WORDS = ("script", "style", "template", "noscript")
_MOST_SHEET = 2_000_000
_FOR_LISTENERS = frozenset({"sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden"})
"""Classes of text that is spoken and not shown. Source: Bootstrap and WordPress style sheets."""

_MOST_HIDDEN = 0.6
_MOST_UNSPOKEN = 0.5


@dataclass(frozen=True, slots=True)
class _Rule:
    """One simple selector and whether what it selects is shown; the stronger rule decides."""

    tag: str
    classes: frozenset[str]
    ids: frozenset[str]
    shown: bool
    strength: tuple[bool, int, int, int, int]


def drop_hidden(tree: Any) -> None:
    """Take out of the page what its readers do not see.

    Of style sheets in the page, rules for a tag, class or id are read, those of ``@media`` are not.
    What is most of the page stays: a script would show it. What is hidden from listeners
    alone (``aria-hidden``, as behind a dialogue) goes only where it is the smaller part.

    Source: the HTML standard on ``hidden`` and its section on rendering; CSS on the cascade.
    """
    rules = _Rules(tree)
    body = tree.find("body")
    if body is None:
        return
    hidden = [element for element in body.iterdescendants("*") if _is_hidden(element, rules)]
    _drop(hidden, body, most=_MOST_HIDDEN)
    unspoken = [
        element
        for element in body.iterfind(".//*[@aria-hidden]")
        if element.get("aria-hidden", "").strip().lower() == "true"
    ]
    _drop(unspoken, body, most=_MOST_UNSPOKEN)


def _drop(elements: list[Any], body: Any, *, most: float) -> None:
    whole = _length(body)
    gone: set[Any] = set()
    for element in elements:  # in the page's order: what one is in comes before it
        if element.getparent() in gone:
            gone.add(element)
        elif _length(element) <= most * whole:
            gone.update(element.iter())
            element.drop_tree()


def _length(element: Any) -> int:
    """The characters of the words in an element, without those of scripts and style sheets."""
    total = 0
    for each in element.iter("*"):
        words = "" if each.tag in _NO_WORDS else each.text or ""
        if each is not element:
            words += each.tail or ""
        total += len("".join(words.split()))
    return total


def _is_hidden(element: Any, rules: _Rules) -> bool:
    if element.tag == "dialog" and element.get("open") is None:
        return True
    if element.tag == "input" or not _FOR_LISTENERS.isdisjoint(element.get("class", "").split()):
        return True
    style = element.get("style", "")
    if _UNSEEN.search(style):
        return True
    if own := _DISPLAY.findall(style):
        return str(own[-1][0]).lower() == "none"
    decided = rules.shown(element)
    if decided is not None:
        return not decided
    hidden = element.get("hidden")
    return hidden is not None and hidden.strip().lower() != "until-found"


class _Rules:
    """The rules of a page's style sheets, found by tag, class and id."""

    def __init__(self, tree: Any) -> None:
        sheets = (style.text_content() for style in tree.iter("style") if _is_for_screens(style))
        self._by_key: dict[str, list[_Rule]] = {}
        for order, (selector, declared) in enumerate(_rules_of("\n".join(sheets)[:_MOST_SHEET])):
            if found := _DISPLAY.findall(declared.partition("{")[0]):
                for each in selector.split(","):
                    self._take(each.strip(), found[-1], order)

    def _take(self, selector: str, display: tuple[str, str], order: int) -> None:
        match = _SIMPLE.fullmatch(selector)
        if match is None or not selector:
            return
        tag, names = (match.group(1) or "").lower(), re.findall(r"[.#][\w-]+", match.group(2))
        classes = frozenset(name[1:] for name in names if name[0] == ".")
        ids = frozenset(name[1:] for name in names if name[0] == "#")
        strength = (bool(display[1]), len(ids), len(classes), int(bool(tag)), order)
        rule = _Rule(tag, classes, ids, display[0].lower() != "none", strength)
        self._by_key.setdefault(min(names, default=tag), []).append(rule)

    def shown(self, element: Any) -> bool | None:
        """Whether the strongest rule for the element shows it; None where there is none."""
        if not self._by_key:
            return None
        classes, name = set(element.get("class", "").split()), element.get("id", "")
        keys = [element.tag, f"#{name}", *(f".{each}" for each in classes)]
        found = [
            rule
            for key in keys
            for rule in self._by_key.get(key, ())
            if rule.tag in ("", element.tag) and rule.classes <= classes and rule.ids <= {name}
        ]
        return max(found, key=lambda rule: rule.strength).shown if found else None


def _is_for_screens(style: Any) -> bool:
    return style.get("media", "all").strip().lower() in ("", "all", "screen")


def _rules_of(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations, in order; those inside ``@media`` only where it is any screen."""
    depth, start, selector, open_at = 0, 0, "", 0
    sheet = _COMMENT.sub(" ", sheet)
    for found in re.finditer(r"[{};]", sheet):
        mark, at = found.group(), found.start()
        if mark == ";":
            start = at + 1 if depth == 0 else start
        elif mark == "{":
            if depth == 0:
                selector, open_at = sheet[start:at].strip(), at + 1
                if _FOR_SCREENS.fullmatch(selector):
                    start = at + 1
                    continue
            depth += 1
        else:
            depth = max(0, depth - 1)
            if depth == 0:
                if "@" not in selector:
                    yield selector, sheet[open_at:at]
                start, selector = at + 1, "@"
