"""This machine's own addresses, which no proxy may come between: a token goes there in clear."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

NO_PROXY = ("127.0.0.1", "localhost", "::1", "127.0.0.0/8")
"""What is never asked for through a proxy, as the variable ``NO_PROXY`` wants it."""
_NAMES = {"localhost", "localhost.localdomain", "localhost6", "localhost6.localdomain6",
          "ip6-localhost", "ip6-loopback"}  # fmt: skip
_PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "ws_proxy", "wss_proxy")


def is_loopback(host: str) -> bool:
    """Whether a host of an address is this machine, however it is written.

    >>> [is_loopback(host) for host in ("127.8.0.1", "[::1]", "LOCALHOST.", "127.1", "example.org")]
    [True, True, True, True, False]
    """
    name = host.strip("[]").partition("%")[0].rstrip(".").lower()
    if name in _NAMES or name.endswith(".localhost") or name == socket.gethostname().lower():
        return True
    found = _address(name)
    if found is None:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return bool(mapped.is_loopback or mapped.is_unspecified)


def open_client(url: str, **options: Any) -> httpx.Client:
    """An HTTP client for the server at ``url``; to this machine it goes straight.

    Elsewhere the proxies that the environment names hold, as for any other program.
    """
    import httpx

    transport = httpx.HTTPTransport() if is_loopback(httpx.URL(url).host) else None
    return httpx.Client(base_url=url, transport=transport, **options)


def without_proxies(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program that talks to this machine alone: no proxy, by any name.

    >>> without_proxies({"HTTP_PROXY": "http://proxy", "HOME": "/home/ana"})["HOME"]
    '/home/ana'
    """
    names = {*_PROXIES, "no_proxy"}
    kept = {name: value for name, value in environment.items() if name.lower() not in names}
    direct = ",".join(NO_PROXY)
    return {**kept, "NO_PROXY": direct, "no_proxy": direct}


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        pass
    try:  # 127.1, 0x7f000001 and 2130706433 are addresses too
        return ipaddress.IPv4Address(socket.inet_aton(name))
    except (OSError, ValueError):
        return None
