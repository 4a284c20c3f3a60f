"""What a converter makes of a file, and the libraries that converters need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType

from pipeline.errors import ArticleError

_LONGEST_VALUE = 2_000


@dataclass(frozen=True, slots=True)
class Converted:
    """An article's text and the metadata that its file gives, for the known fields and others.

    ``notes`` say what was converted. ``warnings`` say why the text may not be what a reader of the
    file sees, and what to do: a conversion that has any is doubtful and not counted as a success.
    """

    text: str
    metadata: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def stated(values: Mapping[str, object]) -> dict[str, object]:
    r"""What a file states of itself, each on one line, without what is empty or far too long.

    >>> stated({"title": " The\n vote ", "author": "", "publisher": None})
    {'title': 'The vote'}
    """
    lines = {name: " ".join(str(value or "").split()) for name, value in values.items()}
    return {name: line for name, line in lines.items() if line and len(line) <= _LONGEST_VALUE}


def require(module: str, *, extra: str) -> ModuleType:
    """The module, which belongs to an extra of the distribution.

    Raises:
        ArticleError: ``missing-extra``; the message has the command.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise ArticleError(
            f"{extra.upper()} files need the extra [{extra}]. "
            f'Install it with: pip install "stance-claims[{extra}]"',
            cause="missing-extra",
        ) from error


def no_text(why: str) -> ArticleError:
    """The refusal of a file that holds no article text; whoever catches it puts the name first."""
    return ArticleError(f"holds no article text: {why}", cause="no-text")
