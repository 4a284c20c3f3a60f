from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.errors import ArticleError
from pipeline.reading.decode import MAX_BYTES, MAX_CHARACTERS, decode_article, read_bytes

PROSE = "“Perú’s vote” – a façade? Brasília said: « non ». Zoë paid 5 € in Århus…\n"

MARKED = [
    ("utf-8", b"\xef\xbb\xbf"),
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
    ("utf-32-le", b"\xff\xfe\x00\x00"),
    ("utf-32-be", b"\x00\x00\xfe\xff"),
]

# Any text but NUL, carriage returns, byte order marks and many control characters.
TEXTS = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=("Cc",), exclude_characters="\ufeff"),
        st.sampled_from("\n\t \u2028\u0085"),
    ),
    min_size=1,
).filter(lambda text: not text.isspace())


def refused(data: bytes) -> ArticleError:
    with pytest.raises(ArticleError) as caught:
        decode_article(data, name="a.txt")
    assert str(caught.value).startswith("a.txt: ")
    assert ";" in str(caught.value), "the message says what to do"
    return caught.value


def test_plain_utf8_is_taken_as_it_is() -> None:
    decoded = decode_article(PROSE.encode(), name="a.txt")
    assert (decoded.text, decoded.encoding, decoded.notes) == (PROSE, "utf-8", ())


@pytest.mark.parametrize(("encoding", "mark"), MARKED)
def test_marked_encodings_lose_their_mark(encoding: str, mark: bytes) -> None:
    decoded = decode_article(mark + PROSE.encode(encoding), name="a.txt")
    assert (decoded.text, decoded.encoding) == (PROSE, encoding)
    assert "byte order mark taken off" in decoded.notes


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [PROSE, "Перу проголосовал против проекта.\n", "智利 反对 草案\n"])
def test_utf16_without_its_mark_is_detected(encoding: str, text: str) -> None:
    decoded = decode_article(text.encode(encoding), name="a.txt")
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize(
    "text",
    [PROSE, "¿Qué dijo el señor Muñoz?", "Das größte Übel", "À l’été, où ça?", "l’œuvre, Šibenik"],
)
def test_windows_1252_is_detected_and_told(text: str) -> None:
    decoded = decode_article(text.encode("windows-1252"), name="a.txt")
    assert (decoded.text, decoded.encoding) == (text, "windows-1252")
    assert decoded.notes == ("from Windows-1252",)


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (b"a\r\nb\r\n", "a\nb\n", "CRLF to LF"),
        (b"a\rb\r", "a\nb\n", "CR to LF"),
        (b"a\r\nb\rc\n", "a\nb\nc\n", "CRLF to LF"),
    ],
)
def test_line_ends_become_lf(data: bytes, text: str, note: str) -> None:
    decoded = decode_article(data, name="a.txt")
    assert (decoded.text, decoded.notes) == (text, (note,))


def test_nothing_else_is_normalised() -> None:
    text = "  e\u0301 ﬁ\u00a0\u2028\u0085\x0c ½\x1b[0m \n\n\n" + "words " * 100
    decoded = decode_article(text.encode(), name="a.txt")
    assert decoded.text == text
    assert decoded.notes == ("1 control characters kept",)


def test_lost_characters_are_told() -> None:
    assert decode_article("Per\ufffd".encode(), name="a").notes[0].startswith("1 characters were")


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", "\u00a0\n".encode(), b"\xef\xbb\xbf\n"]
)
def test_empty_is_refused(data: bytes) -> None:
    assert refused(data).cause == "empty"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%", "a PDF"),
        (b"PK\x03\x04\x14\x00", ".docx"),
        (b"{\\rtf1 Chile}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\x00", "an image"),
        (b"Chile\x00objected.", "NUL"),
        (bytes(range(256)) * 4, "NUL"),
        (bytes(range(1, 256)) * 4, "not text"),
        (b"\x01\x02\x03\x04 words", "not text"),
    ],
)
def test_binary_is_refused(data: bytes, words: str) -> None:
    error = refused(data)
    assert (error.cause, words in str(error)) == ("binary", True)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Президент Перу выступил против проекта.".encode("cp1251"), "looks like"),
        ("Перу “за” или".encode("cp1251"), "it would read 'Ïåðó'"),
        ("Γειά σου Κόσμε, η Χιλή αντιτίθεται".encode("cp1253"), "it would read"),
        ("チリは草案に反対した。".encode("shift-jis"), ""),
        ("Zażółć gęślą jaźń, powiedział rząd".encode("cp1250"), ""),
        ("don’t say it’s Perú".encode("mac-roman"), ""),
        (b"byte \x81 is nothing", "byte 5"),
        ("Perú’s “vote”\n".encode() + b"and \xe2\x80 cut", "damaged in line 2"),
        (b"\xff\xfeo\x00d", "begins as UTF-16 LE"),
        (b"\xef\xbb\xbfPer\xfa", "begins as UTF-8"),
        (b"\xff\xfe\x00\xd8a\x00", "begins as UTF-16 LE"),
    ],
)
def test_undecodable_is_refused(data: bytes, words: str) -> None:
    error = refused(data)
    assert (error.cause, words in str(error)) == ("undecodable", True)


def test_over_long_is_refused_and_the_limit_itself_is_not() -> None:
    assert len(decode_article(b"a" * MAX_CHARACTERS, name="a.txt").text) == MAX_CHARACTERS
    error = refused(b"a" * (MAX_CHARACTERS + 1))
    assert error.cause == "too-long"
    assert "1,000,001 characters, more than the 1,000,000" in str(error)


def test_a_file_over_the_byte_limit_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES * 10_000)  # sparse: 40 GB that no memory holds
    with pytest.raises(ArticleError, match="more than 4,000,004 bytes") as caught:
        read_bytes(path)
    assert caught.value.cause == "too-long"


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.txt", "no such file"), (tmp_path, "is a folder")):
        with pytest.raises(ArticleError, match=words) as caught:
            read_bytes(path)
        assert caught.value.cause == "missing"


@pytest.mark.skipif(os.name != "posix", reason="FIFOs are POSIX")
def test_a_pipe_in_the_file_system_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(ArticleError, match="it is a pipe, not a file"):
        read_bytes(tmp_path / "a.txt")


@given(TEXTS, st.sampled_from(MARKED))
def test_any_text_comes_back_from_every_marked_encoding(
    text: str, marked: tuple[str, bytes]
) -> None:
    encoding, mark = marked
    decoded = decode_article(mark + text.encode(encoding), name="a.txt")
    assert decoded.text == text


@given(TEXTS)
def test_any_text_comes_back_from_utf8_and_again(text: str) -> None:
    assume(not text.startswith(("%PDF-", "{\\rtf", "GIF8")))
    decoded = decode_article(text.replace("\n", "\r\n").encode(), name="a.txt")
    assert decoded.text == text
    assert decode_article(decoded.text.encode(), name="a.txt").text == text


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    cause, text = "", "text"
    try:
        text = decode_article(data, name="a.txt").text
    except ArticleError as error:
        cause = error.cause
    assert cause in {"", "empty", "binary", "undecodable"}
    assert "\r" not in text
    assert text.encode("utf-8")
    assert not text.isspace()
