"""A judge is tried on articles that neither it nor its readers saw."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from spacy.language import Language

from pipeline.errors import SettingError
from pipeline.learning.split import FOLDS, in_share
from pipeline.records import Stance
from tests.training.annotated import annotated, marked_articles, rows_of
from training.folds import PAIR, split_folds
from training.judging import Opinions, cross_validate, extract, fit
from training.positions import Article, Parsed, add_readings, inner_articles, parse_articles
from training.readings import ReadArticle, read_inner, read_readings

MARKED = marked_articles()
FOLD_OF = split_folds({name: one.text for name, one in MARKED.items()})
KEEP = 0.45


def said(opinions: Opinions) -> dict[str, list[tuple[float, bool, Stance]]]:
    """What the judge thinks of each position, by article."""
    return {
        name: [(one.chance, one.stands, one.position.stance) for one in own]
        for name, own in opinions.items()
    }


@pytest.fixture(scope="module")
def parsed() -> tuple[Parsed, ...]:
    return tuple(parse_articles([annotated(name, one) for name, one in MARKED.items()]))


@pytest.fixture(scope="module")
def read(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadArticle]:
    without = {name: [str(fold)] for name, fold in FOLD_OF.items()}
    path = tmp_path_factory.mktemp("readings") / "oof.jsonl"
    lines = [json.dumps(row) for row in rows_of(nlp, MARKED, without)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_readings(path, FOLD_OF)


@pytest.fixture(scope="module")
def articles(parsed: tuple[Parsed, ...], read: dict[str, ReadArticle]) -> list[Article]:
    return add_readings(parsed, read)


def test_what_rules_and_reader_propose_alike_is_one_position(articles: list[Article]) -> None:
    both = [group for one in articles for group in one.groups if len(group.proposals) == 2]
    assert len(both) >= len(MARKED) // 2
    assert all(sum(one.right) >= 1 for one in articles)


def test_each_article_is_judged_once_and_by_weights_of_the_others(articles: list[Article]) -> None:
    opinions = cross_validate(articles, KEEP, FOLD_OF)
    assert opinions.keys() == MARKED.keys()
    assert sum(len(extract(one, opinions[one.gold.article])) for one in articles) > 10
    fold = FOLD_OF["wn-0"]
    turned = [
        one if FOLD_OF[one.gold.article] != fold else replace(one, right=(0.0,) * len(one.right))
        for one in articles
    ]
    found = said(cross_validate(turned, KEEP, FOLD_OF))
    same = [name for name in found if found[name] == said(opinions)[name]]
    assert same == [name for name in found if FOLD_OF[name] == fold]


def test_an_article_without_readings_is_named(
    parsed: tuple[Parsed, ...], read: dict[str, ReadArticle]
) -> None:
    with pytest.raises(SettingError, match="1 of 20 articles were not read, as 'wn-3'"):
        add_readings(parsed, {name: one for name, one in read.items() if name != "wn-3"})


def test_readings_of_other_tokens_are_refused(
    parsed: tuple[Parsed, ...], read: dict[str, ReadArticle]
) -> None:
    with pytest.raises(SettingError, match="'wn-5' was cut into other tokens"):
        add_readings(parsed, {**read, "wn-5": replace(read["wn-5"], tokens="0" * 16)})


def test_a_share_is_fitted_on_its_articles_alone(articles: list[Article]) -> None:
    known = [one for one in articles if in_share(one.gold.article, 0.5)]
    assert 5 < len(known) < len(articles)
    some = said(cross_validate(articles, KEEP, FOLD_OF, share=0.5))
    alone = said(cross_validate(known, KEEP, FOLD_OF))
    assert {name: some[name] for name in alone} == alone
    assert some != said(cross_validate(articles, KEEP, FOLD_OF))


def test_no_judge_is_made_of_articles_without_claims(articles: list[Article]) -> None:
    without = [replace(one, stances=(None,) * len(one.stances)) for one in articles]
    with pytest.raises(SettingError, match="no annotated claim"):
        fit(without)


def test_the_inner_judge_learns_of_readings_by_who_saw_neither(
    nlp: Language, parsed: tuple[Parsed, ...], articles: list[Article], tmp_path: Path
) -> None:
    pairs = {
        name: [
            PAIR.join(map(str, sorted((fold, other)))) for other in range(FOLDS) if other != fold
        ]
        for name, fold in FOLD_OF.items()
    }
    rows = list(rows_of(nlp, MARKED, pairs))
    same = tmp_path / "inner.jsonl"
    same.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    inner = partial(inner_articles, parsed, FOLD_OF, read_inner(same, FOLD_OF))
    assert all(FOLD_OF[one.gold.article] != 2 for one in inner(2))
    usual = said(cross_validate(articles, KEEP, FOLD_OF))
    assert said(cross_validate(articles, KEEP, FOLD_OF, inner=inner)) == usual

    blind = tmp_path / "blind.jsonl"
    seen_nothing = [json.dumps({**row, "reading": None}) for row in rows]
    blind.write_text("\n".join(seen_nothing), encoding="utf-8")
    inner = partial(inner_articles, parsed, FOLD_OF, read_inner(blind, FOLD_OF))
    assert said(cross_validate(articles, KEEP, FOLD_OF, inner=inner)) != usual


def test_a_pair_of_folds_that_no_reader_left_out_is_named(parsed: tuple[Parsed, ...]) -> None:
    with pytest.raises(SettingError, match="were not read"):
        inner_articles(parsed, FOLD_OF, {}, 0)
