"""The attributes that our components add to spaCy's ``Doc``."""

from __future__ import annotations

from spacy.tokens import Doc

_DEFAULTS: tuple[tuple[str, object], ...] = (
    ("metadata", {}),
    ("article", ""),
    ("read_as", None),
    ("acronyms", {}),
    ("mentions", ()),
    ("claims", ()),
    ("refused", ()),
    ("missed", ()),
)


def register_extensions() -> None:
    """Declare what our components keep under ``doc._``.

    ``metadata``, ``article`` and ``read_as`` (the form in which the text is read, None where that
    is the text itself) are set by the caller before the pipeline runs; ``acronyms``
    maps a short form to its entity; ``mentions`` and ``claims`` are tuples of records; ``refused``
    has what was considered and makes no claim, and ``missed`` what a proposer could not read.
    """
    for name, default in _DEFAULTS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
