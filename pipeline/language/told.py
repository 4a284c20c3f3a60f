"""What an article's metadata say of who speaks in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_OTHER = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """Names as the metadata give them; empty where they do not."""

    speaker: str = ""
    """Who says "I": a person, or a state or body that speaks."""
    country: str = ""
    """The speaker's country: a name, or a code of ISO 3166-1 of two or three letters."""
    issuer: str = ""
    """Whose statement it is."""
    publisher: str = ""
    """Who published it: the issuer of a press release, not of a newspaper's article."""


def read_told(metadata: Mapping[str, object]) -> Told:
    """What the fields ``speaker``, ``country``, ``issuer`` and ``publisher`` say.

    They are looked for in ``other`` as well, where front matter's unknown keys lie. A speaker may
    be a mapping with ``name`` and ``country``; a field that is no text tells nothing.

    >>> read_told({"speaker": "Ana Soto", "other": {"country": "CL"}})
    Told(speaker='Ana Soto', country='CL', issuer='', publisher='')
    >>> read_told({"speaker": {"country": "DZA", "year": 2015}}).country
    'DZA'
    """
    speaker = _field(metadata, "speaker")
    of_speaker = speaker if isinstance(speaker, Mapping) else {"name": speaker}
    country = of_speaker.get("country") or _field(metadata, "country")
    return Told(
        _plain(of_speaker.get("name")),
        _plain(country),
        _plain(_field(metadata, "issuer")),
        _plain(_field(metadata, "publisher")),
    )


def _field(metadata: Mapping[str, object], name: str) -> object:
    return next((fields[name] for fields in _places(metadata) if name in fields), None)


def _places(metadata: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    yield metadata
    other = metadata.get(_OTHER)
    if isinstance(other, Mapping):
        yield other


def _plain(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
