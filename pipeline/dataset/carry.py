"""Decisions under an article's new id: each is said again by a line that names the one it carries.

Nothing in the ledger is rewritten. What a line carries, and under which claim id, follows from the
carried line and the new id alone: two colleagues who rename the same article write the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from pipeline.dataset.fold import position_hash
from pipeline.dataset.lines import with_id
from pipeline.dataset.records import Decision, Position, Verdict
from pipeline.identity import hash_of_words
from pipeline.reading.amend import former_ids
from pipeline.records import Extraction

_ID = re.compile(r"((?:v-)?[0-9a-f]{16})([-+].*)?")
_EARLIER = 60
_AGAIN = 6


def find_to_carry(
    ledger: Sequence[Decision], former: Iterable[str], article: str
) -> tuple[Decision, ...]:
    """The lines that carry to ``article`` what was decided under its former ids and is not yet.

    What was taken back, and what another line carries already, is left where it is.
    """
    names = set(former) - {article}
    mine = [item for item in ledger if item.article in names]
    done = {item.carries for item in ledger}
    done |= {item.retracts for item in ledger if item.verdict is Verdict.RETRACTED}
    ids = _renamed_claims(mine, article)
    return tuple(
        with_id(
            replace(
                item,
                article=article,
                claim=ids.get((item.article, item.claim), item.claim),
                carries=item.id,
            )
        )
        for item in mine
        if item.verdict is not Verdict.RETRACTED and item.id not in done
    )


def under_former_ids(articles: Mapping[str, Extraction]) -> dict[str, str]:
    """The present id of each article by every id that it had and that no other article has now."""
    return {
        old: article.article
        for article in articles.values()
        for old in former_ids(article.metadata)
        if old not in articles
    }


def find_all_to_carry(
    ledger: Sequence[Decision], articles: Mapping[str, Extraction]
) -> dict[tuple[str, str], tuple[Decision, ...]]:
    """The lines still to be written for renamed articles, by former and present id."""
    found = {}
    for old, new in sorted(under_former_ids(articles).items()):
        if lines := find_to_carry(ledger, [old], new):
            found[old, new] = lines
    return found


def renamed_claim(decision: Decision, article: str) -> str | None:
    """The id that the decision's claim has in an article of that id; None where it cannot be told.

    A claim's id is a hash of the article's id, of words that the decision quotes, and of small
    numbers: those numbers are looked for that give the old id.
    """
    match = _ID.fullmatch(decision.claim)
    if match is None:
        return None
    base, end = match[1], match[2] or ""
    for position in filter(None, (decision.shown, decision.decided)):
        for old, new in _hashes(position, decision.article, article, added=base.startswith("v-")):
            if old == base:
                return new + end
    return None


def _renamed_claims(decisions: Iterable[Decision], article: str) -> dict[tuple[str, str], str]:
    """The new ids by article and old id; what one decision cannot tell another one may."""
    found: dict[tuple[str, str], str] = {}
    for item in decisions:
        key = item.article, item.claim
        if key not in found and (new := renamed_claim(item, article)) is not None:
            found[key] = new
    return found


def _hashes(position: Position, old: str, new: str, *, added: bool) -> Iterator[tuple[str, str]]:
    """The ids that the words can have under both names, the likeliest first."""
    pieces = (position.holder, position.cue, position.target)
    counts = [range(_AGAIN if piece else 1) for piece in pieces]
    if added:
        for numbers in product(*counts):
            words = [
                (piece.text, number) if piece else None
                for piece, number in zip(pieces, numbers, strict=True)
            ]
            yield position_hash(old, words), position_hash(new, words)
        return
    texts = [piece.text if piece else "" for piece in pieces]
    for numbers in product(*counts):
        for earlier in range(_EARLIER):
            yield (
                hash_of_words(old, earlier, texts, numbers),
                hash_of_words(new, earlier, texts, numbers),
            )
