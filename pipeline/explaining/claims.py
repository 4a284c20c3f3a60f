"""Why a claim was made, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.errors import SettingError
from pipeline.extraction.judge.score import BEST, LEAST, find_deductions, score_claim
from pipeline.extraction.propose.rules.evaluations import EVALUATION_CUES
from pipeline.lexicon.cues import Cue
from pipeline.lexicon.rules import Rules
from pipeline.records import Claim, Extraction, Span

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A claim with the extraction that holds it."""

    extraction: Extraction
    claim: Claim


def find_claim(name: str, extractions: Iterable[Extraction]) -> Found:
    """The claim with the id, with an id that alone begins so, or ``ARTICLE:NUMBER``.

    Numbers count an article's claims from 1, as ``claims show`` does.

    Raises:
        SettingError: there is none or more than one; the message lists the nearest.

    """
    claims: dict[str, Found] = {}
    article, _, number = name.rpartition(":")
    for extraction in extractions:
        for place, claim in enumerate(extraction.claims, start=1):
            if claim.id == name or (extraction.article == article and number == str(place)):
                return Found(extraction, claim)
            claims[claim.id] = Found(extraction, claim)
    matching = [identifier for identifier in claims if name and identifier.startswith(name)]
    if len(matching) == 1:
        return claims[matching[0]]
    raise SettingError(_refusal(name, matching, claims))


def _refusal(name: str, matching: list[str], claims: Mapping[str, Found]) -> str:
    if not claims:
        return f"there is no claim {name!r}: nothing is extracted. Next: claims extract"
    near = matching or get_close_matches(name, claims, n=_SHOWN, cutoff=0.0)
    shown = "; ".join(_in_short(claims[identifier]) for identifier in near[:_SHOWN])
    if matching:
        return f"{len(matching)} claims begin with {name!r}; give more of the id: {shown}"
    return f"there is no claim {name!r} among {len(claims)}; the nearest are: {shown}"


def _in_short(found: Found) -> str:
    text, claim = found.extraction.text, found.claim
    words = " ".join(claim.holder.span.text_in(text).split())
    return f"{claim.id} ({found.extraction.article}: {words} {claim.cue.text_in(text)})"


def explain_claim(found: Found, *, cues: Mapping[str, Cue], rules: Rules) -> tuple[Section, ...]:
    """The sentence, the roles, the cue, the rules and inferences, and the score, in this order."""
    claim = found.claim
    evidence = claim.evidence
    used = evidence.rules if evidence else ()
    inferences = evidence.inferences if evidence else ()
    cue = {**cues, **EVALUATION_CUES}.get(evidence.cue) if evidence else None
    return (
        Section("sentence", (_sentence_of(found),)),
        Section("claim", tuple(_roles(found))),
        Section("cue", tuple(_cue_lines(claim, cue))),
        Section("rules", tuple(f"{rule}: {rules.words_for(rule)}" for rule in used) or ("none",)),
        Section(
            "inferences",
            tuple(f"{one}: {rules.words_for_inference(one)}." for one in inferences) or ("none",),
        ),
        Section("score", tuple(_score_lines(claim, cue))),
    )


def _sentence_of(found: Found) -> str:
    text, cue = found.extraction.text, found.claim.cue
    for sentence in found.extraction.sentences:
        if sentence.start <= cue.start < sentence.end:
            return f"{_words(sentence.span, text)} [{found.extraction.article}]"
    return f"the extraction has no sentences [{found.extraction.article}]"


def _roles(found: Found) -> Iterator[str]:
    text, claim = found.extraction.text, found.claim
    yield f"holder: {_place(claim.holder.span, text)}, {claim.holder.entity or 'not known'}"
    yield f"cue: {_place(claim.cue, text)}"
    traits = [
        claim.stance.value,
        claim.form.value,
        *(["negated"] if claim.negated else []),
        *(["hedged"] if claim.hedged else []),
    ]
    yield f"stance: {', '.join(traits)}"
    yield f"target: {_place(claim.target, text) if claim.target else 'none in the sentence'}"
    if claim.antecedent is not None:
        yield f"which refers to: {_place(claim.antecedent, text)}"
    if claim.attribution is not None:
        entity = claim.attribution.entity or "not known"
        yield f"attribution: {_place(claim.attribution.span, text)}, {entity}"


def _cue_lines(claim: Claim, cue: Cue | None) -> Iterator[str]:
    if claim.evidence is None:
        yield "not recorded"
        return
    yield claim.evidence.cue
    if cue is None:
        yield "no longer in the lexicon"
        return
    if cue.id in EVALUATION_CUES:
        yield "no entry of the lexicon: words that judge, or a duty, by rule.evaluation"
        return
    pattern = " ".join("|".join(place) for place in cue.words)
    yield f"{cue.place}: {pattern} ({cue.pos}), {cue.stance}, {cue.form.value}"
    yield f"holder: {cue.holder}; target: {', then '.join(cue.targets)}; negation: {cue.negation}"


def _score_lines(claim: Claim, cue: Cue | None) -> Iterator[str]:
    yield f"{claim.score:.2f}"
    deductions = find_deductions(claim, cue)
    if claim.score != score_claim(claim, cue):
        yield "it was given by other rules than today's; claims extract --force renews it"
        return
    if not deductions:
        yield f"nothing taken off {BEST:.2f}, where every claim begins"
    for deduction in deductions:
        yield f"{deduction.cost:.2f} taken off {BEST:.2f}: {deduction.why}"
    if claim.score == LEAST:
        yield f"no claim has less than {LEAST:.2f}"


def _place(span: Span, text: str) -> str:
    return f"{_words(span, text)} [{span.start}–{span.end}]"


def _words(span: Span, text: str) -> str:
    return " ".join(span.text_in(text).split())
