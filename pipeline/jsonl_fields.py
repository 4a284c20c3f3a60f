"""Checked reading of an extraction's fields: what is wrong, in which article and which field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import TypeVar

from pipeline.errors import RecordError
from pipeline.files import sha256_of_text
from pipeline.records import (
    Attribution,
    BlockKind,
    Claim,
    Evidence,
    Extraction,
    Form,
    Holder,
    Kind,
    Mention,
    Provenance,
    Sentence,
    Source,
    Span,
    Stance,
)

_Word = TypeVar("_Word", bound=StrEnum)
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)  # frozen ones take three times as long to make, and a ledger makes millions
class Fields:
    """One JSON object within a record, with the words that say where it stands."""

    values: Mapping[str, object]
    where: str
    path: str = ""
    text: str = ""

    def refuse(self, key: str, fault: str) -> RecordError:
        """The error for a field; it names the file and line, the article and the field."""
        return RecordError(f"{self.where}field {self.path}{key}: {fault}")

    def required(self, key: str) -> object:
        """The value of a field that must be there."""
        if key not in self.values:
            raise self.refuse(key, "is missing; add it")
        return self.values[key]

    def string(self, key: str) -> str:
        """The value of a field that must be a string of characters that UTF-8 can hold."""
        value = self.required(key)
        if not isinstance(value, str):
            raise self.refuse(key, f"must be a string, not {value!r}")
        if has_half(value):
            raise self.refuse(key, "has half of a surrogate pair; write the whole character")
        return value

    def optional_string(self, key: str) -> str | None:
        """The string of a field, or None where it is null or not there."""
        return None if self.values.get(key) is None else self.string(key)

    def shared(self, key: str) -> str | None:
        """As ``optional_string``, of a word that many records have: it is held once."""
        value = self.optional_string(key)
        return intern(value) if type(value) is str else value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """The value of a field that must be true or false."""
        value = self.required(key) if default is None else self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.refuse(key, f"must be true or false, not {value!r}")
        return value

    def score(self, key: str, *, default: float) -> float:
        """The value of a field that must be a number from 0 to 1."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise self.refuse(key, f"must be a number from 0 to 1, not {value!r}")
        return float(value)

    def word(self, key: str, words: type[_Word], *, default: _Word | None = None) -> _Word:
        """The member of an enum that a field names."""
        value = self.values.get(key, default) if default is not None else self.required(key)
        try:
            return words(str(value))
        except ValueError:
            known = ", ".join(words)
            raise self.refuse(key, f"must be one of {known}, not {value!r}") from None

    def nested(self, key: str) -> Fields:
        """The object in a field."""
        return self._nested(key, self.required(key))

    def optional_object(self, key: str) -> Fields | None:
        """The object in a field, or None where it is null or not there."""
        return None if self.values.get(key) is None else self.nested(key)

    def objects(self, key: str, *, default: bool = False) -> Iterator[Fields]:
        """The objects of a list, in order; none where the list is not there but may be."""
        value = self.values.get(key, []) if default else self.required(key)
        if not isinstance(value, list):
            raise self.refuse(key, f"must be a list, not {value!r}")
        for number, item in enumerate(value):
            yield self._nested(f"{key}[{number}]", item)

    def strings(self, key: str) -> tuple[str, ...]:
        """The strings of a list; none where it is not there."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.refuse(key, f"must be a list of strings, not {value!r}")
        return _held_once(tuple(value))

    def numbers(self, key: str) -> dict[str, float]:
        """The numbers of an object by their names; none where it is not there."""
        value = self.values.get(key, {})
        if not isinstance(value, dict) or not all(map(_is_number, value.values())):
            raise self.refuse(key, f"must be an object of numbers, not {value!r}")
        return {str(name): float(number) for name, number in value.items()}

    def offset(self, key: str) -> int:
        """The value of a field that must be a whole number."""
        value = self.required(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refuse(key, f"must be a whole number of code points, not {value!r}")
        return value

    def span(self) -> Span:
        """Where the object lies: inside the text and not empty."""
        start, end = self.offset("start"), self.offset("end")
        if not 0 <= start < end <= len(self.text):
            raise RecordError(
                f"{self.where}field {self.path.rstrip('.')}: span {start}–{end} does not lie in "
                f"the text of {len(self.text)} characters; spans need 0 ≤ start < end ≤ length"
            )
        return Span(start, end)

    def _nested(self, key: str, value: object) -> Fields:
        if type(value) is not dict and not isinstance(value, Mapping):  # the former is quick
            raise self.refuse(key, f"must be an object, not {value!r}")
        return Fields(value, self.where, f"{self.path}{key}.", self.text)


@lru_cache(maxsize=256)
def _held_once(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names; the same tuple again for those that were asked for a while ago."""
    return names


def has_half(text: str) -> bool:
    r"""Whether half of a surrogate pair stands in a text, which UTF-8 cannot hold.

    >>> has_half("Perú"), has_half("Per\ud83d")
    (False, True)
    """
    return not text.isascii() and _HALF.search(text) is not None


def read_extraction(record: Fields) -> Extraction:
    """The extraction that a record's fields make.

    Raises:
        RecordError: naming the article, the field and what stands there.
    """
    article = record.string("article")
    where = f"{record.where}article {article}, "
    text = Fields(record.values, where=where).string("text")
    fields = Fields(record.values, where=where, text=text)
    metadata = fields.optional_object("metadata")
    return Extraction(
        article=article,
        text=text,
        sentences=tuple(map(_read_sentence, fields.objects("sentences", default=True))),
        mentions=tuple(map(_read_mention, fields.objects("mentions"))),
        claims=tuple(map(_read_claim, fields.objects("claims"))),
        provenance=_read_provenance(fields),
        metadata={} if metadata is None else dict(metadata.values),
    )


def _read_sentence(fields: Fields) -> Sentence:
    span = fields.span()
    return Sentence(span.start, span.end, fields.word("block", BlockKind, default=BlockKind.BODY))


def _read_mention(fields: Fields) -> Mention:
    span = fields.span()
    kind = fields.word("kind", Kind)
    if fields.string("type") != kind.mention_type:
        raise fields.refuse("type", f"must be {kind.mention_type} for kind {kind.value}")
    return Mention(
        span.start,
        span.end,
        kind,
        entity=fields.shared("entity"),
        sources=tuple(_read_source(fields, name) for name in fields.strings("sources")),
        score=fields.score("score", default=1.0),
        inferred=fields.flag("inferred", default=False),
    )


def _read_source(fields: Fields, name: str) -> Source:
    try:
        return Source(name)
    except ValueError:
        known = ", ".join(Source)
        raise fields.refuse("sources", f"must be of {known}, not {name!r}") from None


def _read_holder(fields: Fields) -> Holder:
    span = fields.span()
    return Holder(
        span.start,
        span.end,
        entity=fields.shared("entity"),
        inferred=fields.flag("inferred", default=False),
    )


def _read_attribution(fields: Fields) -> Attribution:
    holder = _read_holder(fields)
    cue, reported = fields.optional_object("cue"), fields.optional_object("reported")
    return Attribution(
        start=holder.start,
        end=holder.end,
        entity=holder.entity,
        inferred=holder.inferred,
        cue=None if cue is None else cue.span(),
        reported=None if reported is None else reported.span(),
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read_claim(fields: Fields) -> Claim:
    target = fields.optional_object("target")
    antecedent = fields.optional_object("antecedent")
    attribution = fields.optional_object("attribution")
    return Claim(
        id=fields.shared("id") or "",  # decisions on it have it too
        holder=_read_holder(fields.nested("holder")),
        cue=fields.nested("cue").span(),
        stance=fields.word("stance", Stance),
        form=fields.word("form", Form),
        target=None if target is None else target.span(),
        antecedent=None if antecedent is None else antecedent.span(),
        negated=fields.flag("negated"),
        hedged=fields.flag("hedged"),
        attribution=None if attribution is None else _read_attribution(attribution),
        score=fields.score("score", default=0.5),
        evidence=_read_evidence(fields.optional_object("evidence")),
    )


def _read_evidence(fields: Fields | None) -> Evidence | None:
    if fields is None:
        return None
    return Evidence(
        cue=fields.shared("cue"),
        rules=fields.strings("rules"),
        inferences=fields.strings("inferences"),
        proposers=fields.strings("proposers"),
        weighed=fields.numbers("weighed"),
    )


def _read_provenance(record: Fields) -> Provenance | None:
    fields = record.optional_object("provenance")
    if fields is None:
        return None
    optional = ("reader_sha256", "learned_sha256", "missing")
    names = [name for name in Provenance.__dataclass_fields__ if name not in optional]
    provenance = Provenance(
        **{name: fields.string(name) for name in names},
        reader_sha256=fields.optional_string("reader_sha256"),
        learned_sha256=fields.optional_string("learned_sha256"),
        missing=fields.optional_string("missing"),
    )
    if provenance.text_sha256 != sha256_of_text(record.text):
        raise fields.refuse(
            "text_sha256", "is not that of the text, so no offset can be trusted; extract it again"
        )
    return provenance
