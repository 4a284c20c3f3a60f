"""The spellings in which one name is met: s and z, quotes, hyphens, accents, capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PAIRS = (
    ("isation", "ization"),
    ("Defence", "Defense"),
    ("Centre", "Center"),
    ("Programme", "Program"),
    ("Co-operation", "Cooperation"),
    ("Co-ordination", "Coordination"),
    (" & ", " and "),
)
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z0-9][A-Z0-9&-]{1,6}")
_SPECIAL = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae",
     "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d"}
)  # fmt: skip


def strip_accents(text: str) -> str:
    """The text in unaccented letters.

    >>> strip_accents("Mevlüt Çavuşoğlu")
    'Mevlut Cavusoglu'
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_SPECIAL))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slug_of(text: str) -> str:
    """The text as the last part of an entity id: lower case, no accents, hyphens between words.

    >>> slug_of("Belt & Road News"), slug_of("Bashar al-Assad")
    ('belt-and-road-news', 'bashar-al-assad')
    """
    plain = strip_accents(text).casefold().replace("&", " and ")
    plain = re.sub(r"['’`]s?\b", "", plain)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def name_id(text: str) -> str:
    """The name as the last part of an entity id: an acronym as it is, any other name as a slug.

    >>> name_id("FTU"), name_id("Real Madrid"), name_id("IMF-2")
    ('FTU', 'real-madrid', 'IMF-2')
    """
    return text if _ACRONYM.fullmatch(text) else slug_of(text)


def older_ids(entity: str) -> Iterator[str]:
    """The ids that an entity had before: acronyms were slugs once.

    >>> list(older_ids("org:FTU")), list(older_ids("org:ftu"))
    (['org:ftu'], [])
    """
    prefix, colon, name = entity.partition(":")
    if slug_of(name) != name:
        yield f"{prefix}{colon}{slug_of(name)}"


def spellings_of(name: str, *, capitals: bool = False) -> Iterator[str]:
    """Each spelling of ``name`` once, itself first; ``capitals`` adds the all-capitals ones.

    >>> list(spellings_of("Organisation of American States"))
    ['Organisation of American States', 'Organization of American States']
    """
    forms = [name]
    for one, other in _PAIRS:
        forms += _respelled(forms, one, other)
        forms += _respelled(forms, other, one)
    if "-" in name:
        forms += [form.replace("-", hyphen) for form in forms for hyphen in "\u2011\u2010–"]
    forms += _respelled(forms, "'", "’")
    forms += _respelled(forms, "’", "'")
    if not name.isascii():
        forms += [strip_accents(form) for form in forms]
        forms += [strip_accents(form.replace("’", "'")) for form in forms]
    if capitals:
        forms += [form.upper() for form in forms]
    yield from dict.fromkeys(forms)


def _respelled(forms: list[str], one: str, other: str) -> list[str]:
    """The forms that have the one, with the other in its place."""
    return [form.replace(one, other) for form in forms if one in form]
