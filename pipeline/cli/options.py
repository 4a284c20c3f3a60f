"""The options that several verbs share, said once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.reading.corpus import Corpus

CorpusOption = Annotated[
    Path, typer.Option("--corpus", metavar="FOLDER", help="The folder of the articles.")
]
AnnotationsOption = Annotated[
    Path, typer.Option("--annotations", metavar="FOLDER", help="The folder of what was found.")
]
ModelsOption = Annotated[
    Path | None,
    typer.Option(
        "--models",
        metavar="FOLDER",
        help="Your own lexicons and settings, laid over the packaged ones. "
        "By default ./models, where there is one.",
    ),
]

CORPUS = Path("corpus")
ANNOTATIONS = Path("annotations")


def existing_corpus(folder: Path) -> Corpus:
    """The corpus in a folder that is there.

    Raises:
        SettingError: it is not there, as when the command runs in another folder than meant.
    """
    from pipeline.reading.corpus import Corpus

    if not folder.exists():
        raise SettingError(
            f"no corpus folder {str(folder)!r} here. Go to the project's folder, name the corpus "
            "with --corpus, or begin one with: claims add FILE"
        )
    return Corpus(folder)
