"""What formats that mark spans in a text share: which claims stand in it, and proof by reading."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pipeline.errors import PipelineError
from pipeline.export.gather import Gathered
from pipeline.files import sha256_of_text

Json = dict[str, Any]
ROLES = ("holder", "cue", "target", "attribution", "antecedent")
PIECES = ("sentence", *ROLES)
_FIELDS = ("id", "article", "stance", "form", "negated", "hedged")


class Texts:
    """The texts of the articles that claims were gathered from."""

    def __init__(self, gathered: Gathered) -> None:
        self._articles = gathered.articles
        self._sha256 = cache(lambda article: sha256_of_text(self._articles[article].text))

    def of(self, record: Mapping[str, Any]) -> str | None:
        """The text that the claim's offsets count in; None where it is no longer the article's.

        Raises:
            PipelineError: the text is the one that the claim names, and its words are not there.
        """
        name = record["article"]
        if name not in self._articles or self._sha256(name) != record["text_sha256"]:
            return None
        text: str = self._articles[name].text
        for role, piece in pieces_of(record):
            if text[piece["start"] : piece["end"]] != piece["text"]:
                raise PipelineError(
                    f"article {name}, claim {record['id']}: its {role} is {piece['text']!r:.80}, "
                    f"and {text[piece['start'] : piece['end']]!r:.80} stands there; run: "
                    "claims verify"
                )
        return text

    def standing(self, gathered: Gathered, gone: list[str]) -> Iterator[tuple[Json, str]]:
        """Each claim that stands in its article's text, with that text; others' ids go to gone."""
        for record in gathered.claims():
            text = self.of(record)
            if text is None:
                gone.append(record["id"])
            else:
                yield record, text


def pieces_of(record: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    """The spans that a claim has, by the names of their roles, the sentence first."""
    for role in PIECES:
        if record.get(role):
            yield role, record[role]


def not_standing(name: str, gone: list[str]) -> tuple[str, ...]:
    """The line that says which claims the format leaves out for want of their text, if any."""
    if not gone:
        return ()
    few = ", ".join(gone[:5]) + (", …" if len(gone) > 5 else "")
    what = f"{len(gone):,} claim{'' if len(gone) == 1 else 's'}"
    return (f"{name} cannot hold {what} of a text that the article no longer has: {few}",)


class Proof:
    """What was written, to be compared with what is read back; a number for each claim is kept."""

    def __init__(self) -> None:
        self._written: dict[str, Counter[int]] = defaultdict(Counter)

    def wrote(self, record: Mapping[str, Any]) -> None:
        """Remember a claim that was written."""
        self._written[record["article"]][_key(record)] += 1

    def compare(self, name: str, read: Iterable[Mapping[str, Any]]) -> None:
        """Take what was read back off what was written.

        Raises:
            PipelineError: something is left, or something was read that was never written.
        """
        for record in read:
            self._written[record["article"]][_key(record)] -= 1
        for article, counts in self._written.items():
            if any(counts.values()):
                raise PipelineError(
                    f"{name}: article {article} was not read back as it was written; nothing is "
                    "kept of the export. Report it with this article's text"
                )


def _key(record: Mapping[str, Any]) -> int:
    """A number that claims share where all their spans, words and traits are the same."""
    spans = tuple(
        (role, piece["start"], piece["end"], piece["text"], piece.get("entity"))
        for role, piece in pieces_of(record)
        if role != "sentence"
    )
    return hash((*(record[name] for name in _FIELDS), spans))
