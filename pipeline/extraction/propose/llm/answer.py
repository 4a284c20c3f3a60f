"""What the model answers, as quotations: held to the schema, claim by claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import PipelineError, RecordError
from pipeline.extraction.propose.llm.prompt import SCHEMA
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source
from pipeline.schemas import validator

_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"\A\s*```\w*\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)
_MOST = 200
_LONGEST = 4000
_HINT = "the model does not keep to the schema: try another, or ask about fewer words"


class AnswerError(PipelineError):
    """The model's answer is of no use."""

    cause = "answer"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim in the model's own words; ``sentence`` is the number that it gives."""

    sentence: int
    holder: str
    cue: str
    stance: str
    target: str | None
    form: str
    negated: bool
    hedged: bool
    attribution: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The claims of an answer, and of each that is not as the schema has it what is wrong."""

    claims: tuple[Quoted, ...]
    faults: tuple[str, ...]


def read_answer(content: str) -> Answer:
    """The claims that a model's answer holds.

    >>> read_answer('{"claims": []}')
    Answer(claims=(), faults=())

    Raises:
        AnswerError: it is no JSON, or no object with a list of claims.
    """
    bare = _THOUGHT.sub("", content, count=1)
    fenced = _FENCED.match(bare)
    try:
        found = parse_object(fenced[1] if fenced else bare, Source("", RecordError), hint=_HINT)
    except RecordError as error:
        raise AnswerError(f"the answer is {error} (it begins {content[:60]!r})") from error
    wrong: dict[int, str] = {}
    for flaw in validator(SCHEMA).iter_errors(found):
        path = list(flaw.absolute_path)
        if len(path) < 2 or not isinstance(path[1], int):
            raise AnswerError(f"the answer is not as asked: {_say(flaw)}; {_HINT}")
        wrong.setdefault(path[1], _say(flaw))
    claims: Any = found["claims"]
    if len(claims) > _MOST:
        raise AnswerError(f"the answer has {len(claims)} claims, and {_MOST} is the limit; {_HINT}")
    kept = [_quoted(one) for number, one in enumerate(claims) if number not in wrong]
    faults = [*wrong.values(), *filter(None, map(_fault_of, kept))]
    return Answer(tuple(one for one in kept if not _fault_of(one)), tuple(faults))


def _quoted(claim: Mapping[str, Any]) -> Quoted:
    texts = {name: claim[name] or None for name in ("target", "attribution")}
    return Quoted(**{**claim, **texts, "sentence": int(claim["sentence"])})


def _fault_of(claim: Quoted) -> str:
    """What is wrong with a claim beside its shape; empty where nothing is."""
    texts = (claim.holder, claim.cue, claim.target or "-", claim.attribution or "-")
    if not all(text.strip() for text in texts):
        return "a quotation is empty"
    if max(map(len, texts)) > _LONGEST:
        return f"a quotation has more than {_LONGEST:,} characters"
    return ""


def _say(flaw: Any) -> str:
    place = ".".join(map(str, flaw.absolute_path)) or "the whole"
    return f"{place}: {flaw.message[:200]}"
