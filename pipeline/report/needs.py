"""The libraries that only reports need: where one is missing, how to get it."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from pipeline.errors import SettingError


def needed(name: str) -> ModuleType:
    """The library of that name.

    Raises:
        SettingError: it is not installed; the message has the command that installs it.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise SettingError(
            f"claims report needs {name.partition('.')[0]}; install it with: "
            'pip install "stance-claims[report]"'
        ) from error
