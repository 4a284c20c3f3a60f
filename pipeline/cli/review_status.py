"""How far review is, in words: what ``claims review status`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli.console import counted

if TYPE_CHECKING:
    from pipeline.dataset.agreement import Agreement
    from pipeline.review.reports import Status


def status_lines(found: Status) -> str:
    """The counts of review, one a line, and each reviewer's pace."""
    rows = [
        ("articles", found.articles),
        ("claims extracted", found.claims),
        ("of these decided", found.decided),
        ("passages left", found.open_units),
        ("verified", found.verified),
        ("rejected", found.rejected),
        *((f"  {reason.replace('-', ' ')}", count) for reason, count in found.reasons.items()),
        ("added", found.added),
        ("disagreed", found.disagreements),
        ("stale (article edited)", found.stale),
    ]
    lines = [f"{name:<24}{count:>8}\n" for name, count in rows]
    for item in found.reviewers:
        pace = "" if item.rate is None else f", {item.rate:.1f} a minute"
        bulk = f", {item.bulk} more in bulk" if item.bulk else ""
        read = counted(item.claims - item.bulk, "claim")
        lines.append(f"{item.reviewer}: {read} in {item.minutes:.1f} min{pace}{bulk}\n")
    return "".join(lines)


def next_step(found: Status) -> str:
    """The command to run next."""
    if not found.claims:
        return "claims extract"
    if found.disagreements:
        return "claims review adjudicate"
    return "claims review start" if found.open_units else "claims verify"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def agreement_lines(agreement: Agreement) -> str:
    """How far each two reviewers agree, and all of them on the stance."""
    lines = []
    for pair in agreement.pairs:
        names = " and ".join(pair.reviewers)
        scores = f"claims {_share(pair.claims_f1)}, with stance {_share(pair.stance_f1)}"
        lines.append(f"agreement of {names} (F1, {pair.units} passages): {scores}\n")
    if agreement.stance_alpha is not None:
        alpha = f"{agreement.stance_alpha:.2f} on {counted(agreement.stance_claims, 'claim')}"
        lines.append(f"Krippendorff's alpha on stance: {alpha}\n")
    return "".join(lines)
