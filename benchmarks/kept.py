"""What was measured by the same code on the same text, taken up where a run is made again.

It lies in ``.quality/``, which git ignores: one JSON line an item, named by a digest of the code,
the lexicons, the weights and the versions, so that nothing of an older state is ever taken up.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pipeline.files import write_text_atomically
from pipeline.language.provenance import describe_language, provenance_from

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".quality"
_MADE_OF = ("benchmarks", "models", "pipeline", "training", "tests/extraction/claims")
_STEPS = 10
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Store:
    """Where the results of one run are kept; ``made`` is the digest of what they were made with."""

    name: str
    made: str
    folder: Path = FOLDER

    @property
    def path(self) -> Path:
        """The file of this state."""
        return self.folder / f"{self.name}.{self.made}.jsonl"


@cache
def digest_code(profile: str, models: Path | None = None, files: tuple[Path, ...] = ()) -> str:
    """Sixteen digits that change with the code, its data, the versions and the ``files``."""
    digest = sha256(profile.encode())
    made = describe_language(models=models, profile=profile)
    if made is not None:
        digest.update(json.dumps(asdict(provenance_from(made, ""))).encode())
    for part in _MADE_OF:
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
                digest.update(sha256(path.read_bytes()).digest())
    for path in files:
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def take_up(
    store: Store,
    items: Sequence[Item],
    key_of: Callable[[Item], object],
    make: Callable[[Sequence[Item]], Iterable[Any]],
) -> list[Any]:
    """What ``make`` gives for each item, a JSON value; those of an earlier run are not made again.

    ``key_of`` has all that the value depends on beside the code. Each value is written as soon as
    it is made; files of another state of the code are taken away.
    """
    keys = [sha256(json.dumps(key_of(item)).encode()).hexdigest() for item in items]
    kept = dict(_read(store.path))
    wanted = [number for number, key in enumerate(keys) if key not in kept]
    if wanted:
        _clear(store)
        with store.path.open("a", encoding="utf-8") as out:
            made = make([items[number] for number in wanted])
            for number, value in zip(wanted, told(store.name, made, len(wanted)), strict=True):
                kept[keys[number]] = value
                out.write(json.dumps([keys[number], value]) + "\n")
                out.flush()
    return [kept[key] for key in keys]


def _read(path: Path) -> Iterator[tuple[str, Any]]:
    """The keys and values of a file; a line that was cut off by the end of a run is none."""
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            key, value = json.loads(line)
        except ValueError:
            continue
        yield key, value


def _clear(store: Store) -> None:
    """Make room: the folder is there, older states are gone, and lines that were cut off."""
    store.folder.mkdir(exist_ok=True)
    for path in store.folder.glob(f"{store.name}.*.jsonl"):
        if path != store.path:
            path.unlink()
    whole = [f"{json.dumps(pair)}\n" for pair in _read(store.path)]
    write_text_atomically(store.path, "".join(whole))


def told(name: str, values: Iterable[Item], total: int) -> Iterator[Item]:
    """The same values, while it is said how many there are."""
    shown = 0
    for number, value in enumerate(values, start=1):
        yield value
        if number * _STEPS // total > shown:
            shown = number * _STEPS // total
            print(f"{name}: {number:,} of {total:,}", file=sys.stderr, flush=True)
