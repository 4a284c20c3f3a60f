"""Files made to do harm: nothing is run, fetched or kept, and time and memory are bounded."""

from __future__ import annotations

import gzip
import os
import time
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.errors import ArticleError
from pipeline.reading import ingest, pdf
from pipeline.reading.corpus import Corpus
from pipeline.reading.html import convert_html
from pipeline.reading.ingest import Refused, add_files
from pipeline.reading.pdf import convert_pdf
from pipeline.reading.safety import MAX_FILE_BYTES, run_bounded
from tests.reading.files import page, pdf_of_stream
from tests.reading.files import pdf as pdf_of

FIRST = "Chile rejected the draft of the treaty after a week of talks in the capital."
LAST = "Peru’s government backed it, and Brazil’s foreign minister welcomed the vote."
ACTIVE = [
    "<script>evil()</script>",
    "<script type='module' src='https://example.org/evil.js'></script>",
    "<p onclick='evil()'>Cuba <a href='javascript:evil()'>agreed</a> to it.</p>",
    "<img src='x' onerror='evil()' alt='evil'>",
    "<iframe src='https://example.org/evil'>evil</iframe>",
    "<iframe srcdoc='&lt;script&gt;evil()&lt;/script&gt;'></iframe>",
    "<object data='data:text/html,evil'>evil</object>",
    "<embed src='data:text/html,evil'>",
    "<applet code='evil'>evil</applet>",
    "<svg onload='evil()'><text>evil</text><script>evil()</script></svg>",
    "<video src='https://example.org/evil'>evil</video>",
    "<canvas>evil</canvas>",
    "<template><p>evil</p></template>",
    "<style>@import url(https://example.org/evil.css)</style>",
    "<p style='background:url(javascript:evil())'>Cuba agreed to it.</p>",
    "<!--[if IE]><script>evil()</script><![endif]-->",
    "<meta http-equiv='refresh' content='0;url=javascript:evil()'>",
]


@pytest.mark.parametrize("active", [*ACTIVE, "".join(ACTIVE)])
def test_nothing_active_of_a_page_is_kept(active: str) -> None:
    found = convert_html(page(f"<p>{FIRST}</p>{active}<p>{LAST}</p>"))
    assert found.text.startswith(FIRST)
    assert found.text.endswith(f"{LAST}\n")
    assert "evil" not in f"{found.text}{found.metadata}"


@pytest.mark.parametrize(
    "head",
    [
        "<link rel='canonical' href='{}'>",
        "<meta property='og:url' content='{}'>",
        "<base href='{}'>",
        "<script type='application/ld+json'>"
        '{{"@type": "NewsArticle", "url": "{0}", "mainEntityOfPage": "{0}"}}</script>',
    ],
)
@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd"]
)
def test_the_address_of_a_page_is_one_of_the_web(head: str, url: str) -> None:
    found = convert_html(page(f"<p>{FIRST}</p><p>{LAST}</p>", head=head.format(url)))
    assert "url" not in found.metadata


def test_an_address_that_the_library_lets_pass_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for url, kept in (("javascript:alert(1)", False), ("https://example.org/vote", True)):
        found = SimpleNamespace(text=FIRST, title="", author="", date="", sitename="", url=url)
        monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, found=found, **__: found)
        assert ("url" in convert_html(page(f"<p>{FIRST}</p>")).metadata) is kept


def test_what_a_page_states_is_a_line_and_no_book() -> None:
    head = f"<title>{'vote ' * 1000}</title><meta name='author' content='Ana\n Paz'>"
    found = convert_html(page(f"<p>{FIRST}</p><p>{LAST}</p>", head=head))
    assert found.metadata == {"author": "Ana Paz"}


def test_entities_of_a_page_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("evil")
    levels = "".join(
        f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9)
    )
    data = (
        "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'evil'>"
        f"<!ENTITY file SYSTEM '{secret.as_uri()}'><!ENTITY % more SYSTEM '{secret.as_uri()}'>"
        f"%more;{levels}]><html xmlns='http://www.w3.org/1999/xhtml' "
        "xmlns:xi='http://www.w3.org/2001/XInclude'><body><article>"
        f"<p>{FIRST}</p><p>The words are &file; and &j; here.</p>"
        f"<xi:include href='{secret.as_uri()}' parse='text'/><p>{LAST}</p></article></body></html>"
    )
    found = run_bounded(convert_html, data.encode(), name="a.xhtml", seconds=10)
    assert FIRST in found.text
    assert "evil" not in found.text
    assert len(found.text) < 1000


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (page("<div>" * 100_000 + f"<p>{FIRST}</p>" + "</div>" * 100_000), "malformed"),
        (page(f"<p>{FIRST}</p>" + "<b><i><table>" * 100_000 + f"<p>{LAST}</p>"), "malformed"),
        (gzip.compress(page(f"<p>{FIRST}</p>" + "<p>a</p>" * 10_000_000), 9), "binary"),
    ],
    ids=["nested", "open", "packed"],
)
def test_a_page_that_is_too_deep_or_too_large_is_refused(data: bytes, cause: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(ArticleError, match=r"a\.html") as caught:
        run_bounded(convert_html, data, name="a.html")
    assert caught.value.cause == cause
    assert time.perf_counter() - begun < 10


def test_a_page_may_be_nested_as_deeply_as_it_is_read_whole() -> None:
    text = convert_html(page("<div>" * 240 + f"<p>{FIRST}</p>" + "</div>" * 240 + LAST)).text
    assert FIRST in text
    assert LAST in text


def packed(megabytes: int) -> bytes:
    """A megabyte of text, over and over, at a thousandth of its size."""
    packer = zlib.compressobj(9)
    block = b"(" + b"a" * (2**20 - 6) + b") Tj\n"
    return b"".join([*(packer.compress(block) for _ in range(megabytes)), packer.flush()])


@pytest.mark.parametrize(
    ("content", "filters"),
    [
        (packed(400), "/FlateDecode"),
        (zlib.compress(packed(400)), "[/FlateDecode /FlateDecode]"),
        (packed(400)[:-100], "/FlateDecode"),
        (zlib.compress(b"[" * 3_000_000), "/FlateDecode"),
    ],
    ids=["once", "twice", "damaged", "nested"],
)
def test_a_pdf_that_unpacks_to_very_much_stays_in_its_memory(content: bytes, filters: str) -> None:
    data = pdf_of_stream(content, filters)
    assert len(data) < 500_000
    begun = time.perf_counter()
    with pytest.raises(ArticleError, match=r"a\.pdf.*needs more than 100 MB") as caught:
        run_bounded(convert_pdf, data, name="a.pdf", memory=100 * 2**20)
    assert caught.value.cause == "too-much-memory"
    assert time.perf_counter() - begun < 20


def test_a_stream_that_is_packed_is_read() -> None:
    content = b"BT /F1 11 Tf 1 0 0 1 72 700 Tm (Chile objected.) Tj ET"
    assert convert_pdf(pdf_of_stream(zlib.compress(content))).text == "Chile objected.\n"


SHEET = [(72.0, 700.0, "Chile objected.")]


WHOLE = pdf_of([SHEET], trailer="/Prev 00000")


@pytest.mark.parametrize(
    "data",
    [
        WHOLE.replace(b"/Prev 00000", b"/Prev %05d" % WHOLE.index(b"xref\n")),
        pdf_of([]).replace(b"/Kids []", b"/Kids [2 0 R]"),
        pdf_of([]),
        pdf_of([SHEET])[:100],
    ],
    ids=["tables", "pages", "none", "cut"],
)
def test_a_pdf_that_leads_in_circles_or_nowhere_is_malformed(data: bytes) -> None:
    with pytest.raises(ArticleError, match=r"a\.pdf") as caught:
        run_bounded(convert_pdf, data, name="a.pdf", seconds=10)
    assert caught.value.cause == "malformed"


@pytest.mark.parametrize(
    ("old", "new"), [(b"/Kids [6 0 R]", b"/Kids [2 0 R]"), (b"/Pages 2 0 R", b"/Pages 9 0 R")]
)
def test_pages_that_the_document_does_not_list_are_found_and_checked(
    old: bytes, new: bytes
) -> None:
    assert convert_pdf(pdf_of([SHEET]).replace(old, new)).text == "Chile objected.\n"
    script = "/AA << /O << /S /JavaScript /JS (evil) >> >>"
    with pytest.raises(ArticleError, match="JavaScript"):
        convert_pdf(pdf_of([SHEET], sheet=script).replace(old, new))


def test_a_pdf_of_very_many_pages_or_letters_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf_of([SHEET] * 5)
    assert convert_pdf(data).text.count("Chile") == 5
    for name, limit, words in (("MAX_CHARACTERS", 40, "by page 3"), ("MAX_PAGES", 4, "4 pages")):
        monkeypatch.setattr(pdf, name, limit)
        with pytest.raises(ArticleError, match=words) as caught:
            convert_pdf(data)
        assert caught.value.cause == "too-long"


def test_a_file_that_is_too_large_is_not_read_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as stream:
        stream.truncate(MAX_FILE_BYTES + 1)
    monkeypatch.setattr(ingest, "sha256_of_file", lambda _: pytest.fail("it was read"))
    (outcome,) = add_files([path], Corpus(tmp_path / "corpus"))
    assert isinstance(outcome, Refused)
    assert outcome.cause == "too-large"


def _crumble(_: bytes) -> list[object]:
    crumbs: list[object] = []
    while True:
        crumbs.append([crumbs, len(crumbs)])


def _abort(_: bytes) -> str:
    os.write(1, b"evil")
    os.write(2, b"\x1b]0;evil\x07")
    os._exit(9)


@pytest.mark.parametrize(
    ("convert", "cause"), [(_crumble, "too-much-memory"), (_abort, "malformed")]
)
def test_a_conversion_that_fails_says_so_and_prints_nothing(
    convert: object, cause: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert callable(convert)
    with pytest.raises(ArticleError, match=r"a\.pdf") as caught:
        run_bounded(convert, b"", name="a.pdf", seconds=10, memory=50 * 2**20)
    assert caught.value.cause == cause
    assert capfd.readouterr() == ("", "")
