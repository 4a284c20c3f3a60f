"""Tables of articles as spreadsheets write them, and rows that are added again."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline.reading.storing as storing
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.intake import read_intake
from pipeline.reading.corpus import Corpus
from pipeline.reading.ingest import Added, Adding, Corrected, Outcome, Refused, Unchanged, add_files
from pipeline.reading.tables import Columns

WORDS = read_intake((packaged_models(),))
ROWS = (
    "Nr,Headline,Pub Date,Summary,Body\n"
    "7,The accord,25/11/2023,A short word on Kenya.,Kenya refused to sign the accord on fishing.\n"
    "8,The chair,7/11/2023,A short word on the chair.,The chair closed the meeting late at night.\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path / "corpus")


def put(corpus: Corpus, name: str, data: bytes | str) -> Path:
    path = corpus.folder.parent / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def add(corpus: Corpus, path: Path, **options: object) -> list[Outcome]:
    how = {"metadata": {"language": "en"}, "words": WORDS, **options}
    return list(add_files([path], corpus, adding=Adding(**how)))  # type: ignore[arg-type]


def fields(corpus: Corpus, article: str) -> dict[str, object]:
    found = corpus.read(article).metadata
    return {name: found[name] for name in ("title", "author", "date", "other") if name in found}


@pytest.mark.parametrize(
    "data",
    [
        "sep=;\r\nHeadline;Body\r\nThe accord, again;Kenya, for one, refused.\r\n",
        '"sep=;"\nHeadline;Body\nThe accord, again;Kenya, for one, refused.\n',
        "SEP=;;;\nHeadline;Body\nThe accord, again;Kenya, for one, refused.\n",
        "sep=^\nHeadline^Body\nThe accord, again^Kenya, for one, refused.\n",
        "\ufeffsep=\t\r\nHeadline\tBody\r\nThe accord, again\tKenya, for one, refused.\r\n",
        '\n"Head, line";Body\nThe accord, again;Kenya, for one, refused.\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_separator_that_excel_names_is_no_row(corpus: Corpus, data: str, encoding: str) -> None:
    (outcome,) = add(corpus, put(corpus, "t.csv", data.encode(encoding)))
    assert isinstance(outcome, Added)
    assert outcome.article == "t-1"
    article = corpus.read("t-1")
    assert article.text == "Kenya, for one, refused."
    assert "The accord, again" in str(article.metadata)


def test_a_line_of_a_fault_counts_the_separator(corpus: Corpus) -> None:
    data = 'id;text\n1;Kenya refused.\n2;"open\n'
    lines = []
    for name, head in (("a.csv", ""), ("b.csv", "sep=;\n")):
        outcome = add(corpus, put(corpus, name, head + data))[-1]
        assert isinstance(outcome, Refused)
        lines.append(int(outcome.message.split("from line ")[1].split()[0]))
    assert lines[1] == lines[0] + 1


def test_columns_are_recognised_and_said(corpus: Corpus) -> None:
    outcomes = add(corpus, put(corpus, "t.csv", ROWS))
    assert isinstance(outcomes[0], Added)
    for note in (
        "text from column 'Body'",
        "title from column 'Headline'",
        "date from column 'Pub Date'",
        "date 2023-11-25 from '25/11/2023'",
    ):
        assert note in outcomes[0].notes
    other = {"Nr": "7", "Summary": "A short word on Kenya."}
    assert fields(corpus, "t-1") == {"title": "The accord", "date": "2023-11-25", "other": other}
    assert fields(corpus, "t-2")["date"] == "2023-11-07", "the column has the day first"


def test_a_column_that_was_named_goes_before_one_that_is_recognised(corpus: Corpus) -> None:
    data = "title,headline,text\nFirst,Second,Kenya refused.\n"
    (outcome,) = add(
        corpus, put(corpus, "t.csv", data), columns=Columns(fields={"title": "headline"})
    )
    assert isinstance(outcome, Added)
    assert not [note for note in outcome.notes if "from column" in note]
    assert fields(corpus, "t-1") == {"title": "Second", "other": {"title": "First"}}


@pytest.mark.parametrize("date", ["7/11/2023", "yesterday", "2023-02-30", "1/2/23"])
def test_a_date_that_is_none_or_two_refuses_the_row_by_name(corpus: Corpus, date: str) -> None:
    data = f"date,text\n{date},Kenya refused to sign.\n2023-11-07,The chair closed the meeting.\n"
    outcomes = add(corpus, put(corpus, "t.csv", data))
    assert isinstance(outcomes[0], Refused)
    assert outcomes[0].cause == "date"
    assert f"t.csv: row 1: its date {date} " in outcomes[0].message
    assert isinstance(outcomes[1], Added)
    assert corpus.ids() == ("t-2",)


def test_dates_of_json_lines_are_settled_together_too(corpus: Corpus) -> None:
    lines = (
        '{"id": "a", "metadata": {"date": "7/11/2023"}, "text": "Kenya refused."}\n'
        '{"id": "b", "published_at": "2023-11-08T10:00:00Z", "text": "The chair left."}\n'
        '{"id": "c", "date": "11/25/2023", "text": "Tanzania agreed."}\n'
        '{"id": "d", "date": "n/a", "text": "Mozambique waited."}\n'
    )
    assert all(isinstance(one, Added) for one in add(corpus, put(corpus, "t.jsonl", lines)))
    assert [fields(corpus, one).get("date") for one in "abcd"] == [
        "2023-07-11",
        "2023-11-08",
        "2023-11-25",
        None,
    ]


def test_a_row_under_another_mapping_is_said_and_corrected_when_asked(corpus: Corpus) -> None:
    path = put(corpus, "t.csv", ROWS)
    add(corpus, path, columns=Columns(fields={"title": "Summary", "author": "Headline"}))
    before = fields(corpus, "t-1")
    assert (before["title"], before["author"]) == ("A short word on Kenya.", "The accord")
    again = add(corpus, path)
    assert all(isinstance(one, Unchanged) for one in again)
    assert fields(corpus, "t-1") == before
    assert "correct it with --replace" in str(again[0])
    dry = add(corpus, path, replace=True, dry_run=True)
    assert fields(corpus, "t-1") == before
    corrected = add(corpus, path, replace=True)
    assert dry == corrected
    assert all(isinstance(one, Corrected) for one in corrected)
    assert fields(corpus, "t-1") == {
        "title": "The accord",
        "date": "2023-11-25",
        "other": {"Nr": "7", "Summary": "A short word on Kenya."},
    }
    assert all(isinstance(one, Unchanged) for one in add(corpus, path, replace=True))


def test_a_row_whose_text_was_of_another_column_is_replaced_when_asked(corpus: Corpus) -> None:
    path = put(corpus, "t.csv", ROWS)
    add(corpus, path, columns=Columns(text="Summary"))
    columns = Columns(text="Body", id="Nr")
    again = add(corpus, path, columns=columns)
    assert all(isinstance(one, Unchanged) for one in again)
    assert "or is of another column" in str(again[0])
    outcomes = add(corpus, path, columns=columns, replace=True)
    assert all(isinstance(one, Added) for one in outcomes)
    assert corpus.ids() == ("t-1", "t-2"), "no row is in the corpus twice"
    assert corpus.read("t-1").text == "Kenya refused to sign the accord on fishing."
    assert "claims rename t-1 7" in str(outcomes[0])
    assert len(list((corpus.folder / "originals").iterdir())) == 1


def test_what_a_newer_file_states_goes_before_when_it_replaces(corpus: Corpus) -> None:
    def page(title: str) -> str:
        return f"---\ntitle: {title}\n---\nKenya refused to sign the accord on fishing.\n"

    add(corpus, put(corpus, "a.md", page("Old")), metadata={"language": "en", "author": "A. Paz"})
    newer = put(corpus, "a.md", page("New"))
    assert isinstance(add(corpus, newer)[0], Unchanged)
    assert isinstance(add(corpus, newer, replace=True)[0], Corrected)
    assert fields(corpus, "a") == {"title": "New", "author": "A. Paz"}


def test_the_table_is_hashed_once_and_not_with_every_row(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = "id,text\n" + "".join(f"r{n},Kenya refused {n} times to sign.\n" for n in range(50))
    path = put(corpus, "t.csv", data)
    hashed: list[Path] = []
    real = storing.sha256_of_file
    monkeypatch.setattr(storing, "sha256_of_file", lambda one: hashed.append(one) or real(one))
    monkeypatch.setattr(storing, "sha256_of_bytes", lambda _: pytest.fail("hashed again"))
    assert all(isinstance(one, Added) for one in add(corpus, path))
    more = put(corpus, "t.csv", data)
    outcomes = add(corpus, more, columns=Columns(id="id"), replace=True)
    assert all(isinstance(one, Unchanged) for one in outcomes)
    assert len(hashed) <= 1
    assert len(list((corpus.folder / "originals").iterdir())) == 1


def test_bylines_and_titles_of_plain_text_are_stored_and_said(corpus: Corpus) -> None:
    text = "An accord on fishing\n\nBy Wanjiru Maina\n\nKenya refused to sign it on Tuesday.\n"
    (outcome,) = add(corpus, put(corpus, "a.txt", text))
    assert isinstance(outcome, Added)
    assert outcome.notes == (
        "title 'An accord on fishing' from line 1",
        "author 'Wanjiru Maina' from line 3",
    )
    assert corpus.read("a").text == text, "nothing is taken out of the text"
    assert fields(corpus, "a") == {"title": "An accord on fishing", "author": "Wanjiru Maina"}


def test_what_a_person_says_goes_before_what_is_recognised(corpus: Corpus) -> None:
    text = "An accord on fishing\n\nBy Wanjiru Maina\n\nKenya refused to sign it on Tuesday.\n"
    (outcome,) = add(
        corpus, put(corpus, "a.txt", text), metadata={"title": "Mine", "language": "en"}
    )
    assert isinstance(outcome, Added)
    assert "title" not in str(outcome.notes)
    newer = put(corpus, "a.txt", text + "More.\n")
    assert isinstance(add(corpus, newer, replace=True)[0], Added)
    assert fields(corpus, "a")["title"] == "Mine", "not what a line over the text seems to say"
