"""What readers saw is taken from a file only where they had not seen the article before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from pipeline.errors import SettingError
from pipeline.extraction.propose.reader import Holding, Reading
from training.folds import learnt_by, readers, refuse_shared, split_folds
from training.readings import (
    LEAST_READING,
    ReadArticle,
    digest_of,
    read_inner,
    read_readings,
    to_records,
)

READING = Reading(
    cue=(1, 2),
    holders=(Holding(0, 1, "country:KE", 0.9), Holding(5, 6, None, 0.6)),
    stances=(0.1, 0.7, 0.2),
    target=(2, 4),
    form="action",
    negated=False,
    hedged=True,
    attribution=None,
    cue_chance=0.8,
    target_chance=0.5,
    attribution_chance=0.4,
)
RUN = "The river floods each spring and nobody in the valley had ever built a dam."
TEXTS = {f"a{number}": f"Report {number} of the port. " * 6 for number in range(40)} | {
    "whole": f"An old account. {RUN} It ends here.",
    "part": RUN,
}
FOLDS = split_folds(TEXTS)


def write(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def row(article: str, without: str | None, chance: float | None = None) -> dict[str, Any]:
    one = None if chance is None else _plain(replace(READING, cue_chance=chance))
    named = {} if without is None else {"without": without}
    return {"article": article, **named, "reading": one}


def _plain(reading: Reading) -> dict[str, Any]:
    holders = [[one.start, one.end, one.entity, one.chance] for one in reading.holders]
    names = Reading.__dataclass_fields__
    return {**{name: getattr(reading, name) for name in names}, "holders": holders}


def test_what_is_written_is_read_again(nlp: Language, tmp_path: Path) -> None:
    doc = nlp.make_doc("Kenya rejected the draft of Peru.")
    rows = to_records("a1", str(FOLDS["a1"]), doc, [READING, replace(READING, cue_chance=0.1)])
    found = read_readings(write(tmp_path / "oof.jsonl", rows), FOLDS)
    assert found == {"a1": ReadArticle(digest_of(doc), (READING,))}
    assert READING.cue_chance > LEAST_READING > 0.1


def test_the_digest_tells_other_tokens(nlp: Language) -> None:
    one, other = nlp.make_doc("Kenya rejected it."), nlp.make_doc("Kenya rejected it .")
    assert digest_of(one) == digest_of(nlp.make_doc("Kenya rejected it."))
    assert digest_of(one) != digest_of(other)


def test_an_article_in_which_nothing_was_seen_was_read(tmp_path: Path) -> None:
    path = write(tmp_path / "oof.jsonl", [row("a1", None), row("a2", None, 0.6)])
    found = read_readings(path, FOLDS)
    assert [len(found[name].readings) for name in ("a1", "a2")] == [0, 1]
    assert "a3" not in found


def test_a_reader_that_may_know_the_article_is_refused_by_name(tmp_path: Path) -> None:
    other = str((FOLDS["a1"] + 1) % 5)
    for name in (other, "all", f"0-{FOLDS['a1']}"):
        path = write(tmp_path / "oof.jsonl", [row("a1", name, 0.9)])
        with pytest.raises(SettingError, match="'a1' of fold"):
            read_readings(path, FOLDS)


def test_an_inner_reader_leaves_out_the_fold_of_the_article_and_one_more(tmp_path: Path) -> None:
    own = FOLDS["a1"]
    one, two, three, _ = (number for number in range(5) if number != own)
    for name in (str(own), f"{one}-{two}", f"{one}-{two}-{three}", "all", None):
        path = write(tmp_path / "inner.jsonl", [row("a1", name, 0.9)])
        with pytest.raises(SettingError, match="'a1' of fold"):
            read_inner(path, FOLDS)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"article": "a1"}', '{"article": "a1", "reading": 3}']
)
def test_what_is_no_reading_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    path = write(tmp_path / "oof.jsonl", [row("a1", None)])
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(SettingError, match=r"oof\.jsonl:2: no reading"):
        read_readings(path, FOLDS)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"none\.jsonl"):
        read_readings(tmp_path / "none.jsonl", FOLDS)


def every_reader_reads(names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """A file as ``training.oof --inner`` writes it; the chance of a cue tells who read."""
    for number, name in enumerate(names):
        for article, fold in FOLDS.items():
            if str(fold) in name.split("-"):
                yield row(article, name, 0.5 + number / 100)


def test_a_judge_sees_no_reading_by_a_reader_that_saw_a_held_out_article(tmp_path: Path) -> None:
    names = readers(inner=True)
    inner = read_inner(write(tmp_path / "inner.jsonl", every_reader_reads(names)), FOLDS)
    assert FOLDS["whole"] == FOLDS["part"]
    assert set(inner) == set(range(5))
    for outer, articles in inner.items():
        assert articles.keys() == {name for name, fold in FOLDS.items() if fold != outer}
        for article, read in articles.items():
            (reading,) = read.readings
            name = names[round((reading.cue_chance - 0.5) * 100)]
            learnt = {one: TEXTS[one] for one in learnt_by(name, TEXTS)}
            assert article not in learnt
            refuse_shared(str(outer), TEXTS, learnt)
