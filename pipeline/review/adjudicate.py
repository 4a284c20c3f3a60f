"""Disagreements as tasks that show every version, for somebody to settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipeline.dataset.identity import content_id
from pipeline.dataset.records import Disagreement, Position, to_claim
from pipeline.files import sha256_of_text
from pipeline.records import Claim, Extraction, Span
from pipeline.review.lines import build_lines, lines_to_result, list_data
from pipeline.review.look import LOOK, Look
from pipeline.review.regions import LABEL_OF, to_result
from pipeline.review.tasks import Task, claim_entry, entity_choices
from pipeline.review.units import find_passages
from pipeline.review.wording import Naming


def build_adjudications(
    disagreements: Sequence[Disagreement],
    articles: Mapping[str, Extraction],
    *,
    look: Look = LOOK,
) -> tuple[Task, ...]:
    """One task a passage in which reviewers differ, in the order of article and text.

    Every reading of a disputed claim is shown beside the others; the heading says whose each is.
    Readings whose words are no longer in the article are left out. ``look`` is how
    claims are shown.
    """
    by_passage: dict[tuple[str, Span], list[Disagreement]] = defaultdict(list)
    for item in disagreements:
        article = articles.get(item.article)
        positions = _positions_of(item, article)
        if article is not None and positions:
            by_passage[item.article, _passage(article, positions)].append(item)
    return tuple(
        _build(articles[article], passage, items, look.naming(articles[article]), look.listed)
        for (article, passage), items in sorted(by_passage.items())
    )


def _build(
    article: Extraction,
    passage: Span,
    items: Sequence[Disagreement],
    name_of: Naming,
    listed: bool,
) -> Task:
    claims: list[tuple[str, Claim]] = []
    for item in items:
        for position in _positions_of(item, article):
            claims.append((item.claim, to_claim(item.claim, position)))
    text = article.text[passage.start : passage.end]
    words = [_in_words(item) for item in items]
    sha256 = sha256_of_text(article.text)
    uid = content_id([article.article, sha256, passage.start, passage.end, words], prefix="j-")
    data = {
        "uid": uid,
        "article": article.article,
        "text": text,
        "number_of_claims": len(claims),
        "heading": "Settle: " + " | ".join(words),
        "progress": "",
        "start": passage.start,
        "end": passage.end,
        "text_sha256": sha256,
        "passage_sha256": sha256_of_text(text),
        "sentences": [
            [sentence.start, sentence.end]
            for sentence in article.sentences
            if passage.start <= sentence.start and sentence.end <= passage.end
        ],
        "entities": entity_choices(_entities(claims), name_of),
        "claims": [claim_entry(name, claim, None, listed=listed) for name, claim in claims],
        "model": "",
        "kind": "adjudication",
    }
    result = to_result([claim for _, claim in claims], article.text, offset=passage.start)
    if listed:
        lines = build_lines([claim for _, claim in claims], article.text, name_of)
        data |= list_data(lines)
        result = [*lines_to_result(lines), *result]
    shown = content_id([data, result], length=12)
    return Task(uid, article.article, shown, {**data, "shown": shown}, tuple(result), 0.5)


def _positions_of(item: Disagreement, article: Extraction | None) -> list[Position]:
    """The different readings that stand in the article as it is, in the order of reviewers."""
    found = [position for _, position in item.readings if position is not None]
    if article is None:
        return []
    return list(dict.fromkeys(p for p in found if p.stands_in(article.text)))


def _passage(article: Extraction, positions: Sequence[Position]) -> Span:
    pieces = [piece for position in positions for piece in position.quotes]
    start, end = min(p.start for p in pieces), max(p.end for p in pieces)
    touched = [p for p in find_passages(article) if p.start < end and start < p.end]
    return Span(
        min([p.start for p in touched] + [start]), max([p.end for p in touched] + [end])
    )  # fmt: skip


def _in_words(item: Disagreement) -> str:
    readings = []
    for reviewer, position in item.readings:
        if position is None:
            readings.append(f"{reviewer}: no claim")
            continue
        target = f" “{position.target.text}”" if position.target else ""
        stance = LABEL_OF[position.stance].lower()
        readings.append(f"{reviewer}: {position.entity or position.holder.text} {stance}{target}")
    return "; ".join(readings)


def _entities(claims: Sequence[tuple[str, Claim]]) -> list[str]:
    return sorted({claim.holder.entity for _, claim in claims if claim.holder.entity})
