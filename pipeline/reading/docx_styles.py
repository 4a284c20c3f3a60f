"""Which styles of a Word document hide the text that has them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")
_LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class Styles:
    """What styles say of hiding, by id; ``paragraph`` and ``default`` hold where none is named."""

    hidden: dict[str, bool] = field(default_factory=dict)
    paragraph: str = ""
    default: bool = False

    def hides(self, run: Any, paragraph_style: str) -> bool:
        """Whether a run, or a paragraph's mark, is hidden; ``run`` is its properties or None.

        What the run says itself counts before its styles; a style of the paragraph and one of the
        run that both hide show it. Source: ECMA-376, part 1, 17.7.3 (toggle properties).
        """
        own = None if run is None else _switch(run.find(f"{WORD}vanish"))
        if own is not None:
            return own
        named = None if run is None else run.find(f"{WORD}rStyle")
        of_run = self.hidden.get(_value(named), False)
        of_paragraph = self.hidden.get(paragraph_style or self.paragraph, False)
        return self.default or of_run != of_paragraph


def read_styles(document: Any) -> Styles:
    """The styles of a document; one without a part for them has none that hides."""
    root = document.part.part_related_by(_STYLES).element if _has_styles(document) else None
    if root is None:
        return Styles()
    own: dict[str, bool | None] = {}
    parents: dict[str, str] = {}
    paragraph = ""
    for style in root.iter(f"{WORD}style"):
        name = style.get(f"{WORD}styleId", "")
        own[name] = _switch(style.find(f"{WORD}rPr/{WORD}vanish"))
        parents[name] = _value(style.find(f"{WORD}basedOn"))
        if style.get(f"{WORD}type") == "paragraph" and _is_on(style.get(f"{WORD}default", "0")):
            paragraph = name
    vanish = root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr/{WORD}vanish")
    hidden = {name: _inherited(name, own, parents) for name in own}
    return Styles(hidden, paragraph, bool(_switch(vanish)))


_STYLES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"


def _has_styles(document: Any) -> bool:
    return any(relation.reltype == _STYLES for relation in document.part.rels.values())


def _inherited(name: str, own: dict[str, bool | None], parents: dict[str, str]) -> bool:
    for _ in range(_LONGEST_CHAIN):  # a broken file's styles may be based on each other
        found = own.get(name)
        if found is not None:
            return found
        name = parents.get(name, "")
        if not name:
            break
    return False


def _switch(element: Any) -> bool | None:
    """What a property says that is on or off; None where it is not there."""
    return None if element is None else _is_on(element.get(f"{WORD}val", "1"))


def _is_on(value: str) -> bool:
    return value.lower() not in _OFF


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{WORD}val", ""))
