"""Pronouns by person, number and gender: closed classes of English."""

from __future__ import annotations

SINGULAR = frozenset(["it", "its", "itself"])
PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
MALE = frozenset(["he", "him", "his", "himself"])
FEMALE = frozenset(["she", "her", "hers", "herself"])
FIRST_ONE = frozenset(["i", "me", "my", "mine", "myself"])
FIRST_MANY = frozenset(["we", "us", "our", "ours", "ourselves"])
RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
PRONOUNS = SINGULAR | PLURAL | MALE | FEMALE | FIRST_ONE | FIRST_MANY | RELATIVE
