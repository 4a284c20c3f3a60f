"""A reader that remembers what it has read: another look at the same article costs little."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extraction.propose.reader.decode import Scores
    from pipeline.extraction.propose.reader.reading import Ints, Reader, Singles
    from pipeline.extraction.propose.reader.windows import Window


class RememberingReader:
    """Scores windows as ``reader`` does, each window and each cue in it once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.cutter = reader.cutter
        self._words: dict[tuple[bytes, bytes], tuple[Singles, Singles, Singles]] = {}
        self._roles: dict[tuple[int, bytes, bytes], Scores] = {}

    def words(self, window: Window, features: Ints) -> tuple[Singles, Singles, Singles]:
        """States of the rows, their scores as a cue's, and the whole."""
        key = (window.pieces.tobytes(), features.tobytes())
        found = self._words.get(key)
        if found is None:
            found = self._words[key] = self._reader.words(window, features)
        return found

    def roles(self, words: Singles, whole: Singles, arrays: dict[str, Ints]) -> Scores:
        """What is said of one cue; ``words`` must be those that ``words`` gave."""
        key = (id(words), arrays["cue"].tobytes(), arrays["rows"].tobytes())
        found = self._roles.get(key)
        if found is None:
            found = self._roles[key] = self._reader.roles(words, whole, arrays)
        return found
