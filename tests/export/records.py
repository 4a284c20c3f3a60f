"""Records of claims for the tests of formats: hand-made ones, and any that can be thought of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pipeline.export.gather import Gathered
from pipeline.records import Extraction

Json = dict[str, Any]

ODD = [
    "Côte d’Ivoire 🇨🇮 👩‍👩‍👧",
    "Me\u0301xico e\u0302\u0323",
    "السعودية \u202bمصر\u202c",
    "ישראל",
    "the\u00a0levy\u202f%",
    "=cmd|' /C calc'!A0",
    "'=1+1",
    "NA",
    "true",
    "007",
    "2024-05",
    "_x0041_ and \x07",
    "line\r\nbreak\rand\ttab\n",
    " | parted; so\x85it is\u2028",
    "N" * 100,
    "Ω" * 100,
    "ﷺ\ufeff\ufffe",
]
WORDS = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
)


def claim(identifier: str = "a1", **changes: Any) -> Json:
    """A claim of a Namibian minister on two concepts, one turned round, as exports are given it."""
    text = "Sam rejected it and the levy."

    def quote(words: str) -> Json:
        return {"start": text.index(words), "end": text.index(words) + len(words), "text": words}

    record: Json = {
        "version": 1,
        "id": identifier,
        "article": "note",
        "metadata": {"date": "2024-05-31", "publisher": "The Paper", "title": "A note"},
        "text_sha256": "ab" * 32,
        "sentence": quote(text),
        "holder": {
            **quote("Sam"), "entity": "person:sam", "kind": "person", "name": "Sam Ita",
            "country": "NA",
        },
        "cue": quote("rejected"),
        "stance": "oppose",
        "form": "action",
        "target": quote("it and the levy"),
        "antecedent": quote("Sam"),
        "target_reads": "It [the ban] and the levy",
        "negated": False,
        "hedged": True,
        "attribution": None,
        "source": "human",
        "verdict": "accepted",
        "reviewers": ["ana@example.org", "bo"],
        "agreement": {"rule": "majority", "agree": 2, "asked": 3, "adjudicated": False},
        "decided_at": "2026-01-01T10:00:00.250000Z",
        "decisions": ["d1", "d2"],
        "comments": ["Sure?"],
        "shown": identifier,
        "machine": {
            "score": 0.75, "cue": "cue.reject.reject", "rules": ["rule.holder.subject"],
            "inferences": [], "provenance": {"package": "stance-claims==0"},
        },
        "anchored": "exact",
        "concepts": [
            {"id": "concept.a.ban", "label": "The ban", "stance": "oppose", "turned": False},
            {"id": "concept.a.levy", "label": "The levy", "stance": "support", "turned": True},
        ],
    }  # fmt: skip
    return {**record, **changes}


def gathered_of(records: list[Json], **articles: Extraction) -> Gathered:
    return Gathered(claims=lambda: iter(records), count=len(records), articles=articles)


@st.composite
def claims(draw: st.DrawFn, *, human: bool | None = None) -> Json:
    """A claim whose words are any, in an article that is nothing but these words."""
    human = draw(st.booleans()) if human is None else human
    holder, cue, target, other = (draw(WORDS) for _ in range(4))
    text = " ".join((holder, cue, target, other))
    quotes = {}
    start = 0
    for name, words in zip(
        ("holder", "cue", "target", "other"), (holder, cue, target, other), strict=True
    ):
        quotes[name] = {"start": start, "end": start + len(words), "text": words}
        if draw(st.booleans()):
            quotes[name]["page"] = 1 + start // 20
        start += len(words) + 1
    some = st.none() | WORDS
    known = draw(st.booleans())
    record: Json = {
        "version": 1,
        "id": draw(WORDS),
        "article": "note",
        "metadata": draw(_metadata()),
        "text_sha256": "ab" * 32,
        "sentence": {"start": 0, "end": len(text), "text": text},
        "holder": {**quotes["holder"], "entity": draw(some), "kind": draw(_KINDS)},
        "cue": quotes["cue"],
        "stance": draw(_STANCES),
        "form": draw(st.sampled_from(["statement", "action"])),
        "target": draw(st.sampled_from([None, quotes["target"]])),
        "negated": draw(st.booleans()),
        "hedged": draw(st.booleans()),
        "attribution": draw(st.sampled_from([None, {**quotes["other"], "entity": "org:OAS"}])),
        "source": "human" if human else "machine",
        **(draw(_reviews()) if human else {}),
        "machine": draw(st.none() | _machines()) if human else draw(_machines()),
    }
    if human:
        record["anchored"] = draw(st.sampled_from(["exact", "moved", "orphan"]))
    return draw(_enriched(record, quotes["other"])) if known else record


_KINDS = st.sampled_from(["person", "state", "group", "organisation", ""])
_STANCES = st.sampled_from(["support", "oppose", "neutral"])
_SCORES = st.floats(0, 1).map(lambda score: round(score, 4))


def _metadata() -> st.SearchStrategy[Json]:
    dates = st.dates().map(str) | st.sampled_from(["2024", "2024-05", "1899-12-31", "1900-02-28"])
    return st.fixed_dictionaries(
        {},
        optional={
            "title": WORDS,
            "author": WORDS,
            "date": dates,
            "publisher": WORDS,
            "licence": WORDS,
            "source": st.just({"file": "note.txt", "text_sha256": "ab"}),
        },
    )


def _reviews() -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {
            "verdict": st.sampled_from(["accepted", "edited", "added"]),
            "reviewers": st.lists(st.sampled_from(["ana@example.org", "bo"]), min_size=1),
            "agreement": st.fixed_dictionaries(
                {
                    "rule": st.sampled_from(["first", "majority"]),
                    "agree": st.integers(1, 9),
                    "asked": st.integers(0, 9),
                    "adjudicated": st.booleans(),
                }
            ),
            "decided_at": st.datetimes().map(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
            | st.just("2026-01-01T10:00:00Z"),
            "decisions": st.lists(WORDS, min_size=1, max_size=2),
            "comments": st.lists(WORDS, max_size=2),
            "shown": st.none() | WORDS,
        }
    ).filter(lambda found: found["decided_at"] >= "1")


def _machines() -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {
            "score": st.none() | _SCORES,
            "cue": st.none() | st.just("cue.reject.reject"),
            "rules": st.lists(WORDS, max_size=2),
            "inferences": st.lists(WORDS, max_size=1),
            "provenance": st.dictionaries(WORDS, WORDS, max_size=2),
        }
    )


@st.composite
def _enriched(draw: st.DrawFn, record: Json, quote: Json) -> Json:
    """The record with what concepts and entities add to it."""
    some = st.none() | WORDS
    holder = {**record["holder"], "name": draw(some), "country": draw(st.none() | st.just("NA"))}
    source = record["attribution"] and {**record["attribution"], "name": draw(some)}
    concept = st.fixed_dictionaries(
        {"id": WORDS, "label": WORDS, "stance": _STANCES, "turned": st.booleans()}
    )
    return {
        **record,
        "holder": holder,
        "attribution": source,
        "antecedent": draw(st.sampled_from([None, quote])),
        "target_reads": draw(st.just("") | WORDS),
        "concepts": draw(st.lists(concept, max_size=2)),
    }
