"""Errors that a caller can act on. Each message says what, where, and what to do."""

from __future__ import annotations


class PipelineError(Exception):
    """Any refusal of this package.

    ``cause`` is a short machine-readable word (``empty``, ``binary``, ``unknown-key``) by which
    a run counts its failures; ``str(error)`` is the sentence for the person.
    """

    cause: str = "error"

    def __init__(self, message: str, *, cause: str | None = None) -> None:
        super().__init__(message)
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
