"""The versions of a ledger's line: each says which optional fields it may have.

A program that does not know a field would take the line for a changed one; by the number it knows
that the line is of a later program, and says so.
"""

from __future__ import annotations

from collections.abc import Container

from pipeline.errors import RecordError
from pipeline.jsonl_fields import Fields

VERSION = 1
CARRIED_VERSION = 2
"""The version of a line with ``carries``."""
CODEBOOK_VERSION = 3
"""The version of a line with ``codebook``, whether it carries another or not."""
LATEST_VERSION = 4
"""The version of a line with ``reason`` or ``bulk``, whatever else it has."""


def version_of(keys: Container[str]) -> int:
    """The version of a line that has these fields beside the usual ones.

    >>> version_of({"carries"}), version_of({"carries", "codebook"}), version_of({})
    (2, 3, 1)
    """
    if "reason" in keys or "bulk" in keys:
        return LATEST_VERSION
    if "codebook" in keys:
        return CODEBOOK_VERSION
    return CARRIED_VERSION if "carries" in keys else VERSION


def check_version(fields: Fields) -> None:
    """Refuse a line of a later program, and one whose version is not that of its fields.

    Raises:
        RecordError: of the cause ``version`` where the line is of a later program.
    """
    version, known = fields.values.get("version"), version_of(fields.values)
    if type(version) is int and version > LATEST_VERSION:
        raise RecordError(
            f"field version: {version} is of a later stance-claims, and this one knows up to "
            f"{LATEST_VERSION}; update it: pip install --upgrade stance-claims",
            cause="version",
        )
    if type(version) is not int or version != known:
        raise fields.refuse("version", f"must be {known}, not {version!r}; restore the line")
