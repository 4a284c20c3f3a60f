"""Who supports or opposes what in news and policy writing.

Importing this package loads neither spaCy nor pandas; ``pipeline.extraction.build`` and
``pipeline.load`` do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.export.frames import Frames

__version__ = "0.1.0"


def load(folder: Path | str = ".", **options: Any) -> Frames:
    """The claims, mentions and articles of a workspace, as three tidy pandas frames.

    ``extracted=True`` gives the machine's claims in place of the verified ones, ``rule="first"``
    those that count under another rule; more in ``pipeline.export.frames.load_frames``.

        claims, mentions, articles = pipeline.load(".")
    """
    from pipeline.export.frames import load_frames

    return load_frames(folder, **options)
