"""The reader in torch behind the interface of ``pipeline.extraction.propose.reader``."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from pipeline.extraction.propose.reader.decode import Scores
from pipeline.extraction.propose.reader.windows import Cutter, Window
from training.heads import Reader

Singles = NDArray[np.float32]


class TorchReader:
    """Scores windows with the weights as they were trained."""

    def __init__(self, reader: Reader, cutter: Cutter) -> None:
        self.reader = reader.eval()
        self.cutter = cutter

    @torch.no_grad()
    def words(
        self, window: Window, features: NDArray[np.int64]
    ) -> tuple[Singles, Singles, Singles]:
        """States of the rows, their scores as cues, and the whole."""
        given = (window.pieces, window.begins, window.ends, features)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = self.reader.words(*(torch.from_numpy(one) for one in given))
        words, scores, whole = (part.float().numpy() for part in parts)
        return words, scores, whole

    @torch.no_grad()
    def roles(self, words: Singles, whole: Singles, arrays: dict[str, NDArray[np.int64]]) -> Scores:
        """What is said of one cue."""
        given = {name: torch.from_numpy(array) for name, array in arrays.items()}
        parts = self.reader.roles(torch.from_numpy(words), torch.from_numpy(whole), **given)
        return Scores(*(part.double().numpy() for part in parts))
