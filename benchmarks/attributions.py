"""Our claims as PolNeAR attributions: holder as source, cue as cue, target as content.

Differences of convention are met here, in the mapping alone, and reported beside the plain
figures. PolNeAR has what somebody says or thinks, not what is done, marks next to nothing inside
quotations (31 of 2,745 cues of 150 training articles), and marks a report that only relays beside
what it relays: the *reports* are our statements outside quotations and our attributions. Claims
that share cue and target are one attribution whose source spans all their holders, as PolNeAR
writes a coordination. A source is the whole noun phrase (article, title, apposition), a cue has
its auxiliaries, adverbs and negation: the *phrase* figures widen ours so by the parse. Marks and
quotation marks at the edges are trimmed on both sides in every exact figure but the *raw* one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from benchmarks.figures import Figure
from benchmarks.running import extract_with_parses
from benchmarks.sets import AttributedText, Attribution, Pieces
from pipeline.evaluation.assignment import find_assignment
from pipeline.evaluation.bootstrap import find_f1_interval
from pipeline.evaluation.scores import Counts
from pipeline.evaluation.tokens import TokenIndex
from pipeline.language.quotations import find_quotations, is_clause
from pipeline.records import Claim, Form, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

ROLES = ("source", "cue", "content")
_EDGES = " \t\n\u00a0.,;:!?\"'“”‘’«»()[]–—-"
_CUE_PARTS = frozenset({"aux", "auxpass", "neg", "advmod"})


def count_polnear(nlp: Language, items: Iterable[AttributedText]) -> Iterator[dict[str, Counts]]:
    """For each item the counts by the name of the figure, in order.

    First of whole relations with all three roles overlapping, then of each role's exact spans.
    """
    for item, extraction, doc in extract_with_parses(nlp, items):
        index = TokenIndex(item.text)
        said = [claim for claim in extraction.claims if claim.form is Form.STATEMENT]
        outside = _outside_quotations(said, doc)
        plain = (*to_attributions(outside), *_relays(outside))
        sides = {
            "all claims": to_attributions(extraction.claims),
            "statements": to_attributions(said),
            "reports": plain,
        }
        whole = {
            f"three roles overlap, F1, {name}": count_relations(item.attributions, ours, index)
            for name, ours in sides.items()
        }
        yield whole | _count_roles(item, plain, doc)


def _count_roles(item: AttributedText, plain: Iterable[Attribution], doc: Doc) -> dict[str, Counts]:
    """The counts of each role's exact spans: as they are, trimmed, and widened to phrases."""
    kept = tuple(plain)
    widened = tuple(_widen(attribution, doc) for attribution in kept)
    found = {}
    for role in ROLES:
        gold = [getattr(attribution, role) for attribution in item.attributions]
        for name, ours in (("raw", kept), ("trimmed", kept), ("phrase", widened)):
            spans = [getattr(attribution, role) for attribution in ours]
            counts = count_exact(gold, spans, item.text, trimmed=name != "raw")
            found[f"exact F1 of {role}, {name}"] = counts
    return found


def score_polnear(items: Sequence[dict[str, Counts]], profile: str) -> Iterator[Figure]:
    """The figures of what ``count_polnear`` counted, with intervals over articles."""
    for name in items[0] if items else ():
        counts = [item[name] for item in items]
        total = sum(counts, Counts())
        yield Figure(
            "polnear",
            name,
            total.f1,
            note=f"P {total.precision:.3f} R {total.recall:.3f}",
            profile=profile,
            interval=find_f1_interval(counts),
        )


def to_attributions(claims: Iterable[Claim]) -> tuple[Attribution, ...]:
    """One attribution a cue and target, its source from the first holder to the last."""
    groups: dict[tuple[Span, Span | None], list[Span]] = defaultdict(list)
    for claim in claims:
        groups[claim.cue, claim.target].append(claim.holder.span)
    return tuple(
        Attribution(
            source=(_hull(holders),), cue=(cue,), content=() if target is None else (target,)
        )
        for (cue, target), holders in groups.items()
    )


def _outside_quotations(claims: Iterable[Claim], doc: Doc) -> list[Claim]:
    """The claims whose cue is the writer's word, not the speaker's in a quotation."""
    quoted = [
        (doc[quotation.start].idx, doc[quotation.end - 1].idx)
        for quotation in find_quotations(doc)
        if is_clause(doc, quotation)
    ]
    return [c for c in claims if not any(start <= c.cue.start <= end for start, end in quoted)]


def _relays(claims: Iterable[Claim]) -> tuple[Attribution, ...]:
    """The reports by somebody who only relays: our attribution, PolNeAR's attribution too."""
    found = {
        Attribution((source.span,), (source.cue,), (source.reported,))
        for claim in claims
        if (source := claim.attribution) is not None and source.cue and source.reported
    }
    return tuple(sorted(found, key=lambda item: item.cue[0].start))


def _hull(spans: Iterable[Span]) -> Span:
    kept = list(spans)
    return Span(min(span.start for span in kept), max(span.end for span in kept))


def count_relations(
    gold: Iterable[Attribution], ours: Iterable[Attribution], index: TokenIndex
) -> Counts:
    """Whole relations, one to one, that overlap in all three roles (or both lack the role)."""
    answers, guesses = list(gold), list(ours)
    weights = {
        (g, p): 1
        for g, answer in enumerate(answers)
        for p, guess in enumerate(guesses)
        if all(_roles_overlap(getattr(answer, role), getattr(guess, role), index) for role in ROLES)
    }
    return Counts(len(find_assignment(weights)), len(answers), len(guesses))


def _roles_overlap(one: Pieces, other: Pieces, index: TokenIndex) -> bool:
    if not one or not other:
        return one == other
    return any(index.count_shared(a, b) for a in one for b in other)


def count_exact(
    gold: Iterable[Pieces], ours: Iterable[Pieces], text: str, *, trimmed: bool
) -> Counts:
    """Spans of one role that are the same to the code point, each distinct span once."""
    answers = {_trim(piece, text) if trimmed else piece for pieces in gold for piece in pieces}
    guesses = {_trim(piece, text) if trimmed else piece for pieces in ours for piece in pieces}
    return Counts(len(answers & guesses), len(answers), len(guesses))


def _trim(span: Span, text: str) -> Span:
    words = span.text_in(text)
    left = len(words) - len(words.lstrip(_EDGES))
    right = len(words) - len(words.rstrip(_EDGES))
    return Span(span.start + left, span.end - right) if left < len(words) else span


def _widen(attribution: Attribution, doc: Doc) -> Attribution:
    return Attribution(
        source=tuple(_widen_source(span, doc) for span in attribution.source),
        cue=tuple(_widen_cue(span, doc) for span in attribution.cue),
        content=attribution.content,
    )


def _widen_source(span: Span, doc: Doc) -> Span:
    """The noun phrase that the span is the head of."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    if found is None:
        return span
    root = found.root
    start, end = doc[root.left_edge.i].idx, doc[root.right_edge.i]
    return Span(min(start, span.start), max(end.idx + len(end), span.end))


def _widen_cue(span: Span, doc: Doc) -> Span:
    """The cue with the auxiliaries, the negation and the adverbs right before it."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    if found is None:
        return span
    start = found.start
    while start > 0 and _belongs_to_cue(doc[start - 1], found.root):
        start -= 1
    return Span(doc[start].idx, span.end)


def _belongs_to_cue(token: Token, root: Token) -> bool:
    return token.head == root and token.dep_ in _CUE_PARTS
