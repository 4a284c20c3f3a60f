"""The elements of a REFI-QDA project as XML, and the ids in it.

Source: REFI-QDA project exchange, version 1.5 (qdasoftware.org).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha1
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from pipeline.export.dna_text import one_line

NAMESPACE = "urn:QDA-XML:project:1.0"
_IDS = UUID("8a5f7a5c-4d0e-5f0b-9b5a-6d1f3c2e7b90")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(maxsize=1 << 16)
def guid_of(*names: str) -> str:
    """The id of what the names name, the same in every export (a UUID of version 5).

    >>> guid_of("stance", "support")
    '89bb290c-fa93-5db4-b3d5-c8016cb34a4c'
    """
    digest = bytearray(
        sha1(_IDS.bytes + "\x1f".join(names).encode("utf-8"), usedforsecurity=False).digest()[:16]
    )
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    found = digest.hex()
    return f"{found[:8]}-{found[8:12]}-{found[12:16]}-{found[16:20]}-{found[20:]}"


def _text(words: str) -> str:
    """The words as XML's text; what XML does not have is replaced."""
    return escape(_NO_XML.sub("\ufffd", words))


def _named(words: str) -> str:
    """The words as the value of an attribute, with its quotation marks."""
    return quoteattr(_NO_XML.sub("\ufffd", one_line(words)))


def _made(who: str, when: str) -> str:
    """The attributes that say who made something and, where that is known, when."""
    return f' creatingUser="{who}"' + (f' creationDateTime="{when}"' if when else "")


def opening(creator: str, when: str) -> str:
    """The head of the project."""
    made = f' creatingUserGUID="{creator}"' + (f' creationDateTime="{when}"' if when else "")
    name = 'name="stance-claims" origin="stance-claims"'
    return f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="{NAMESPACE}" {name}{made}>\n'


def closing() -> str:
    """The end of the project."""
    return "</Project>\n"


def user(guid: str, name: str) -> str:
    """Somebody who coded."""
    return f'<User guid="{guid}" name={_named(name)}/>\n'


def code(
    guid: str, name: str, below: Iterable[str] = (), *, colour: str = "", about: str = ""
) -> str:
    """A code; one with codes below it is not for coding itself."""
    inner = "".join(below)
    codable = "false" if inner else "true"
    coloured = f' color="{colour}"' if colour else ""
    tag = f'<Code guid="{guid}" name={_named(name)} isCodable="{codable}"{coloured}'
    described = f"<Description>{_text(about)}</Description>\n" if about else ""
    return f"{tag}>\n{described}{inner}</Code>\n" if inner or described else f"{tag}/>\n"


def coding(guid: str, target: str, who: str, when: str) -> str:
    """The use of a code."""
    return f'<Coding guid="{guid}"{_made(who, when)}><CodeRef targetGUID="{target}"/></Coding>\n'


def selection(
    guid: str,
    name: str,
    span: tuple[int, int],
    codings: Iterable[str],
    note: str,
    who: str,
    when: str,
) -> str:
    """A piece of a text with its codings and its note; offsets from 0, the end exclusive."""
    place = f'startPosition="{span[0]}" endPosition="{span[1]}"'
    return (
        f'<PlainTextSelection guid="{guid}" name={_named(name)} {place}{_made(who, when)}>\n'
        f'{"".join(codings)}<NoteRef targetGUID="{note}"/>\n</PlainTextSelection>\n'
    )


def note(guid: str, name: str, words: str, who: str, when: str) -> str:
    """A note with its text in it."""
    text = _text(words.replace("\r", " "))
    return (
        f'<Note guid="{guid}" name={_named(name)}{_made(who, when)}>\n'
        f"<PlainTextContent>{text}</PlainTextContent>\n</Note>\n"
    )


def variable(guid: str, name: str) -> str:
    """A property that texts have, always a text itself."""
    return f'<Variable guid="{guid}" name={_named(name)} typeOfVariable="Text"/>\n'


def source(
    guid: str, name: str, selections: Iterable[str], values: Mapping[str, str]
) -> Iterator[str]:
    """A text, in a file of its own, with its selections and what its properties are."""
    path = f"internal://{guid}.txt"
    yield f'<TextSource guid="{guid}" name={_named(name)} plainTextPath="{path}">\n'
    yield from selections
    for one, value in values.items():
        if value:
            yield (
                f'<VariableValue><VariableRef targetGUID="{one}"/>'
                f"<TextValue>{_text(value)}</TextValue></VariableValue>\n"
            )
    yield "</TextSource>\n"
