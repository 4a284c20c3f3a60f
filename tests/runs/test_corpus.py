from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.jsonl import read_extractions, write_extractions
from pipeline.reading.corpus import Corpus
from pipeline.records import Article, Extraction, Provenance
from pipeline.runs.changes import Change, find_change
from pipeline.runs.corpus import Outcome, Status, extract_changed, read_corpus
from pipeline.runs.guard import Failure, extract_guarded
from pipeline.runs.store import extraction_path, find_removed

if TYPE_CHECKING:
    from spacy.language import Language

MADE = Provenance(
    text_sha256="",
    package="p==1",
    spacy="spacy==1",
    model="m==1",
    model_sha256="a",
    lexicon_sha256="b",
)


@pytest.fixture
def article() -> Article:
    return Article("vote", "Chile rejected the draft.\n", {"author": "Ana Ruiz"})


def made_for(article: Article, **changes: str) -> Provenance:
    from pipeline.files import sha256_of_text

    return replace(MADE, text_sha256=sha256_of_text(article.text), **changes)


def written(article: Article, folder: Path) -> Path:
    path = extraction_path(folder, article.id)
    extraction = Extraction(
        article.id, article.text, provenance=made_for(article), metadata=article.metadata
    )
    write_extractions(path, (extraction,))
    return path


def test_an_article_without_an_extraction_is_new(article: Article, tmp_path: Path) -> None:
    assert find_change(article, tmp_path / "vote.jsonl", made_for(article)) is Change.NEW


def test_the_same_article_made_with_the_same_is_unchanged(article: Article, tmp_path: Path) -> None:
    assert find_change(article, written(article, tmp_path), made_for(article)) is None


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("lexicon_sha256", Change.LEXICON),
        ("model", Change.MODEL),
        ("model_sha256", Change.MODEL),
        ("spacy", Change.MODEL),
        ("package", Change.MODEL),
    ],
)
def test_what_an_extraction_is_made_with_counts(
    article: Article, tmp_path: Path, field: str, change: Change
) -> None:
    path = written(article, tmp_path)
    assert find_change(article, path, made_for(article, **{field: "other"})) is change


def test_a_changed_text_or_author_counts(article: Article, tmp_path: Path) -> None:
    path = written(article, tmp_path)
    edited = replace(article, text="Chile accepted the draft.\n")
    assert find_change(edited, path, made_for(edited)) is Change.TEXT
    renamed = replace(article, metadata={"author": "Eva Paz"})
    assert find_change(renamed, path, made_for(renamed)) is Change.METADATA


@pytest.mark.parametrize("content", ["", "{", "[]", '{"article": "other", "text": "x"}'])
def test_a_file_that_is_no_extraction_of_the_article_is_made_again(
    article: Article, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "vote.jsonl"
    path.write_text(content, encoding="utf-8")
    assert find_change(article, path, made_for(article)) is Change.UNREADABLE


def test_an_extraction_whose_article_is_gone_is_named_and_left(
    article: Article, tmp_path: Path
) -> None:
    path = written(article, tmp_path)
    assert find_removed(["other"], tmp_path) == (path,)
    assert find_removed(["vote"], tmp_path) == ()
    assert find_removed([], tmp_path / "nowhere") == ()


def test_articles_that_cannot_be_read_are_failures_in_their_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Chile objected.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02\xff binary \x00")
    (tmp_path / "c.txt").write_text("Peru agreed.\n", encoding="utf-8")
    first, bad, last = read_corpus(Corpus(tmp_path))
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, Failure)
    assert bad.article == "b"


def test_order_holds_and_one_bad_article_stops_no_other(nlp: Language) -> None:
    bad = Article("bad", "x" * (nlp.max_length + 1))
    failure = Failure("in:3", "not-json", "not JSON")
    items = [
        Article("a", "Chile objected."),
        bad,
        failure,
        *(Article(f"n{n}", "Peru agreed.") for n in range(10)),
    ]
    found = list(extract_guarded(nlp, items, batch_size=4))
    assert [item.article for item in found] == ["a", "bad", "in:3", *(f"n{n}" for n in range(10))]
    assert [item.cause for item in found if isinstance(item, Failure)] == ["too-long", "not-json"]


def test_a_batch_extracts_what_articles_alone_do(nlp: Language) -> None:
    texts = ("Chile rejected the draft.", "Mexico supports the treaty.", "Peru voted for it.")
    articles = [Article(f"a{n}", text) for n, text in enumerate(texts)]
    alone = [next(extract_guarded(nlp, [article])) for article in articles]
    assert list(extract_guarded(nlp, articles, batch_size=3)) == alone
    assert all(isinstance(one, Extraction) and one.claims for one in alone[:2])


def test_the_input_is_consumed_a_batch_at_a_time(nlp: Language) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Article]:
        number = 0
        while True:
            taken.append(number)
            yield Article(f"a{number}", "Chile objected.")
            number += 1

    next(extract_guarded(nlp, endless(), batch_size=2))
    assert len(taken) <= 2


def test_a_second_run_writes_nothing_and_force_writes_all(nlp: Language, tmp_path: Path) -> None:
    articles = [Article("a", "Chile objected.", {"author": "Ana Ruiz"}), Article("b", "Peru won.")]
    first = list(extract_changed(nlp, articles, tmp_path))
    assert first == [Outcome(a.id, Status.EXTRACTED, Change.NEW) for a in articles]
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()}
    again = list(extract_changed(nlp, articles, tmp_path))
    assert again == [Outcome(a.id, Status.UNCHANGED) for a in articles]
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in tmp_path.iterdir()} == before
    forced = list(extract_changed(nlp, articles, tmp_path, force=True))
    assert [outcome.change for outcome in forced] == [Change.FORCED, Change.FORCED]
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {
        path: content for path, (_, content) in before.items()
    }


def test_a_dry_run_says_what_would_be_done_and_does_nothing(nlp: Language, tmp_path: Path) -> None:
    folder = tmp_path / "extracted"
    outcomes = list(extract_changed(nlp, [Article("a", "Chile objected.")], folder, dry_run=True))
    assert outcomes == [Outcome("a", Status.EXTRACTED, Change.NEW)]
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_to_is_a_failure(nlp: Language, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    (outcome,) = extract_changed(nlp, [Article("a", "Chile objected.")], blocked)
    assert outcome.status is Status.FAILED
    assert outcome.failure is not None
    assert outcome.failure.cause == "unwritable"


def test_what_is_written_is_read_back(nlp: Language, tmp_path: Path) -> None:
    article = Article("a", "Chile rejected the draft.\n", {"title": "Vote"})
    list(extract_changed(nlp, [article], tmp_path))
    (back,) = read_extractions(tmp_path / "a.jsonl")
    assert back == next(extract_guarded(nlp, [article]))
    assert json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8"))["provenance"]["model"]
