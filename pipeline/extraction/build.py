"""The one spaCy ``Language`` that everything runs on: segmenter, model and our components."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.language.faster import make_faster
from pipeline.language.model import keep_words_whole, load_model, read_apostrophes_alike
from pipeline.language.provenance import note_made
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.settings import read_settings

if TYPE_CHECKING:
    from spacy.language import Language

CLAIMS = "claim_matcher"
SEGMENTER = "article_segmenter"
CASES = "case_reader"
COMPONENTS = ("entity_lexicon", "acronym_definitions", "mention_resolver", CLAIMS)


def build_language(
    model: str | None = None,
    models: Path | str | None = None,
    *,
    profile: str | None = None,
    guests: bool = True,
) -> Language:
    """A ``Language`` that segments, parses and extracts: its docs carry mentions and claims.

    ``model`` is an installed spaCy pipeline or a folder, by default the settings' one; ``models``
    is the analyst's own lexicon folder, laid over the packaged one. ``profile`` says who proposes
    claims: ``fast`` the rules, ``full`` the learned reader too; by default the settings' one. With
    ``guests`` the proposers that the settings name stand beside them.

    Raises:
        SettingError: the model is not installed or lacks a parser, or a lexicon file is wrong.

    """
    import pipeline.extraction.components
    import pipeline.language.phrases
    import pipeline.language.segment  # noqa: F401
    from pipeline.language.long_words import bound_words

    folders = models_folders(models)
    settings = read_settings(folders)
    nlp = load_model(model or settings.model)
    make_faster(nlp)
    keep_words_whole(nlp)
    read_apostrophes_alike(nlp)
    nlp.add_pipe("phrase_reader")
    config = {"models": str(models) if models is not None else None}
    nlp.add_pipe(SEGMENTER, first=True, config=config)
    for name in COMPONENTS:
        own = {"profile": profile or settings.profile, "guests": guests}
        nlp.add_pipe(name, config={**config, **own} if name == CLAIMS else config)
    nlp.add_pipe(CASES, after=SEGMENTER, config=config)
    bound_words(nlp, settings.longest_word)
    note_made(nlp, settings, folders, profile)
    return nlp


@contextmanager
def proposing(nlp: Language) -> Iterator[Language]:
    """The language, whose documents have each proposal as a claim as long as the block runs.

    Examples of the lexicons are tried so: neither the judge nor a cue beside it changes them.
    """
    matcher: Any = nlp.get_pipe(CLAIMS)
    matcher.settles = False
    try:
        yield nlp
    finally:
        matcher.settles = True
