"""The proxy on the way to Slack, as the environment names it.

slack_sdk reads HTTPS_PROXY and HTTP_PROXY by itself, but not NO_PROXY. aiohttp reads all of them with `trust_env`, but
not for a WebSocket, and takes passwords for Slack from ~/.netrc as well. So each of our ways there asks here.
"""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

NAMES = {"https": ("https", "http"), "wss": ("https", "http"), "http": ("http",), "ws": ("http",)}


def proxy(url: str) -> str | None:
    """The proxy for this address: HTTPS_PROXY, or else HTTP_PROXY; one without a scheme is spoken to in HTTP.

    None without one, or where NO_PROXY has the host, alone or with its port.
    """
    parts = urlsplit(url)
    if proxy_bypass(parts.hostname or "") or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    named = getproxies()
    way = next((named[name] for name in NAMES.get(parts.scheme, ()) if named.get(name)), None)
    return f"http://{way}" if way and "://" not in way else way
