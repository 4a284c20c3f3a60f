"""The packaged entities and concepts, read once for all tests of concepts."""

from __future__ import annotations

from pipeline.concepts.files import read_concepts
from pipeline.lexicon.entities import load_entities
from pipeline.lexicon.folder import packaged_models

MODELS = packaged_models()
NAMES = load_entities(MODELS)
CONCEPTS = read_concepts((MODELS,))
