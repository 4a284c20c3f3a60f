"""Libraries that only large or distant work needs: where one is missing, how to get it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pipeline.errors import SettingError


def needed(module: str, extra: str) -> Any:
    """The module, which belongs to that extra.

    Raises:
        SettingError: it is not installed; the message has the command that installs it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise SettingError(
            f"this needs {module.partition('.')[0]}; install it with: "
            f'pip install "stance-claims[{extra}]"'
        ) from error
