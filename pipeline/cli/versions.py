"""What ``claims --version`` tells: everything that an extraction is made with."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import version

from pipeline import __version__
from pipeline.errors import SettingError

_HASH = 12


def version_lines() -> Iterator[str]:
    """One line each: the program, Python, spaCy, the model and the lexicon with their hashes.

    The model and lexicon are those that ``claims extract`` would use in the current folder. What
    is wrong with a setting is told in its line.
    """
    from pipeline.language.provenance import describe_language
    from pipeline.lexicon.folder import models_folders

    yield f"claims {__version__}"
    yield f"Python {platform.python_version()}"
    yield f"spaCy {version('spacy')}"
    try:
        made = describe_language()
        folders = " + ".join(map(str, models_folders()))
    except SettingError as error:
        yield f"model and lexicon: {error}"
        return
    if made is None:
        yield "model: named in models/settings.toml, not an installed package"
        return
    name, _, number = made.model.partition("==")
    yield f"model {name} {number} (SHA-256 {made.model_sha256[:_HASH]}…)"
    yield f"lexicon SHA-256 {made.lexicon_sha256[:_HASH]}… ({folders})"
