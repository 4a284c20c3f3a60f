"""The actors and organisations that are known by name: ``models/entities/*.yaml`` and the states.

Entries of the project's own ``models`` folder come after the packaged ones. An entry whose id is
known already extends it: its ``name``, ``kind`` and ``qid`` replace the older ones, its lists are
added, and its forms win over the same forms of other entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicon.entity_files import Entry, read_entries
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.merged import read_merges
from pipeline.lexicon.spellings import older_ids, spellings_of
from pipeline.lexicon.states import list_states
from pipeline.records import Kind

_DOTTED = re.compile(r"(?:[A-Z]\.){2,}")


class Role(StrEnum):
    """How a form stands for its entity."""

    NAME = "name"
    ACRONYM = "acronym"
    ADJECTIVE = "adjective"
    DEMONYM = "demonym"
    SEAT = "seat"
    MISSPELLING = "misspelling"


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of one entity. An ``ambiguous`` form counts only with support from context."""

    text: str
    entity: str
    kind: Kind
    role: Role
    ambiguous: bool = False


@dataclass(frozen=True)
class EntityLexicon:
    """All entries by id, and all their forms by text."""

    entries: Mapping[str, Entry]
    merges: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Each form's text with what it stands for; later entries win within a role."""
        found: dict[str, Form] = {}
        for role in reversed(Role):
            for entry in self.entries.values():
                for form in _forms_of(entry, role):
                    older = found.get(form.text)
                    if older is not None and _stays(older, form, role):
                        continue
                    target = self.canonical(form.entity)
                    found[form.text] = form if target == form.entity else self._merged(form, target)
        return found

    @cached_property
    def shared_seats(self) -> Mapping[str, frozenset[str]]:
        """The seats of more than one: `Brussels`, with the entities that sit there."""
        owners: dict[str, set[str]] = {}
        for entry in self.entries.values():
            for text in entry.seats:
                owners.setdefault(text, set()).add(self.canonical(entry.id))
        return {text: frozenset(ids) for text, ids in owners.items() if len(ids) > 1}

    @cached_property
    def shared_states(self) -> Mapping[str, frozenset[str]]:
        """The names and adjectives of more than one state: `Congo`, with the states."""
        owners: dict[str, set[str]] = {}
        for entry in self.entries.values():
            if entry.kind is Kind.STATE:
                for form in forms_of(entry):
                    if form.role is not Role.SEAT:
                        owners.setdefault(form.text, set()).add(self.canonical(entry.id))
        return {text: frozenset(ids) for text, ids in owners.items() if len(ids) > 1}

    def canonical(self, entity: str) -> str:
        """The id that ``entity`` was merged into, or itself."""
        seen = {entity}
        if entity not in self.merges:
            entity = next((old for old in older_ids(entity) if old in self.merges), entity)
        while entity in self.merges and self.merges[entity] not in seen:
            entity = self.merges[entity]
            seen.add(entity)
        return entity

    def find(self, text: str) -> Form | None:
        """The form that is written exactly as ``text``, if any."""
        return self.forms.get(text)

    def name_of(self, entity: str) -> str:
        """The canonical name of an entity, or its id where it is not in the lexicon."""
        entry = self.entries.get(entity)
        return entry.name if entry else entity

    def adjective_of(self, entity: str) -> str:
        """The first adjective of a state or group, or its name."""
        entry = self.entries.get(entity)
        if entry is None:
            return entity
        return entry.adjectives[0] if entry.adjectives else entry.name

    def _merged(self, form: Form, target: str) -> Form:
        entry = self.entries.get(target)
        return replace(form, entity=target, kind=entry.kind if entry else form.kind)


def load_entities(models: Path | str | None = None) -> EntityLexicon:
    """The lexicon of the packaged folder with the project's own laid over it.

    Raises:
        LexiconError: a file under ``entities`` is wrong; the message has file and line.

    """
    entries: dict[str, Entry] = {
        state.id: Entry(id=state.id, name=state.name, kind=Kind.STATE, aliases=state.names)
        for state in list_states()
    }
    folders = models_folders(models)
    for entry in read_entries(folders):
        known = entries.pop(entry.id, None)
        entries[entry.id] = _extend(known, entry) if known else entry
    return EntityLexicon(entries, read_merges(folders))


def _stays(older: Form, form: Form, role: Role) -> bool:
    """Whether the older form keeps its text: a plain word, or the seat of a body and a state."""
    if role is Role.SEAT:
        return older.kind is Kind.ORGANISATION and form.kind is Kind.STATE
    return role is Role.NAME and _is_plain_word(form, older)


def _is_plain_word(form: Form, older: Form) -> bool:
    """Whether a body is called by one word that is a state's or group's adjective or people."""
    return (
        form.kind is Kind.ORGANISATION
        and " " not in form.text
        and older.role in (Role.ADJECTIVE, Role.DEMONYM)
        and older.kind in (Kind.STATE, Kind.GROUP)
    )


def _extend(known: Entry, entry: Entry) -> Entry:
    if known.kind is not entry.kind:
        raise LexiconError(
            f"{entry.place}: {entry.id} is a {known.kind} elsewhere, not a {entry.kind}; "
            "give the new entry an id of its own"
        )
    joined: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(entry, name), *getattr(known, name))))
        for name in Entry.LISTS
    }
    aliases = tuple(dict.fromkeys((*joined.pop("aliases"), known.name)))
    unchecked = entry.unchecked and known.unchecked
    reports = entry.reports or known.reports
    return replace(
        entry,
        aliases=aliases,
        qid=entry.qid or known.qid,
        unchecked=unchecked,
        reports=reports,
        **joined,
    )


def forms_of(entry: Entry) -> Iterator[Form]:
    """Every spelling of an entry, names first; one text may come in two roles."""
    for role in Role:
        yield from _forms_of(entry, role)


def _forms_of(entry: Entry, role: Role) -> Iterator[Form]:
    ambiguous = set(entry.ambiguous)
    for text in _texts_of(entry, role):
        plain = text.removeprefix("the ").removeprefix("The ")
        if text.startswith("The "):
            yield Form(text, entry.id, entry.kind, role)
        if role is Role.ACRONYM and _DOTTED.fullmatch(plain):
            yield Form(plain[:-1], entry.id, entry.kind, role, bool({text, plain} & ambiguous))
        # "The Hill" is a newspaper, "Hill" more often a person.
        bare = text.startswith("The ") and " " not in plain
        doubtful = bare or bool({text, plain} & ambiguous)
        for spelling in spellings_of(plain, capitals=_has_capitals(entry, plain, role)):
            yield Form(spelling, entry.id, entry.kind, role, doubtful)


def _texts_of(entry: Entry, role: Role) -> tuple[str, ...]:
    return {
        Role.NAME: (*entry.aliases, entry.name),
        Role.ACRONYM: entry.acronyms,
        Role.ADJECTIVE: entry.adjectives,
        Role.DEMONYM: entry.demonyms,
        Role.SEAT: entry.seats,
        Role.MISSPELLING: entry.misspellings,
    }[role]


def _has_capitals(entry: Entry, text: str, role: Role) -> bool:
    """Whether conference bulletins may print the form in capitals ("JAPAN", "AFRICAN GROUP")."""
    if role is Role.ACRONYM:
        return "/" in text
    if role is not Role.NAME:
        return False
    parted = " " in text or "/" in text
    return len(text) > 3 and (parted or entry.kind in (Kind.STATE, Kind.GROUP))
