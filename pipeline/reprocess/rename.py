"""Another id for an article: its files, its extraction, and by new ledger lines its decisions.

Each step leaves a workspace that the same call completes: what is new is written first, with the
former id in the new metadata, then the ledger grows, and what is old goes last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.dataset.carry import find_to_carry
from pipeline.dataset.imported import read_imported, write_imported
from pipeline.dataset.ledger import LEDGER, append_decisions, read_decisions
from pipeline.dataset.records import Decision
from pipeline.errors import SettingError
from pipeline.files import write_bytes_atomically, write_text_atomically
from pipeline.jsonl import write_extractions
from pipeline.reading.amend import (
    RENAMED_FROM,
    amend_toml,
    find_duplicates,
    former_ids,
    repoint_duplicates,
)
from pipeline.reading.corpus import Corpus, is_article_id
from pipeline.reading.metadata import read_metadata
from pipeline.reprocess.files_of import Workplace, own_originals, read_one, renamed_extraction


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a renaming did: how many decisions it carried, the duplicates that it told.

    ``moved`` is False where the article had its new id already; ``fault`` says what is left to do.
    """

    decisions: int
    duplicates: tuple[str, ...] = ()
    moved: bool = True
    fault: str | None = None


def rename_article(place: Workplace, old: str, new: str, *, dry_run: bool = False) -> Renamed:
    """What it took to have the article ``old`` as ``new``; what was done already is not done again.

    Given again later, it carries what was decided under the old id meanwhile, as by a colleague.

    Raises:
        ArticleError: there is no such article, or its metadata cannot be read.
        SettingError: the new id is none, or something else has it.
        RecordError: the ledger, or an imported claim, cannot be read; nothing was written.
    """
    corpus, ledger = place.corpus, place.annotations / LEDGER
    decisions = read_decisions(ledger)
    _check(corpus, decisions, old, new)
    there = corpus.text_path(old).is_file()
    source = old if there else new
    former = _former(corpus, source, new, old)
    lines = find_to_carry(decisions, former, new)
    duplicates = find_duplicates(corpus, old)
    place.refuse_links(old, new)
    imported = read_imported(place.annotations, old)
    if dry_run:
        return Renamed(len(lines), duplicates, moved=there)
    if there:
        _write_new(place, old, new, former)
    if imported:
        moved = [replace(claim, article=new) for claim in imported]
        write_imported(place.annotations, new, moved)
    if lines:
        append_decisions(ledger, lines)
    repoint_duplicates(corpus, old, to=new)
    _delete_old(place, old)
    return Renamed(len(lines), duplicates, moved=there, fault=place.rebuild_verified())


def _former(corpus: Corpus, source: str, new: str, old: str) -> tuple[str, ...]:
    """The ids that the article had before, in order and once; not the one that it takes."""
    names = (*former_ids(read_metadata(corpus.metadata_path(source))), old)
    return tuple(dict.fromkeys(name for name in names if name != new))


def _check(corpus: Corpus, decisions: tuple[Decision, ...], old: str, new: str) -> None:
    """Refuse an id that is neither free nor this very article, half or wholly renamed."""
    if not is_article_id(new) or len(new) > 120:
        raise SettingError(f"{new!r} cannot be an article's id; use a–z, 0–9 and hyphens")
    if old == new:
        raise SettingError(f"{old!r} is its id already; name another one")
    text, there = corpus.text_path(new), corpus.text_path(old).is_file()
    begun = old in former_ids(read_metadata(corpus.metadata_path(new)))
    if not there and not (begun and text.is_file()):
        raise corpus.unknown(old)
    if text.is_file():
        if not begun or (there and text.read_bytes() != corpus.text_path(old).read_bytes()):
            raise SettingError(
                f"there is an article {new!r} already ({text}); choose another id, or take that "
                f"one away first: claims remove {new}"
            )
    elif not begun:
        _check_free(corpus, decisions, old, new)


def _check_free(corpus: Corpus, decisions: tuple[Decision, ...], old: str, new: str) -> None:
    """Refuse an id under which metadata or decisions of another article are."""
    if corpus.metadata_path(new).exists():
        raise SettingError(
            f"{corpus.metadata_path(new)} is there already, without a text; delete it, or choose "
            "another id"
        )
    before = (*former_ids(read_metadata(corpus.metadata_path(old))), old)
    if new not in before and _has_others(decisions, new, before):
        raise SettingError(
            f"the ledger has decisions on an earlier article {new!r}, which would be taken "
            f"for this one's; choose another id: claims rename {old} {new}-2"
        )


def _has_others(decisions: tuple[Decision, ...], new: str, former: tuple[str, ...]) -> bool:
    """Whether something was decided under the new id that was not carried from the former ones."""
    articles = {item.id: item.article for item in decisions}
    return any(
        item.article == new and articles.get(item.carries or "") not in former for item in decisions
    )


def _write_new(place: Workplace, old: str, new: str, former: tuple[str, ...]) -> None:
    """Write all that the article consists of under its new id, the text last."""
    corpus = place.corpus
    metadata = corpus.metadata_path(new)
    if not metadata.exists():
        there = corpus.metadata_path(old)
        data = there.read_bytes() if there.exists() else b""
        _write_metadata(metadata, data, former)
    for path in own_originals(corpus, old):
        name = new + path.name.removeprefix(old)
        write_bytes_atomically(corpus.original_path(name), path.read_bytes())
    write_bytes_atomically(corpus.text_path(new), corpus.text_path(old).read_bytes())
    present = corpus.read(new).metadata
    paths = zip(place.extractions_of(old), place.extractions_of(new), (present, None), strict=True)
    for before, after, known in paths:
        if (found := read_one(before)) is not None:
            write_extractions(after, (renamed_extraction(found, new, known),))


def _write_metadata(path: Path, data: bytes, former: tuple[str, ...]) -> None:
    """Write the file once, with the former ids: by them a half renaming is known."""
    write_text_atomically(path, amend_toml(data.decode("utf-8"), {RENAMED_FROM: list(former)}))


def _delete_old(place: Workplace, old: str) -> None:
    corpus = place.corpus
    paths = [*place.extractions_of(old), place.imported_of(old), *own_originals(corpus, old)]
    for path in (*paths, corpus.text_path(old), corpus.metadata_path(old)):
        path.unlink(missing_ok=True)
