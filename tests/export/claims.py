"""Hand-made records as an export enriches them, and texts that are hard to count in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import strategies as st

from pipeline.export.gather import Gathered
from pipeline.export.rows import machine_records
from pipeline.records import Attribution, Claim, Extraction, Form, Holder, Sentence, Stance
from tests.dataset.build import span_of

Json = dict[str, Any]
LETTERS = "abé\u0301ñ\u05d0\u05d1\u0627\u06440\u20ac\U0001f600\U0001f1eb\U0001d54f"
words = st.text(alphabet=f"{LETTERS}\u00a0 -", min_size=1, max_size=12).map(lambda w: f"x{w}x")
long_names = st.text(alphabet=LETTERS, min_size=98, max_size=98).map(lambda w: f"x{w}x")
names = st.one_of(words, long_names)
stances = st.sampled_from(["support", "oppose", "neutral"])
sentences = st.lists(st.tuples(names, words, words, stances), min_size=1, max_size=4)
ends = st.sampled_from([".\n", "!\r\n", "? ", ".\u00a0", "\U0001f680. "])


def article_of(name: str, parts: Sequence[tuple[str, str, str, str]], end: str) -> Extraction:
    """An article whose sentences are holder, cue and target with blanks between them."""
    text, claims, bounds = "\u200f\U0001f30d ", [], []
    for number, (holder, cue, target, stance) in enumerate(parts):
        start = len(text)
        text += f"{holder} {cue} {target}"
        places = [start, start + len(holder) + 1, start + len(holder) + len(cue) + 2]
        spans = [
            Holder(places[0], places[0] + len(holder), f"org:{holder}" if number % 2 else None),
            Sentence(places[1], places[1] + len(cue)).span,
            Sentence(places[2], places[2] + len(target)).span,
        ]
        claims.append(_claim(f"{name}-{number}", spans, stance))
        text += end
        bounds.append(Sentence(start, len(text.rstrip())))
    return Extraction(name, text, tuple(bounds), (), tuple(claims), metadata={"title": name})


def _claim(name: str, spans: Sequence[Any], stance: str) -> Claim:
    holder, cue, target = spans
    return Claim(
        id=name,
        holder=holder,
        cue=cue,
        stance=Stance(stance),
        form=Form.STATEMENT,
        target=target,
        attribution=Attribution(holder.start, holder.end, "org:paper"),
        score=0.1234,
    )


def enriched(record: Json, *concepts: tuple[str, str, bool], **holder: object) -> Json:
    """The record with the keys that an export adds; concepts are id, label, and turned or not."""
    stance = Stance(record["stance"])
    named = {"name": record["holder"]["text"], "country": None, **holder}
    return {
        **record,
        "holder": {**record["holder"], **named},
        "antecedent": None,
        "target_reads": (record["target"] or {}).get("text", ""),
        "concepts": [
            {
                "id": name,
                "label": label,
                "stance": (stance.opposite if turned else stance).value,
                "turned": turned,
            }
            for name, label, turned in concepts
        ],
    }


def gathered_of(articles: Iterable[Extraction], *concepts: tuple[str, str, bool]) -> Gathered:
    """The machine's claims of the articles, each on the concepts."""
    found = {one.article: one for one in articles}
    records = [enriched(one, *concepts) for one in machine_records(found.values())]
    return Gathered(claims=lambda: iter(records), count=len(records), articles=found)


def gathered_records(records: Sequence[Json], *articles: Extraction) -> Gathered:
    """The records as they are."""
    by_id = {one.article: one for one in articles}
    return Gathered(claims=lambda: iter(records), count=len(records), articles=by_id)


TWELVE = (
    ("Brazil", "country:BR", "support", "the treaty"),
    ("Washington", "country:US", "oppose", "the treaty"),
    ("China", "country:CN", "support", "the treaty"),
    ("Mexico", "country:MX", "support", "the fund"),
    ("Chile", "country:CL", "support", "the fund"),
)
"""Who is for and against what: two concepts, one of them disputed."""


def disputed() -> Gathered:
    """Five actors on two concepts, a sentence each."""
    cues = {"support": "backs", "oppose": "rejects"}
    text = "".join(f"{who} {cues[how]} {what}.\n" for who, _, how, what in TWELVE)
    claims, bounds, at = [], [], 0
    for number, (who, entity, how, what) in enumerate(TWELVE):
        line = f"{who} {cues[how]} {what}."
        places = [span_of(words, line) for words in (who, cues[how], what)]
        moved = [Sentence(one.start + at, one.end + at).span for one in places]
        holder = Holder(moved[0].start, moved[0].end, entity)
        claims.append(_claim(f"c{number}", [holder, *moved[1:]], how))
        bounds.append(Sentence(at, at + len(line)))
        at += len(line) + 1
    article = Extraction(
        "news", text, tuple(bounds), (), tuple(claims), metadata={"date": "2020-05-04"}
    )
    records = []
    for record, (_, entity, _, what) in zip(machine_records([article]), TWELVE, strict=True):
        concept = (f"concept.test.{what.split()[1]}", what.title(), False)
        record["holder"]["kind"] = "state"
        names = {"country:US": "United States"}
        named = names.get(entity, record["holder"]["text"])
        records.append(enriched(record, concept, name=named, country=entity[-2:]))
    return gathered_records(records, article)
