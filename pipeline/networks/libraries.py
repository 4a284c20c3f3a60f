"""Libraries that draw and hold graphs, which a bare installation does not have."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pipeline.errors import SettingError


def require(module: str) -> Any:
    """The module, which belongs to the extra ``report``.

    Raises:
        SettingError: it is not installed; the message has the command.
    """
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise SettingError(
            f'networks need {name}; install it with: pip install "stance-claims[report]"'
        ) from error
