"""What a server's refusals and failures mean: errors that name cause and mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError, RecordError

if TYPE_CHECKING:
    import httpx

_BUSY = (429, 502, 503, 504)


class ServerError(PipelineError):
    """The server cannot be reached or refuses; the message says why and what to do.

    ``cause`` is ``unreachable``, ``slow``, ``certificate``, ``unauthorised``, ``forbidden``,
    ``missing``, ``busy``, ``refused``, ``old`` or ``broken``.
    """

    cause = "server"

    @property
    def passing(self) -> bool:
        """Whether the same call may succeed later."""
        return self.cause in ("unreachable", "slow", "busy", "broken")


@contextmanager
def transport_errors(url: str) -> Iterator[None]:
    """A block in which a failing connection to ``url`` gives a ``ServerError``."""
    import httpx

    try:
        yield
    except httpx.TimeoutException as error:
        raise ServerError(
            f"{url} did not answer in time; it may be busy: run the command again, it takes up "
            "where it was",
            cause="slow",
        ) from error
    except httpx.TransportError as error:
        if "CERTIFICATE" in str(error).upper():
            raise ServerError(
                f"{url} shows a certificate that cannot be trusted ({error}); have it renewed, or "
                "name your own authority's file in SSL_CERT_FILE",
                cause="certificate",
            ) from error
        raise ServerError(
            f"{url} cannot be reached ({error}); start it with `claims review start`, or correct "
            "LABEL_STUDIO_URL",
            cause="unreachable",
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise ServerError(
            f"{url} gives an answer that cannot be read ({error}); is it a Label Studio server? "
            "Correct LABEL_STUDIO_URL, or look into its log",
            cause="refused",
        ) from error


@contextmanager
def shape_errors(url: str, path: str) -> Iterator[None]:
    """A block in which an answer of another shape than Label Studio's gives a ``ServerError``."""
    try:
        yield
    except RecordError as error:
        raise ServerError(
            f"{url}{path} answers as no Label Studio does: {error}. Is it a Label Studio server of "
            "a version that `claims review` knows? Look into its log, then run the command again",
            cause="refused",
        ) from error


_MENDS = {
    401: ("unauthorised", "the token is not valid; copy a new one from Account & Settings into "
          "LABEL_STUDIO_API_KEY"),
    403: ("forbidden", "this user may not do that; ask the server's administrator, or use the "
          "token of somebody who may"),
    404: ("missing", "there is no such thing; if the project was deleted, `claims review push` "
          "makes a new one"),
    429: ("busy", "too many requests; wait a minute and run the command again"),
}  # fmt: skip


def raise_for(response: httpx.Response, url: str, path: str) -> None:
    """Raise the error of an answer; headers are never quoted: they may hold a session."""
    status = response.status_code
    if status < 300:
        return
    place = f"{url}{path} says {status}"
    if status < 400:
        raise ServerError(
            f"{place}: it lies elsewhere; write its final address in LABEL_STUDIO_URL",
            cause="refused",
        )
    if status in _MENDS:
        cause, mend = _MENDS[status]
    elif status in _BUSY:
        cause, mend = "busy", "the server is overloaded or restarting; run the command again soon"
    elif status >= 500:
        cause, mend = "broken", "the server failed; look into its log, then run the command again"
    else:
        cause, mend = "refused", "the server did not take it"
    detail = "" if response.headers.get("content-type", "").startswith("text/html") else (
        " ".join(response.text.split())[:300]
    )  # fmt: skip
    error = ServerError(f"{place}: {mend}" + (f" ({detail})" if detail else ""), cause=cause)
    wait = response.headers.get("retry-after", "")
    if wait.isdigit():
        error.retry_after = min(60, int(wait))  # type: ignore[attr-defined]
    raise error
