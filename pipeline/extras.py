"""Libraries that come with an extra of the distribution, loaded when something asks for them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pipeline.errors import SettingError


def needed(module: str, *, who: str, extra: str) -> Any:
    """The module, for ``who``, as in "claims report needs".

    Raises:
        SettingError: it is not installed; the message has the command that installs it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise SettingError(
            f"{who} {module.partition('.')[0]}; install it with: "
            f'pip install "stance-claims[{extra}]"'
        ) from error
