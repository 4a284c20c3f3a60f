"""What a dataset is not: its limits, as far as they can be counted."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report.facts import Facts
from pipeline.report.tally import NO_CONCEPT, UNRESOLVED
from pipeline.report.words import counted

MOST_NOTES = 20


def find_limits(facts: Facts) -> Iterator[str]:
    """A sentence for each limit."""
    yield from _limits_of_review(facts)
    yield from _limits_of_claims(facts)
    yield from _limits_of_articles(facts)
    yield (
        "Reviewers judge what the machine proposes and add what they see it missed: what neither "
        "saw is not in here. A claim is what an article says somebody wants, not what they want."
    )
    for note in facts.notes[:MOST_NOTES]:
        yield f"{note}."
    if more := len(facts.notes[MOST_NOTES:]):
        yield f"And {counted(more, 'more line')} like these."


def _limits_of_review(facts: Facts) -> Iterator[str]:
    progress = facts.progress
    if facts.unreviewed:
        yield "No claim in here was checked by a person: some are wrong, and some are missing."
        return
    if left := progress.extracted - progress.decided:
        yield f"{counted(left, 'claim')} of the machine {_are(left)} not reviewed, and not in here."
    if progress.waiting:
        claims = f"{counted(progress.waiting, 'claim')} {_are(progress.waiting)}"
        yield f"{claims} not let through by the rule yet."
    if progress.disputed:
        yield f"Reviewers differ on {counted(progress.disputed, 'claim')}; nobody has settled that."
    if progress.stale:
        yield (
            f"{counted(progress.stale, 'claim')} {_are(progress.stale)} left out, because the "
            "article was edited since and the words are no longer in it."
        )
    if progress.by_reviewer and not progress.twice:
        yield "Each claim was judged by one person, so nobody knows how far two would agree."


def _limits_of_claims(facts: Facts) -> Iterator[str]:
    tally = facts.tally
    bare = sum(
        counts.total for (_, concept), counts in tally.pairs.items() if concept == NO_CONCEPT
    )
    if bare:
        yield f"{counted(bare, 'claim')} {_are(bare)} on no concept, and so in no network."
    if UNRESOLVED in tally.actors:
        number = tally.actors[UNRESOLVED].total
        yield f"{counted(number, 'claim')} {_have(number)} a holder whom nobody has resolved."
    if facts.made.unknown:
        yield f"Of {counted(facts.made.unknown, 'claim')} it was not recorded what made them."


def _limits_of_articles(facts: Facts) -> Iterator[str]:
    bare = facts.articles - len(facts.tally.articles)
    if bare > 0:
        yield f"{counted(bare, 'article')} {_have(bare)} no claim in here."
    if facts.undated:
        yield f"{counted(facts.undated, 'article')} {_have(facts.undated)} no date."
    if facts.unlicensed:
        yield f"Of {counted(facts.unlicensed, 'article')} no licence is stated."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"
