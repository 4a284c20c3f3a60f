"""Libraries that draw and hold graphs, which a bare installation does not have."""

from __future__ import annotations

from typing import Any

from pipeline.extras import needed


def require(module: str) -> Any:
    """The module, which belongs to the extra ``report``.

    Raises:
        SettingError: it is not installed; the message has the command.
    """
    return needed(module, who="networks need", extra="report")
