"""What Label Studio's refusals and failures mean: errors that name cause and mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import RecordError
from pipeline.network.failures import Mends, ServerError

MENDS = Mends(
    slow="it may be busy: run the command again, it takes up where it was",
    unreachable="start it with `claims review start`, or correct LABEL_STUDIO_URL",
    unreadable="is it a Label Studio server? Correct LABEL_STUDIO_URL, or look into its log",
    elsewhere="write its final address in LABEL_STUDIO_URL",
    by_status={
        401: ("unauthorised", "the token is not valid; copy a new one from Account & Settings into "
              "LABEL_STUDIO_API_KEY"),
        403: ("forbidden", "this user may not do that; ask the server's administrator, or use the "
              "token of somebody who may"),
        404: ("missing", "there is no such thing; if the project was deleted, `claims review push` "
              "makes a new one"),
        429: ("busy", "too many requests; wait a minute and run the command again"),
    },
)  # fmt: skip


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
