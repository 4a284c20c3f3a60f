"""Decided articles, parsed and read once: what is proposed in them, and what a reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.extraction.assemble import sketch
from pipeline.extraction.build import CLAIMS, build_language
from pipeline.extraction.judge import (
    Judge,
    LearnedJudge,
    Opinion,
    Weighing,
    group_proposals,
    read_odds,
    read_weights,
)
from pipeline.extraction.propose.heeded import heed_refusals
from pipeline.extraction.propose.proposal import Proposal, Refused
from pipeline.extraction.propose.reader import (
    Page,
    Reader,
    ReaderProposer,
    RememberingReader,
    TunedReader,
    Tuning,
    open_reader,
    read_page,
    read_pages,
)
from pipeline.extraction.propose.rules import CueIndex, RuleProposer, read_vocabulary
from pipeline.extraction.scene import Scene, read_scene
from pipeline.extraction.settle import settle
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.reference import read_reference
from pipeline.lexicon.settings import FULL
from pipeline.records import Claim, Sentence
from pipeline.teaching.decided import Decided

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Studied:
    """A decided article with what the rules say in it, and its page where a reader reads too."""

    decided: Decided
    scene: Scene
    said: tuple[Proposal, ...]
    refused: tuple[Refused, ...]
    page: Page | None = None


@dataclass(frozen=True)
class Study:
    """What articles are studied with: lexicons, the judge that ships, and the reader, if one is.

    ``reader`` remembers what it has read, so that another tuning costs little; ``weighed`` has the
    opinions as they ship, by the scenes, which must stay as long as the study.
    """

    models: str | None
    judge: Weighing
    cues: CueIndex
    reader: RememberingReader | None = None
    weighed: dict[int, tuple[Opinion, ...]] = field(default_factory=dict)

    def read(self, articles: Iterable[Decided]) -> Iterator[Studied]:
        """Each article, parsed and read, in order."""
        nlp = build_language(models=self.models, profile="fast", guests=False)
        pipes = [pipe for name, pipe in nlp.pipeline if name != CLAIMS]
        words = read_vocabulary(self.models)
        rules, reference = RuleProposer(words), read_reference(models_folders(self.models))
        for one in articles:
            doc = nlp.make_doc(one.gold.text)
            doc._.metadata, doc._.article = one.gold.metadata, one.gold.article
            for pipe in pipes:
                doc = pipe(doc)
            scene = read_scene(doc, reference)
            said = tuple(rules.propose(scene))
            yield Studied(
                decided=one,
                scene=scene,
                said=tuple(each for each in said if isinstance(each, Proposal)),
                refused=tuple(each for each in said if isinstance(each, Refused)),
                page=read_page(doc, words.cues) if self.reader is not None else None,
            )

    def weigh(self, one: Studied, tuning: Tuning | None = None) -> tuple[Opinion, ...]:
        """What the judge that ships thinks of all that is proposed, with the tuned reader."""
        if tuning is not None:
            return self._weigh(one, tuning)
        if id(one.scene) not in self.weighed:
            self.weighed[id(one.scene)] = self._weigh(one, None)
        return self.weighed[id(one.scene)]

    def _weigh(self, one: Studied, tuning: Tuning | None) -> tuple[Opinion, ...]:
        said: list[Proposal | Refused] = [*one.said, *one.refused]
        if self.reader is not None and one.page is not None:
            reader: Reader = self.reader if tuning is None else TunedReader(self.reader, tuning)
            readings = read_pages(one.page, reader)
            said += ReaderProposer(lambda _: readings, self.cues).propose(one.scene)
        proposed = [each for each in said if isinstance(each, Proposal)]
        refused = [each for each in said if isinstance(each, Refused)]
        kept, _ = heed_refusals(proposed, refused)
        return self.judge.weigh(group_proposals(kept), one.scene)


def open_study(profile: str, models: Path | None = None, *, reader: Path | None = None) -> Study:
    """The study of a profile; ``reader`` is a folder of weights, by default the packaged one."""
    folders = models_folders(models)
    name = None if models is None else str(models)
    cues = read_vocabulary(name).cues
    if profile != FULL:
        return Study(name, Judge(read_weights(folders)), cues)
    judge = LearnedJudge(read_odds(folders))
    return Study(name, judge, cues, RememberingReader(open_reader(reader)))


def claims_of(one: Studied, opinions: Sequence[Opinion], judge: Weighing) -> tuple[Claim, ...]:
    """The claims of the judged passages that come of the opinions, which are the judge's."""
    settled = settle(one.scene, [each for each in opinions if each.is_heard]).settled
    made = one.decided.only_judged(claim for _, claim in sketch(settled, judge))
    return tuple({(c.cue, c.holder.span, c.target, c.holder.entity): c for c in made}.values())


def sentences_in(doc: Doc) -> tuple[Sentence, ...]:
    """The sentences of a parsed document, by their offsets."""
    return tuple(Sentence(sent.start_char, sent.end_char) for sent in doc.sents)


def kept_claims(
    one: Studied, opinions: Sequence[Opinion], judge: Weighing
) -> list[tuple[Opinion, Claim]]:
    """Each claim that would be made if all positions stood, with the opinion it comes of."""
    kept = [replace(each, stands=True) for each in opinions]
    made = sketch(settle(one.scene, kept).settled, judge)
    return [(each.opinion, claim) for each, claim in made if one.decided.covers(claim.cue.start)]
