"""A bound on how long any work with a server takes, whatever the server does."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def within(seconds: float, work: Callable[[], Found]) -> Found:
    """What ``work`` returns or raises, if it does so in time; else it is left to itself.

    Timeouts of a socket bound the wait for the next byte, and not for a name to be resolved or
    for a head that never ends.

    >>> within(5, lambda: "answered")
    'answered'

    Raises:
        TimeoutError: it takes longer.
    """
    outcome: queue.Queue[tuple[Found | None, BaseException | None]] = queue.Queue(1)

    def run() -> None:
        try:
            outcome.put((work(), None))
        except BaseException as error:
            outcome.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        found, error = outcome.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return found  # type: ignore[return-value]
