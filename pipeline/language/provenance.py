"""The record of what an extraction is made with: model, lexicons, versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.lexicon.folder import lexicon_sha256, models_folders, packaged_models
from pipeline.lexicon.lesson import Lesson, digest, read_lesson
from pipeline.lexicon.settings import FULL, Settings, read_settings
from pipeline.records import Provenance

if TYPE_CHECKING:
    from spacy.language import Language

_KEY = "stance_claims"


@dataclass(frozen=True, slots=True)
class Made:
    """What a built language is made of, and the bounds that its settings give.

    ``model`` is name and version, the hashes are hexadecimal SHA-256 of the model's files and of
    the lexicons'; ``batch_size`` counts articles and ``longest_parse`` tokens.
    """

    model: str
    model_sha256: str
    lexicon_sha256: str
    batch_size: int
    longest_parse: int
    reader_sha256: str | None = None
    learned_sha256: str | None = None


def made_by(nlp: Language) -> Made:
    """What the language was made with, as ``pipeline.extraction.build`` noted it."""
    return Made(**nlp.meta[_KEY])


def note_made(
    nlp: Language, settings: Settings, folders: tuple[Path, ...], profile: str | None = None
) -> None:
    """Note in the language's ``meta`` what it is made of, for the profile or the settings' one."""
    made = _made_with(nlp.meta, Path(nlp.path), folders, settings, profile)
    nlp.meta[_KEY] = asdict(made)


def reader_sha256(profile: str) -> str | None:
    """The hash of the weights of the profile's reader, as their manifest has it; None without."""
    if profile != FULL:
        return None
    path = packaged_models() / "reader" / "manifest.json"
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lesson_for(folders: tuple[Path, ...], profile: str) -> Lesson | None:
    """What a workspace's decisions taught of the profile and its reader; None where nothing.

    Raises:
        LexiconError: the file is damaged.
    """
    lesson = read_lesson(folders)
    return lesson if lesson and lesson.is_for(profile, reader_sha256(profile)) else None


def describe_language(
    model: str | None = None, models: Path | str | None = None, *, profile: str | None = None
) -> Made | None:
    """What ``build_language`` records of itself, told without loading it.

    None where the model is no installed package whose files can be found; then it must be loaded.

    Raises:
        SettingError: a setting is wrong.
    """
    folders = models_folders(models)
    settings = read_settings(folders)
    name = model or settings.model
    spec = find_spec(name) if name.isidentifier() else None
    if spec is None or not spec.submodule_search_locations:
        return None
    roots = [path.parent for path in Path(spec.submodule_search_locations[0]).glob("*/config.cfg")]
    if len(roots) != 1:
        return None
    meta = json.loads((roots[0] / "meta.json").read_text(encoding="utf-8"))
    return _made_with(meta, roots[0], folders, settings, profile)


def _made_with(
    meta: Mapping[str, Any],
    root: Path,
    folders: tuple[Path, ...],
    settings: Settings,
    profile: str | None,
) -> Made:
    chosen = profile or settings.profile
    lesson = lesson_for(folders, chosen)
    return Made(
        model=f"{meta['lang']}_{meta['name']}=={meta['version']}",
        model_sha256=_model_sha256(root),
        lexicon_sha256=lexicon_sha256(folders),
        batch_size=settings.batch_size,
        longest_parse=settings.longest_parse,
        reader_sha256=reader_sha256(chosen),
        learned_sha256=digest(lesson) if lesson is not None else None,
    )


def provenance_of(nlp: Language, text: str, *, missing: str | None = None) -> Provenance:
    """The record of what an extraction of ``text`` by ``nlp`` is made with.

    ``missing`` says what a proposer could not read of it, and why.
    """
    return replace(provenance_from(made_by(nlp), text), missing=missing)


def provenance_from(made: Made, text: str) -> Provenance:
    """The same, from what ``describe_language`` told."""
    return Provenance(
        text_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        package=f"stance-claims=={__version__}",
        spacy=f"spacy=={_spacy_version()}",
        model=made.model,
        model_sha256=made.model_sha256,
        lexicon_sha256=made.lexicon_sha256,
        reader_sha256=made.reader_sha256,
        learned_sha256=made.learned_sha256,
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
