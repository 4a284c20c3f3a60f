"""The paragraph of methods for a paper, every figure of it computed."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.dataset.records import CODEBOOK
from pipeline.report.facts import Facts
from pipeline.report.progress import NOT_NOTED, Progress
from pipeline.report.review_words import RULES, percent, share
from pipeline.report.words import counted, joined

MOST_PUBLISHERS = 5


def tell_methods(facts: Facts) -> str:
    """The paragraph, in the first person plural and the past tense."""
    sentences = [_corpus(facts), _extraction(facts)]
    if facts.unreviewed:
        sentences.append("The claims were not reviewed.")
    else:
        sentences += [*_review(facts.progress), *_agreement(facts.progress)]
    return " ".join([*sentences, _dataset(facts)])


def _corpus(facts: Facts) -> str:
    publishers = [one.publisher for one in facts.sources if one.publisher]
    named = list(dict.fromkeys(publishers))
    shown = named[:MOST_PUBLISHERS]
    if more := len(named) - len(shown):
        shown.append(counted(more, "other publisher"))
    dates = [date for one in facts.sources for date in (one.first, one.last) if date]
    of = f" of {joined(shown)}" if shown else ""
    when = f", published from {min(dates)} to {max(dates)}" if dates else ""
    return f"We read {counted(facts.articles, 'article')}{of}{when}."


def _extraction(facts: Facts) -> str:
    sets = facts.made.sets()
    how = (
        f" with {sets[0][0]}"
        if len(sets) == 1
        else f" with {len(sets)} sets of versions"
        if sets
        else ""
    )
    return (
        f"Claims (who takes which position on what, in which words) were extracted "
        f"automatically{how}, by {_codebooks(facts.progress)} of the program's codebook; "
        f"it proposed {counted(facts.progress.extracted, 'claim')}."
    )


def _codebooks(progress: Progress) -> str:
    versions = [one for one in progress.codebooks if one != NOT_NOTED] or [CODEBOOK]
    return f"version{'s' if len(versions) > 1 else ''} {joined(versions)}"


def _review(progress: Progress) -> Iterator[str]:
    people = len(progress.by_reviewer)
    if not people:
        yield "None of them was reviewed."
        return
    when = (
        f"on {progress.first}"
        if progress.first == progress.last
        else f"between {progress.first} and {progress.last}"
    )
    yield (
        f"{counted(people, 'person', 'people')} reviewed {progress.decided:,} of them "
        f"({percent(progress.decided, progress.extracted)}) {when}."
    )
    shown = progress.shown
    total = sum(shown.values())
    if total:
        accepted, edited, rejected = (
            f"{number:,} ({percent(number, total)})" for number in shown.values()
        )
        yield (
            f"Of {counted(total, 'decision')} on proposed claims, {accepted} accepted the claim as "
            f"it was, {edited} corrected it and {rejected} rejected it; the reviewers added "
            f"{counted(progress.added, 'claim')} that had not been proposed."
        )
    yield f"A claim counted as verified where {RULES[progress.rule]}."


def _agreement(progress: Progress) -> Iterator[str]:
    pairs = [one for one in progress.agreement.pairs if one.stance_f1 is not None]
    if not pairs:
        if progress.by_reviewer:
            yield "No claim was judged by two people, so agreement was not measured."
        return
    scores = sorted(one.stance_f1 for one in pairs if one.stance_f1 is not None)
    told = share(scores[0])
    if scores[0] != scores[-1]:
        told = (
            f"from {share(scores[0])} to {share(scores[-1])} over {len(scores)} pairs of reviewers"
        )
    alpha = progress.agreement.stance_alpha
    also = (
        f", and Krippendorff's alpha on the stance {alpha:.2f} "
        f"({counted(progress.agreement.stance_claims, 'claim')})"
        if alpha is not None
        else ""
    )
    were = "was" if progress.twice == 1 else "were"
    yield (
        f"{counted(progress.twice, 'claim')} {were} judged by two people or more; F1 of their "
        f"claims with stance was {told}{also}."
    )


def _dataset(facts: Facts) -> str:
    tally = facts.tally
    kind = "unreviewed" if facts.unreviewed else "verified"
    on = (
        f"; {tally.mapped:,} statements are on {counted(facts.concepts, 'concept')}"
        if facts.concepts
        else ""
    )
    stances = f" ({tally.stances.words})" if tally.claims else ""
    return (
        f"The dataset holds {counted(tally.claims, f'{kind} claim')}{stances} of "
        f"{counted(facts.actors, 'actor')}{on}."
    )
