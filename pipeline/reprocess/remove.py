"""An article taken out of the workspace; what was decided on it stays in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset.ledger import LEDGER, read_decisions, standing_decisions
from pipeline.reading.amend import find_duplicates, repoint_duplicates
from pipeline.reprocess.files_of import Workplace, own_originals, tables_of_one


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal took: files, and how many decisions the ledger keeps on the article.

    Of the near-duplicates of the article the best one counts itself from now on.
    """

    files: tuple[Path, ...]
    decisions: int
    duplicates: tuple[str, ...] = ()
    fault: str | None = None


def remove_article(place: Workplace, article: str, *, dry_run: bool = False) -> Removed:
    """What was removed; the ledger is only read. Given again after a crash it completes the work.

    Raises:
        ArticleError: there is no such article, nor anything that is left of one.
        RecordError: the ledger cannot be read; nothing was removed.
    """
    corpus = place.corpus
    text = corpus.text_path(article)
    standing = standing_decisions(read_decisions(place.annotations / LEDGER))
    count = sum(item.article == article for item in standing)
    candidates = (
        *place.extractions_of(article),
        place.imported_of(article),
        *own_originals(corpus, article),
        *tables_of_one(corpus, article),
        corpus.metadata_path(article),
        text,
    )
    files = tuple(path for path in candidates if path.is_file() or path.is_symlink())
    if not files:
        raise corpus.unknown(article)
    place.refuse_links(article)
    duplicates = find_duplicates(corpus, article)
    if dry_run:
        return Removed(files, count, duplicates)
    repoint_duplicates(corpus, article, to=None, decided={item.article for item in standing})
    for path in files:  # the text last: with it the article is gone
        path.unlink(missing_ok=True)
    return Removed(files, count, duplicates, place.rebuild_verified())
