"""Names that two states have: "Congo" is the one that speaks, or that the text names in full.

Source: codebook §1.8: the entity is the thing behind the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.language.told import read_told
from pipeline.lexicon.entities import EntityLexicon, Form, Role
from pipeline.lexicon.states import state_codes
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STEM = 5
Found = tuple[int, int, Form]


class SharedNames:
    """Gives each name that several states share to one of them."""

    def __init__(self, lexicon: EntityLexicon) -> None:
        self.lexicon = lexicon
        self._shared = lexicon.shared_states
        self._codes = state_codes(lexicon.entries)

    def owned(self, doc: Doc, found: Sequence[Found]) -> list[Found]:
        """The forms; those that several states share with the state that is meant.

        That is the speaker's by the metadata, else the only one, or the last before the name,
        that the text names without doubt; the lexicon's where it names none.
        """
        if not any(form.text in self._shared for _, _, form in found):
            return list(found)
        country = self._country(doc)
        sure = [
            (start, form)
            for start, _, form in found
            if form.kind is Kind.STATE and form.text not in self._shared
        ]
        return [
            (start, end, replace(form, entity=self._owner(start, form, country, sure)))
            for start, end, form in found
        ]

    def _country(self, doc: Doc) -> str:
        """The entity of the speaker's country; empty where the metadata name none."""
        told = read_told(doc._.metadata).country
        form = self.lexicon.find(told)
        return self._codes.get(told.lower()) or (form.entity if form is not None else "")

    def _owner(self, start: int, form: Form, country: str, sure: Sequence[tuple[int, Form]]) -> str:
        owners = self._shared.get(form.text, frozenset())
        if country in owners:
            return country
        named = [(place, other) for place, other in sure if other.entity in owners]
        left = owners - {other.entity for _, other in named if _is_another_name(other, form)}
        if len(left) == 1:
            return next(iter(left))
        before = [other.entity for place, other in named if place < start]
        if before:
            return before[-1]
        only = {other.entity for _, other in named}
        return next(iter(only)) if len(only) == 1 else form.entity


def _is_another_name(other: Form, form: Form) -> bool:
    """As in "Zaire" beside "Congo": who calls the one state so means the other by this."""
    stem = form.text[:_STEM].casefold()
    return other.role is Role.NAME and stem not in other.text.casefold()
