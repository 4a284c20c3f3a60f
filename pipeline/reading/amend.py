"""Changing a few metadata of an article that is in the corpus; the rest of the file stays."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

from pipeline.files import write_text_atomically
from pipeline.guarded.files import refuse_leaving
from pipeline.reading.corpus import Corpus
from pipeline.reading.duplicates import DUPLICATE_OF, duplicate_of
from pipeline.reading.known import Known, stated_metadata
from pipeline.reading.linking import Changes, elect
from pipeline.reading.metadata import read_metadata, to_toml

RENAMED_FROM = "renamed_from"
"""The key of the metadata with the ids that an article had before, the first one first."""

_TABLE = re.compile(r"^\s*\[", re.MULTILINE)


def amend_metadata(path: Path, changes: Mapping[str, object]) -> bool:
    """Whether the file had to be written; afterwards it has the values, and none where one is None.

    Comments and what else stands in the file are kept where the values stand on lines of their own.

    Raises:
        ArticleError: beginning with ``file:line`` where the file is not TOML.
    """
    read_metadata(path)  # refused by its line before anything is written
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    new = amend_toml(text, changes)
    if new == text:
        return False
    refuse_leaving(path, path.parent)
    write_text_atomically(path, new)
    return True


def amend_toml(text: str, changes: Mapping[str, object]) -> str:
    r"""The TOML with other values on its top level; None takes a key away.

    >>> amend_toml('# ours\ntitle = "A"\n[source]\nrow = 1\n', {"title": "B", "date": "2024"})
    '# ours\ntitle = "B"\ndate = "2024"\n[source]\nrow = 1\n'
    """
    old = tomllib.loads(text)
    wanted = {key: value for key, value in {**old, **changes}.items() if value is not None}
    if wanted == old:
        return text
    amended = text
    for key, value in changes.items():
        if old.get(key) != value:
            amended = _with_line(amended, key, value)
    try:
        good = tomllib.loads(amended) == wanted
    except tomllib.TOMLDecodeError:
        good = False
    return amended if good else to_toml(wanted)


def _with_line(text: str, key: str, value: object) -> str:
    table = _TABLE.search(text)
    top, rest = (text[: table.start()], text[table.start() :]) if table else (text, "")
    line = "" if value is None else to_toml({key: value})
    there = re.compile(rf"^{re.escape(key)}[^\S\n]*=.*(?:\n|\Z)", re.MULTILINE)
    if there.search(top):
        return there.sub(lambda _: line, top, count=1) + rest
    body = top.rstrip("\n")
    blank = top[len(body) :][1:] if body else top
    return f"{body}\n{line}{blank}{rest}" if body else f"{blank}{line}{rest}"


def former_ids(metadata: Mapping[str, object]) -> tuple[str, ...]:
    """The ids that the article had before, by its metadata."""
    found = metadata.get(RENAMED_FROM)
    return tuple(map(str, found)) if isinstance(found, (list, tuple)) else ()


def find_duplicates(corpus: Corpus, article: str) -> tuple[str, ...]:
    """The articles that count as near-duplicates of this one, in the order of ids."""
    return tuple(
        other
        for other in corpus.ids()
        if other != article and duplicate_of(stated_metadata(corpus, other)) == article
    )


def repoint_duplicates(
    corpus: Corpus, article: str, *, to: str | None, decided: Collection[str] = ()
) -> tuple[str, ...]:
    """The near-duplicates of an article, which count as those of ``to`` from now on.

    Where that is None they are those of the article that it counts as itself; where there is none
    such the best of them counts, and the others as its duplicates.
    """
    found = find_duplicates(corpus, article)
    to = to or duplicate_of(stated_metadata(corpus, article))
    changes: Changes = {other: {DUPLICATE_OF: to} for other in found}
    if to is None:
        known = Known(corpus)
        known.by_id = dict.fromkeys(corpus.ids(), "")
        changes = elect(found, known, decided)
    for other in sorted(changes, key=lambda one: changes[one][DUPLICATE_OF] is None):
        amend_metadata(corpus.metadata_path(other), changes[other])  # the one that counts last
    return found


def edit_metadata(
    corpus: Corpus, article: str, values: Mapping[str, object], *, dry_run: bool = False
) -> dict[str, tuple[object, object]]:
    """What changes, by field: the value that was there, None for none, and the new one.

    Raises:
        ArticleError: there is no such article, or its metadata cannot be read.
    """
    path = corpus.metadata_path(article)
    if not corpus.text_path(article).is_file():
        raise corpus.unknown(article)
    old = read_metadata(path)
    changes = {key: (old.get(key), value) for key, value in values.items() if old.get(key) != value}
    if changes and not dry_run:
        amend_metadata(path, {key: new for key, (_, new) in changes.items()})
    return changes
