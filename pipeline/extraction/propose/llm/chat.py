"""Asking a server that speaks as OpenAI's chat completions do: bounded in time and in size."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.errors import RecordError
from pipeline.extraction.propose.llm.answer import AnswerError
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source
from pipeline.lexicon.endpoint import Endpoint
from pipeline.network.deadline import within
from pipeline.network.failures import Mends, ServerError, raise_for, transport_errors
from pipeline.network.loopback import open_client

if TYPE_CHECKING:
    import httpx

PATH = "/chat/completions"
_KEPT_KEYS = ("content-type", "retry-after")
_WHERE = "under [llm] in models/settings.toml"
_NOT_UNDERSTOOD = (400, 422)
_MOST_BYTES = 4_000_000
_MOST_TOKENS = 8192
_LONGEST_WAIT = 60
_CONNECT_SECONDS = 10
_GRACE_SECONDS = 1
MENDS = Mends(
    slow=f"it is busy or the model is slow: raise timeout {_WHERE}",
    unreachable=f"start the server, or correct address {_WHERE}",
    unreadable=f"is it a server that speaks as OpenAI's does? Correct address {_WHERE}",
    elsewhere=f"write its final address {_WHERE}; nothing was sent there",
    by_status={
        401: ("unauthorised", f"the key is missing or not valid; see key_variable {_WHERE}"),
        403: ("forbidden", f"the key may not do that; see key_variable {_WHERE}"),
        404: ("missing", f"it has no such path or model; correct address or model {_WHERE}"),
    },
)


class Chat:
    """A server and the model that is asked there.

    ``schema`` is what the answer is held to where the server knows how; where it does not, less is
    asked for, and it is remembered. ``pause`` is the seconds before the second try.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        schema: Mapping[str, object],
        *,
        key: str | None = None,
        pause: float = 1.0,
    ) -> None:
        self.endpoint = endpoint
        self._key = key
        self._pause = pause
        self._wishes: dict[str, object] = {
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
            "response_format": _strict(schema),
        }

    def ask(self, system: str, question: str) -> str:
        """What the model answers.

        Raises:
            ServerError: after the last try.
            AnswerError: the server answers, and the model does not or only in part.
        """
        messages = [_message("system", system), _message("user", question)]
        for attempt in range(1, self.endpoint.tries + 1):
            try:
                return _content_of(self._answered(messages), self.endpoint.address)
            except ServerError as error:
                if not error.passing or attempt == self.endpoint.tries:
                    raise
                wait = error.retry_after
                pause = min(_LONGEST_WAIT, self._pause * 2 ** (attempt - 1))
                time.sleep(pause if wait is None else wait)
        raise AssertionError("unreachable")

    def _answered(self, messages: Sequence[Mapping[str, str]]) -> httpx.Response:
        """The answer to all that is wished for, or to less where that is not understood."""
        wishes: dict[str, object] | None = self._wishes
        while wishes is not None:
            response = self._in_time({"model": self.endpoint.model, "messages": messages, **wishes})
            if response.status_code not in _NOT_UNDERSTOOD:
                break
            wishes = _fewer(wishes, response.text)
        raise_for(response, self.endpoint.address, PATH, MENDS)
        self._wishes = wishes or {}
        return response

    def _in_time(self, body: Mapping[str, object]) -> httpx.Response:
        """The whole answer to one request, within the time that it may have."""
        address, seconds = self.endpoint.address, self.endpoint.timeout
        try:
            return within(seconds + _GRACE_SECONDS, lambda: self._posted(body, seconds))
        except TimeoutError as error:
            what = f"{address} did not answer in time; {MENDS.slow}"
            raise ServerError(what, cause="slow") from error

    def _posted(self, body: Mapping[str, object], seconds: int) -> httpx.Response:
        """The whole answer to one request, within the size that it may have."""
        import httpx

        until = time.monotonic() + seconds
        headers = {"Accept-Encoding": "identity"}
        if self._key is not None:
            headers["Authorization"] = f"Bearer {self._key}"
        timeout = httpx.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS))
        with (
            transport_errors(self.endpoint.address, MENDS),
            open_client(self.endpoint.address, timeout=timeout, follow_redirects=False) as client,
            client.stream("POST", PATH, json=body, headers=headers) as response,
        ):
            content = b"".join(_bounded(response, until))
        kept = {name: response.headers[name] for name in _KEPT_KEYS if name in response.headers}
        if self._key is not None:  # a server that repeats it must not have it printed
            content = content.replace(self._key.encode(), b"[key]")
        return httpx.Response(response.status_code, headers=kept, content=content)


def _bounded(response: httpx.Response, until: float) -> Iterator[bytes]:
    import httpx

    size = 0
    for piece in response.iter_bytes():
        size += len(piece)
        if size > _MOST_BYTES:
            raise httpx.StreamError(f"it has more than {_MOST_BYTES:,} bytes")
        if time.monotonic() > until:
            raise httpx.ReadTimeout("it goes on for too long")
        yield piece


def _message(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def _strict(schema: Mapping[str, object]) -> dict[str, object]:
    named = {"name": "claims", "strict": True, "schema": schema}
    return {"type": "json_schema", "json_schema": named}


def _fewer(wishes: Mapping[str, object], complaint: str) -> dict[str, object] | None:
    """What is left to wish for after a complaint; None where there is no less.

    What the complaint names goes first, then the schema, then any JSON at all.
    """
    for name in ("temperature", "max_tokens"):
        if name in wishes and name in complaint:
            return {key: value for key, value in wishes.items() if key != name}
    form = wishes.get("response_format")
    if not isinstance(form, dict):
        return None
    less = {key: value for key, value in wishes.items() if value is not form}
    if form["type"] == "json_schema":
        less["response_format"] = {"type": "json_object"}
    return less


def _content_of(response: httpx.Response, address: str) -> str:
    """The model's words in the server's answer.

    Raises:
        ServerError: it is the answer of no such server.
        AnswerError: the model says nothing, or only in part.
    """
    try:
        found = parse_object(response.content, Source("", RecordError))
    except RecordError as error:
        what = f"{address}{PATH} does not answer in JSON ({error}); {MENDS.unreadable}"
        raise ServerError(what, cause="refused") from error
    choice: Any = found.get("choices")
    choice = choice[0] if isinstance(choice, list) and choice else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(message, dict):
        what = f"{address}{PATH} answers without choices; {MENDS.unreadable}"
        raise ServerError(what, cause="refused")
    if choice.get("finish_reason") == "length":
        raise AnswerError(f"the answer was cut off; ask about fewer words: passage {_WHERE}")
    content = message.get("content")
    if not isinstance(content, str) or not content.strip():
        refusal = str(message.get("refusal") or "it is empty")
        raise AnswerError(f"the model gives no answer ({refusal:.200})")
    return content
