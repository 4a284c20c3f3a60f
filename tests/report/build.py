"""Hand-made claims with concepts, as an enriched export has them, for the tests of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.dataset.records import Rule
from pipeline.export.gather import Gathered
from pipeline.records import Extraction, Sentence
from pipeline.report.figures import Figures, build_figures
from pipeline.report.page import Options, build_page
from pipeline.report.progress import Progress, fold_ledger, measure_progress

Json = dict[str, Any]
WORDS = {"support": "welcomed", "oppose": "rejected", "neutral": "discussed"}


def article_of(name: str, *lines: tuple[str, str, str], **metadata: object) -> Article:
    """An article of one sentence a line: (who, stance, concept), the concept maybe empty."""
    return Article(name, lines, metadata)


class Article:
    """An article under construction, and the claims that its lines make."""

    def __init__(
        self, name: str, lines: Sequence[tuple[str, str, str]], metadata: dict[str, object]
    ) -> None:
        self.name, self.metadata = name, metadata
        self.text, self.records, sentences = "", [], []
        for who, stance, concept in lines:
            start = len(self.text)
            sentence = f"{who} {WORDS[stance]} the {concept or 'plan'} in public."
            self.text += f"{sentence}\n"
            sentences.append(Sentence(start, start + len(sentence)))
            self.records.append(self._record(who, stance, concept, start, sentence))
        self.extraction = Extraction(name, self.text, tuple(sentences), metadata=metadata)

    def _record(self, who: str, stance: str, concept: str, start: int, sentence: str) -> Json:
        cue, target = WORDS[stance], f"the {concept or 'plan'}"
        at = [start, start + len(who) + 1, start + len(who) + len(cue) + 2]
        entity = f"org:{who.lower().replace(' ', '-')}"
        return {
            "version": 1,
            "id": f"{self.name}-{len(self.records)}",
            "article": self.name,
            "metadata": self.metadata,
            "text_sha256": "0" * 64,
            "sentence": quote(start, sentence),
            "holder": {**quote(at[0], who), "entity": entity, "kind": "organisation", "name": who},
            "cue": quote(at[1], cue),
            "stance": stance,
            "form": "statement",
            "target": quote(at[2], target),
            "negated": False,
            "hedged": False,
            "attribution": None,
            "source": "human",
            "verdict": "accepted",
            "machine": None,
            "target_reads": target,
            "concepts": [
                {"id": f"concept.{concept}", "label": concept, "stance": stance, "turned": False}
            ]
            if concept
            else [],
        }


def quote(start: int, words: str) -> Json:
    """The words and where they stand."""
    return {"start": start, "end": start + len(words), "text": words}


def gather(*articles: Article, notes: tuple[str, ...] = ()) -> Gathered:
    """The claims of the articles."""
    records = [record for article in articles for record in article.records]
    return Gathered(
        claims=lambda: iter(records),
        count=len(records),
        articles={article.name: article.extraction for article in articles},
        notes=notes,
    )


def figures_of(*articles: Article) -> Figures:
    """The figures of the articles' claims."""
    return build_figures(gather(*articles))


def no_review(gathered: Gathered) -> Progress:
    """The review of a workspace in which nobody has decided anything."""
    ledger = fold_ledger((), gathered.articles, Rule.MAJORITY)
    return measure_progress(ledger, gathered.articles, Rule.MAJORITY)


def page_of(*articles: Article, options: Options | None = None, notes: tuple[str, ...] = ()) -> str:
    """The whole page of the articles' claims."""
    gathered = gather(*articles, notes=notes)
    return build_page(gathered, build_figures(gathered), no_review(gathered), options)


def small() -> tuple[Article, ...]:
    """Three articles: two concepts, three actors, one of whom changes sides."""
    return (
        article_of(
            "first",
            ("Alder Union", "support", "levy"),
            ("Birch League", "oppose", "levy"),
            ("Alder Union", "oppose", "quota"),
            title="The first debate",
            date="2023-02-01",
            publisher="The Paper",
            licence="CC BY 4.0",
            url="https://example.org/first",
        ),
        article_of(
            "second",
            ("Alder Union", "oppose", "levy"),
            ("Cedar Bank", "neutral", "quota"),
            ("Cedar Bank", "support", ""),
            title="The second debate",
            date="2024-05-31",
            publisher="The Paper",
        ),
        article_of("third", ("Birch League", "oppose", "levy"), title="Without a date"),
    )
