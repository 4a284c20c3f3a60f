"""HTML, PDF and DOCX: what becomes of their words, and which files are refused by name."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.errors import ArticleError
from pipeline.reading.converted import require
from pipeline.reading.docx import convert_docx
from pipeline.reading.html import convert_html
from pipeline.reading.pages import page_of
from pipeline.reading.pdf import convert_pdf
from pipeline.reading.safety import check_archive, read_limited, run_bounded
from tests.reading.files import docx, encrypted_pdf, page, paragraph, pdf

FIRST = "Chile rejected the draft of the treaty after a week of talks in the capital."
SECOND = "Peru’s government backed it, and Brazil’s foreign minister welcomed the vote."


def test_a_page_gives_its_main_text_and_what_it_says_of_itself() -> None:
    head = (
        "<title>The vote | The Paper</title><meta name='author' content='Ana Paz'>"
        "<meta property='og:title' content='The vote'>"
        "<meta property='og:site_name' content='The Paper'>"
        "<meta property='article:published_time' content='2024-05-31T10:00:00Z'>"
        "<link rel='canonical' href='https://example.org/the-vote'>"
    )
    found = convert_html(page(f"<h1>The vote</h1><p>{FIRST}</p><p>{SECOND}</p>", head=head))
    assert found.text.endswith(f"{FIRST}\n\n{SECOND}\n")
    assert found.metadata == {
        "title": "The vote",
        "author": "Ana Paz",
        "date": "2024-05-31",
        "publisher": "The Paper",
        "url": "https://example.org/the-vote",
    }
    for other in ("Home", "hidden", "Subscribe"):
        assert other not in found.text


def test_a_page_says_no_date_where_it_gives_none() -> None:
    found = convert_html(page(f"<p>{FIRST}</p><p>{SECOND} In 1998 and on 3 May 2001.</p>"))
    assert "date" not in found.metadata


def test_a_page_without_an_article_has_no_text() -> None:
    with pytest.raises(ArticleError, match="no article text") as caught:
        convert_html(b"<html><body><script>var a = 1;</script></body></html>")
    assert caught.value.cause == "no-text"


def test_pages_lose_their_heads_and_join_what_they_cut() -> None:
    def sheet(number: int, lines: list[str]) -> list[tuple[float, float, str]]:
        body = [(72.0, 700.0 - 13 * index, line) for index, line in enumerate(lines)]
        return [(72, 815, f"The Paper, issue {number}"), *body, (290, 25, f"- {number} -")]

    data = pdf(
        [
            sheet(1, ["Chile rejected the nego-", "tiated draft, and Peru wel-"]),
            sheet(2, ["comed it. Talks went on", "in Lima."]),
            sheet(3, ["Brazil objected."]),
        ],
        info="/Title (The vote) /Author (A. Paz)",
    )
    found = convert_pdf(data)
    assert found.text == (
        "Chile rejected the negotiated draft, and Peru welcomed it. Talks went on in Lima.\n\n"
        "Brazil objected.\n"
    )
    pages = tuple(found.metadata["pages"])  # type: ignore[call-overload]
    places = [page_of(pages, found.text.index(word)) for word in ("Chile", "Talks", "Brazil")]
    assert places == [1, 2, 3]
    assert (found.metadata["title"], found.metadata["author"]) == ("The vote", "A. Paz")


def test_a_hyphen_that_belongs_to_the_word_stays() -> None:
    lines = ["A US-led force left. The US-", "led force came back."]
    data = pdf([[(72, 700 - 13 * n, line) for n, line in enumerate(lines)]])
    assert convert_pdf(data).text == "A US-led force left. The US-led force came back.\n"


def test_columns_are_read_one_after_the_other() -> None:
    left = [(60.0, 700.0 - 13 * n, f"Left column line {n} of words") for n in range(12)]
    right = [(330.0, 700.0 - 13 * n, f"Right column line {n} of words") for n in range(12)]
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    text = convert_pdf(pdf([mixed])).text
    assert text.index("Left column line 11") < text.index("Right column line 0")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (encrypted_pdf(), "encrypted"),
        (pdf([[]]), "no-text"),
        (pdf([[(72, 700, "A")]], catalog="/OpenAction << /S /Launch >>"), "active-content"),
        (pdf([[(72, 700, "A")]], catalog="/OpenAction << /S /JavaScript >>"), "active-content"),
        (b"%PDF-1.4\n" + b"\x00garbage" * 50, "malformed"),
    ],
)
def test_a_pdf_is_refused_by_cause(data: bytes, cause: str) -> None:
    with pytest.raises(ArticleError, match=r"a\.pdf") as caught:
        run_bounded(convert_pdf, data, name="a.pdf")
    assert caught.value.cause == cause


def test_a_document_keeps_headings_tables_and_accepted_changes() -> None:
    body = (
        paragraph("The vote", style="Heading1")
        + "<w:p><w:r><w:t>Chile </w:t></w:r><w:del><w:r><w:delText>backed</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>rejected</w:t></w:r></w:ins><w:r><w:t> it.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc>"
        + paragraph("Peru")
        + "</w:tc><w:tc>"
        + paragraph("yes")
        + "</w:tc></w:tr></w:tbl>"
    )
    found = convert_docx(docx(body, title="On the vote"))
    assert found.text == "The vote\n\nChile rejected it.\n\nPeru\tyes\n"
    assert found.metadata == {"title": "On the vote", "author": "A. Paz"}


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (docx(paragraph(" ")), "no-text"),
        (docx(paragraph("A"), extra={"word/vbaProject.bin": b"x"}), "active-content"),
        (docx(paragraph("A"), extra={"word/media/a.bin": bytes(30_000_000)}), "zip-bomb"),
        (docx(paragraph("A"))[:-60], "malformed"),
        (docx("<w:p>"), "malformed"),
    ],
)
def test_a_document_is_refused_by_cause(data: bytes, cause: str) -> None:
    with pytest.raises(ArticleError, match=r"a\.docx") as caught:
        run_bounded(convert_docx, data, name="a.docx")
    assert caught.value.cause == cause


def test_entities_of_a_document_are_not_expanded() -> None:
    whole = docx(paragraph("&bomb;"))
    bomb = "<!DOCTYPE w [<!ENTITY a 'lol'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9)
    )
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = (bomb + "<!ENTITY bomb '&j;'>]>").encode() + parts[
        "word/document.xml"
    ]
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(ArticleError):
        run_bounded(convert_docx, buffer.getvalue(), name="a.docx", seconds=10)


def test_an_archive_of_very_many_files_is_not_opened() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), b"")
    with pytest.raises(ArticleError, match="zip bomb"):
        check_archive(buffer.getvalue(), name="a.docx")


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as stream:
        stream.truncate(500 * 1024 * 1024)
    begun = time.perf_counter()
    with pytest.raises(ArticleError, match="larger than 50 MB") as caught:
        read_limited(path)
    assert caught.value.cause == "too-large"
    assert time.perf_counter() - begun < 0.5


def _sleep(_: bytes) -> str:
    time.sleep(30)
    return ""


def _swell(_: bytes) -> str:
    return "".join(["x" * 300_000_000])


def _die(_: bytes) -> str:
    import os

    os._exit(9)


@pytest.mark.parametrize(
    ("convert", "cause"),
    [(_sleep, "too-slow"), (_swell, "too-much-memory"), (_die, "malformed")],
)
def test_a_conversion_stays_in_its_bounds(convert: object, cause: str) -> None:
    assert callable(convert)
    begun = time.perf_counter()
    with pytest.raises(ArticleError, match=r"a\.pdf") as caught:
        run_bounded(convert, b"", name="a.pdf", seconds=1, memory=100 * 2**20)
    assert caught.value.cause == cause
    assert time.perf_counter() - begun < 5


def test_a_missing_library_names_its_extra() -> None:
    with pytest.raises(ArticleError, match=r"stance-claims\[pdf\]"):
        require("there_is_no_such_module", extra="pdf")
