"""A language model as a proposer: off, unless the settings name it and an address."""

from pipeline.extraction.propose.llm.prompt import Prompt, read_prompt
from pipeline.extraction.propose.llm.proposer import NAME, LlmProposer, make

__all__ = ["NAME", "LlmProposer", "Prompt", "make", "read_prompt"]
