"""The list under a passage: one line a claim, each a region of the second text of the screen.

The label of a line is the verdict on its claim. ``verdicts`` reads the lines back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.identity import content_id
from pipeline.files import sha256_of_text
from pipeline.records import Claim
from pipeline.review.regions import LABEL_OF, key_of, regions_of
from pipeline.review.styling import LineStyle, style_of
from pipeline.review.wording import Naming, claim_in_words

Json = dict[str, Any]

EMPTY = "No claim was found here."
"""What stands in the list of a passage without a claim; it is no region."""
VERDICT, REJECTS, FORM, FLAGS = "verdict", "rejected", "line_form", "line_flags"
"""The controls of the list: the label of a line, the keys that reject, and two for its claim."""
_DIGITS = "1234567890"


@dataclass(frozen=True, slots=True)
class Line:
    """A claim's line: its number, the id of its region, and where it stands in the list."""

    number: int
    id: str
    words: str
    start: int
    claim: Claim

    @property
    def end(self) -> int:
        """Where its words end, in code points of the list."""
        return self.start + len(self.words)


def build_lines(claims: Sequence[Claim], text: str, name_of: Naming) -> tuple[Line, ...]:
    """The lines of the claims in their order; ``text`` is the article's."""
    lines: list[Line] = []
    start = 0
    shown = {line_id(claim): claim for claim in reversed(claims)}
    for number, claim in enumerate((one for one in claims if shown[line_id(one)] is one), 1):
        words = f"{number}  {claim_in_words(claim, text, name_of)}"
        lines.append(Line(number, line_id(claim), words, start, claim))
        start += len(words) + 1
    return tuple(lines)


def line_id(claim: Claim) -> str:
    """The id of a claim's line; its end says the stance that was shown, for the style sheet."""
    key, shown = key_of(claim), LABEL_OF[claim.stance].lower()
    return content_id([key.holder, key.cue], prefix="l-", length=10) + f"-{shown}"


def list_data(lines: Sequence[Line]) -> Json:
    """What a task has for its list: the text, the keys that reject, and the style sheet."""
    words = "\n".join(line.words for line in lines) or EMPTY
    return {
        "lines": words,
        "lines_sha256": sha256_of_text(words),
        "rejects": [_reject(line) for line in lines],
        "style": style_of([_styled(line) for line in lines]),
    }


def lines_to_result(lines: Sequence[Line]) -> list[Json]:
    """The regions of the lines, each with its verdict, its form and its flags."""
    return [item for line in lines for item in _items_of(line)]


def _reject(line: Line) -> Json:
    return {"value": line.id, "hotkey": key_of_number(line.number)}


def key_of_number(number: int) -> str:
    """The key that rejects the claim of that number; past 20 one that nobody presses.

    A choice without a key would be given one by the server, which another has.

    >>> key_of_number(1), key_of_number(10), key_of_number(12)
    ('1', '0', 'shift+2')
    """
    if number > 2 * len(_DIGITS):
        return f"ctrl+alt+shift+{number}"
    digit = _DIGITS[(number - 1) % len(_DIGITS)]
    return digit if number <= len(_DIGITS) else f"shift+{digit}"


def _styled(line: Line) -> LineStyle:
    return LineStyle(line.number, line.id, regions_of(line.claim))


def _items_of(line: Line) -> Iterator[Json]:
    claim = line.claim
    yield _item(line, VERDICT, "labels", [LABEL_OF[claim.stance].lower()])
    yield _item(line, FORM, "choices", [claim.form.value])
    flags = [name for name in ("negated", "hedged") if getattr(claim, name)]
    if flags:
        yield _item(line, FLAGS, "choices", flags)


def _item(line: Line, control: str, kind: str, words: Sequence[str]) -> Json:
    place = {"start": line.start, "end": line.end, "text": line.words}
    return {
        "id": line.id,
        "from_name": control,
        "to_name": "lines",
        "type": kind,
        "value": {**place, kind: list(words)},
    }
