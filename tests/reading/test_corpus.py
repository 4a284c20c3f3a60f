from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ArticleError, SettingError
from pipeline.files import sha256_of_text
from pipeline.reading.corpus import Corpus, id_for_name, is_article_id


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "none")
    assert corpus.ids() == ()
    assert corpus.strays() == ()


def test_articles_are_read_exactly(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes("  Perú\u2028\u0085\n\n\n".encode())
    (tmp_path / "b.toml").write_text('title = "B"\n')
    (tmp_path / "a-1.txt").write_bytes(b"Chile")
    corpus = Corpus(tmp_path)
    assert corpus.ids() == ("a-1", "b")
    article = corpus.read("b")
    assert (article.id, article.text) == ("b", "  Perú\u2028\u0085\n\n\n")
    assert article.metadata == {"title": "B"}
    assert corpus.sha256("b") == sha256_of_text(article.text)
    assert [article.id for article in corpus.articles()] == ["a-1", "b"]


def test_strays_are_files_that_were_not_added(tmp_path: Path) -> None:
    for name in ("ok.txt", "No.txt", "x.md", "ok.toml", "n.pdf", "n.csv", "._ok.txt", "README.md"):
        (tmp_path / name).write_text("text")
    (tmp_path / "originals").mkdir()
    (tmp_path / "originals" / "y.md").write_text("text")
    corpus = Corpus(tmp_path)
    assert corpus.ids() == ("ok",)
    assert [path.name for path in corpus.strays()] == ["No.txt", "n.pdf", "x.md"]


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfChile", b"Chile\r\n", b"Per\xfa said"])
def test_what_would_have_to_be_converted_is_not_read(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(ArticleError, match=r"not a canonical text .*claims add .*a\.txt") as caught:
        Corpus(tmp_path).read("a")
    assert caught.value.cause == "not-added"


def test_an_unknown_article_lists_near_ones(tmp_path: Path) -> None:
    (tmp_path / "chile-vote.txt").write_text("Chile")
    with pytest.raises(ArticleError, match=r"no article 'chile-vot' .* chile-vote") as caught:
        Corpus(tmp_path).read("chile-vot")
    assert caught.value.cause == "unknown-article"


@pytest.mark.parametrize("article_id", ["../a", "a/b", "", "A", "-a", "a\n", "a.txt"])
def test_an_id_never_leaves_the_folder(tmp_path: Path, article_id: str) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (tmp_path / "a.txt").write_text("outside")
    with pytest.raises(ArticleError, match="no article"):
        Corpus(folder).read(article_id)


def test_a_file_is_no_corpus(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    with pytest.raises(SettingError, match="not a folder"):
        Corpus(tmp_path / "a.txt").ids()


@pytest.mark.parametrize(
    ("name", "article_id"),
    [
        ("Perú’s vote (final)", "peru-s-vote-final"),
        ("a_b.c", "a-b-c"),
        ("--x--", "x"),
        ("智利", ""),
        ("a" * 300, "a" * 120),
    ],
)
def test_names_give_ids(name: str, article_id: str) -> None:
    assert id_for_name(name) == article_id


@given(st.text())
def test_any_name_gives_an_id_that_gives_itself(name: str) -> None:
    article_id = id_for_name(name)
    assert article_id == "" or is_article_id(article_id)
    assert id_for_name(article_id) == article_id
