"""The claims of an export with what a reader wants beside them: names, antecedents, concepts.

What is added is described in ``schemas/claim.schema.json``. The language model is never loaded:
names come from the lexicon's files and from the mentions, antecedents from the extracted claims.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.concepts.mapping import Mapper, Piece, read_mapper
from pipeline.dataset.corrected import Corrections, kind_of, read_corrected
from pipeline.dataset.names import Names, find_names
from pipeline.export.gather import Gathered
from pipeline.export.resolving import Resolver
from pipeline.lexicon.entities import load_entities
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.nouns import read_nouns
from pipeline.records import Extraction, Span, Stance

Json = dict[str, Any]
SCORE_PLACES = 4


@dataclass(frozen=True)
class Enricher:
    """What the keys that are added to a record are made from."""

    names: Names
    resolver: Resolver
    mapper: Mapper
    corrections: Corrections
    surroundings: Surroundings

    def enrich(self, record: Json) -> Json:
        """The record with all keys of ``claim.schema.json``, in that order."""
        article = self.surroundings.articles.get(record["article"])
        around = self.surroundings.of(record["article"])
        antecedent = around.antecedent_of(record["target"])
        found = {}
        for key, value in record.items():
            found[key] = value
            if key == "target":
                found["antecedent"] = antecedent
                found["target_reads"] = _reading_of(record["target"], antecedent)
        found["holder"] = self._holder_of(record, article)
        if record["attribution"] is not None:
            found["attribution"] = self._attribution_of(record, article)
        if record.get("machine") is not None:
            found["machine"] = _rounded(record["machine"])
        found["concepts"] = self._concepts_of(found, around)
        return found

    def resolved(self, who: Json, article: Extraction | None) -> tuple[str, str] | None:
        """The entity and kind that a holder or reporter without an entity gets, if any."""
        found = self.resolver.find(Span(who["start"], who["end"]), who["text"], article)
        if found is None:
            return None
        where = () if article is None else (article.article,)
        entity = self.corrections.entity_of(found[0], who["text"], where)
        kind = kind_of(entity)
        return entity, kind.value if kind else found[1]

    def _holder_of(self, record: Json, article: Extraction | None) -> Json:
        holder = dict(record["holder"])
        if holder["entity"] is None and (found := self.resolved(holder, article)):
            holder["entity"], holder["kind"] = found
        page = {"page": holder.pop("page")} if "page" in holder else {}
        name = self.names.name_of(holder["entity"])
        return {**holder, "name": name, "country": self.names.country_of(holder["entity"]), **page}

    def _attribution_of(self, record: Json, article: Extraction | None) -> Json:
        source = dict(record["attribution"])
        if source["entity"] is None and (found := self.resolved(source, article)):
            source["entity"] = found[0]
        page = {"page": source.pop("page")} if "page" in source else {}
        return {**source, "name": self.names.name_of(source["entity"]), **page}

    def _concepts_of(self, record: Json, around: _Around) -> list[Json]:
        stance = Stance(record["stance"])
        return [
            {
                "id": one.concept.id,
                "label": one.concept.label,
                "stance": (stance.opposite if one.turned else stance).value,
                "turned": one.turned,
            }
            for one in self.mapper.find(around.pieces_of(record["antecedent"], record["target"]))
        ]


@dataclass(frozen=True, slots=True)
class _Around:
    """An article's text, its resolved mentions in order, and what its pronoun targets stand for."""

    text: str
    mentions: tuple[tuple[int, int, str], ...]
    antecedents: Mapping[Span, Span]

    def antecedent_of(self, target: Json | None) -> Json | None:
        """The words that the extractor found a target of this very place to stand for."""
        if target is None:
            return None
        here = Span(target["start"], target["end"])
        span = self.antecedents.get(here)
        if span is None or target["text"] != here.text_in(self.text):
            return None  # of an orphan the text is another now
        return {"start": span.start, "end": span.end, "text": span.text_in(self.text)}

    def pieces_of(self, *quotes: Json | None) -> tuple[Piece, ...]:
        """The quotes that there are, each with the mentions in it."""
        return tuple(
            Piece(quote["text"], tuple(self._mentions_in(quote)))
            for quote in quotes
            if quote is not None
        )

    def _mentions_in(self, quote: Json) -> Iterator[tuple[int, int, str]]:
        start, end = quote["start"], quote["end"]
        if quote["text"] != self.text[start:end]:
            return
        for place in range(bisect_left(self.mentions, (start,)), len(self.mentions)):
            first, after, entity = self.mentions[place]
            if first >= end:
                return
            if after <= end:
                yield first - start, after - start, entity


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the targets of each article; that of the last one is remembered."""

    articles: Mapping[str, Extraction]
    _last: dict[str, _Around] = field(default_factory=dict, repr=False)

    def of(self, article: str) -> _Around:
        """What stands in an article; as of an empty one where it is gone."""
        if article not in self._last:
            self._last.clear()  # claims come article by article
            found = self.articles.get(article)
            self._last[article] = _Around("", (), {}) if found is None else _look_around(found)
        return self._last[article]


def _look_around(article: Extraction) -> _Around:
    mentions = sorted(
        (one.start, one.end, one.entity) for one in article.mentions if one.entity is not None
    )
    antecedents = {
        claim.target: claim.antecedent
        for claim in article.claims
        if claim.target is not None and claim.antecedent is not None
    }
    return _Around(article.text, tuple(mentions), antecedents)


def enriched(
    gathered: Gathered, *, annotations: Path, models: Path | str | None = None
) -> Gathered:
    """The claims with names, countries, antecedents and concepts; notes say what stays unknown.

    ``annotations`` has the analyst's corrections of entities and assignments of targets to
    concepts, ``models`` the analyst's own lexicons and concepts.

    Raises:
        LexiconError: a file under ``models`` is wrong; the message has file and line.
        RecordError: a line of the corrections or assignments is not understood.
    """
    enricher = build_enricher(gathered, annotations=annotations, models=models)
    return replace(
        gathered,
        claims=lambda: map(enricher.enrich, gathered.claims()),
        notes=(*gathered.notes, *enricher.mapper.notes, *_unnamed(gathered, enricher)),
    )


def build_enricher(
    gathered: Gathered, *, annotations: Path, models: Path | str | None = None
) -> Enricher:
    """What enriches the claims of these articles; raises as ``enriched`` does."""
    lexicon, folders = load_entities(models), models_folders(models)
    corrections = read_corrected(annotations)
    articles = gathered.articles
    names = Names(
        lexicon, read_nouns(models), corrections.names, find_names(articles.values(), lexicon)
    )
    mapper = read_mapper(folders, annotations, lexicon)
    return Enricher(names, Resolver(lexicon), mapper, corrections, Surroundings(articles))


def target_words(gathered: Gathered) -> Iterator[str]:
    """The words of each claim's antecedent and target; no lexicon is read for them."""
    surroundings = Surroundings(gathered.articles)
    for record in gathered.claims():
        antecedent = surroundings.of(record["article"]).antecedent_of(record["target"])
        for piece in (antecedent, record["target"]):
            if piece is not None:
                yield piece["text"]


def _reading_of(target: Json | None, antecedent: Json | None) -> str:
    """How a target reads alone.

    >>> _reading_of({"text": "It"}, {"text": "the Paris Call"}), _reading_of(None, None)
    ('It [the Paris Call]', '')
    """
    if target is None:
        return ""
    words = " ".join(target["text"].split())
    return words if antecedent is None else f"{words} [{' '.join(antecedent['text'].split())}]"


def _rounded(machine: Json) -> Json:
    """What the machine had said, its score in four places."""
    score = machine["score"]
    return {**machine, "score": None if score is None else round(score, SCORE_PLACES)}


def _unnamed(gathered: Gathered, enricher: Enricher) -> Iterator[str]:
    """What is said of the holders without an entity: who got one, and who stays unresolved."""
    given: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for record in gathered.claims():
        holder = record["holder"]
        if holder["entity"] is None:
            words = " ".join(holder["text"].split())
            article = gathered.articles.get(record["article"])
            found = enricher.resolved(holder, article)
            if found is None:
                left[f"“{words}” in {record['article']}"] += 1
            else:
                given[f"“{words}” is {found[0]}"] += 1
    if given:
        yield f"resolved by the names of the article and of models/: {_listed(given)}"
    if left:
        yield f"unresolved, kept under the words of the text: {_listed(left)}"


_MOST_LISTED = 10


def _listed(counts: Counter[str]) -> str:
    """The commonest in words, and how many more there are."""
    listed = [f"{words} ({often})" if often > 1 else words
              for words, often in counts.most_common(_MOST_LISTED)]  # fmt: skip
    more = len(counts) - len(listed)
    return "; ".join([*listed, *([f"and {more} more"] if more > 0 else [])])
