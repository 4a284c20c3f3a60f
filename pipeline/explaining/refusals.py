"""What was considered in an article and makes no claim, and by which rule it fell, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import SettingError
from pipeline.records import Article, Sentence, Span

if TYPE_CHECKING:
    from spacy.language import Language

    from pipeline.lexicon.rules import Rules


@dataclass(frozen=True, slots=True)
class Refusal:
    """The words that were considered, by whom, with which cue, and the rule by which they fell.

    ``said`` is what the proposer says where the text does not have it.
    """

    span: Span
    proposer: str
    cue: str | None
    rule: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Sentenced:
    """A sentence with its number from 1, how many claims it makes, and what fell in it."""

    number: int
    sentence: Sentence
    claims: int
    refusals: tuple[Refusal, ...]


def find_refusals(
    nlp: Language, article: Article, *, sentence: int | None = None
) -> tuple[Sentenced, ...]:
    """The sentences of the article in which something fell, or the one of the number.

    ``nlp`` is what ``pipeline.extraction.build.build_language`` returns; the article is read anew.

    Raises:
        SettingError: the article has no sentence of that number.
    """
    from pipeline.extraction.extract import extract_docs
    from pipeline.extraction.places import place_in

    doc, extraction = next(extract_docs(nlp, (article,)))
    fallen = [
        Refusal(
            place_in(doc, one.span.start_char, one.span.end_char),
            one.proposer,
            one.entry,
            one.rule,
            one.said,
        )
        for one in doc._.refused
    ]
    cues = [claim.cue for claim in extraction.claims]
    found = tuple(_by_sentence(extraction.sentences, fallen, cues))
    if sentence is None:
        return tuple(one for one in found if one.refusals)
    if not 1 <= sentence <= len(found):
        raise SettingError(
            f"{article.id} has no sentence {sentence}; it has {len(found)}. "
            f"Next: claims explain {article.id} --refused"
        )
    return (found[sentence - 1],)


def _by_sentence(
    sentences: Iterable[Sentence], fallen: Iterable[Refusal], cues: Iterable[Span]
) -> Iterator[Sentenced]:
    kept, made = sorted(fallen, key=lambda one: (one.span.start, one.span.end)), list(cues)
    for number, sentence in enumerate(sentences, start=1):
        inside = tuple(r for r in kept if sentence.start <= r.span.start < sentence.end)
        claims = sum(sentence.start <= cue.start < sentence.end for cue in made)
        yield Sentenced(number, sentence, claims, tuple(dict.fromkeys(inside)))


def word_refusal(refusal: Refusal, text: str, rules: Rules) -> str:
    """One line that says what was considered and why it fell."""
    words = " ".join(refusal.span.text_in(text).split())
    cue = f" ({refusal.cue})" if refusal.cue else ""
    place = f"[{refusal.span.start}–{refusal.span.end}]"
    said = f" ({refusal.proposer} says {refusal.said})" if refusal.said else ""
    return f"{words} {place}{cue}, {refusal.rule}: {rules.words_for(refusal.rule)}{said}"
