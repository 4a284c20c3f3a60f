"""The actors and concepts of a DNA database, and the documents that its statements stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from pipeline.concepts.statements import Statement
from pipeline.export.dna_schema import CONCEPT, ORGANIZATION, PERSON, SHORT, Profile
from pipeline.export.dna_text import (
    LONGEST,
    cut,
    distinct_names,
    fit_text,
    one_line,
    write_lines,
    write_note,
)
from pipeline.jsonl import to_plain
from pipeline.records import Extraction, Kind

Json = Mapping[str, Any]
WORDS, TARGET = "words:", "target:"
_LONGEST_KEY = 120
_ALIASES = 8
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entity:
    """A value of a short-text variable: ``key`` says what it is, ``name`` how it is called."""

    id: int
    variable: int
    key: str
    name: str
    type: str = ""
    iso: str = ""
    aliases: dict[str, None] = field(default_factory=dict)

    @property
    def resolved(self) -> bool:
        """Whether somebody knows who or what it is."""
        return not self.key.startswith((WORDS, TARGET, "unknown:"))


@dataclass(frozen=True)
class Entities:
    """The entities met so far; numbers count up from those of the empty values."""

    profile: Profile
    found: dict[tuple[int, str], Entity] = field(default_factory=dict)

    @cached_property
    def empty(self) -> Mapping[int, int]:
        """By variable, the number of the entity that stands for nothing."""
        short = [one.id for one in self.profile.variables if one.data == SHORT]
        return {variable: number for number, variable in enumerate(short, start=1)}

    def add(self, variable: int, key: str, name: str, *, kind: str = "", iso: str = "") -> Entity:
        """The entity of that key; it is made where it is new."""
        key = _short_key(key)
        entity = self.found.get((variable, key))
        if entity is None:
            number = len(self.empty) + len(self.found) + 1
            entity = self.found[variable, key] = Entity(number, variable, key, name, kind, iso)
        return entity

    def rows(self) -> Iterator[tuple[int, int, str, str]]:
        """Number, variable, value and key of all, no two values of a variable alike."""
        for variable, number in self.empty.items():
            yield number, variable, "", ""
            own = {one.key: one for one in self.found.values() if one.variable == variable}
            plain = [key for key, one in own.items() if one.resolved]
            names = distinct_names({key: one.name for key, one in own.items()}, plain=plain)
            for key, one in own.items():
                yield one.id, variable, names[key], key

    def attributes(self, qids: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
        """Entity, attribute variable and value: one row for each pair of the two."""
        by_id = {one.id: one for one in self.found.values()}
        owners = [(number, variable) for variable, number in self.empty.items()]
        owners += [(one.id, one.variable) for one in self.found.values()]
        for number, variable in owners:
            if variable in self.profile.described:
                values = self._values(by_id.get(number), qids)
                ids = self.profile.attribute_ids(variable)
                for attribute, name in zip(ids, self.profile.attributes, strict=True):
                    yield number, attribute, values.get(name, "")

    def _values(self, entity: Entity | None, qids: Mapping[str, str]) -> dict[str, str]:
        if entity is None:
            return {}
        iso = "" if "ISO" in self.profile.attributes else entity.iso
        notes = write_note({"id": entity.key, "iso": iso})
        if not entity.resolved:
            notes += "; unresolved"
        return {
            "Type": cut(entity.type),
            "Alias": cut(", ".join(entity.aliases)),
            "Notes": notes if len(notes) <= LONGEST else write_note({"id": entity.key}),
            "ISO": entity.iso,
            "Wikidata": qids.get(entity.key, ""),
        }


def _short_key(key: str) -> str:
    """The key, the same for blanks of another kind, short enough to stand in an attribute."""
    key = one_line(key)
    if len(key) <= _LONGEST_KEY and ";" not in key and "\\" not in key:
        return key
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    plain = key.replace(";", " ").replace("\\", " ")
    return f"{plain[:80].strip()} #{digest}"


def actors_of(statement: Statement, entities: Entities) -> tuple[Entity | None, Entity | None]:
    """Person and organization of a statement; both where a person speaks for a body."""
    holder = statement.record["holder"]
    entity, name = statement.actor, one_line(statement.actor_name)
    iso = statement.country or ""
    person = organization = None
    if statement.kind == Kind.PERSON and entity and not _is_of_person(entity):
        words = one_line(holder["text"])
        person = entities.add(PERSON, WORDS + words.casefold(), words, kind=statement.kind)
        organization = entities.add(ORGANIZATION, entity, name, iso=iso)
    else:
        key = entity or WORDS + name.casefold()
        variable = PERSON if statement.kind == Kind.PERSON else ORGANIZATION
        found = entities.add(variable, key, name, kind=statement.kind, iso=iso)
        person, organization = (found, None) if variable == PERSON else (None, found)
    for one in (person, organization):
        words = one_line(holder["text"])
        if one is not None and words != one.name and len(one.aliases) < _ALIASES:
            one.aliases[words] = None
    return person, organization


def _is_of_person(entity: str) -> bool:
    return entity.startswith(("person:", "unknown:"))


def concept_of(statement: Statement, entities: Entities) -> Entity | None:
    """The concept; without one the target's own words, marked as such; None without a target."""
    if statement.concept is not None:
        name = one_line(statement.concept_label) or statement.concept
        return entities.add(CONCEPT, statement.concept, name, kind="concept")
    words = target_words(statement.record)
    if not words:
        return None
    return entities.add(CONCEPT, TARGET + words.casefold(), f"target: {words}", kind="target")


def target_words(record: Json) -> str:
    """How a claim's target reads alone, empty where it has none."""
    target = record.get("target") or {}
    return one_line(record.get("target_reads") or target.get("text") or "")


@dataclass(slots=True)
class Document:
    """An article that statements stand in; ``decided`` is when its first claim was."""

    id: int
    article: Extraction
    record: Json
    replaced: str
    decided: str | None = None
    claims: list[str] = field(default_factory=list)

    @property
    def dated(self) -> tuple[int, str]:
        """Seconds since 1970, UTC; and what they are where they are no day of publication."""
        stated = str(self.record["metadata"].get("date") or "")
        if (moment := moment_of(stated)) is not None:
            return moment
        if self.decided and (moment := moment_of(self.decided)) is not None:
            return moment[0], "not the date of publication, but when its first claim was decided"
        return int(_UNDATED.timestamp()), "nobody knows when it was published"

    def row(self, *, whole: bool) -> tuple[object, ...]:
        """The document's columns, text and all; ``whole`` keeps all metadata in its notes."""
        metadata = self.record["metadata"]
        title = one_line(str(metadata.get("title") or "")) or self.article.article
        seconds, dated = self.dated
        notes = {
            "article": self.article.article,
            "text_sha256": self.record["text_sha256"],
            "url": str(metadata.get("url") or ""),
            "date": dated,
            "title": title if cut(title) != title else "",
            "replaced": self.replaced,
            "claims": " ".join(self.claims),
            "metadata": _dumped(metadata) if whole else "",
        }
        columns = [_joined(metadata.get(name)) for name in ("author", "publisher", "section")]
        kind = _joined(metadata.get("type"))
        named = (cut(title), fit_text(self.article.text), 1, *columns, write_lines(notes), kind)
        return (self.id, *named, seconds)


def moment_of(stated: str) -> tuple[int, str] | None:
    """Seconds since 1970, and a word on it where only month or year are known; None for no date.

    >>> moment_of("1970-01-02"), moment_of("2019")
    ((86400, ''), (1546300800, 'only 2019 is known'))
    """
    try:
        if found := _DATE.fullmatch(stated):
            year, month, day = (int(part or 1) for part in found.groups())
            moment = datetime(year, month, day, tzinfo=UTC)
            return int(moment.timestamp()), "" if found[3] else f"only {stated} is known"
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return None
    return int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()), ""


def _joined(value: object) -> str:
    found = value if isinstance(value, (list, tuple)) else [value]
    return cut(one_line("; ".join(str(one) for one in found if one)))


def _dumped(value: object) -> str:
    import json

    return json.dumps(to_plain(value), ensure_ascii=False)
