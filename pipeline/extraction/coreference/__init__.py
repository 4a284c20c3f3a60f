"""Whom a pronoun or a phrase without a name refers to."""

from pipeline.extraction.coreference.context import Resolution
from pipeline.extraction.coreference.resolver import Resolver

__all__ = ["Resolution", "Resolver"]
