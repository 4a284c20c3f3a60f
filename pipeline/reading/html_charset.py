"""The bytes of a page into its text: by its mark, by what it declares, or as a text file."""

from __future__ import annotations

import codecs
import re
from typing import Any

from pipeline.reading.converted import require
from pipeline.reading.decode import decode_bytes, encoding_name

_MARKS = (
    codecs.BOM_UTF8,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
)
_HEAD = 65_536
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_TAKEN = re.compile(
    r"utf-8|cp\d+|iso8859-\d+|koi8-[a-z]|mac-[a-z]+|gb18030|big5(?:hkscs)?|euc[-_](?:jp|kr)"
    r"|iso2022_jp|shift_jis(?:x0213)?"
)
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""What browsers read a declared name as. Source: the WHATWG Encoding Standard, names and labels."""


def decode_page(data: bytes) -> tuple[str, tuple[str, ...]]:
    r"""The page's text and notes on its encoding; the rules of ``.txt`` where it declares none.

    A byte order mark goes before what the page declares, and bytes that are UTF-8 before an
    encoding of single bytes that is declared: no other text happens to be UTF-8. Bytes that are not
    what is declared are read as those of a text file. Errors do not name the file.

    Raises:
        ArticleError: ``binary`` or ``undecodable``.

    >>> decode_page(b"<meta charset=iso-8859-2><p>Wa\xb3\xeasa")
    ('<meta charset=iso-8859-2><p>Wałęsa', ('from ISO-8859-2',))
    >>> decode_page(b"<p>Per\xfa objected.")
    ('<p>Perú objected.', ('from Windows-1252',))
    """
    marked = data.startswith(_MARKS) or b"\x00" in data  # only UTF-16 and UTF-32 have NULs
    declared = None if marked else _declared(data)
    text = None if declared is None else _decoded(data, declared)
    if declared is None or text is None:
        text, encoding, _ = decode_bytes(data)
    else:
        encoding = declared
    if encoding == "utf-8" or data.isascii():
        return text, ()
    return text, (f"from {encoding_name(encoding)}",)


def _decoded(data: bytes, encoding: str) -> str | None:
    """The bytes in the encoding declared; None where they are in another."""
    if encoding != "utf-8" and not data.isascii():
        try:
            data.decode("utf-8")
            return None
        except UnicodeDecodeError:
            pass
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _declared(data: bytes) -> str | None:
    """The name, as Python has it, of the encoding that the page declares and that is taken."""
    found = _XML.match(data)
    names = [found.group(1).decode("ascii")] if found else []
    for name in (*names, *_of_meta(data[:_HEAD])):
        try:
            known = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        known = _READ_AS.get(known, known)
        if _TAKEN.fullmatch(known):
            return known
    return None


def _of_meta(head: bytes) -> list[str]:
    """What the page's ``meta`` elements name, in order; those of comments and scripts are none."""
    etree: Any = require("lxml.etree", extra="html")
    parser = etree.HTMLParser(encoding="iso-8859-1", recover=True, no_network=True)
    try:
        root = etree.fromstring(head, parser)
    except etree.LxmlError:
        return []
    names = []
    for element in () if root is None else root.iter("meta"):
        content = element.get("content") or ""
        if element.get("charset"):
            names.append(element.get("charset").strip())
        elif (element.get("http-equiv") or "").lower() == "content-type" and (
            found := _CHARSET.search(content)
        ):
            names.append(found.group(1))
    return names
