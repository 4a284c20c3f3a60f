"""UTF-8 text out of bytes, the line named where they are none."""

from __future__ import annotations

from pathlib import Path

from pipeline.guarded.files import MAX_BYTES, read_bytes
from pipeline.guarded.source import Source

_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, source: Source, *, limit: int = MAX_BYTES) -> str:
    """The text of a UTF-8 file, without a byte order mark.

    Raises:
        PipelineError: the source's error: ``missing``, ``unreadable``, ``too-large``,
            ``undecodable`` or ``binary``.
    """
    return decode_text(read_bytes(path, source, limit=limit), source)


def decode_text(data: bytes, source: Source) -> str:
    """The text of UTF-8 bytes, without a byte order mark.

    Raises:
        PipelineError: the source's error: ``undecodable``, or ``binary`` where NUL is among them.
    """
    if data.startswith(_OTHER_MARKS):
        raise source.fault("is UTF-16, not UTF-8; save it as UTF-8", cause="undecodable")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        place = error.start - data.rfind(b"\n", 0, error.start) - 1
        what = f"byte {place} is not UTF-8 ({data[error.start]:#04x}); save the file as UTF-8"
        raise source.fault(what, line=line, cause="undecodable") from error
    if (place := text.find("\0")) >= 0:
        what = "has a NUL character, as no text has; take it out"
        raise source.fault(what, line=1 + text.count("\n", 0, place), cause="binary")
    return text
