"""Proposers of one's own, named in the settings: loaded, and what they say checked."""

from __future__ import annotations

import pkgutil
import re
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.tokens import Span, Token

from pipeline.errors import PipelineError, RecordError, SettingError
from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import (
    GUEST,
    Missed,
    Polarity,
    Proposal,
    Proposer,
    Refused,
)
from pipeline.extraction.propose.stated import Stated, proposal_of
from pipeline.extraction.propose.target import Target
from pipeline.lexicon.rules import REFUSAL
from pipeline.lexicon.settings import place_of
from pipeline.records import Form, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.extraction.propose.rules import CueIndex
    from pipeline.extraction.scene import Scene

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_MOST = 1000
"""How many things a proposer may say of a text, beside one for each of its words."""


class Guest:
    """A proposer of one's own: whatever is wrong with what it says is told and never raised.

    ``inner`` may say ``Stated`` as well, which become proposals. All that it proposes has the rule
    ``rule.guest``, by which the judge knows that its weights were fitted without it.
    """

    def __init__(self, inner: Proposer, cues: CueIndex) -> None:
        self.name = inner.name
        self._inner = inner
        self._cues = cues

    def propose(self, scene: Scene) -> Iterator[Proposal | Refused | Missed]:
        """What it says of the scene as far as it can be taken, then what went wrong."""
        faults: list[str] = []
        try:
            for number, said in enumerate(self._inner.propose(scene)):
                if number == len(scene.doc) + _MOST:
                    faults.append("it says more than the text has words; the rest was left out")
                    break
                try:
                    yield self._taken(said, scene)
                except RecordError as error:
                    faults.append(str(error))
        except PipelineError as error:
            yield Missed(self.name, error.cause, str(error))
        except Exception as error:  # whatever it was, the others' proposals stand
            yield Missed(self.name, type(error).__name__, _told(error))
        if faults:
            yield Missed(self.name, "malformed", _counted(faults))

    def _taken(self, said: object, scene: Scene) -> Proposal | Refused | Missed:
        """What it says under its name, once it is known to be whole.

        Raises:
            RecordError: it is not.
        """
        if isinstance(said, Stated):
            said = self._proposal(said, scene)
        if isinstance(said, Missed):
            return replace(said, proposer=self.name)
        if isinstance(said, Refused):
            if not _is_of(said.span, scene.doc) or not said.rule.startswith(REFUSAL):
                raise RecordError(
                    f"a refusal has no words of the text, or a rule {said.rule!r:.60}"
                )
            return replace(said, proposer=self.name)
        if not isinstance(said, Proposal):
            raise RecordError(f"it says {said!r:.60}; it may say Stated, Proposal, Refused, Missed")
        if fault := _fault_of(said, scene.doc):
            raise RecordError(fault)
        return replace(said, proposer=self.name, rules=(*said.rules, GUEST))

    def _proposal(self, said: Stated, scene: Scene) -> Proposal:
        try:
            return proposal_of(said, scene, name=self.name, cues=self._cues)
        except (AttributeError, TypeError, ValueError) as error:  # a role that is no span at all
            raise RecordError(f"{said!r:.200} has a value of a wrong type ({error})") from error


def _fault_of(proposal: Proposal, doc: Doc) -> str:
    """What is wrong with a proposal that was made by hand; empty where nothing is."""
    if not isinstance(proposal.stance, Stance) or not isinstance(proposal.form, Form):
        found = f"{proposal.stance!r:.40}, {proposal.form!r:.40}"
        return f"its stance or form is {found}; known are {', '.join((*Stance, *Form))}"
    if not isinstance(proposal.holders, tuple) or not proposal.holders:
        return "its holders must be a tuple of at least one Held"
    told = proposal.attribution
    people = proposal.holders if told is None else (*proposal.holders, told)
    target = proposal.target
    if not all(isinstance(one, Held) for one in people) or not isinstance(target, Target | None):
        return "its holders must be Held, and its target a Target or None"
    if not isinstance(proposal.polarity, Polarity) or not proposal.words:
        return "its polarity must be a Polarity, and its words at least one"
    if not all(_is_of(one, doc) for one in _words_of(proposal)):
        return "its cue, holders and target must be words of the text that it was shown"
    return ""


def _words_of(proposal: Proposal) -> Iterator[object]:
    """Every token and span that a proposal has."""
    yield from (proposal.cue, proposal.head, *proposal.words, proposal.polarity.start)
    told, target = proposal.attribution, proposal.target
    yield from (held.span for held in proposal.holders)
    yield from (told.span,) if told is not None else ()
    yield from (target.span, target.head) if target is not None else ()


def _is_of(words: object, doc: Doc) -> bool:
    """Whether it is a token of the document, or a span of one or more."""
    return isinstance(words, Token | Span) and words.doc is doc and len(words.text) > 0


def _counted(faults: Sequence[str]) -> str:
    first, *others = dict.fromkeys(faults)
    more = f" (and {len(others)} other faults)" if others else ""
    return f"{len(faults)} of its proposals could not be taken: {first}{more}"


def _told(error: Exception) -> str:
    """What went wrong, and the last line of code that was at work."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"it failed{place} ({type(error).__name__}: {error})"


def open_guests(
    named: Iterable[str],
    folders: tuple[Path, ...],
    cues: CueIndex,
    *,
    taken: Collection[str] = (),
) -> tuple[Guest, ...]:
    """The proposers that the settings name, as ``module:function``, in their order.

    Each function is called with ``folders``, those of the lexicons, and returns the proposer.
    ``taken`` are names that no proposer may have.

    Raises:
        SettingError: one cannot be loaded, or has no name of its own.
    """
    guests: dict[str, Guest] = {}
    for path in named:
        made = _made(path, folders)
        name = getattr(made, "name", None)
        place = place_of("proposers", folders)
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise SettingError(
                f"{place}: {path} makes a proposer whose name is {name!r:.60}; give it a name of "
                "small letters, digits and hyphens"
            )
        if not callable(getattr(made, "propose", None)):
            raise SettingError(f"{place}: {path} makes no proposer: it has no method propose")
        if name in guests or name in taken:
            raise SettingError(
                f"{place}: the proposer {name!r} of {path} is there already; rename it"
            )
        guests[name] = Guest(made, cues)
    return tuple(guests.values())


def _made(path: str, folders: tuple[Path, ...]) -> Any:
    """What the function makes that the dotted path names."""
    place = place_of("proposers", folders)
    module = path.partition(":")[0]
    try:
        make: Callable[[tuple[Path, ...]], object] = pkgutil.resolve_name(path)
    except Exception as error:  # the module is run, and may fail in any way
        raise SettingError(
            f"{place}: the proposer {path} cannot be loaded ({type(error).__name__}: {error}). "
            f"Install {module} beside claims, or name its folder: PYTHONPATH=FOLDER claims extract"
        ) from error
    try:
        return make(folders)
    except PipelineError:
        raise
    except Exception as error:
        raise SettingError(f"{place}: {path} makes no proposer: {_told(error)}") from error
