"""W3C Web Annotations: one JSON-LD document, one annotation a claim on a line of its own.

The document is an ``AnnotationCollection`` with its only page embedded. An annotation's target is
the claim's sentence; its bodies are tags and comments that any tool shows, and the claim itself as
structured data whose vocabulary is defined in the document. Offsets of text-position selectors are
code points, as the recommendation has it, of the article's text by its SHA-256 in the body.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any, TextIO

from pipeline import __version__
from pipeline.errors import PipelineError
from pipeline.export.gather import Gathered
from pipeline.export.marking import PIECES, Texts
from pipeline.export.web_annotation_reading import read_annotated
from pipeline.export.written import Format
from pipeline.language.graphemes import insides

Json = dict[str, Any]
VOCABULARY = "urn:stance-claims:claim:1#"
_AROUND = 32
"""How many code points before and behind a quotation help to find it in another copy."""

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "@version": 1.1,
        "Claim": {
            "@id": f"{VOCABULARY}Claim",
            "@context": {
                "@propagate": True,
                "@vocab": VOCABULARY,
                # words of the annotation's own context that mean something else there
                "source": f"{VOCABULARY}source",
                "target": f"{VOCABULARY}target",
                **{
                    name: {"@id": VOCABULARY + name, "@type": "@json"}
                    for name in ("agreement", "concepts", "machine", "metadata")
                },
            },
        },
    },
]


def write_web_annotation(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write one annotation a claim; the file is read back and compared with what it was made of."""
    texts, surroundings = Texts(gathered), _Surroundings()
    total = moved = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        _write_head(stream)
        for total, record in enumerate(gathered.claims(), start=1):
            text = texts.of(record)
            moved += text is None
            stream.write(",\n" if total > 1 else "\n")
            annotation = to_annotation(record, surroundings.at(record["article"], text))
            stream.write(json.dumps(annotation, ensure_ascii=False, allow_nan=False))
        stream.write(f'\n]}}, "total": {total}}}\n')
    _prove(gathered, path)
    if not moved:
        return ()
    return (
        f"web-annotation has {moved:,} claim{'' if moved == 1 else 's'} at the offsets of a text "
        "that the article no longer has, without the words around",
    )


def _write_head(stream: TextIO) -> None:
    name = "urn:stance-claims:annotations"
    head = {"@context": CONTEXT, "id": name, "type": "AnnotationCollection"}
    page = {"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0}
    opened = json.dumps({**head, "label": "Stance claims", "first": page}, ensure_ascii=False)
    stream.write(f'{opened[:-2]}, "items": [')


def to_annotation(record: Mapping[str, Any], around: Around) -> Json:
    """The annotation of a claim; ``around`` gives the words before and behind its spans."""
    name = f"{record['article']}:{record['id']}"
    created = record.get("decided_at")
    return {
        "id": f"urn:stance-claims:annotation:{name}",
        "type": "Annotation",
        "motivation": "classifying",
        **({"created": created} if created else {}),
        "creator": _creators(record),
        "generator": {"type": "Software", "name": f"stance-claims {__version__}"},
        "body": [*_tags(record), _claim(record, name, around)],
        "target": {
            "type": "SpecificResource",
            "source": source_iri(record),
            "selector": around.selectors(record.get("sentence") or _extent(record)),
        },
    }


def source_iri(record: Mapping[str, Any]) -> str:
    """What the claim's article is called on the web: its address, else a name of ours.

    >>> source_iri({"article": "vote", "metadata": {"url": "javascript:alert()"}})
    'urn:stance-claims:article:vote'
    """
    url = str(record["metadata"].get("url") or "")
    return url if _IRI.fullmatch(url) else f"urn:stance-claims:article:{record['article']}"


def _creators(record: Mapping[str, Any]) -> list[Json]:
    """Who says so: the reviewers; of a claim that nobody reviewed the program."""
    people = [{"type": "Person", "name": name} for name in record.get("reviewers") or ()]
    return people or [{"type": "Software", "name": f"stance-claims {__version__}"}]


def _tags(record: Mapping[str, Any]) -> Iterator[Json]:
    """The bodies that a tool shows without knowing what a claim is."""
    holder = record["holder"]
    yield _textual("tagging", record["stance"])
    yield _textual("identifying", holder.get("name") or holder["text"])
    for concept in record.get("concepts") or ():
        yield _textual("classifying", concept["label"])
    for comment in record.get("comments") or ():
        yield _textual("commenting", comment)


def _textual(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _claim(record: Mapping[str, Any], name: str, around: Around) -> Json:
    """The whole record; its spans as selectors, the sentence's alone being the target's."""
    found: Json = {
        "type": "Claim",
        "purpose": "describing",
        "id": f"urn:stance-claims:claim:{name}",
    }
    for key, value in record.items():
        if key == "id":
            found["identifier"] = value
        elif key not in PIECES or value is None:
            found[key] = value
        else:
            rest = {k: v for k, v in value.items() if k not in ("start", "end", "text")}
            own = {} if key == "sentence" else {"selector": around.selectors(value)}
            found[key] = {**rest, **own}
    return found


def _extent(record: Mapping[str, Any]) -> Json:
    """The cue, for a claim that stands in no sentence."""
    cue: Json = record["cue"]
    return cue


class Around:
    """The words around spans of a text; none where there is no text."""

    def __init__(self, text: str | None) -> None:
        self._text = text
        self._insides = frozenset(insides(text)) if text else frozenset()

    def selectors(self, piece: Mapping[str, Any]) -> list[Json]:
        """The span as its words with those around, and as its offsets in code points."""
        start, end = piece["start"], piece["end"]
        quoted: Json = {"type": "TextQuoteSelector", "exact": piece["text"]}
        if self._text is not None:
            quoted["prefix"] = self._text[self._edge(start - _AROUND, 1) : start]
            quoted["suffix"] = self._text[end : self._edge(end + _AROUND, -1)]
        return [quoted, {"type": "TextPositionSelector", "start": start, "end": end}]

    def _edge(self, at: int, step: int) -> int:
        """The offset, moved towards the span where it would part what is seen as one character."""
        at = min(max(0, at), len(self._text or ""))
        while at in self._insides:
            at += step
        return at


class _Surroundings:
    """The last article's surroundings, since its claims stand together."""

    def __init__(self) -> None:
        self._last: tuple[str, Around] | None = None
        self._none = Around(None)

    def at(self, article: str, text: str | None) -> Around:
        """The surroundings in an article's text."""
        if text is None:
            return self._none
        if self._last is None or self._last[0] != article:
            self._last = article, Around(text)
        return self._last[1]


def _prove(gathered: Gathered, path: Path) -> None:
    """Compare what the file says with what it was made of.

    Raises:
        PipelineError: they differ.
    """
    found = (record for record, _ in read_annotated(path, own=True))
    for record, read in zip_longest(gathered.claims(), found):
        if record != read:
            name = (record or read or {}).get("id")
            raise PipelineError(
                f"web-annotation: claim {name} was not read back as it was written; nothing is "
                "kept of the export. Report it with this claim's text"
            )


FORMAT = Format(
    "W3C Web Annotations (JSON-LD), one a claim, for annotation tools",
    ".jsonld",
    write_web_annotation,
)
