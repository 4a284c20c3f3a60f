"""What is being read, so that whatever is wrong with it is said with its file and line."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import PipelineError


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or the part of one that begins on line ``first``; ``error`` is what it raises.

    Without a name the caller says where it stands. ``lead`` begins what is said of a part that
    cannot be parsed: ``front matter is not`` YAML.
    """

    name: str
    error: type[PipelineError]
    cause: str | None = None
    first: int = 1
    lead: str = "not valid"

    def fault(self, what: str, *, line: int = 1, cause: str | None = None) -> PipelineError:
        """The error that says ``what`` is wrong on a line, counted from 1 within what is read."""
        place = f"{self.name}:{line + self.first - 1}: " if self.name else ""
        return self.error(f"{place}{what}", cause=cause or self.cause)

    def malformed(self, form: str, what: str, *, line: int) -> PipelineError:
        """The error for what is no YAML, or no TOML, that is taken."""
        advice = "" if ";" in what else "; correct it"
        return self.fault(f"{self.lead} {form}: {what}{advice}", line=line)

    def unreadable(self, what: str, cause: str) -> PipelineError:
        """The error for a file of which nothing can be read."""
        return self.error(f"{self.name}: {what}", cause=cause)
