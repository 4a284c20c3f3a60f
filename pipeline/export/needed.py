"""Libraries that only some formats need, loaded when such a format is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pipeline.errors import SettingError


def needed(library: str, name: str, extra: str) -> Any:
    """The library's module, for the format of that name.

    Raises:
        SettingError: it is not installed; the message says how to.
    """
    try:
        return import_module(library)
    except ImportError as error:
        raise SettingError(
            f"format {name} needs {library.partition('.')[0]}; install it with: "
            f'pip install "stance-claims[{extra}]"'
        ) from error
