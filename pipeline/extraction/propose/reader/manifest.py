"""What the reader's weights are: their files with hashes, labels, training and figures.

The weights are read only where every file is the one that the manifest names, and where they
were trained with the labels that this program has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingError
from pipeline.extraction.propose.reader.decode import STANCES
from pipeline.extraction.propose.reader.page import DEPENDENCIES, KINDS, LISTED, PARTS
from pipeline.guarded.files import read_bytes
from pipeline.guarded.jsons import read_json
from pipeline.guarded.source import Source
from pipeline.lexicon.folder import packaged_models

MANIFEST, WEIGHTS, HEADS, TOKENIZER = (
    "manifest.json",
    "weights.onnx",
    "heads.onnx",
    "tokenizer.json",
)
FILES = (WEIGHTS, HEADS, TOKENIZER)
LABELS: dict[str, tuple[str, ...]] = {
    "stances": STANCES,
    "people": KINDS,
    "dependencies": DEPENDENCIES,
    "parts": PARTS,
    "listed": LISTED,
}
FORMAT = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """The checked manifest of a folder of weights.

    ``sha256`` is one hash over the files' hashes, and says which reader made a claim.
    ``least`` is the confidence from which a reading is proposed.
    """

    folder: Path
    sha256: str
    least: float
    facts: Mapping[str, object]


def reader_folder() -> Path:
    """The folder of the packaged weights, in an installed wheel or in a checkout."""
    return packaged_models() / "reader"


def read_manifest(folder: Path | None = None) -> Manifest:
    """The manifest of the weights in ``folder`` (by default the packaged ones), checked.

    Raises:
        SettingError: a file is missing or is not the one that the manifest names, or the weights
            know other labels than this program.

    """
    folder = reader_folder() if folder is None else folder
    path = folder / MANIFEST
    facts = read_json(path, _source(path))
    if facts.get("format") != FORMAT:
        raise SettingError(f"{path}: format {facts.get('format')!r}; this program reads {FORMAT}")
    _check_labels(path, facts.get("labels"))
    hashes = _check_files(folder, path, facts.get("files"))
    least = facts.get("least_confidence")
    if not isinstance(least, int | float) or not 0 <= least <= 1:
        raise SettingError(f"{path}: least_confidence {least!r}; give a number from 0 to 1")
    whole = hashlib.sha256(" ".join(hashes).encode()).hexdigest()
    return Manifest(folder=folder, sha256=whole, least=float(least), facts=facts)


def _source(path: Path) -> Source:
    return Source(str(path), SettingError, "setting")


def _check_labels(path: Path, labels: object) -> None:
    given = labels if isinstance(labels, dict) else {}
    for name, known in LABELS.items():
        if given.get(name) != list(known):
            raise SettingError(
                f"{path}: the weights were trained with other labels ({name}) than this program "
                "has; take the weights of this version, or train them anew (training/README.md)"
            )


def _check_files(folder: Path, path: Path, files: object) -> list[str]:
    given = files if isinstance(files, dict) else {}
    for name in FILES:
        source = _source(folder / name)
        data = read_bytes(folder / name, source)
        found = hashlib.sha256(data).hexdigest()
        if found != given.get(name):
            raise SettingError(
                f"{folder / name}: not the file that {path.name} names (SHA-256 {found[:12]}…, "
                f"expected {str(given.get(name))[:12]}…); restore it from the package or the "
                "repository"
            )
    return [str(given[name]) for name in FILES]
