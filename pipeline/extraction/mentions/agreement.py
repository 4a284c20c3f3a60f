"""One name has one kind in one text, whatever the model takes it for here and there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Typed
from pipeline.extraction.mentions.names import text_of
from pipeline.language.words import PLACE_PREPOSITIONS
from pipeline.lexicon.nouns import Nouns
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PLACES = frozenset(["GPE", "LOC", "FAC"])
_GUESSED = frozenset([Source.NER, Source.COREFERENCE])


def with_one_kind(doc: Doc, found: Sequence[Typed], nouns: Nouns) -> list[Typed]:
    """The typed names, of which those that only the model typed follow the others of their words.

    What a title, a head noun or a word beside the name says of it anywhere holds everywhere; else
    what the model says most often, and the first kind of two that it says as often.
    """
    kinds = known_kinds(doc, found, nouns)
    kept: list[Typed] = []
    for item in found:
        free = item.kind is not None and item.source in _GUESSED
        text = text_of(doc, item.start, item.end) if free else ""
        kept.append(replace(item, kind=kinds[text]) if text in kinds else item)
    return kept


def known_kinds(doc: Doc, found: Sequence[Typed], nouns: Nouns) -> dict[str, Kind | None]:
    """The kind of each name of the text, and of parts of people's and companies' names.

    None where the model sees a place more often than anything else.
    """
    places = _places(doc)
    kinds: dict[str, Kind | None] = dict(_kinds_by_part(doc, found, nouns))
    for text, votes in _votes(doc, found).items():
        (sure, kind), count = max(votes.items(), key=lambda vote: (vote[0][0], vote[1]))
        if not sure and places[text] > sum(votes.values()):
            kinds[text] = None
        elif sure or text not in kinds or count > 1:
            kinds[text] = kind
    return kinds


def _votes(doc: Doc, found: Sequence[Typed]) -> dict[str, Counter[tuple[bool, Kind]]]:
    """How often the text's names are of which kind, and whether more than the model says so."""
    votes: dict[str, Counter[tuple[bool, Kind]]] = {}
    for item in found:
        if item.kind is not None:
            text = text_of(doc, item.start, item.end)
            votes.setdefault(text, Counter())[item.source not in _GUESSED, item.kind] += 1
    return votes


def _places(doc: Doc) -> Counter[str]:
    """How often the model sees a place in a name that stands where places do."""
    return Counter(
        ent.text
        for ent in doc.ents
        if ent.label_ in _PLACES and ent.start and doc[ent.start - 1].lower_ in PLACE_PREPOSITIONS
    )


def _kinds_by_part(doc: Doc, found: Sequence[Typed], nouns: Nouns) -> dict[str, Kind]:
    """The kinds of words of longer names: "Islam" of "Islam Soto", "Acme" of "Acme Corp."."""
    kinds: dict[str, Kind] = {}
    for item in found:
        for text in _parts(doc, item, nouns):
            if kinds.setdefault(text, item.kind or Kind.PERSON) is not item.kind:
                kinds[text] = Kind.ORGANISATION
    return kinds


def _parts(doc: Doc, item: Typed, nouns: Nouns) -> Iterator[str]:
    length = item.end - item.start
    if item.kind is Kind.PERSON and 2 <= length <= 3:
        yield doc[item.start].text
        yield doc[item.end - 1].text
    last = doc[item.end - 1].lower_.rstrip(".")
    if item.kind is Kind.ORGANISATION and length > 1 and last in nouns.company_suffixes:
        yield text_of(doc, item.start, item.end - 1)
