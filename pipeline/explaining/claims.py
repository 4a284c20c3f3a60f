"""Why a claim was made, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.dataset.imported import PREFIX as IMPORT
from pipeline.dataset.imported import is_only_imported
from pipeline.errors import SettingError
from pipeline.extraction.judge import GUEST, Judge, LearnedJudge, describe_claim
from pipeline.lexicon.cues import Cue
from pipeline.lexicon.rules import PROPOSER, Rules
from pipeline.records import Claim, Extraction, Span

_SHOWN = 5
_IMPORTED = "another extractor, by claims import; it lies in annotations/imported/."
_OWN = "a proposer of your own, which models/settings.toml names."


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


def find_article(name: str, extractions: Iterable[Extraction]) -> tuple[Extraction, int | None]:
    """The extraction of the article ``ARTICLE`` or ``ARTICLE:SENTENCE``, and the number.

    Raises:
        SettingError: there is none; the message lists the nearest.
    """
    article, _, number = name.rpartition(":")
    known = {extraction.article: extraction for extraction in extractions}
    if name in known:
        return known[name], None
    if article in known and number.isdecimal():
        return known[article], int(number)
    if not known:
        raise SettingError(f"there is no {name!r}: nothing is extracted. Next: claims extract")
    near = ", ".join(get_close_matches(article or name, known, n=_SHOWN, cutoff=0.0))
    raise SettingError(f"there is no article {name!r} among {len(known)}; the nearest are: {near}")


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


def explain_claim(
    found: Found, *, cues: Mapping[str, Cue], rules: Rules, judge: Judge, learned: LearnedJudge
) -> tuple[Section, ...]:
    """The sentence, the roles, who proposed it, the cue, rules, inferences, and the score."""
    claim = found.claim
    evidence = claim.evidence
    used = evidence.rules if evidence else ()
    inferences = evidence.inferences if evidence else ()
    cue = cues.get(evidence.cue or "") if evidence else None
    return (
        Section("sentence", (_sentence_of(found),)),
        Section("claim", tuple(_roles(found))),
        Section("proposed by", tuple(_proposers(claim, rules))),
        Section("cue", tuple(_cue_lines(claim, cue))),
        Section("rules", tuple(f"{rule}: {rules.words_for(rule)}" for rule in used) or ("none",)),
        Section(
            "inferences",
            tuple(f"{one}: {rules.words_for_inference(one)}." for one in inferences) or ("none",),
        ),
        Section("score", tuple(_score_lines(found, cue, judge, learned))),
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


def _proposers(claim: Claim, rules: Rules) -> Iterator[str]:
    """Who read the claim in the text; files from before there were several name nobody."""
    names = claim.evidence.proposers if claim.evidence else ()
    for name in names or ("rules",):
        known = PROPOSER + name in rules.entries
        other = _IMPORTED if name.startswith(IMPORT) else _OWN
        yield f"{name}: {rules.words_for(PROPOSER + name) if known else other}"


def _cue_lines(claim: Claim, cue: Cue | None) -> Iterator[str]:
    if claim.evidence is None:
        yield "not recorded"
        return
    if claim.evidence.cue is None:
        yield "none of the lexicon"
        return
    yield claim.evidence.cue
    if cue is None:
        yield "no longer in the lexicon"
        return
    if cue.pos == "clause":
        yield f"{cue.place}: a clause that judges or names a duty, by rule.evaluation"
        return
    pattern = " ".join("|".join(place) for place in cue.words)
    yield f"{cue.place}: {pattern} ({cue.pos}), {cue.stance}, {cue.form.value}"
    yield f"holder: {cue.holder}; target: {', then '.join(cue.targets)}; negation: {cue.negation}"


def _score_lines(
    found: Found, cue: Cue | None, judge: Judge, learned: LearnedJudge
) -> Iterator[str]:
    claim, made = found.claim, found.extraction.provenance
    yield f"{claim.score:.2f}"
    if claim.evidence is not None and GUEST in claim.evidence.weighed:
        own = claim.evidence.weighed[GUEST]
        yield f"{own:g} that its proposer gives it, times proposer_score of models/settings.toml"
        return
    if made is not None and made.learned_sha256 is not None and not is_only_imported(claim):
        yield "as your decisions taught (claims learn --status), laid over what the judge weighs:"
        yield from _shipped_lines(claim, cue, judge, learned)
        return
    if claim.evidence is not None and claim.evidence.weighed:
        yield from _weighed_lines(claim.evidence.weighed, learned)
        return
    if is_only_imported(claim):
        yield "it was given when the claim was imported"
        return
    yield from _hand_lines(claim, cue, judge)


def _hand_lines(claim: Claim, cue: Cue | None, judge: Judge) -> Iterator[str]:
    """What the weights of ``judge.yaml`` add to a claim's score, and where it is bounded."""
    position = describe_claim(claim, cue)
    best, least, most = judge.weights.best, judge.weights.least, judge.weights.most
    if claim.score != judge.score(position):
        yield "it was given by other rules than today's; claims extract --force renews it"
        return
    reasons = judge.reasons(position)
    if not reasons:
        yield f"the judge takes nothing off {best:.2f}, where every claim begins"
    for reason in reasons:
        turned = "taken off" if reason.added < 0 else "added to"
        yield f"{abs(reason.added):.2f} {turned} {best:.2f}: {reason.says}"
    if claim.score == least:
        yield f"no claim has less than {least:.2f}"
    if claim.score == most:
        yield f"no claim has more than {most:.2f}"


def _shipped_lines(
    claim: Claim, cue: Cue | None, judge: Judge, learned: LearnedJudge
) -> Iterator[str]:
    """What the judge that ships weighs of a claim whose score was taught otherwise."""
    if claim.evidence is not None and claim.evidence.weighed:
        yield from _weighed_lines(claim.evidence.weighed, learned)
        return
    for reason in judge.reasons(describe_claim(claim, cue)):
        yield f"{reason.added:+.2f}: {reason.says}"


def _weighed_lines(weighed: Mapping[str, float], learned: LearnedJudge) -> Iterator[str]:
    """What the learned judge weighed, the weightiest first; 0.7 doubles the odds, -0.7 halves."""
    for reason in sorted(learned.reasons(weighed), key=lambda reason: -abs(reason.added)):
        speaks = "for" if reason.added > 0 else "against"
        yield f"{abs(reason.added):.2f} {speaks} it: {reason.says}"


def _place(span: Span, text: str) -> str:
    return f"{_words(span, text)} [{span.start}–{span.end}]"


def _words(span: Span, text: str) -> str:
    return " ".join(span.text_in(text).split())
