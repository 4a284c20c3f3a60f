"""Where the tokenizer parts what stands together without a blank."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.util import compile_infix_regex

_INFIXES = (
    r"(?<=[A-Za-z\d])[\u2010\u2011](?=[A-Za-z\d])",
    r"(?<=[A-Z]\.)[-–—](?=[A-Za-z])",
    r"[“”„«»‹›\"]",
    r"['’)\]](?=(?:—|–|--)\w)",
    r"(?<=[”\"’»'›)\]])(?:—|–|--|-)(?=\w)",
    r"(?:—|–|--)(?=[“\"‘«'‹(\[])",
)


def part_words(nlp: Language) -> None:
    """Teach the tokenizer to part "U.S.-led" as it parts "US-led", and to part at quotation marks.

    No word runs over a mark, as the one of `levy”—Kenya` would.
    """
    tokenizer: Any = nlp.tokenizer
    infixes = [*(nlp.Defaults.infixes or ()), *_INFIXES]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
