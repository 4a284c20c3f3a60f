"""Claims as they were seen, and the words of their spans, as JSON objects and back."""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern
from typing import Any

from pipeline.dataset.records import Position, Quote
from pipeline.jsonl_fields import Fields, has_half
from pipeline.records import Form, Stance

Json = dict[str, Any]
_SHORT = 40


def quote_to_json(quote: Quote | None) -> Json | None:
    """The object of a quote, null for none."""
    return None if quote is None else _quote(quote)


def quote_or_null(fields: Fields | None) -> Quote | None:
    """As ``read_quote``, None for None."""
    return None if fields is None else read_quote(fields)


def read_quote(fields: Fields) -> Quote:
    """The quote that an object stands for.

    Raises:
        RecordError: naming the field that is missing or wrong.
    """
    if (found := _plain_quote(fields.values)) is not None:
        return found
    start, end, text = fields.offset("start"), fields.offset("end"), words_of(fields, "text")
    if not 0 <= start < end or end - start != len(text):
        raise fields.refuse("end", f"{start}–{end} are not the offsets of {len(text)} characters")
    return Quote(start, end, text)


def _plain_quote(values: Mapping[str, object]) -> Quote | None:
    """The quote where nothing is wrong with it; a ledger has a million, and most name the same."""
    start, end, text = values.get("start"), values.get("end"), values.get("text")
    if type(start) is not int or type(end) is not int or type(text) is not str:
        return None
    if not 0 <= start < end or end - start != len(text) or has_half(text):
        return None
    return Quote(start, end, intern(text) if len(text) <= _SHORT else text)


def position_to_json(position: Position | None) -> Json | None:
    """The object of a claim as it was seen, with the words of each span; null for none."""
    if position is None:
        return None
    attribution = quote_to_json(position.attribution)
    if attribution is not None:
        attribution["entity"] = position.attribution_entity
    return {
        "holder": {**_quote(position.holder), "entity": position.entity},
        "cue": _quote(position.cue),
        "stance": position.stance.value,
        "form": position.form.value,
        "target": quote_to_json(position.target),
        "negated": position.negated,
        "hedged": position.hedged,
        "attribution": attribution,
    }


def position_or_null(fields: Fields | None) -> Position | None:
    """As ``read_position``, None for None."""
    return None if fields is None else read_position(fields)


def read_position(fields: Fields) -> Position:
    """The claim that an object stands for, as ``position_to_json`` has it.

    Raises:
        RecordError: naming the field that is missing or wrong.
    """
    attribution = object_or_null(fields, "attribution")
    holder = fields.nested("holder")
    return Position(
        holder=read_quote(holder),
        entity=None if holder.required("entity") is None else holder.shared("entity"),
        cue=read_quote(fields.nested("cue")),
        stance=fields.word("stance", Stance),
        form=fields.word("form", Form),
        target=quote_or_null(object_or_null(fields, "target")),
        negated=fields.flag("negated"),
        hedged=fields.flag("hedged"),
        attribution=quote_or_null(attribution),
        attribution_entity=None if attribution is None else string_or_null(attribution, "entity"),
    )


def _quote(quote: Quote) -> Json:
    return {"start": quote.start, "end": quote.end, "text": quote.text}


def words_of(fields: Fields, key: str) -> str:
    """The value of a field that must be a string with something in it."""
    value = fields.string(key)
    if not value:
        raise fields.refuse(key, "is empty; restore the line")
    return value


def string_or_null(fields: Fields, key: str) -> str | None:
    """The string of a field that must be there, None for null."""
    return None if fields.required(key) is None else fields.string(key)


def object_or_null(fields: Fields, key: str) -> Fields | None:
    """The object of a field that must be there, None for null."""
    return None if fields.required(key) is None else fields.nested(key)
