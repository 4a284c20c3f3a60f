"""Given names of many languages, as a library for made-up people lists them."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from pipeline.lexicon.spellings import strip_accents

_LISTS = ("first_names", "first_names_male", "first_names_female")
_LEFT_OUT = frozenset({"en", "en_US", "en_PK", "en_TH", "th_TH", "is_IS", "id_ID"})
"""Locales that list every name that anybody was given: too many are words, surnames and places."""
_SHORTEST = 3


@cache
def read_given_names() -> frozenset[str]:
    """Names of one word in small letters, without accents.

    Source: the tables of the library Faker (MIT), which knows some eighty locales.
    """
    import faker.providers.person as people

    found: set[str] = set()
    for module in pkgutil.iter_modules(people.__path__):
        if module.name not in _LEFT_OUT:
            provider = import_module(f"{people.__name__}.{module.name}").Provider
            for name in _LISTS:
                listed = getattr(provider, name, ())
                found.update(() if isinstance(listed, property) else listed)
    plain = (strip_accents(name).lower() for name in found)
    return frozenset(n for n in plain if n.isascii() and n.isalpha() and len(n) >= _SHORTEST)
