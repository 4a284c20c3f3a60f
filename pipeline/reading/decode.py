"""Bytes of an article file into its text, or the reason why they are refused.

Taken are UTF-8, UTF-16 (and UTF-32 with its mark) and Windows-1252. Byte order marks at the
beginning go and CRLF and CR become LF; nothing else of the text is changed: no Unicode
normalisation, no trimming, and control characters other than NUL stay (what shows a text has to
escape them).
"""

from __future__ import annotations

import codecs
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ArticleError
from pipeline.guarded.files import open_file
from pipeline.guarded.source import Source

MAX_CHARACTERS = 1_000_000
"""The longest article taken, in code points: a book of 600 pages, and all that spaCy parses."""

MAX_BYTES = 4 * MAX_CHARACTERS + 4
"""The largest file read: ``MAX_CHARACTERS`` at four bytes each and a byte order mark."""

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive, as .docx and .odt files are"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
)
_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    "windows-1252": "Windows-1252",
}
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_SHARE = 0.01
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_MOJIBAKE = re.compile(
    "[À-ÖØ-öø-ÿ]{4}"  # another alphabet: French, Spanish and German have at most three together
    "|[a-z][À-ÖØ-ÞŠŽŒŸˆ‰†‡][a-z]"  # a capital inside a word: the quotes and accents of old Macs
    "|[A-Za-zÀ-ÿ][¤¦¨¬¯±²³¶¸¹¼¾¿¡×÷]+[A-Za-zÀ-ÿ]"  # a sign inside a word
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the encoding that it was in, and what was converted, for the report."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def read_bytes(path: Path) -> bytes:
    """The bytes of an article file, of which no more than ``MAX_BYTES`` are read.

    Raises:
        ArticleError: ``missing``, ``unreadable`` or ``too-long``.
    """
    if path.is_dir():
        raise ArticleError(
            f"{path}: is a folder; name the files in it, as in {path}/*.txt", cause="missing"
        )
    if not os.path.lexists(path):
        raise ArticleError(f"{path}: there is no such file; check its name", cause="missing")
    with open_file(path, Source(str(path), ArticleError)) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ArticleError(
            f"{path}: {_too_long(f'more than {MAX_BYTES:,} bytes')}", cause="too-long"
        )
    return data


def decode_article(data: bytes, *, name: str) -> Decoded:
    r"""The text in ``data``, with LF newlines and no byte order mark; ``name`` is for errors.

    Raises:
        ArticleError: ``empty``, ``binary``, ``too-long`` or ``undecodable``.

    >>> decoded = decode_article(b"Per\xfa objected.\r\n", name="a.txt")
    >>> decoded.text, decoded.notes
    ('Perú objected.\n', ('from Windows-1252', 'CRLF to LF'))
    """
    try:
        text, encoding, marked = decode_bytes(data)
        _check(text)
    except ArticleError as error:
        raise ArticleError(f"{name}: {error}", cause=error.cause) from error
    notes = [] if encoding == "utf-8" else [f"from {encoding_name(encoding)}"]
    if marked:
        notes.append("byte order mark taken off")
        text = text.lstrip("\ufeff")
    if "\r" in text:
        notes.append("CRLF to LF" if "\r\n" in text else "CR to LF")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if controls := len(_CONTROLS.findall(text)):
        notes.append(f"{controls} control characters kept")
    if damaged := text.count("\ufffd"):
        notes.append(f"{damaged} characters were lost before (U+FFFD)")
    return Decoded(text, encoding, tuple(notes))


def decode_bytes(data: bytes) -> tuple[str, str, bool]:
    r"""The text as it stands, its encoding and whether it began with a byte order mark.

    The errors do not name the file: whoever catches them puts the name first.

    Raises:
        ArticleError: ``binary`` or ``undecodable``.

    >>> decode_bytes(b"Per\xfa objected.")
    ('Perú objected.', 'windows-1252', False)
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ArticleError(f"is {what}, not text; save it as plain text (.txt)", cause="binary")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), encoding, True
    if b"\x00" in data:
        text, encoding = _unmarked_utf16(data)
        return text, encoding, False
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError as error:
        return _windows_1252(data, error), "windows-1252", False


def encoding_name(encoding: str) -> str:
    """What a person calls an encoding that Python has under this name.

    >>> encoding_name("utf-16-le"), encoding_name("cp1251"), encoding_name("iso8859-2")
    ('UTF-16 LE', 'Windows-1251', 'ISO-8859-2')
    """
    if found := _NAMES.get(encoding):
        return found
    name = encoding.replace("iso8859", "iso-8859").upper()
    return f"Windows-{name[2:]}" if name.startswith("CP125") else name


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(
            f"it begins as {_NAMES[encoding]} but byte {error.start:,} is not", hint=""
        ) from error


def _unmarked_utf16(data: bytes) -> tuple[str, str]:
    """The text of UTF-16 without its mark: NULs stand on one side only, and it reads as text."""
    first = "utf-16-le" if data[1::2].count(0) >= data[0::2].count(0) else "utf-16-be"
    if len(data) % 2 == 0:
        try:
            text = data.decode(first)
        except UnicodeDecodeError:
            text = "\x00"
        if text.strip() and not any(unicodedata.category(c) in ("Cn", "Co") for c in set(text)):
            controls = len(_CONTROLS.findall(text))
            if "\x00" not in text and controls <= _CONTROL_SHARE * len(text):
                return text, first
    raise ArticleError(
        "holds NUL bytes and is not UTF-16; save it as plain text (.txt)", cause="binary"
    )


def _windows_1252(data: bytes, fault: UnicodeDecodeError) -> str:
    """The text as Windows-1252, where that gives words and not the ruins of another encoding."""
    controls = sum(data.count(byte) for byte in range(32) if byte not in b"\t\n\v\f\r")
    if controls > _CONTROL_SHARE * len(data):
        raise ArticleError("is not text; save it as plain text (.txt)", cause="binary")
    sequences = _MULTIBYTE.findall(data)
    high = sum(byte >= 0x80 for byte in data)
    if sequences and sum(map(len, sequences)) >= high / 2:
        line = data.count(b"\n", 0, fault.start) + 1
        raise _undecodable(
            f"it is UTF-8 that is damaged in line {line} (byte {fault.start:,})", hint=""
        )
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError as error:
        raise _undecodable(
            f"byte {error.start:,} is in no encoding taken", hint=_guess(data)
        ) from error
    if found := _MOJIBAKE.search(text):
        raise _undecodable(f"as Windows-1252 it would read {found.group()!r}", hint=_guess(data))
    return text


def _guess(data: bytes) -> str:
    """What encoding the bytes look like, for a person to check; empty where nothing fits."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    return "" if best is None else best.encoding


def _check(text: str) -> None:
    """Refuse a text that cannot be an article."""
    if not text.strip("\ufeff \t\r\n\f\v") or text.isspace():
        raise ArticleError("is empty; put the article's text in it", cause="empty")
    if len(text) > MAX_CHARACTERS:
        raise _too_long(f"{len(text):,} characters")
    if "\x00" in text or len(_CONTROLS.findall(text)) > _CONTROL_SHARE * len(text) + 1:
        raise ArticleError(
            "is not text (control characters); save it as plain text (.txt)",
            cause="binary",
        )


def _too_long(length: str) -> ArticleError:
    return ArticleError(
        f"has {length}, more than the {MAX_CHARACTERS:,} characters of the longest "
        "article taken; split it into chapters",
        cause="too-long",
    )


def _undecodable(fault: str, *, hint: str) -> ArticleError:
    guess = f" (it looks like {hint})" if hint else ""
    return ArticleError(
        f"its encoding cannot be told, {fault}{guess}; save it as UTF-8",
        cause="undecodable",
    )
