"""Errors that a caller can act on. Each message says what, where, and what to do."""

from __future__ import annotations

_LONGEST = 1500


def _shortened(message: str) -> str:
    """The message without its middle where a value in it is endless: place and advice stay."""
    half = _LONGEST // 2
    return message if len(message) <= _LONGEST else f"{message[:half]} … {message[-half:]}"


class PipelineError(Exception):
    """Any refusal of this package.

    ``cause`` is a short machine-readable word (``empty``, ``binary``, ``unknown-key``) by which
    a run counts its failures; ``str(error)`` is the sentence for the person.
    """

    cause: str = "error"

    def __init__(self, message: str, *, cause: str | None = None) -> None:
        super().__init__(_shortened(message))
        if cause is not None:
            self.cause = cause


class ArticleError(PipelineError):
    """One article cannot be taken or processed; the run goes on with the next."""

    cause = "article"


class SettingError(PipelineError):
    """A setting or a call is wrong; nothing was started (exit code 2)."""

    cause = "setting"


class LexiconError(SettingError):
    """A file under ``models/`` is wrong; the message begins with ``file:line``."""

    cause = "lexicon"


class RecordError(PipelineError):
    """A record breaks an invariant, such as a span outside its text."""

    cause = "record"
