"""The facts of a dataset: what its card and the paragraph of methods are written from."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.export.gather import Gathered
from pipeline.report.made_with import Made
from pipeline.report.progress import Progress
from pipeline.report.sources import Source, find_sources
from pipeline.report.tally import UNRESOLVED, Tally, tally_claims


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the card tells; ``selection`` says in words which claims were chosen."""

    tally: Tally
    made: Made
    sources: tuple[Source, ...]
    progress: Progress
    articles: int
    undated: int
    unlicensed: int
    notes: tuple[str, ...]
    unreviewed: bool = False
    selection: str = ""

    @property
    def actors(self) -> int:
        """How many actors are resolved."""
        return len(self.tally.actors) - (UNRESOLVED in self.tally.actors)

    @property
    def concepts(self) -> int:
        """How many concepts take a target."""
        return len(self.tally.labels)


def find_facts(
    gathered: Gathered, progress: Progress, *, unreviewed: bool = False, selection: str = ""
) -> Facts:
    """The facts of a dataset, in one pass over its claims."""
    made = Made()
    tally = tally_claims(made.watch(gathered.claims()))
    metadata = [article.metadata for article in gathered.articles.values()]
    return Facts(
        tally=tally,
        made=made,
        sources=find_sources(gathered.articles.values()),
        progress=progress,
        articles=len(metadata),
        undated=sum(not one.get("date") for one in metadata),
        unlicensed=sum(not one.get("licence") for one in metadata),
        notes=(*gathered.notes, *gathered.faults),
        unreviewed=unreviewed,
        selection=selection,
    )
