"""What a worker process does: it says that it is ready, then answers each message with results."""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from multiprocessing.connection import Connection
from typing import Any

_HELD = (signal.SIGINT, signal.SIGTERM)


class Said(Enum):
    """What a worker's message is about."""

    READY = auto()
    DONE = auto()
    LOGGED = auto()
    RAISED = auto()


def serve(
    connection: Connection,
    others: Sequence[Connection],
    prepare: Callable[[], Callable[[Sequence[Any]], Sequence[Any]]],
) -> None:
    """Work until the other end of the pipe is closed, as it is when its process dies.

    ``others`` are the ends of pipes that a forked process has of its parent: while it held them,
    nobody would notice that the parent died. Ctrl-C is the parent's to act on.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)
    for other in others:
        other.close()
    gc.freeze()  # what is shared with the parent is not touched, and so not copied
    _send_log(connection)
    try:
        work = prepare()
        connection.send((Said.READY, None))
        while True:
            connection.send((Said.DONE, work(connection.recv())))
    except (EOFError, ConnectionError):
        return
    except Exception as error:  # the parent raises it, or says it
        connection.send((Said.RAISED, error))


@contextmanager
def signals_held() -> Iterator[None]:
    """A block in which Ctrl-C and the request to end wait; a process begun in it begins so too."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def say_logged(record: tuple[str, int, str]) -> None:
    """Log here what a worker logged: the logger's name, the level, the message."""
    name, level, message = record
    logging.getLogger(name).log(level, "%s", message)


class _Sender(logging.Handler):
    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    def emit(self, record: logging.LogRecord) -> None:
        """Send one message to the parent."""
        said = (record.name, record.levelno, record.getMessage())
        self._connection.send((Said.LOGGED, said))


def _send_log(connection: Connection) -> None:
    """Have what the package logs said by the parent, which alone talks to the person."""
    logger = logging.getLogger("pipeline")
    logger.handlers[:] = [_Sender(connection)]
    logger.setLevel(logging.INFO)
    logger.propagate = False
