"""Annotated articles with the positions that rules and readers propose in them.

An article is parsed and read by the rules once; which reader's readings stand beside the rules may
differ from one fold to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingError
from pipeline.evaluation.match import SentencePlaces, claims_can_match
from pipeline.evaluation.tokens import TokenIndex
from pipeline.extraction.assemble import assemble
from pipeline.extraction.build import CLAIMS, build_language
from pipeline.extraction.judge import (
    Group,
    LearnedJudge,
    Odds,
    Opinion,
    Seen,
    group_proposals,
    look,
)
from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.propose.reader import ReaderProposer
from pipeline.extraction.propose.rules import CueIndex, RuleProposer, read_vocabulary
from pipeline.extraction.scene import Scene, read_scene
from pipeline.extraction.settle import settle
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.reference import read_reference
from pipeline.records import Claim, Extraction, Sentence, Stance
from training.readings import ReadArticle, digest_of

KEPT = LearnedJudge(Odds(0.0, 0.0, {}, {}, (0.0, 1.0, 0.0)))
"""Gives each settled position the chance of its opinion."""
Readings = Mapping[str, ReadArticle]
"""What a reader saw, by article."""


@dataclass(frozen=True)
class Parsed:
    """An annotated article, parsed, with what the rules propose; ``cues`` are the lexicon's."""

    gold: Extraction
    scene: Scene
    proposals: tuple[Proposal, ...]
    cues: CueIndex


@dataclass(frozen=True)
class Article:
    """An annotated article with the groups of what was proposed, and what would stand of them.

    ``stands`` has the numbers of the groups, ``right`` the share of each one's holders that match
    a gold claim, ``stances`` the stance of that claim.
    """

    gold: Extraction
    scene: Scene
    groups: tuple[Group, ...]
    seen: tuple[Seen, ...]
    stands: frozenset[int]
    right: tuple[float, ...]
    stances: tuple[Stance | None, ...]


def parse_articles(articles: Iterable[Extraction], models: Path | None = None) -> Iterator[Parsed]:
    """Each annotated article with what the rules propose in it, in order.

    ``models`` is an own lexicon folder, laid over the packaged one.
    """
    nlp = build_language(models=models, profile="fast")
    pipes = [pipe for name, pipe in nlp.pipeline if name != CLAIMS]
    words = read_vocabulary(None if models is None else str(models))
    reference = read_reference(models_folders(models))
    rules = RuleProposer(words)
    for gold in articles:
        doc = nlp.make_doc(gold.text)
        doc._.metadata, doc._.article = gold.metadata, gold.article
        for pipe in pipes:
            doc = pipe(doc)
        scene = read_scene(doc, reference)
        said = tuple(one for one in rules.propose(scene) if isinstance(one, Proposal))
        yield Parsed(gold, scene, said, words.cues)


def add_readings(parsed: Sequence[Parsed], readings: Readings) -> list[Article]:
    """The articles with the positions of rules and readings together.

    Raises:
        SettingError: an article was not read, or was cut into other tokens; it is named.

    """
    unread = [one.gold.article for one in parsed if one.gold.article not in readings]
    if unread:
        raise SettingError(
            f"{len(unread)} of {len(parsed)} articles were not read, as {unread[0]!r}; "
            "write the readings of all folds with python -m training.oof"
        )
    return [_article(one, readings[one.gold.article]) for one in parsed]


def inner_articles(
    parsed: Sequence[Parsed],
    folds: Mapping[str, int],
    inner: Mapping[int, Readings],
    fold: int,
) -> list[Article]:
    """The articles outside a fold, read by readers that saw neither them nor the fold.

    Raises:
        SettingError: see ``add_readings``.

    """
    others = [one for one in parsed if folds[one.gold.article] != fold]
    return add_readings(others, inner.get(fold, {}))


def _article(parsed: Parsed, read: ReadArticle) -> Article:
    gold, scene = parsed.gold, parsed.scene
    if read.tokens not in (None, digest_of(scene.doc)):
        raise SettingError(
            f"{gold.article!r} was cut into other tokens when it was read; "
            "read it again with python -m training.oof"
        )
    reader = ReaderProposer(lambda _: read.readings, parsed.cues)
    said = (one for one in reader.propose(scene) if isinstance(one, Proposal))
    groups = group_proposals((*parsed.proposals, *said))
    seen = look(groups, lambda one: bool(scene.quotations.around(one.head)))
    opinions = [Opinion(group.leading, group.proposals, 1.0, ()) for group in groups]
    place = {id(opinion): number for number, opinion in enumerate(opinions)}
    settled = settle(scene, opinions).settled
    index, places = TokenIndex(gold.text), _places(scene)
    right, stances = [], []
    for group in groups:
        matches = [list(_matches(c, gold, index, places)) for c in _claims(group.leading, scene)]
        right.append(sum(map(bool, matches)) / len(matches))
        first = next((one for match in matches for one in match), None)
        stances.append(first.stance if first is not None else None)
    return Article(
        gold=gold, scene=scene, groups=groups, seen=seen,
        stands=frozenset(place[id(one.opinion)] for one in settled),
        right=tuple(right), stances=tuple(stances),
    )  # fmt: skip


def _places(scene: Scene) -> SentencePlaces:
    return SentencePlaces(tuple(Sentence(s.start_char, s.end_char) for s in scene.doc.sents))


def _claims(position: Proposal, scene: Scene) -> tuple[Claim, ...]:
    opinion = Opinion(position, (position,), 0.5, ())
    return assemble(scene.doc, settle(scene, [opinion], ()).settled, KEPT)


def _matches(
    claim: Claim, gold: Extraction, index: TokenIndex, places: SentencePlaces
) -> Iterator[Claim]:
    return (other for other in gold.claims if claims_can_match(other, claim, index, places))
