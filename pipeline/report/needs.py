"""The libraries that only reports need: where one is missing, how to get it."""

from __future__ import annotations

from typing import Any

from pipeline import extras


def needed(name: str) -> Any:
    """The library of that name.

    Raises:
        SettingError: it is not installed; the message has the command that installs it.
    """
    return extras.needed(name, who="claims report needs", extra="report")
