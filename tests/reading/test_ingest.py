from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.files import sha256_of_bytes
from pipeline.reading.corpus import Corpus
from pipeline.reading.ingest import Added, Outcome, Refused, Unchanged, add_files

TEXT = "Perú’s vote\n\n“No,” said Chile.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path / "corpus")


def put(folder: Path, name: str, data: bytes | str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def add_one(path: Path, corpus: Corpus, **metadata: object) -> Outcome:
    [outcome] = add_files([path], corpus, metadata=metadata)
    return outcome


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_file_becomes_an_article(tmp_path: Path, corpus: Corpus) -> None:
    data = TEXT.replace("\n", "\r\n").encode("windows-1252")
    path = put(tmp_path / "in", "Peru Vote.TXT", data)
    assert add_one(path, corpus, title="The vote") == Added(
        path, "peru-vote", len(TEXT), ("from Windows-1252", "CRLF to LF")
    )
    assert (corpus.folder / "peru-vote.txt").read_bytes() == TEXT.encode()
    assert (corpus.folder / "originals" / "peru-vote.txt").read_bytes() == data
    article = corpus.read("peru-vote")
    assert article.text == TEXT
    assert article.metadata == {
        "title": "The vote",
        "source": {
            "file": "Peru Vote.TXT",
            "sha256": sha256_of_bytes(data),
            "encoding": "windows-1252",
        },
    }
    assert path.exists(), "files outside the corpus stay where they are"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "windows-1252"])
def test_every_encoding_gives_the_same_text(tmp_path: Path, corpus: Corpus, encoding: str) -> None:
    assert isinstance(add_one(put(tmp_path, "a.txt", TEXT.encode(encoding)), corpus), Added)
    assert corpus.text_path("a").read_bytes() == TEXT.encode()


def test_markdown_gives_text_and_metadata(tmp_path: Path, corpus: Corpus) -> None:
    markdown = (
        "---\ntitle: Old\nauthor: A. Paz\ntags: [x]\n---\n# The vote\n\n**Chile** objected.\n"
    )
    outcome = add_one(put(tmp_path, "vote.md", markdown), corpus, title="New")
    assert isinstance(outcome, Added)
    assert outcome.notes == ("from Markdown", "front matter to metadata")
    article = corpus.read("vote")
    assert article.text == "The vote\n\nChile objected.\n"
    assert article.metadata["title"] == "New"
    assert article.metadata["author"] == "A. Paz"
    assert article.metadata["other"] == {"tags": ["x"]}
    assert (corpus.folder / "originals" / "vote.md").read_text() == markdown


def test_the_second_time_nothing_changes(tmp_path: Path, corpus: Corpus) -> None:
    paths = [put(tmp_path, "a.txt", TEXT), put(tmp_path, "b.md", "# Chile\n\nobjected.")]
    assert all(isinstance(outcome, Added) for outcome in add_files(paths, corpus))
    before = snapshot(corpus.folder)
    assert all(isinstance(outcome, Unchanged) for outcome in add_files(paths, corpus))
    assert snapshot(corpus.folder) == before


def test_the_same_text_under_another_name_is_not_added(tmp_path: Path, corpus: Corpus) -> None:
    add_one(put(tmp_path, "a.txt", TEXT), corpus)
    again = put(tmp_path, "b.txt", TEXT.encode("utf-16"))
    outcome = add_one(again, corpus, title="Other")
    assert isinstance(outcome, Unchanged)
    assert outcome.article == "a"
    assert "a.toml" in outcome.notes[0]
    assert corpus.ids() == ("a",)


def test_another_text_under_a_taken_name_is_refused(tmp_path: Path, corpus: Corpus) -> None:
    add_one(put(tmp_path, "a.txt", TEXT), corpus)
    before = snapshot(corpus.folder)
    outcome = add_one(put(tmp_path / "new", "A.txt", TEXT + "More.\n"), corpus)
    assert isinstance(outcome, Refused)
    assert outcome.cause == "collision"
    assert "rename the file" in outcome.message
    assert snapshot(corpus.folder) == before


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path, corpus: Corpus) -> None:
    paths = [
        put(tmp_path, "empty.txt", ""),
        put(tmp_path, "good.txt", TEXT),
        put(tmp_path, "bin.txt", b"\x00\x01\x02"),
        put(tmp_path, "cut.txt", "Perú’s “vote” ".encode()[:-3] + b" x"),
        tmp_path / "none.txt",
        put(tmp_path, "a.pdf", "%PDF-"),
        put(tmp_path, "智利.txt", TEXT),
        put(tmp_path, "fm.md", "---\ntitle: A\n"),
        put(tmp_path, "long.txt", "a" * 1_000_001),
        put(tmp_path, "only-marks.md", "---\ntitle: A\n---\n\n***\n"),
        put(tmp_path, "also-good.txt", "Chile objected."),
    ]
    outcomes = list(add_files(paths, corpus))
    assert [getattr(outcome, "cause", None) for outcome in outcomes] == [
        "empty",
        None,
        "binary",
        "undecodable",
        "missing",
        "unsupported",
        "name",
        "front-matter",
        "too-long",
        "empty",
        None,
    ]
    assert corpus.ids() == ("also-good", "good")
    for path, outcome in zip(paths, outcomes, strict=True):
        if isinstance(outcome, Refused):
            assert str(path) in outcome.message
            assert not (corpus.folder / f"{path.stem}.toml").exists()


def test_a_dry_run_writes_nothing_and_says_the_same(tmp_path: Path, corpus: Corpus) -> None:
    paths = [
        put(tmp_path, "a.txt", TEXT),
        put(tmp_path, "b.txt", TEXT),
        put(tmp_path / "new", "a.txt", "Other."),
    ]
    dry = list(add_files(paths, corpus, dry_run=True))
    assert not corpus.folder.exists()
    assert dry == list(add_files(paths, corpus))
    assert [type(outcome) for outcome in dry] == [Added, Unchanged, Refused]


def test_a_file_put_into_the_corpus_is_taken_in(corpus: Corpus) -> None:
    stray = put(corpus.folder, "My Article.md", "# Chile\n\nobjected.\n")
    bare = put(corpus.folder, "bare.txt", b"Peru\r\nobjected.")
    outcomes = list(add_files([stray, bare], corpus))
    assert [type(outcome) for outcome in outcomes] == [Added, Added]
    assert corpus.ids() == ("bare", "my-article")
    assert corpus.strays() == ()
    assert corpus.read("bare").text == "Peru\nobjected."
    assert (corpus.folder / "originals" / "bare.txt").read_bytes() == b"Peru\r\nobjected."
    assert (corpus.folder / "originals" / "my-article.md").read_text() == "# Chile\n\nobjected.\n"
    before = snapshot(corpus.folder)
    assert isinstance(add_one(bare, corpus), Unchanged)
    assert snapshot(corpus.folder) == before


def test_an_article_edited_in_place_keeps_its_original(tmp_path: Path, corpus: Corpus) -> None:
    add_one(put(tmp_path, "a.txt", TEXT), corpus, author="A. Paz")
    edited = put(corpus.folder, "a.txt", (TEXT + "More.\n").replace("\n", "\r\n"))
    assert isinstance(add_one(edited, corpus), Added)
    assert corpus.read("a").text == TEXT + "More.\n"
    assert corpus.read("a").metadata["author"] == "A. Paz"
    assert (corpus.folder / "originals" / "a.txt").read_text() == TEXT


def test_metadata_that_somebody_wrote_first_are_kept(tmp_path: Path, corpus: Corpus) -> None:
    put(corpus.folder, "a.toml", 'title = "Mine"\nauthor = "A. Paz"\n')
    path = put(tmp_path, "a.md", "---\ntitle: Theirs\nurl: https://a.org\n---\nChile objected.\n")
    add_one(path, corpus, author="B. Sol")
    metadata = corpus.read("a").metadata
    assert (metadata["title"], metadata["author"]) == ("Mine", "B. Sol")
    assert metadata["url"] == "https://a.org"


def test_a_malformed_metadata_file_refuses_the_article(tmp_path: Path, corpus: Corpus) -> None:
    put(corpus.folder, "a.toml", "title = \n")
    outcome = add_one(put(tmp_path, "a.txt", TEXT), corpus)
    assert isinstance(outcome, Refused)
    assert outcome.cause == "metadata"
    assert (corpus.folder / "a.toml").read_text() == "title = \n"
    assert corpus.ids() == ()


def test_ctrl_c_between_the_files_leaves_no_article(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, "a.txt", TEXT)
    real = os.replace

    def interrupt_at_text(source: Path, target: Path) -> None:
        if target == corpus.text_path("a").resolve():
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", interrupt_at_text)
    with pytest.raises(KeyboardInterrupt):
        add_one(path, corpus)
    monkeypatch.undo()
    assert corpus.ids() == ()
    assert not list(corpus.folder.rglob("*.tmp"))
    assert isinstance(add_one(path, corpus), Added), "the same call takes up the work again"
    assert corpus.read("a").text == TEXT


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, corpus: Corpus) -> None:
    put(corpus.folder, "originals", "a file where the folder should be")
    outcome = add_one(put(tmp_path, "a.txt", TEXT), corpus)
    assert isinstance(outcome, Refused)
    assert outcome.cause == "unwritable"
