"""The positions as the rulings so far leave them, and where their words stand."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.propose.speakers import Speakers
from pipeline.extraction.scene import Scene
from pipeline.extraction.settle.ruling import Amend, Drop, Ruling

UNLIKELY = "refusal.unlikely"
"""The refusal of what a judge holds for no position."""


class Standing:
    """The positions of a scene by number, in the order in which they were proposed.

    ``add`` is all that changes it: it appends a ruling. ``speeches`` are the numbers of those that
    report what is said, and ``speakers`` whom they make the quotations' speakers.
    """

    def __init__(self, scene: Scene, positions: Sequence[Proposal]) -> None:
        self.scene = scene
        self.rulings: list[Ruling] = []
        self._now = list(positions)
        self._fell: dict[int, list[str]] = {}
        self._reporters: dict[int, int] = {}
        self.speeches = tuple(
            number
            for number, one in enumerate(positions)
            if one.is_speech and one.target is not None
        )
        self.speakers = Speakers(scene, [positions[number] for number in self.speeches])

    def __len__(self) -> int:
        return len(self._now)

    def __getitem__(self, number: int) -> Proposal:
        """The position as it reads now, whether it stands or not."""
        return self._now[number]

    def add(self, ruling: Ruling) -> None:
        """Append a ruling; a position falls once for each ruling that drops it."""
        self.rulings.append(ruling)
        if isinstance(ruling, Drop):
            self._fell.setdefault(ruling.number, []).append(ruling.rule)
        elif isinstance(ruling, Amend):
            self._now[ruling.number] = ruling.position
        else:
            self._reporters[ruling.number] = ruling.reporter

    def stands(self, number: int) -> bool:
        """Whether nothing has dropped the position."""
        return number not in self._fell

    def could_stand(self, number: int) -> bool:
        """Whether it stands, or fell for nothing but that a judge holds it for unlikely."""
        return set(self.fell_by(number)) <= {UNLIKELY}

    def fell_by(self, number: int) -> tuple[str, ...]:
        """The refusals by which the position fell, the first one first; empty while it stands."""
        return tuple(self._fell.get(number, ()))

    def numbers(self) -> list[int]:
        """The numbers of the positions that stand."""
        return [number for number in range(len(self._now)) if number not in self._fell]

    def reporter(self, number: int) -> Proposal | None:
        """The position whose holder tells of this one, as it reads now."""
        found = self._reporters.get(number)
        return self._now[found] if found is not None else None


def fold(scene: Scene, positions: Sequence[Proposal], rulings: Iterable[Ruling]) -> Standing:
    """The positions after the rulings, in their order."""
    standing = Standing(scene, positions)
    for ruling in rulings:
        standing.add(ruling)
    return standing


class ByHead:
    """The positions whose cues' heads lie in a range of tokens, by number, in order."""

    def __init__(self, standing: Standing) -> None:
        self._order = sorted(range(len(standing)), key=lambda number: standing[number].head.i)
        self._places = [standing[number].head.i for number in self._order]

    def within(self, start: int, end: int) -> list[int]:
        """Those with the head at ``start`` or later and before ``end``."""
        low, high = bisect_left(self._places, start), bisect_left(self._places, end)
        return sorted(self._order[low:high])


class ByToken:
    """The positions that go with a token by some rule, by number, in order."""

    def __init__(
        self,
        standing: Standing,
        tokens_of: Callable[[Proposal], Iterable[int]],
        numbers: Iterable[int] | None = None,
    ) -> None:
        self._found: defaultdict[int, list[int]] = defaultdict(list)
        for number in numbers if numbers is not None else range(len(standing)):
            for place in dict.fromkeys(tokens_of(standing[number])):
                self._found[place].append(number)

    def at(self, *places: int) -> Iterator[int]:
        """Those that go with one of the tokens, each once."""
        return iter(sorted({number for place in places for number in self._found.get(place, ())}))
