"""Which server the verbs talk to: the one that the environment names, or the embedded one."""

from __future__ import annotations

import getpass
import os

from pipeline.errors import SettingError
from pipeline.review.client import Server
from pipeline.review.state import State
from pipeline.review.studio import ACCOUNT, find_running

URL, KEY = "LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"


def connect(state: State) -> Server:
    """A server that answers, is new enough and takes the token.

    Raises:
        SettingError: where half of the address is set, or no server is set or running.
        ServerError: where it does not answer or refuses the token.
    """
    url, key = os.environ.get(URL), os.environ.get(KEY)
    if bool(url) != bool(key):
        missing, there = (KEY, URL) if url else (URL, KEY)
        raise SettingError(f"{there} is set but {missing} is not; set both, or neither")
    if url and key:
        server = Server(url, key)
    elif running := find_running(state):
        server = Server(running.url, running.account.token)
    else:
        raise SettingError(
            f"no Label Studio is running; run `claims review start`, or set {URL} and {KEY}",
            cause="no-server",
        )
    server.check()
    return server


def find_own_name(state: State) -> str:
    """Who decides here: the user of the server that the environment names, or the embedded one's.

    Where there is neither it is the user of this machine. It is asked for on the server, so that
    what a person does here and there is one person's.
    """
    if is_shared():
        with connect(state) as server:
            return server.find_self()
    found = state.read(ACCOUNT).get("email")
    return str(found) if found else getpass.getuser()


def is_shared() -> bool:
    """Whether the environment names a server."""
    return bool(os.environ.get(URL))
