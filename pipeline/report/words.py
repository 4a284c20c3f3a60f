"""Words of a text as a page or a picture may have them: no control signs, and not too long."""

from __future__ import annotations

LONGEST = 120
_CONTROLS = {
    code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"
}
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # no UTF-8 can hold them
# What turns the direction of all that follows; a page isolates names, a picture cannot.
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def printable(text: str) -> str:
    r"""The text with a sign in place of each control character; as long as before.

    >>> printable("a\x00b")
    'a\ufffdb'
    """
    return text if text.isprintable() else text.translate(_CONTROLS)


def one_line(value: object, most: int = LONGEST) -> str:
    r"""The value as one line of ``most`` characters at most, cut with dots; empty for None.

    >>> one_line("the use\n of force"), one_line("abcdef", 4), one_line(None)
    ('the use of force', 'abc…', '')
    """
    text = "" if value is None else str(value)
    words = " ".join(printable(text[: 4 * most]).translate(_TURNS).split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun, in the singular where it is one.

    >>> counted(1, "claim"), counted(1200, "claim"), counted(0, "entity", "entities")
    ('1 claim', '1,200 claims', '0 entities')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def joined(words: list[str]) -> str:
    """Words in a row as a sentence has them.

    >>> joined(["a", "b", "c"]), joined(["a"]), joined([])
    ('a, b and c', 'a', '')
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
