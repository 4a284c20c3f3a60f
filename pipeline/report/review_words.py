"""Review and agreement in the words of the page."""

from __future__ import annotations

from typing import Any

from pipeline.dataset.records import Rule
from pipeline.report.progress import Progress, reviewer_names
from pipeline.report.words import counted, one_line

Json = dict[str, Any]
RULES = {
    Rule.FIRST: "the first who judged it kept it",
    Rule.MAJORITY: "more than half of those who judged it decided the same",
    Rule.ADJUDICATED: "two or more judged it and all agree, or it was settled",
}
MOST_REVIEWERS = 30


def review_view(progress: Progress) -> Json:
    """What the section of review shows."""
    names = reviewer_names(progress.by_reviewer)
    often = sorted(progress.by_reviewer.items(), key=lambda one: (-one[1], one[0]))
    tiles = [
        ("accepted", progress.shown["accepted"]),
        ("edited", progress.shown["edited"]),
        ("rejected", progress.shown["rejected"]),
        ("claims added", progress.added),
        ("claims judged twice", progress.twice),
        ("in dispute", progress.disputed),
    ]
    pairs = [
        {
            "names": " and ".join(one_line(names[one]) for one in pair.reviewers),
            "units": f"{pair.units:,}",
            "scores": [share(one) for one in (pair.claims_f1, pair.stance_f1, pair.target_f1)],
        }
        for pair in progress.agreement.pairs[:MOST_REVIEWERS]
    ]
    return {
        "progress": progress,
        "percent": percent,
        "review_tiles": tiles,
        "rule_words": RULES[progress.rule],
        "reviewers": [(one_line(names[one]), number) for one, number in often[:MOST_REVIEWERS]],
        "pairs": pairs,
        "alpha": alpha_words(progress),
    }


def alpha_words(progress: Progress) -> str:
    """Krippendorff's alpha on the stance in a sentence, empty where it cannot be told."""
    alpha = progress.agreement.stance_alpha
    if alpha is None:
        return ""
    claims = counted(progress.agreement.stance_claims, "claim")
    return f"Krippendorff’s alpha on the stance is {alpha:.2f}, on {claims} that two or more kept."


def share(value: float | None) -> str:
    """A score with two places, a dash where there is none."""
    return "–" if value is None else f"{value:.2f}"


def percent(part: int, whole: int) -> str:
    """The part in per cent of the whole; never 100 where something is missing.

    >>> percent(1, 3), percent(999, 1000), percent(0, 5)
    ('33 %', '99 %', '0 %')
    """
    if not whole:
        return "–"
    rounded = round(100 * part / whole)
    return f"{99 if rounded == 100 and part < whole else rounded} %"
