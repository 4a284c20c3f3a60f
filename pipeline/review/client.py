"""Talking to a Label Studio server: tokens, retries, pages."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast

from pipeline.errors import RecordError, SettingError
from pipeline.network.failures import ServerError, raise_for, transport_errors
from pipeline.network.loopback import open_client
from pipeline.review.answers import MENDS, shape_errors
from pipeline.review.shapes import list_in, list_of, number_of, object_in, text_of

Json = Any
OLDEST = (1, 23)
PAGE = 500
_SAFE = ("GET", "DELETE", "PATCH")
_ACCESS_SECONDS = 240  # an access token lives 300 s on the server
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})", re.ASCII)


class Server:
    """A Label Studio server and the token of one of its users; closed by ``with``.

    ``token`` is either kind that the server knows: a legacy token, or a personal access token,
    which is exchanged for a short-lived one as needed. ``patience`` is the seconds that one call
    may take, ``tries`` how often a call that is safe to repeat is made.
    """

    def __init__(
        self, url: str, token: str, *, patience: float = 300, tries: int = 5, pause: float = 0.5
    ) -> None:
        import httpx

        if not url.startswith(("http://", "https://")):
            raise SettingError(f"LABEL_STUDIO_URL is {url!r}; it must begin with https://")
        if "@" in url.partition("://")[2].partition("/")[0]:
            raise SettingError(
                "LABEL_STUDIO_URL holds a name or password, which would be written into every "
                "decision; take it out, the token in LABEL_STUDIO_API_KEY is enough"
            )
        self.url = url.rstrip("/")
        self._token = token
        self._tries, self._pause = tries, pause
        self._access, self._access_until, self._date = "", 0.0, ""
        timeout = httpx.Timeout(patience, connect=min(patience, 10))
        try:
            self._http = open_client(self.url, timeout=timeout, follow_redirects=False)
        except httpx.InvalidURL as error:
            raise SettingError(
                f"LABEL_STUDIO_URL is {url!r}, which is no address ({error}); correct it"
            ) from error

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str, **params: object) -> Json:
        """The JSON answer to GET; tried again while the server is busy."""
        return self.call("GET", path, params=params)

    def get_object(self, path: str, **params: object) -> dict[str, Any]:
        """The object that is the answer to GET.

        Raises:
            ServerError: where the answer is no object, as after every failure of the call.
        """
        with shape_errors(self.url, path):
            return object_in(self.get(path, **params), "the answer")

    def get_list(self, path: str, **params: object) -> list[Any]:
        """The list that is the answer to GET.

        Raises:
            ServerError: where the answer is no list, as after every failure of the call.
        """
        with shape_errors(self.url, path):
            return list_in(self.get(path, **params), "the answer")

    def post(self, path: str, body: Json, **params: object) -> Json:
        """The JSON answer to POST, which is sent once: only the caller knows how to repeat it."""
        return self.call("POST", path, body=body, params=params)

    def patch(self, path: str, body: Json) -> Json:
        """The JSON answer to PATCH; tried again while the server is busy."""
        return self.call("PATCH", path, body=body)

    def delete(self, path: str) -> None:
        """Delete what is at ``path``, also where it was gone before."""
        try:
            self.call("DELETE", path)
        except ServerError as error:
            if error.cause != "missing":
                raise

    def call(
        self,
        method: str,
        path: str,
        *,
        body: Json = None,
        params: Mapping[str, object] | None = None,
    ) -> Json:
        """The JSON answer to one request, None where it is empty.

        Raises:
            ServerError: after the last try.
        """
        for attempt in range(1, self._tries + 1):
            try:
                return self._once(method, path, body, params or {})
            except ServerError as error:
                again = error.cause == "busy" or (error.passing and method in _SAFE)
                if not again or attempt == self._tries:
                    raise
                wait = error.retry_after
                time.sleep(min(60, self._pause * 2 ** (attempt - 1)) if wait is None else wait)
        raise AssertionError("unreachable")

    def check(self) -> str:
        """The server's version, after proving that it answers, is new enough and takes the token.

        Raises:
            ServerError: saying which of these fails.
        """
        found = self.get_object("/api/version")
        package = found.get("label-studio-os-package")
        package = package if isinstance(package, dict) else {}
        version = str(package.get("version") or found.get("release") or "")[:40]
        numbers = _VERSION.match(version)
        if numbers is None or (int(numbers[1]), int(numbers[2])) < OLDEST:
            wanted = ".".join(map(str, OLDEST))
            raise ServerError(
                f"{self.url} runs Label Studio {version or 'of unknown version'}; {wanted} or "
                "newer is needed: upgrade it, or use `claims review start`",
                cause="old",
            )
        self.find_self()
        return version

    def find_self(self) -> str:
        """The e-mail of the user whose token this is."""
        path = "/api/current-user/whoami"
        found = self.get_object(path)
        with shape_errors(self.url, path):
            return text_of(found, "email", "the answer")

    def find_users(self) -> dict[int, str]:
        """The e-mail of each user by their number."""
        path = "/api/users/"
        found = self.get(path)
        with shape_errors(self.url, path):
            if isinstance(found, dict):
                found = found.get("results")
            users = [object_in(user, "a user") for user in list_in(found, "the answer")]
            if not users:  # whose token this is, is one
                raise RecordError("the answer names no user")
            return {
                number_of(user, "id", "a user"): text_of(user, "email", "a user")
                if user.get("email")
                else str(user["id"])
                for user in users
            }

    def find_tasks(
        self,
        project: int,
        filters: Sequence[Mapping[str, object]] = (),
        *,
        fields: str = "all",
        include: str = "",
    ) -> Iterator[Json]:
        """Every task that all filters let through, in the order of ids, page by page.

        ``include`` names the only fields that are wanted of it, with commas between.
        """
        only = {"include": include} if include else {}
        query = {
            "filters": {"conjunction": "and", "items": list(filters)},
            "ordering": ["tasks:id"],
        }
        seen: set[int] = set()
        page = 1
        while True:
            tasks, total = self._tasks(
                project=project,
                query=json.dumps(query),
                fields=fields,
                page=page,
                page_size=PAGE,
                **only,
            )
            numbers = {task["id"] for task in tasks}
            if tasks and numbers <= seen:  # or it would be asked for ever
                raise ServerError(
                    f"{self.url}/api/tasks gives the same tasks as page {page} again; look into "
                    "the server's log, then run the command again",
                    cause="refused",
                )
            yield from tasks
            seen |= numbers
            page += 1
            if not tasks or len(seen) >= total:
                return

    def find_end(self, project: int, ordering: str) -> tuple[int, int]:
        """The number of the task that comes first in that ordering, and how many tasks there are.

        Both are 0 where there is none.
        """
        tasks, total = self._tasks(
            project=project,
            query=json.dumps({"ordering": [ordering]}),
            fields="task_only",
            page=1,
            page_size=1,
        )
        return (tasks[0]["id"], total) if tasks else (0, 0)

    def _tasks(self, **params: object) -> tuple[list[dict[str, Any]], int]:
        """The tasks of one page, each an object with its number, and how many there are in all."""
        path = "/api/tasks"
        answer = self.get_object(path, **params)
        with shape_errors(self.url, path):
            tasks = [object_in(task, "a task") for task in list_of(answer, "tasks", "the answer")]
            for task in tasks:
                number_of(task, "id", "a task")
            return tasks, number_of(answer, "total", "the answer")

    def clock(self) -> datetime:
        """The server's own time, to the second; ours where it does not say."""
        self.get("/api/version")
        try:
            return parsedate_to_datetime(self._date).astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            return datetime.now(UTC)

    def _once(self, method: str, path: str, body: Json, params: Mapping[str, object]) -> Json:
        with transport_errors(self.url, MENDS):
            response = self._http.request(
                method,
                path,
                json=body,
                params=cast("dict[str, Any]", dict(params)),
                headers={"Authorization": self._authorization()},
            )
        raise_for(response, self.url, path, MENDS)
        self._date = response.headers.get("date", "")
        if not response.content:
            return None
        try:
            return response.json()
        except (ValueError, RecursionError) as error:
            raise ServerError(
                f"{self.url}{path} does not answer in JSON; is it a Label Studio server?",
                cause="refused",
            ) from error

    def _authorization(self) -> str:
        if not _is_refresh_token(self._token):
            return f"Token {self._token}"
        if time.monotonic() >= self._access_until:
            with transport_errors(self.url, MENDS):
                response = self._http.post("/api/token/refresh/", json={"refresh": self._token})
            raise_for(response, self.url, "/api/token/refresh/", MENDS)
            self._access = _access_in(response.content, self.url)
            self._access_until = time.monotonic() + _ACCESS_SECONDS
        return f"Bearer {self._access}"


def _access_in(content: bytes, url: str) -> str:
    path = "/api/token/refresh/"
    with shape_errors(url, path):
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            found = None
        return text_of(object_in(found, "the answer"), "access", "the answer")


def _is_refresh_token(token: str) -> bool:
    parts = token.split(".")
    if len(parts) != 3:
        return False
    try:
        header = base64.urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4))
        return "alg" in json.loads(header)
    except (ValueError, TypeError, RecursionError):
        return False
