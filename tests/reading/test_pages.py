"""The pages of a PDF stay with the text that was converted, and with no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.files import sha256_of_text
from pipeline.reading.corpus import Corpus
from pipeline.reading.ingest import Added, Adding, Unchanged, add_files
from pipeline.reading.pages import page_of, pages_of
from pipeline.records import Article
from tests.reading.files import page, pdf

WORDS = ("Chile rejected the draft.", "Peru backed the vote.", "Mexico met nobody.")


def pages_in(article: Article) -> tuple[int, ...]:
    return pages_of(article.metadata, sha256_of_text(article.text))


def put(folder: Path, *words: str) -> Path:
    path = folder / "note.pdf"
    path.write_bytes(pdf([[(72, 700, line)] for line in words]))
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    found = Corpus(tmp_path / "corpus")
    (outcome,) = add_files([put(tmp_path, *WORDS)], found)
    assert isinstance(outcome, Added)
    return found


def test_each_place_of_a_converted_text_has_its_page(corpus: Corpus) -> None:
    article = corpus.read("note")
    pages = pages_in(article)
    assert [page_of(pages, article.text.index(words)) for words in WORDS] == [1, 2, 3]


def test_an_edited_text_has_no_pages_until_it_is_as_it_was(corpus: Corpus) -> None:
    path = corpus.text_path("note")
    before = path.read_text(encoding="utf-8")
    path.write_text(f"A heading\n\n{before}", encoding="utf-8")
    edited = corpus.read("note")
    assert "pages" not in edited.metadata
    assert pages_in(edited) == ()
    path.write_text(before, encoding="utf-8")
    assert len(pages_in(corpus.read("note"))) == 3


def test_an_edited_text_is_put_back_on_request_alone(corpus: Corpus, tmp_path: Path) -> None:
    original, path = tmp_path / "note.pdf", corpus.text_path("note")
    before = path.read_text(encoding="utf-8")
    path.write_text(f"A heading\n\n{before}", encoding="utf-8")
    (outcome,) = add_files([original], corpus)
    assert isinstance(outcome, Unchanged)
    assert path.read_text(encoding="utf-8") != before
    for kind in (Added, Unchanged):
        (outcome,) = add_files([original], corpus, adding=Adding(replace=True))
        assert isinstance(outcome, kind)
    assert path.read_text(encoding="utf-8") == before
    assert len(pages_in(corpus.read("note"))) == 3


def test_pages_are_never_those_of_an_earlier_text(corpus: Corpus, tmp_path: Path) -> None:
    corpus.text_path("note").unlink()  # its metadata stay
    (outcome,) = add_files([put(tmp_path, WORDS[0], WORDS[1])], corpus)
    assert isinstance(outcome, Added)
    assert len(pages_in(corpus.read("note"))) == 2
    other = tmp_path / "note.html"
    other.write_bytes(page(f"<p>{' '.join(WORDS)}</p><p>{' '.join(WORDS)}</p>"))
    (outcome,) = add_files([other], corpus, adding=Adding(replace=True))
    assert isinstance(outcome, Added)
    assert "pages" not in corpus.read("note").metadata


def test_pages_that_nobody_converted_are_kept_and_not_counted_with(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Chile rejected the draft.", encoding="utf-8")
    (tmp_path / "note.toml").write_text("pages = [3, 4]\n", encoding="utf-8")
    article = Corpus(tmp_path).read("note")
    assert article.metadata["pages"] == [3, 4]
    assert pages_in(article) == ()
