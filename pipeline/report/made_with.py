"""What the claims were made with, by the provenance that each carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]
_HASH = 12
_PARTS = {
    "package": "program",
    "spacy": "spaCy",
    "model": "model",
    "lexicon_sha256": "lexicons",
    "reader_sha256": "learned reader",
    "learned_sha256": "learned from the decisions",
    "missing": "not read by",
}
"""The names of what is told, in this order; of a hash the beginning."""


@dataclass(slots=True)
class Made:
    """How many claims each set of versions made; ``by_hand`` counts those that people added."""

    versions: Counter[tuple[tuple[str, str], ...]] = field(default_factory=Counter)
    by_hand: int = 0
    unknown: int = 0
    decided_as: Counter[str] = field(default_factory=Counter)

    def watch(self, records: Iterable[Record]) -> Iterator[Record]:
        """The same records; each is counted as it goes by."""
        for record in records:
            self._count(record)
            yield record

    def _count(self, record: Record) -> None:
        machine = record.get("machine")
        self.decided_as[record.get("verdict") or ""] += 1
        if machine is None:
            self.by_hand += record.get("verdict") == "added"
            self.unknown += record.get("verdict") != "added"
            return
        stated = machine.get("provenance") or {}
        parts = tuple(
            (name, _short(key, str(stated[key]))) for key, name in _PARTS.items() if stated.get(key)
        )
        if parts:
            self.versions[parts] += 1
        else:
            self.unknown += 1

    def sets(self) -> list[tuple[str, int]]:
        """Each set of versions in words with the number of its claims, the commonest first."""
        often = sorted(self.versions.items(), key=lambda one: (-one[1], one[0]))
        return [(", ".join(f"{name} {value}" for name, value in parts), n) for parts, n in often]


def _short(key: str, value: str) -> str:
    """A version as people write it: without the package's name, of a hash the beginning."""
    if key.endswith("_sha256"):
        return f"SHA-256 {value[:_HASH]}…"
    name, _, number = value.partition("==")
    return number if key == "spacy" and number else f"{name} {number}".strip()
