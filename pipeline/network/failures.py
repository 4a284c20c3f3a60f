"""What a server's refusals and failures mean: errors that name cause and mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    import httpx

_BUSY = (429, 502, 503, 504)
_LONGEST_WAIT = 60
_DIGITS = 4


class ServerError(PipelineError):
    """The server cannot be reached or refuses; the message says why and what to do.

    ``cause`` is ``unreachable``, ``slow``, ``certificate``, ``unauthorised``, ``forbidden``,
    ``missing``, ``busy``, ``refused``, ``old`` or ``broken``.
    """

    cause = "server"

    def __init__(
        self, message: str, *, cause: str | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(message, cause=cause)
        self.retry_after = retry_after
        """How many seconds the server asks to wait, if it does."""

    @property
    def passing(self) -> bool:
        """Whether the same call may succeed later."""
        return self.cause in ("unreachable", "slow", "busy", "broken")


@dataclass(frozen=True, slots=True)
class Mends:
    """What to do about one kind of server's failures, each the end of a sentence.

    ``by_status`` has a cause and a mend for each status that is told apart.
    """

    slow: str
    unreachable: str
    unreadable: str
    elsewhere: str
    by_status: Mapping[int, tuple[str, str]]


@contextmanager
def transport_errors(url: str, mends: Mends) -> Iterator[None]:
    """A block in which a failing connection to ``url`` gives a ``ServerError``."""
    import httpx

    try:
        yield
    except httpx.TimeoutException as error:
        raise ServerError(f"{url} did not answer in time; {mends.slow}", cause="slow") from error
    except httpx.TransportError as error:
        if "CERTIFICATE" in str(error).upper():
            raise ServerError(
                f"{url} shows a certificate that cannot be trusted ({error}); have it renewed, or "
                "name your own authority's file in SSL_CERT_FILE",
                cause="certificate",
            ) from error
        raise ServerError(
            f"{url} cannot be reached ({error}); {mends.unreachable}", cause="unreachable"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise ServerError(
            f"{url} gives an answer that cannot be read ({error}); {mends.unreadable}",
            cause="refused",
        ) from error


def raise_for(response: httpx.Response, url: str, path: str, mends: Mends) -> None:
    """Raise the error of an answer; headers are never quoted: they may hold a session."""
    status = response.status_code
    if status < 300:
        return
    place = f"{url}{path} says {status}"
    if status < 400:
        raise ServerError(f"{place}: it lies elsewhere; {mends.elsewhere}", cause="refused")
    if status in mends.by_status:
        cause, mend = mends.by_status[status]
    elif status in _BUSY:
        cause, mend = "busy", "the server is overloaded or restarting; run the command again soon"
    elif status >= 500:
        cause, mend = "broken", "the server failed; look into its log, then run the command again"
    else:
        cause, mend = "refused", "the server did not take it"
    detail = "" if response.headers.get("content-type", "").startswith("text/html") else (
        " ".join(response.text.split())[:300]
    )  # fmt: skip
    wait = response.headers.get("retry-after", "")
    raise ServerError(
        f"{place}: {mend}" + (f" ({detail})" if detail else ""),
        cause=cause,
        retry_after=min(_LONGEST_WAIT, int(wait[:_DIGITS])) if wait.isdecimal() else None,
    )
