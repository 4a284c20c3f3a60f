"""Annotated articles as pages with their gold cues: what the reader is trained on."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.propose.reader.page import Page, read_page
from pipeline.extraction.propose.rules import CueIndex
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import models_folders
from training.heads import STANCES


@dataclass(frozen=True, slots=True)
class Cue:
    """The gold claims of one cue, in rows and in numbers of ``Page.people``.

    ``target`` is None where the claim has none; ``about`` is False where it is not to be learned.
    """

    start: int
    end: int
    stance: int
    form: int
    negated: bool
    hedged: bool
    holders: tuple[int, ...]
    same: tuple[int, ...]
    attribution: int | None
    attributed: bool
    target: tuple[int, int] | None
    about: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One article, its page and its cues; rows in ``unsure`` teach neither cue nor none.

    ``weight`` is what its loss counts: less than 1 where a reader marked it.
    """

    article: str
    text: str
    page: Page
    cues: tuple[Cue, ...]
    unsure: tuple[tuple[int, int], ...] = ()
    weight: float = 1.0


def read_articles(path: Path) -> list[dict[str, Any]]:
    """The annotated articles of a file in the format of the codebook's section 4."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def packaged_cues() -> CueIndex:
    """The cues that ship, of which the reader is told."""
    return CueIndex(read_cues(models_folders(None)))


def parsed(nlp: Language, article: dict[str, Any]) -> Doc:
    """The document as the reader gets it at run time: mentions set, claims not looked for."""
    doc = nlp.make_doc(article["text"])
    doc._.metadata = article.get("metadata") or {}
    doc._.article = article["article"]
    with nlp.select_pipes(disable=["claim_matcher"]):
        return nlp(doc)


def examples_of(
    nlp: Language, articles: list[dict[str, Any]], *, weight: float = 1.0
) -> Iterator[Example]:
    """Each article as an example, in order."""
    known = packaged_cues()
    for article in articles:
        page = read_page(parsed(nlp, article), known)
        rows = (rows_of(page, span) for span in article.get("unsure", ()))
        yield Example(
            article=article["article"],
            text=article["text"],
            page=page,
            cues=cues_of(page, article),
            unsure=tuple(span for span in rows if span is not None),
            weight=weight,
        )


def cues_of(page: Page, article: dict[str, Any]) -> tuple[Cue, ...]:
    """The gold cues of an article in text order; claims that share a cue are one."""
    learnt = not _has_cut_lines(article["text"])
    grouped: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for claim in article["claims"]:
        rows = rows_of(page, claim["cue"])
        if rows is not None:
            grouped[rows].append(claim)
    return tuple(
        _cue(page, start, end, claims, learnt) for (start, end), claims in sorted(grouped.items())
    )


def _cue(page: Page, start: int, end: int, claims: list[dict[str, Any]], learnt: bool) -> Cue:
    first = claims[0]
    target = rows_of(page, first["target"]) if first["target"] else None
    holders = {person_at(page, claim["holder"]) for claim in claims} - {None}
    known = {page.people[one].entity for one in holders if one is not None} - {None}
    same = {number for number, one in enumerate(page.people) if one.entity in known}
    told = first["attribution"]
    return Cue(
        start=start,
        end=end,
        stance=STANCES.index(first["stance"]),
        form=int(first["form"] == "action"),
        negated=bool(first["negated"]),
        hedged=bool(first["hedged"]),
        holders=tuple(sorted(one for one in holders if one is not None)),
        same=tuple(sorted(same - holders)),
        attribution=person_at(page, told) if told else None,
        attributed=told is not None,
        target=target,
        about=learnt and (target is not None or not first["target"]),
    )


def rows_of(page: Page, span: dict[str, Any]) -> tuple[int, int] | None:
    """The rows that a span of code points touches, or None."""
    found = np.flatnonzero(
        (page.offsets[:, 0] < span["end"]) & (page.offsets[:, 1] > span["start"])
    )
    return (int(found[0]), int(found[-1]) + 1) if len(found) else None


def person_at(page: Page, span: dict[str, Any]) -> int | None:
    """The number of the person that shares most of the span, or None."""
    rows = rows_of(page, span)
    if rows is None:
        return None
    shares = [_share((one.start, one.end), rows) for one in page.people]
    best = int(np.argmax(shares)) if shares else 0
    return best if shares and shares[best] > 0 else None


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / (max(one[1], other[1]) - min(one[0], other[0]))


def _has_cut_lines(text: str) -> bool:
    """Whether sentences are broken over lines, so that targets end where the line does."""
    lines = [line for line in text.split("\n") if line]
    cut = sum(line[0].islower() for line in lines)
    return cut >= 3


def tags_of(example: Example) -> NDArray[np.int64]:
    """For each row 0 outside, 1 at the begin and 2 inside a cue; -1 where nothing is learned."""
    page = example.page
    tags = np.zeros(len(page.words), dtype=np.int64)
    for (start, end), readable in zip(page.sentences, page.readable, strict=True):
        if not readable:
            tags[start:end] = -1
    for start, end in example.unsure:
        tags[start:end] = -1
    for cue in example.cues:
        tags[cue.start] = 1
        tags[cue.start + 1 : cue.end] = 2
    return tags
