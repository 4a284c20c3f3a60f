"""What an extraction says that an earlier one did not, no longer says, or says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.dataset.passages import fold
from pipeline.records import Claim, Extraction, Span


class Difference(StrEnum):
    """How a claim of one extraction stands to the other."""

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in words, as one extraction has it; ``sentence`` is the one that its cue is in."""

    claim: Claim
    holder: str
    cue: str
    target: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class ClaimDifference:
    """One claim in two extractions; ``fields`` names what is not the same, in a fixed order."""

    article: str
    kind: Difference
    before: Said | None = None
    now: Said | None = None
    fields: tuple[str, ...] = ()

    @property
    def said(self) -> Said:
        """The claim as it is now or, where it is lost, as it was."""
        found = self.now or self.before
        assert found is not None
        return found


def find_differences(
    before: Mapping[str, Extraction], now: Mapping[str, Extraction]
) -> Iterator[ClaimDifference]:
    """Every claim of both, unchanged ones too, by article and by place in the text.

    A lost claim stands behind those that are there.
    """
    for article in sorted({*before, *now}):
        bare = Extraction(article, "")
        yield from diff_extractions(before.get(article, bare), now.get(article, bare))


def diff_extractions(before: Extraction, now: Extraction) -> tuple[ClaimDifference, ...]:
    """The claims of an article in two extractions, which may be of two versions of the text."""
    before, now = _numbered(before), _numbered(now)
    pairs = pair_claims(before, now)
    partners = {pair[1].id: pair[0] for pair in pairs}
    gone = {pair[0].id for pair in pairs}
    found = []
    for claim in _in_order(now.claims):
        said = say(claim, now)
        if (old := partners.get(claim.id)) is None:
            found.append(ClaimDifference(now.article, Difference.GAINED, now=said))
            continue
        earlier = say(old, before)
        fields = differing_fields(earlier, said)
        kind = Difference.CHANGED if fields else Difference.UNCHANGED
        found.append(ClaimDifference(now.article, kind, earlier, said, fields))
    for claim in _in_order(before.claims):
        if claim.id not in gone:
            lost = say(claim, before)
            found.append(ClaimDifference(now.article, Difference.LOST, before=lost))
    return tuple(found)


def pair_claims(before: Extraction, now: Extraction) -> tuple[tuple[Claim, Claim], ...]:
    """The claims that are one and the same position in both, one to one.

    First those with the same id and words, then those with the same holder and cue; where both
    are of one text that means that the spans overlap, else that the words and the order are the
    same.
    """
    old, new = _numbered(before), _numbered(now)
    pairs = _with_same_id(old, new)
    paired = ({a.id for a, _ in pairs}, {b.id for _, b in pairs})
    left = [claim for claim in _in_order(old.claims) if claim.id not in paired[0]]
    for claim in _in_order(new.claims):
        if claim.id in paired[1]:
            continue
        partner = next((other for other in left if _is_same(other, before, claim, now)), None)
        if partner is not None:
            left.remove(partner)
            pairs.append((partner, claim))
    return tuple(pairs)


def _with_same_id(old: Extraction, new: Extraction) -> list[tuple[Claim, Claim]]:
    """The claims that have the same id and the same words in both."""
    by_id = {claim.id: claim for claim in old.claims}
    both = [(by_id[claim.id], claim) for claim in new.claims if claim.id in by_id]
    return [(one, other) for one, other in both if _words(one, old) == _words(other, new)]


def say(claim: Claim, extraction: Extraction) -> Said:
    """The claim in the words of its article."""
    text = extraction.text
    return Said(
        claim=claim,
        holder=claim.holder.span.text_in(text),
        cue=claim.cue.text_in(text),
        target=claim.target.text_in(text) if claim.target else None,
        sentence=sentence_of(claim.cue, extraction),
    )


def sentence_of(span: Span, extraction: Extraction) -> str:
    """The words of the sentence that the span begins in; its line where no sentence is known."""
    for sentence in extraction.sentences:
        if sentence.start <= span.start < sentence.end:
            return sentence.span.text_in(extraction.text)
    start = extraction.text.rfind("\n", 0, span.start) + 1
    end = extraction.text.find("\n", span.end)
    return extraction.text[start : end if end >= 0 else len(extraction.text)]


def differing_fields(before: Said, now: Said) -> tuple[str, ...]:
    """The names of the fields in which two claims differ, typography aside."""
    old, new = before.claim, now.claim
    checks = {
        "holder": _alike(before.holder, now.holder),
        "entity": old.holder.entity == new.holder.entity,
        "cue": _alike(before.cue, now.cue),
        "stance": old.stance == new.stance,
        "form": old.form == new.form,
        "target": _alike(before.target, now.target),
        "negated": old.negated == new.negated,
        "hedged": old.hedged == new.hedged,
        "attribution": (old.attribution and old.attribution.entity)
        == (new.attribution and new.attribution.entity),
    }
    return tuple(name for name, same in checks.items() if not same)


def _numbered(extraction: Extraction) -> Extraction:
    """The extraction with an id for every claim: codebook files have none."""
    claims = tuple(
        claim if claim.id else replace(claim, id=f"#{number}")
        for number, claim in enumerate(extraction.claims)
    )
    return replace(extraction, claims=claims)


def _is_same(old: Claim, before: Extraction, new: Claim, now: Extraction) -> bool:
    if before.text == now.text:
        return old.cue.overlaps(new.cue) and old.holder.span.overlaps(new.holder.span)
    return _words(old, before)[:2] == _words(new, now)[:2]


def _words(claim: Claim, extraction: Extraction) -> tuple[str, ...]:
    spans = (claim.holder.span, claim.cue, claim.target)
    return tuple("" if span is None else fold(span.text_in(extraction.text)) for span in spans)


def _alike(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    return fold(one).split() == fold(other).split()


def _in_order(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.cue, claim.holder.span, claim.id))
