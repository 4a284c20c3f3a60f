"""What holders are looked up in."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extraction.coreference import Resolver
from pipeline.extraction.propose.rules.holders.agents import Agents
from pipeline.extraction.propose.rules.holders.names import Names
from pipeline.lexicon.grammar import Grammar


@dataclass(frozen=True, slots=True)
class Known:
    """One document's names and references, and the words that tell who somebody is."""

    names: Names
    resolver: Resolver
    agents: Agents
    grammar: Grammar
