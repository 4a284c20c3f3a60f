from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.files import sha256_of_bytes
from pipeline.reading import prepare
from pipeline.reading.corpus import Corpus
from pipeline.reading.duplicates import duplicate_of
from pipeline.reading.ingest import Added, Adding, Outcome, Refused, Unchanged, add_files
from pipeline.reading.tables import Columns
from tests.reading.files import docx, page, paragraph, pdf

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
        "malformed",
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


def test_the_file_of_an_article_that_was_edited_since_is_known(
    tmp_path: Path, corpus: Corpus
) -> None:
    paths = [put(tmp_path, "a.txt", TEXT), put(tmp_path, "t.csv", "id,text\nb,Peru agreed.\n")]
    list(add_files(paths, corpus))
    put(corpus.folder, "a.txt", TEXT + "More.\n")
    put(corpus.folder, "b.txt", "Peru disagreed.")
    outcomes = list(add_files(paths, corpus))
    assert [type(outcome) for outcome in outcomes] == [Unchanged, Unchanged]
    assert corpus.read("b").text == "Peru disagreed."


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


LONG = (
    "Chile rejected the draft of the treaty after a week of talks in the capital. Peru backed it, "
    "and Brazil’s foreign minister welcomed the vote as a step towards peace in the region."
)


def test_converted_files_become_articles_and_are_not_converted_twice(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [
        put(tmp_path, "a.html", page(f"<h1>The vote</h1><p>{LONG}</p>")),
        put(tmp_path, "b.docx", docx(paragraph("Mexico objected to the embargo."))),
        put(tmp_path, "c.pdf", pdf([[(72, 700, "Cuba left the talks.")]], info="/Title (Talks)")),
    ]
    assert [type(outcome) for outcome in add_files(paths, corpus)] == [Added] * 3
    for path, converter in zip(paths, ("trafilatura", "python-docx", "pdfminer.six"), strict=True):
        original = corpus.folder / "originals" / path.name
        source = corpus.read(path.stem).metadata["source"]
        assert original.read_bytes() == path.read_bytes()
        assert isinstance(source, dict)
        assert source["sha256"] == sha256_of_bytes(path.read_bytes())
        assert str(source["converter"]).startswith(converter)
    assert corpus.read("c").metadata["title"] == "Talks"
    assert corpus.read("c").metadata["pages"] == [0]
    before = snapshot(corpus.folder)
    monkeypatch.setattr(prepare, "run_bounded", lambda *_, **__: pytest.fail("converted again"))
    assert [type(outcome) for outcome in add_files(paths, corpus)] == [Unchanged] * 3
    assert snapshot(corpus.folder) == before


def test_a_table_is_an_article_a_row(tmp_path: Path, corpus: Corpus) -> None:
    path = put(
        tmp_path,
        "Speeches.csv",
        "nr;headline;body;speaker_id\n"
        'UN 1;The vote;"Chile; rejected\nthe draft.";7\n'
        "UN 2;;;8\n"
        "UN 3;Talks;Peru agreed to it.;9\n",
    )
    columns = Columns(text="body", id="nr", fields={"title": "headline"})
    outcomes = list(add_files([path], corpus, adding=Adding(columns=columns)))
    assert [getattr(outcome, "cause", None) for outcome in outcomes] == [None, "empty", None]
    assert corpus.ids() == ("un-1", "un-3")
    article = corpus.read("un-1")
    assert article.text == "Chile; rejected\nthe draft."
    assert article.metadata["title"] == "The vote"
    assert article.metadata["other"] == {"speaker_id": "7"}
    assert article.metadata["source"] == {
        "file": "Speeches.csv",
        "sha256": sha256_of_bytes(path.read_bytes()),
        "row": 1,
    }
    (original,) = (corpus.folder / "originals").iterdir()
    assert original.read_bytes() == path.read_bytes()
    before = snapshot(corpus.folder)
    again = list(add_files([path], corpus, adding=Adding(columns=columns)))
    assert [type(outcome) for outcome in again] == [Unchanged, Refused, Unchanged]
    assert snapshot(corpus.folder) == before


def test_json_lines_are_a_table_too(tmp_path: Path, corpus: Corpus) -> None:
    lines = (
        '{"article": "a", "text": "Chile objected.", "metadata": {"author": "A. Paz"}}\n'
        "{\n"
        "\n"
        '["b"]\n'
        '{"text": "Peru agreed.", "date": "2024"}\n'
        '{"text": 3}\n'
        '{"text": "\\ud800"}\n'
    )
    outcomes = list(add_files([put(tmp_path, "in.jsonl", lines)], corpus))
    causes = [getattr(outcome, "cause", None) for outcome in outcomes]
    assert causes == [None, "not-json", "not-json", None, "wrong-type", "undecodable"]
    assert corpus.read("a").metadata["author"] == "A. Paz"
    assert corpus.read("in-4").metadata["date"] == "2024"


@pytest.mark.parametrize(
    ("data", "columns", "cause", "hint"),
    [
        (b"a,b\n1,2\n", Columns(), "no-column", "a, b"),
        (b"id,text\n1,2\n", Columns(text="body"), "no-column", "id, text"),
        (b"id,text\n1\n", Columns(), "malformed", "cells"),
        (b'id,text\n1,"open\n', Columns(), "malformed", "CSV"),
        (b"id,text\x00\n", Columns(), "binary", "UTF-8"),
    ],
)
def test_a_bad_table_is_refused_by_cause(
    tmp_path: Path, corpus: Corpus, data: bytes, columns: Columns, cause: str, hint: str
) -> None:
    path = put(tmp_path, "a.csv", data)
    (outcome,) = add_files([path], corpus, adding=Adding(columns=columns))
    assert isinstance(outcome, Refused)
    assert outcome.cause == cause
    assert str(path) in outcome.message
    assert hint in outcome.message


def test_another_language_is_refused_by_name_or_routed(tmp_path: Path, corpus: Corpus) -> None:
    spanish = "El gobierno de Chile rechazó el borrador del tratado tras una semana de debates."
    path = put(tmp_path, "a.txt", spanish)
    refused = add_one(path, corpus)
    assert isinstance(refused, Refused)
    assert (refused.cause, corpus.ids()) == ("language", ())
    assert "Spanish (es)" in refused.message
    (routed,) = add_files([path], corpus, adding=Adding(languages={"en", "es"}))
    assert isinstance(routed, Added)
    assert corpus.read("a").metadata["language"] == "es"
    said = put(tmp_path, "b.txt", LONG)
    (outcome,) = add_files([said], corpus, metadata={"language": "fr"})
    assert isinstance(outcome, Refused)
    assert "said to be in French" in outcome.message


def test_a_person_who_says_english_is_believed(tmp_path: Path, corpus: Corpus) -> None:
    names = "CELAC, OAS, UNASUR, CICTE, LACNIC, CARICOM, MERCOSUR. " * 12
    assert isinstance(add_one(put(tmp_path, "a.txt", names), corpus, language="en"), Added)


def test_a_near_duplicate_is_linked_to_the_first_of_its_kind(
    tmp_path: Path, corpus: Corpus
) -> None:
    copy = put(tmp_path, "b.txt", f"By our correspondent\n\n{LONG}")
    third = put(tmp_path, "c.txt", LONG.replace("step", "stride") + " More follows.")
    other = put(tmp_path, "d.txt", "Cuba left the talks on trade, which had begun a month before.")
    outcomes = list(add_files([put(tmp_path, "a.txt", LONG), copy, third, other], corpus))
    assert all(isinstance(outcome, Added) for outcome in outcomes)
    linked = [duplicate_of(corpus.read(article).metadata) for article in corpus.ids()]
    assert linked == [None, "a", "a", None]
    likeness = corpus.read("b").metadata["likeness"]
    assert isinstance(likeness, float)
    assert 0.8 < likeness < 1
    assert isinstance(outcomes[1], Added)
    assert f"{likeness:.0%} like a" in outcomes[1].notes[0]
    later = add_one(put(tmp_path, "e.txt", LONG + " Bolivia, too."), corpus)
    assert isinstance(later, Added)
    assert duplicate_of(corpus.read("e").metadata) == "a", "also in a later call"


def test_a_newer_version_replaces_only_when_asked(tmp_path: Path, corpus: Corpus) -> None:
    path = put(tmp_path, "a.txt", LONG)
    add_one(path, corpus, title="The vote")
    newer = put(tmp_path / "new", "a.txt", LONG.replace("a week", "two weeks"))
    assert isinstance(add_one(newer, corpus), Refused)
    (outcome,) = add_files([newer], corpus, adding=Adding(replace=True))
    assert isinstance(outcome, Added)
    article = corpus.read("a")
    assert "two weeks" in article.text
    assert article.metadata["title"] == "The vote"
    assert duplicate_of(article.metadata) is None
    kept = {path.read_bytes() for path in (corpus.folder / "originals").iterdir()}
    assert kept == {path.read_bytes(), newer.read_bytes()}
    assert isinstance(add_one(newer, corpus), Unchanged)
