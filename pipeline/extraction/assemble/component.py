"""The spaCy component ``claim_matcher``: ``doc._.claims`` from what is proposed over the parse."""

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.assemble.claims import assemble, with_holders
from pipeline.extraction.judge import Judge, group_proposals, read_weights
from pipeline.extraction.propose.proposal import Proposal, Proposer, Refused
from pipeline.extraction.propose.rules import RuleProposer, read_vocabulary
from pipeline.extraction.scene import Scene, read_scene
from pipeline.extraction.settle import CONSTRAINTS, settle
from pipeline.language.extensions import register_extensions
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.reference import read_reference


class ClaimMatcher:
    """Finds stance claims in the body of a parsed document: propose, judge, settle, assemble."""

    def __init__(self, models: str | None = None) -> None:
        register_extensions()
        self._proposers: tuple[Proposer, ...] = (RuleProposer(read_vocabulary(models)),)
        folders = models_folders(models)
        self._judge = Judge(read_weights(folders))
        self._reference = read_reference(folders)
        self.settles = True

    def __call__(self, doc: Doc) -> Doc:
        """The same document with its claims, and its holders among the mentions.

        Where ``settles`` is false, each proposal is a claim, as if no other stood beside it.
        """
        scene = read_scene(doc, self._reference)
        proposed, refused = _slots(self._proposers, scene)
        opinions = self._judge.weigh(group_proposals(proposed))
        settlement = settle(scene, opinions, CONSTRAINTS if self.settles else ())
        doc._.claims = assemble(doc, settlement.settled, self._judge)
        doc._.mentions = with_holders(doc, settlement.settled)
        doc._.refused = (*refused, *settlement.refused)
        return doc


def _slots(
    proposers: Iterable[Proposer], scene: Scene
) -> tuple[tuple[Proposal, ...], tuple[Refused, ...]]:
    """What each proposer says, one after the other: the positions, and what was refused."""
    said = [one for proposer in proposers for one in proposer.propose(scene)]
    return (
        tuple(one for one in said if isinstance(one, Proposal)),
        tuple(one for one in said if isinstance(one, Refused)),
    )


@Language.factory(
    "claim_matcher",
    default_config={"models": None},
    requires=["token.dep", "token.lemma", "token.pos"],
    assigns=["doc._.claims", "doc._.mentions"],
)
def make_claim_matcher(nlp: Language, name: str, models: str | None) -> ClaimMatcher:  # noqa: ARG001
    """The component, with the cues of the packaged and the project's own folder."""
    return ClaimMatcher(models)
