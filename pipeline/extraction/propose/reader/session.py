"""The reader's weights in ONNX Runtime."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pipeline.extraction.propose.reader.decode import Scores
from pipeline.extraction.propose.reader.manifest import (
    HEADS,
    TOKENIZER,
    WEIGHTS,
    Manifest,
    read_manifest,
)
from pipeline.extraction.propose.reader.windows import Cutter, Window

if TYPE_CHECKING:
    import onnxruntime

Ints = NDArray[np.int64]
Singles = NDArray[np.float32]


def open_reader(folder: Path | None = None) -> OnnxReader:
    """The reader of a folder of weights, by default the packaged ones, once they are checked.

    Raises:
        SettingError: as ``read_manifest`` does.

    """
    return OnnxReader(read_manifest(folder))


class OnnxReader:
    """Scores windows with the graphs of a folder, on one thread."""

    def __init__(self, manifest: Manifest) -> None:
        from tokenizers import Tokenizer

        folder = manifest.folder
        self.manifest = manifest

        self.cutter = Cutter(Tokenizer.from_file(str(folder / TOKENIZER)))
        self._words = _session(folder / WEIGHTS)
        self._roles = _session(folder / HEADS)

    def words(self, window: Window, features: Ints) -> tuple[Singles, Singles, Singles]:
        """States of the rows, their scores as outside, begin and inside a cue, and the whole."""
        given = {
            "pieces": window.pieces,
            "begins": window.begins,
            "ends": window.ends,
            "features": features,
        }
        words, tags, whole = self._words.run(None, given)
        return words, tags, whole

    def roles(self, words: Singles, whole: Singles, arrays: dict[str, Ints]) -> Scores:
        """What is said of one cue."""
        parts: Any = self._roles.run(None, {"words": words, "whole": whole, **arrays})
        return Scores(*(np.asarray(part, dtype=np.float64) for part in parts))


def _session(path: Path) -> onnxruntime.InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), sess_options=options, providers=["CPUExecutionProvider"]
    )
