"""The spaCy component ``claim_matcher``: ``doc._.claims`` from what is proposed over the parse."""

from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.assemble.claims import assemble, with_holders
from pipeline.extraction.judge import (
    HostJudge,
    Judge,
    LearnedJudge,
    TaughtJudge,
    Weighing,
    group_proposals,
    read_odds,
    read_weights,
)
from pipeline.extraction.propose.guests import open_guests
from pipeline.extraction.propose.heeded import heed_refusals
from pipeline.extraction.propose.proposal import Missed, Proposal, Proposer, Refused
from pipeline.extraction.propose.reader import NAME as READER
from pipeline.extraction.propose.reader import Tuning, open_proposer
from pipeline.extraction.propose.rules import NAME as RULES
from pipeline.extraction.propose.rules import CueIndex, RuleProposer, read_vocabulary
from pipeline.extraction.scene import Scene, read_scene
from pipeline.extraction.settle import CONSTRAINTS, UNLIKELY, settle
from pipeline.language.extensions import register_extensions
from pipeline.language.provenance import lesson_for
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.reference import read_reference
from pipeline.lexicon.settings import FAST, FULL, read_settings


class ClaimMatcher:
    """Finds stance claims in the body of a parsed document: propose, judge, settle, assemble.

    ``profile`` is ``fast`` (the rules) or ``full`` (the learned reader and its judge as well); the
    proposers that the settings name stand beside them in both, unless ``guests`` is false.
    """

    def __init__(
        self, models: str | None = None, profile: str = FAST, *, guests: bool = True
    ) -> None:
        register_extensions()
        folders = models_folders(models)
        words = read_vocabulary(models)
        self.cues = words.cues
        self._rules = RuleProposer(words)
        self._proposers: tuple[Proposer, ...] = (self._rules,)
        self._judge: Weighing
        lesson = lesson_for(folders, profile)
        if profile == FULL:
            tuning = Tuning.of(lesson.corrections) if lesson and lesson.corrections else None
            self._proposers = (self._rules, open_proposer(words.cues, tuning))
            self._judge = LearnedJudge(read_odds(folders))
        else:
            self._judge = Judge(read_weights(folders))
        if lesson is not None:
            self._judge = TaughtJudge(self._judge, lesson)
        if guests:
            self._add_guests(folders, words.cues)
        self._reference = read_reference(folders)
        self.settles = True

    def __call__(self, doc: Doc) -> Doc:
        """The same document with its claims, and its holders among the mentions.

        Where ``settles`` is false, each proposal of the rules is a claim, as if no other stood
        beside it.
        """
        scene = read_scene(doc, self._reference)
        proposers = self._proposers if self.settles else (self._rules,)
        proposed, refused, missed = _slots(proposers, scene)
        proposed, unheld = heed_refusals(proposed, refused)
        opinions = self._judge.weigh(group_proposals(proposed), scene)
        heard = [one for one in opinions if one.is_heard]
        settlement = settle(scene, heard, CONSTRAINTS if self.settles else ())
        doc._.claims = assemble(doc, settlement.settled, self._judge)
        doc._.mentions = with_holders(doc, settlement.settled)
        unlikely = (one.position.refuse(UNLIKELY) for one in opinions if not one.is_heard)
        doc._.refused = (*refused, *unheld, *unlikely, *settlement.refused)
        doc._.missed = missed
        return doc

    def _add_guests(self, folders: tuple[Path, ...], cues: CueIndex) -> None:
        """Take in the proposers that the settings name, with a judge that knows of them."""
        settings = read_settings(folders)
        if settings.proposers:
            taken = (RULES, READER)
            guests = open_guests(settings.proposers, folders, cues, taken=taken)
            self._proposers = (*self._proposers, *guests)
            self._judge = HostJudge(self._judge, settings.proposer_score)


def _slots(
    proposers: Iterable[Proposer], scene: Scene
) -> tuple[tuple[Proposal, ...], tuple[Refused, ...], tuple[Missed, ...]]:
    """What each proposer says, one after the other: the positions, what was refused and missed."""
    said = [one for proposer in proposers for one in proposer.propose(scene)]
    return (
        tuple(one for one in said if isinstance(one, Proposal)),
        tuple(one for one in said if isinstance(one, Refused)),
        tuple(one for one in said if isinstance(one, Missed)),
    )


@Language.factory(
    "claim_matcher",
    default_config={"models": None, "profile": FAST, "guests": True},
    requires=["token.dep", "token.lemma", "token.pos"],
    assigns=["doc._.claims", "doc._.mentions"],
)
def make_claim_matcher(
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    models: str | None,
    profile: str,
    guests: bool,
) -> ClaimMatcher:
    """The component, with the cues of the packaged and the project's own folder."""
    return ClaimMatcher(models, profile, guests=guests)
