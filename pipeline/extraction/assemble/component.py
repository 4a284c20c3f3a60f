"""The spaCy component ``claim_matcher``: ``doc._.claims`` from cues over the parse."""

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.assemble.claims import assemble, with_holders
from pipeline.extraction.propose.rules.candidates import Candidate, CandidateFinder
from pipeline.extraction.propose.rules.content import read_evaluative
from pipeline.extraction.propose.rules.holders.finder import HolderFinder
from pipeline.extraction.propose.rules.matching import CueIndex
from pipeline.extraction.propose.rules.measures import hostile_verbs, opposing_verbs
from pipeline.extraction.settle.attribution import attribute
from pipeline.language.extensions import register_extensions
from pipeline.language.quotations import find_quotations
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.grammar import read_grammar
from pipeline.lexicon.nouns import read_nouns
from pipeline.records import BlockKind


class ClaimMatcher:
    """Finds stance claims in the body of a parsed document."""

    def __init__(self, models: str | None = None) -> None:
        register_extensions()
        folders = models_folders(models)
        cues = read_cues(folders)
        self._index = CueIndex(cues)
        self._hostile = hostile_verbs(cues)
        self._opposing = opposing_verbs(cues)
        self._grammar = read_grammar(folders)
        self._evaluative = read_evaluative(folders)
        self._nouns = read_nouns(models)

    def __call__(self, doc: Doc) -> Doc:
        """The same document with its claims, and its holders among the mentions."""
        holders = HolderFinder(doc, self._nouns, self._grammar)
        quotations = find_quotations(doc)
        finder = CandidateFinder(
            doc,
            holders,
            quotations,
            self._grammar,
            self._evaluative,
            self._hostile,
            self._opposing,
        )
        candidates = attribute(
            self._candidates(doc, finder),
            doc,
            quotations,
            self._evaluative,
            holders.issuer(quotations),
            self._grammar,
        )
        doc._.claims = assemble(doc, candidates)
        doc._.mentions = with_holders(doc, candidates)
        return doc

    def _candidates(self, doc: Doc, finder: CandidateFinder) -> list[Candidate]:
        """The first match of each cue word whose roles are filled, in text order."""
        found: list[Candidate] = []
        for block in doc.spans["blocks"]:
            if block.label_ != BlockKind.BODY.value and block.id_ != "title":
                continue
            for token in block:
                for match in self._index.matches_at(token):
                    candidate = finder.candidate(match)
                    if candidate is not None:
                        found.append(candidate)
                        break
        return found


@Language.factory(
    "claim_matcher",
    default_config={"models": None},
    requires=["token.dep", "token.lemma", "token.pos"],
    assigns=["doc._.claims", "doc._.mentions"],
)
def make_claim_matcher(nlp: Language, name: str, models: str | None) -> ClaimMatcher:  # noqa: ARG001
    """The component, with the cues of the packaged and the project's own folder."""
    return ClaimMatcher(models)
