"""A language model as a proposer: its quotations, where the text has them."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import PipelineError, SettingError
from pipeline.extraction.propose.llm.anchoring import Anchors, Unanchored, anchor
from pipeline.extraction.propose.llm.answer import Answer, AnswerError, read_answer
from pipeline.extraction.propose.llm.cache import Cache
from pipeline.extraction.propose.llm.chat import Chat
from pipeline.extraction.propose.llm.passages import Passage, passages_of
from pipeline.extraction.propose.llm.prompt import Prompt, question_of, read_prompt
from pipeline.extraction.propose.proposal import Missed, Refused
from pipeline.extraction.propose.stated import Stated
from pipeline.lexicon.endpoint import TABLE
from pipeline.lexicon.settings import place_of, read_settings
from pipeline.network.failures import ServerError
from pipeline.network.loopback import is_loopback

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.extraction.scene import Scene

NAME = "llm"
_LOG = logging.getLogger(__name__)
_PATIENCE = 3
"""After how many failures of the server in a row it is not asked for a while."""
_DOWN_SECONDS = 300
_UNKEPT = "answers cannot be kept in .stance-claims/llm"


class LlmProposer:
    """Proposes what a language model quotes of each passage.

    Where the server fails, the passage is missed and the next one is tried; after three failures in
    a row the server counts as down for five minutes, and only answers that were kept are read.
    """

    name = NAME

    def __init__(self, prompt: Prompt, chat: Chat, cache: Cache) -> None:
        self._prompt = prompt
        self._chat = chat
        self._cache = cache
        self._failures: list[ServerError] = []
        self._down_until = 0.0
        self._announced = False

    def propose(self, scene: Scene) -> Iterator[Stated | Refused | Missed]:
        """The claims of each passage in text order, and what could not be placed or read."""
        passages = tuple(passages_of(scene.doc, self._chat.endpoint.passage))
        for number, passage in enumerate(passages, start=1):
            question = question_of(passage, scene.doc)
            place = f"passage {number} of {len(passages)}"
            if (kept := self._kept(question)) is not None:
                yield from _said(kept, passage, scene.doc)
                continue
            try:
                content = self._asked(question, f"{scene.doc._.article}, {place}")
                yield from _said(read_answer(content), passage, scene.doc)
                self._cache.keep(question, content)
            except ServerError as error:
                yield Missed(NAME, error.cause, str(error))
            except AnswerError as error:
                yield Missed(NAME, error.cause, f"{place}: {error}")
            except OSError as error:
                yield Missed(NAME, "cache", f"{_UNKEPT}: {error.strerror}; make room or mend it")
            except PipelineError as error:
                yield Missed(NAME, "cache", f"{_UNKEPT}: {error}")

    def _kept(self, question: str) -> Answer | None:
        """What was answered before, where that can be read."""
        found = self._cache.find(question)
        try:
            return read_answer(found) if found is not None else None
        except AnswerError:
            return None

    def _asked(self, question: str, place: str) -> str:
        """What the model answers now.

        Raises:
            ServerError: the server fails, or has failed so often that it is not asked.
            AnswerError: the model gives no answer.
        """
        if len(self._failures) >= _PATIENCE and time.monotonic() < self._down_until:
            raise self._failures[-1]
        self._announce()
        _LOG.info("%s: %s", NAME, place)
        try:
            content = self._chat.ask(self._prompt.system, question)
        except ServerError as error:
            self._failures = [*self._failures, error][-_PATIENCE:]
            self._down_until = time.monotonic() + _DOWN_SECONDS
            raise
        self._failures = []
        return content

    def _announce(self) -> None:
        """Say once where the text goes, where that is another machine."""
        address = self._chat.endpoint.address
        if not self._announced and not is_loopback(urlsplit(address).hostname or ""):
            _LOG.warning("%s: passages of the articles are sent to %s", NAME, address)
        self._announced = True


def _said(answer: Answer, passage: Passage, doc: Doc) -> Iterator[Stated | Refused]:
    """The claims of an answer whose words stand in the text, and of the others why not."""
    anchors = Anchors(doc.text, passage)
    for fault in answer.faults:
        lost = Unanchored("refusal.wrong-shape", fault, passage.sentences[0])
        yield _refused(lost, doc)
    stated: set[Stated] = set()
    for claim in answer.claims:
        found, lost_ones = anchor(claim, anchors)
        if found is not None and found not in stated:
            stated.add(found)
            yield found
        for one in lost_ones:
            yield _refused(one, doc)


def _refused(lost: Unanchored, doc: Doc) -> Refused:
    span = doc.char_span(lost.place.start, lost.place.end, alignment_mode="expand")
    assert span is not None  # it is a sentence of this very document
    return Refused(NAME, span, lost.rule, said=lost.said)


def make(folders: tuple[Path, ...]) -> LlmProposer:
    """The proposer at the address that the settings name; answers are kept in the current folder.

    Raises:
        SettingError: no address is named, or the key is missing; a file is wrong.
    """
    endpoint = read_settings(folders).llm
    if endpoint is None:
        raise SettingError(
            f"{place_of('proposers', folders)}: the proposer llm has no address to ask; name it in "
            'models/settings.toml: [llm], address = "http://127.0.0.1:11434/v1", model = "NAME"'
        )
    key = _key(endpoint.key_variable, place_of(TABLE, folders))
    prompt = read_prompt(folders)
    cache = Cache(Path.cwd(), prompt_sha256=prompt.sha256, model=endpoint.model)
    return LlmProposer(prompt, Chat(endpoint, prompt.schema, key=key), cache)


def _key(variable: str | None, place: str) -> str | None:
    if variable is None:
        return None
    key = os.environ.get(variable, "").strip()
    if not key:
        raise SettingError(f"{place}: key_variable names {variable}, which is not set; export it")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SettingError(f"{place}: {variable} holds no key: it has characters that no key has")
    return key
