"""The comparison of predicted with gold extractions, article by article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.errors import SettingError
from pipeline.evaluation.bootstrap import SAMPLES, SEED, Interval, find_f1_interval
from pipeline.evaluation.match import Alignment, align
from pipeline.evaluation.scores import Scores, score_alignment, sum_scores
from pipeline.records import Extraction, Sentence

Segmenter = Callable[[str], tuple[Sentence, ...]]


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """One article's matches and scores; ``missing`` where it had no prediction."""

    alignment: Alignment
    scores: Scores
    missing: bool = False

    @property
    def article(self) -> str:
        """The article's id."""
        return self.alignment.gold.article


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All articles' results in gold's order, and the totals.

    ``interval`` is that of the headline, the F1 of claims + stance. ``unknown`` names predicted
    articles that gold does not hold; they are not scored.
    """

    articles: tuple[ArticleResult, ...]
    total: Scores
    interval: Interval
    unknown: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids of the gold articles that had no prediction."""
        return tuple(result.article for result in self.articles if result.missing)


def evaluate_extractions(
    gold: Iterable[Extraction],
    predicted: Iterable[Extraction],
    *,
    segment: Segmenter | None = None,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Evaluation:
    """The scores of ``predicted`` against ``gold``; both are read to the end.

    Articles are joined by id. A gold article without a prediction counts as all missed.
    Sentences are the prediction's own, else gold's own, else what ``segment`` makes of the text
    (by default the pipeline's segmentation, which loads spaCy only when it is needed).

    Raises:
        SettingError: an id stands twice, gold is empty, or the two texts of an article differ.
    """
    answers = _by_article(gold, "gold")
    guesses = _by_article(predicted, "the predictions")
    if not answers:
        raise SettingError("the gold file holds no article; name one with codebook §4 lines")
    segment = segment or _LazySegmenter()
    results = tuple(_compare(answers, guesses, segment))
    return Evaluation(
        articles=results,
        total=sum_scores(result.scores for result in results),
        interval=find_f1_interval(
            [result.scores.claims_stance for result in results], samples=samples, seed=seed
        ),
        unknown=tuple(sorted(guesses.keys() - answers.keys())),
    )


def _by_article(extractions: Iterable[Extraction], where: str) -> dict[str, Extraction]:
    found: dict[str, Extraction] = {}
    for extraction in extractions:
        if extraction.article in found:
            raise SettingError(
                f"article {extraction.article!r} stands twice in {where}; remove one of the lines"
            )
        found[extraction.article] = extraction
    return found


def _compare(
    answers: dict[str, Extraction], guesses: dict[str, Extraction], segment: Segmenter
) -> Iterator[ArticleResult]:
    for article, gold in answers.items():
        guess = guesses.get(article)
        predicted = guess or Extraction(article=article, text=gold.text)
        if predicted.text != gold.text:
            raise SettingError(
                f"article {article!r}: the prediction's text differs from gold's from code point "
                f"{_first_difference(gold.text, predicted.text)} on; "
                "extract again from the text that gold was made on"
            )
        sentences = predicted.sentences or gold.sentences or segment(gold.text)
        alignment = align(gold, predicted, sentences)
        yield ArticleResult(alignment, score_alignment(alignment), missing=guess is None)


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


class _LazySegmenter:
    """Sentences by the pipeline's own segmentation; spaCy is loaded at the first text."""

    def __init__(self) -> None:
        self._segment: Segmenter | None = None

    def __call__(self, text: str) -> tuple[Sentence, ...]:
        self._segment = self._segment or build_segmenter()
        return self._segment(text)


def build_segmenter() -> Segmenter:
    """A function from a text to its sentences, on a blank English ``Language``."""
    import spacy

    from pipeline.extraction.build import SEGMENTER
    from pipeline.extraction.places import placed_sentences
    from pipeline.language.extensions import register_extensions
    from pipeline.language.reading_form import reading_form
    from pipeline.language.segment import sentences_of

    register_extensions()
    nlp = spacy.blank("en")
    segmenter: Any = nlp.add_pipe(SEGMENTER)

    def segment(text: str) -> tuple[Sentence, ...]:
        form = reading_form(text, segmenter.before_numbers)
        doc = nlp(text if form is None else form.text)
        doc._.read_as = form
        return placed_sentences(doc, sentences_of(doc))

    return segment
