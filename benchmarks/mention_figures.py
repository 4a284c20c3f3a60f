"""How well mentions are found and resolved: gold, re3d, CrossNER politics, UN speeches."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, ratio
from benchmarks.running import extract_items, find_bare_names
from benchmarks.sets import EntityText, PlainText
from pipeline.evaluation.match import match_mentions_by_overlap
from pipeline.evaluation.scores import Counts
from pipeline.evaluation.tokens import TokenIndex
from pipeline.records import Kind, Mention, MentionType, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

GAIN = 0.10
_BARE_KINDS = {
    "PERSON": Kind.PERSON,
    "NORP": Kind.GROUP,
    "GPE": Kind.STATE,
    "ORG": Kind.ORGANISATION,
}
_CROSSNER_KINDS = {
    "politician": Kind.PERSON,
    "person": Kind.PERSON,
    "country": Kind.STATE,
    "politicalparty": Kind.ORGANISATION,
    "organisation": Kind.ORGANISATION,
}
_NOT_NAMES = frozenset(
    "i me my myself we us our you your he him his she her they them their it its who these those "
    "this that some many most all other others here there no any one both a an".split()
)
_SMALL_BEGINNINGS = ("al-", "government")
_GOVERNMENT_OF = re.compile(r"[Gg]overnment of (.+)")
_ITS_GOVERNMENT = re.compile(r"(.+) [Gg]overnment")
_ITS_PEOPLE = re.compile(r"(.+) peoples?")
_DEFINITE = re.compile(r"the\s+", re.IGNORECASE)
_SHORT_COUNTRIES = frozenset(
    {"UK", "U.K.", "US", "U.S.", "USA", "U.S.A.", "Britain", "Russia", "Syria", "Iran", "UAE"}
)


def score_re3d(nlp: Language, model: str, items: Iterable[EntityText]) -> list[Figure]:
    """Recall of named organisations, persons and countries, ours and the bare model's.

    A name is found where a mention of its type shares a token with it (codebook §3); beside that
    stands the recall whatever the type. The set calls states Organisation or Location: what a
    country's name stands in is an ACTOR. Names nested in names count each.
    """
    kept = list(items)
    ours = theirs = total = 0
    typed_ours = typed_theirs = 0
    bare = (doc for _, doc in find_bare_names(model, kept))
    for (item, extraction), doc in zip(extract_items(nlp, kept), bare, strict=True):
        names = find_re3d_names(item)
        index = TokenIndex(item.text)
        total += len(names)
        ours += _count_found(names, [mention.span for mention in extraction.mentions], index)
        theirs += _count_found(names, [mention.span for mention in bare_mentions(doc)], index)
        types = _re3d_types(item)
        typed_ours += _count_typed(types, extraction.mentions, index)
        typed_theirs += _count_typed(types, bare_mentions(doc), index)
    note = f"{total} names"
    return [
        *_against_baseline(
            "re3d",
            "recall of names, overlap, typed",
            ratio(typed_ours, total),
            ratio(typed_theirs, total),
            note,
        ),
        Figure("re3d", "recall of names, any type", ratio(ours, total), None, note),
        Figure("re3d", "recall of names, any type: bare model", ratio(theirs, total)),
    ]


def _re3d_types(item: EntityText) -> dict[Span, MentionType]:
    """The type of each name: people, states, their governments and peoples are actors."""
    labels = dict(item.entities)
    types: dict[Span, MentionType] = {}
    for span in find_re3d_names(item):
        words = _DEFINITE.sub("", span.text_in(item.text).strip())
        state = is_country(words) or labels[span] == "Location" or is_government(words)
        state = state or is_people(words)
        person = labels[span] == "Person"
        types[span] = MentionType.ACTOR if state or person else MentionType.ORGANISATION
    return types


def _count_typed(
    types: dict[Span, MentionType], mentions: Iterable[Mention], index: TokenIndex
) -> int:
    kept = list(mentions)
    return sum(
        any(m.type is wanted and index.count_shared(span, m.span) for m in kept)
        for span, wanted in types.items()
    )


def find_re3d_names(item: EntityText) -> tuple[Span, ...]:
    """The spans of named Organisations, Persons and country Locations; nominals are left out."""
    spans = {
        span
        for span, label in item.entities
        if (label in ("Organisation", "Person") and _is_name(item.text, span))
        or (label == "Location" and is_country(span.text_in(item.text)))
    }
    return tuple(sorted(spans))


def _is_name(text: str, span: Span) -> bool:
    """Whether it begins with a capital that is not there just because a sentence begins."""
    words = _DEFINITE.sub("", span.text_in(text).strip(), count=1)
    first = words.split()[0] if words.split() else ""
    is_word = first.lower() in _NOT_NAMES and (len(first) == 1 or not first.isupper())
    capitals = re.findall(r"\b[A-Z][\w’'.-]*", words)
    if is_word or not capitals:
        return False
    if first[:1].islower() and not first.startswith(_SMALL_BEGINNINGS):
        return False
    begins = span.start == 0 or text[: span.start].rstrip()[-1:] in '.!?\n“"'
    only_first = len(capitals) == 1 and words.startswith(capitals[0])
    is_common = re.search(rf"(?<![\w-]){re.escape(capitals[0].lower())}(?![\w-])", text) is not None
    return not (begins and only_first and is_common)


def is_country(words: str) -> bool:
    """Whether the words name an ISO 3166-1 country."""
    return _DEFINITE.sub("", words.strip(), count=1) in _country_names()


def is_government(words: str) -> bool:
    """Whether the words name a country's government by its name or adjective (codebook §1.5).

    >>> is_government("the Israeli government"), is_government("Government of Iraq")
    (True, True)
    >>> is_government("government"), is_government("the Assad regime")
    (False, False)
    """
    plain = _DEFINITE.sub("", words.strip(), count=1)
    named = _GOVERNMENT_OF.fullmatch(plain) or _ITS_GOVERNMENT.fullmatch(plain)
    return named is not None and _DEFINITE.sub("", named[1], count=1) in _state_words()


def is_people(words: str) -> bool:
    """Whether the words name a country's people, a group by codebook §1.

    >>> is_people("Syrians"), is_people("the Iraqi people"), is_people("Iraqi forces")
    (True, True, False)
    """
    plain = _DEFINITE.sub("", words.strip(), count=1)
    named = _ITS_PEOPLE.fullmatch(plain)
    if named is not None:
        return named[1] in _state_words()
    return plain.endswith("s") and plain in _state_words(people=True)


@cache
def _state_words(*, people: bool = False) -> frozenset[str]:
    """The names and adjectives of states, or of their ``people`` alone."""
    from pipeline.lexicon.entities import Role, load_entities

    return frozenset(
        text
        for text, form in load_entities().forms.items()
        if form.kind is Kind.STATE
        and (form.role is Role.DEMONYM if people else form.role is not Role.SEAT)
    )


@cache
def _country_names() -> frozenset[str]:
    import pycountry

    fields = ("name", "common_name", "official_name")
    names = (getattr(country, field, "") for country in pycountry.countries for field in fields)
    return _SHORT_COUNTRIES | frozenset(filter(None, names))


def _count_found(names: Iterable[Span], found: list[Span], index: TokenIndex) -> int:
    return sum(any(index.count_shared(name, span) for span in found) for name in names)


def bare_mentions(doc: Doc) -> tuple[Mention, ...]:
    """The model's own PERSON, NORP, GPE and ORG entities as mentions."""
    return tuple(
        Mention(ent.start_char, ent.end_char, _BARE_KINDS[ent.label_])
        for ent in doc.ents
        if ent.label_ in _BARE_KINDS
    )


def score_crossner(nlp: Language, model: str, items: Iterable[EntityText]) -> list[Figure]:
    """F1 of politicians, persons, parties, organisations and countries by overlap, typed."""
    kept = list(items)
    ours, theirs = Counts(), Counts()
    bare = (doc for _, doc in find_bare_names(model, kept))
    for (item, extraction), doc in zip(extract_items(nlp, kept), bare, strict=True):
        gold = tuple(
            Mention(span.start, span.end, _CROSSNER_KINDS[label])
            for span, label in item.entities
            if label in _CROSSNER_KINDS
        )
        index = TokenIndex(item.text)
        ours += _count_overlap(gold, extraction.mentions, index)
        theirs += _count_overlap(gold, bare_mentions(doc), index)
    note = "; ".join(
        f"{name} P {counts.precision:.3f} R {counts.recall:.3f}"
        for name, counts in (("ours", ours), ("bare", theirs))
    )
    return _against_baseline("crossner", "F1, overlap, typed", ours.f1, theirs.f1, note)


def _count_overlap(
    gold: tuple[Mention, ...], predicted: tuple[Mention, ...], index: TokenIndex
) -> Counts:
    pairs = match_mentions_by_overlap(gold, predicted, index)
    return Counts(len(pairs), len(gold), len(predicted))


def _against_baseline(
    name: str, figure: str, ours: float | None, theirs: float | None, note: str
) -> list[Figure]:
    aim = None if theirs is None else theirs + GAIN
    return [
        Figure(name, figure, ours, aim, note),
        Figure(name, f"{figure}: bare spaCy model", theirs),
    ]


def score_speeches(
    nlp: Language, items: Iterable[PlainText], *, sample: int = 0, seed: int = 13
) -> tuple[list[Figure], list[str]]:
    """How many state mentions have an ISO code, and sampled ones in context to check by hand.

    The second figure asks the text rather than the extractor: of the country names that a plain
    search finds outside other names, the share that carries an ISO code.
    """
    import pycountry

    codes = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    pattern = _country_pattern()
    resolved = states = covered = written = 0
    lines: list[str] = []
    for item, extraction in extract_items(nlp, items):
        mentions = [m for m in extraction.mentions if m.kind is Kind.STATE]
        coded = [m for m in mentions if _iso_code(m) in codes]
        states += len(mentions)
        resolved += len(coded)
        lines += [_in_context(item, m) for m in coded] if sample else []
        others = [m.span for m in extraction.mentions if _iso_code(m) not in codes]
        for match in pattern.finditer(item.text):
            span = Span(*match.span())
            if any(m.span.overlaps(span) for m in coded):
                written, covered = written + 1, covered + 1
            elif not any(other.overlaps(span) and other != span for other in others):
                written += 1
    chosen = random.Random(seed).sample(lines, min(sample, len(lines)))
    return [
        Figure(
            "ungdc",
            "state mentions with an ISO code",
            ratio(resolved, states),
            0.98,
            f"{states} mentions",
        ),
        Figure(
            "ungdc",
            "country names in the text with one",
            ratio(covered, written),
            None,
            f"{written} names",
        ),
    ], chosen


def _country_pattern() -> re.Pattern[str]:
    import pycountry

    names = {getattr(c, "common_name", c.name) for c in pycountry.countries}
    plain = sorted((name for name in names if "," not in name), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, plain))})(?![\w-])")


def _iso_code(mention: Mention) -> str | None:
    entity = mention.entity or ""
    return entity.removeprefix("country:") if entity.startswith("country:") else None


def _in_context(item: PlainText, mention: Mention) -> str:
    left = item.text[max(0, mention.start - 40) : mention.start]
    right = item.text[mention.end : mention.end + 40]
    words = mention.span.text_in(item.text)
    return " ".join(f"{item.id}: {left}[{words}]{{{mention.entity}}}{right}".split())
