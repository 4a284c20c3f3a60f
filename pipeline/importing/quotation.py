"""The nouns of an import: words that somebody quotes, and a claim that is given in such words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.records import Form, Stance

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of an article's text, and what says which of several places is meant.

    ``start`` counts code points from 0; ``occurrence`` counts places from 1, in the sentence where
    one is given, else in the article. ``entity`` is whom the words name.
    """

    text: str
    start: int | None = None
    occurrence: int | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class QuotedClaim:
    """A claim in quotations; ``place`` is the file and line that it was read from."""

    article: str
    holder: Words
    cue: Words
    stance: Stance
    place: str
    source: str
    target: Words | None = None
    sentence: Words | None = None
    attribution: Words | None = None
    form: Form = Form.STATEMENT
    negated: bool = False
    hedged: bool = False
    chance: float | None = None


def quoted_claim(line: Json, *, place: str, source: str) -> QuotedClaim:
    """The claim of a line that keeps to the schema ``import``, by ``source`` if it names no other.

    >>> line = {"article": "vote", "holder": "Chile", "cue": "rejected", "stance": "oppose"}
    >>> quoted_claim(line, place="a.jsonl:1", source="model").holder
    Words(text='Chile', start=None, occurrence=None, entity=None)
    """
    cue = _words(line["cue"])
    assert cue is not None  # the schema has it
    if cue.occurrence is None and cue.start is None and "occurrence" in line:
        cue = Words(cue.text, occurrence=line["occurrence"])
    holder = _words(line["holder"])
    assert holder is not None
    return QuotedClaim(
        article=line["article"],
        holder=holder,
        cue=cue,
        stance=Stance(line["stance"]),
        place=place,
        source=line.get("source") or source,
        target=_words(line.get("target")),
        sentence=_words(line.get("sentence")),
        attribution=_words(line.get("attribution")),
        form=Form(line.get("form") or Form.STATEMENT),
        negated=line.get("negated", False),
        hedged=line.get("hedged", False),
        chance=line.get("score"),
    )


def _words(value: str | Json | None) -> Words | None:
    """The words that a string, or an object with a place, stands for; None for nothing at all."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return Words(unicodedata.normalize("NFC", value.strip()))
    start, occurrence = value.get("start"), value.get("occurrence")
    text = value["text"]
    if start is None:
        text = unicodedata.normalize("NFC", text.strip())
    return Words(text, start, occurrence, value.get("entity"))


def claim_from_record(record: Json, *, text: str | None, place: str, source: str) -> QuotedClaim:
    """The claim of a record that was exported from this or from another workspace.

    ``text`` is the article's where it is the very text that the record's offsets count in. In
    another text the claim is looked for by its words, in its sentence where it has one.
    """
    same = text is not None
    sentence = record.get("sentence")
    roles = {
        name: _place_in(record.get(name), None if same else sentence, exactly=same)
        for name in ("holder", "cue", "target", "attribution")
    }
    holder, cue = roles["holder"], roles["cue"]
    assert holder is not None
    assert cue is not None
    return QuotedClaim(
        article=record["article"],
        holder=holder,
        cue=cue,
        stance=Stance(record["stance"]),
        place=place,
        source=source,
        target=roles["target"],
        sentence=Words(sentence["text"]) if sentence and not same else None,
        attribution=roles["attribution"],
        form=Form(record["form"]),
        negated=record["negated"],
        hedged=record["hedged"],
    )


def _place_in(piece: Json | None, sentence: Json | None, *, exactly: bool) -> Words | None:
    """The words of a span with its offset, or else with its number in the sentence it is in."""
    if not piece:
        return None
    words, entity = piece["text"], piece.get("entity")
    if exactly:
        return Words(words, piece["start"], None, entity)
    if sentence and sentence["start"] <= piece["start"] < sentence["end"]:
        before = sentence["text"][: piece["start"] - sentence["start"]]
        return Words(words, None, before.count(words) + 1, entity)
    return Words(words, None, None, entity)
