"""The proxy on the way to Slack, as the environment names it.

slack_sdk reads HTTPS_PROXY and HTTP_PROXY by itself, but not NO_PROXY. aiohttp reads all of them with `trust_env`, but
not for a WebSocket, and takes passwords for Slack from ~/.netrc as well. So each of our ways there asks here.
"""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

NAMES = {"https": ("https", "http"), "wss": ("https", "http"), "http": ("http",), "ws": ("http",)}


def proxy(url: str) -> str | None:
    """The proxy for this address: HTTPS_PROXY, or else HTTP_PROXY; None without one, or where NO_PROXY has the host."""
    parts = urlsplit(url)
    if proxy_bypass(parts.hostname or ""):
        return None
    named = getproxies()
    return next((named[name] for name in NAMES.get(parts.scheme, ()) if named.get(name)), None)
