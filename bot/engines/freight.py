"""The pictures of one call, carried past Google's SDK, which would hold each as text several times over."""

from __future__ import annotations

import base64
import secrets
from contextvars import ContextVar
from math import inf

from bot.engines.runs import Runs

PIECE = 3 * 65_536  # bytes of a picture encoded at a time; a multiple of 3, so that the pieces can be put together


class Freight:
    """What goes out (the SDK is given a token for each picture) and what came in (`runs`).

    `until` is the moment (by `lives.elapsed`) after which it does not go out any more.
    """

    def __init__(self, until: float = inf) -> None:
        self.runs = Runs(secrets.token_hex(8))
        self.until = until
        self._out: dict[bytes, bytes] = {}

    def token(self, data: bytes) -> bytes:
        """Bytes to hand to the SDK in place of the picture's. Their base64 cannot be anywhere else by chance."""
        token = secrets.token_bytes(24)
        self._out[base64.urlsafe_b64encode(token)] = data
        return token

    def pieces(self, body: bytes) -> list[bytes | memoryview]:
        """The request's body, cut where a picture is to come: bytes to send as they are, views to send as base64.

        Raises ValueError when a token is missing: then the SDK writes bytes in another way than we know.
        """
        places = sorted((body.index(name), name) for name in self._out)
        cut: list[bytes | memoryview] = []
        done = 0
        for place, name in places:
            cut += [body[done:place], memoryview(self._out[name])]
            done = place + len(name)
        return [*cut, body[done:]]


FREIGHT: ContextVar[Freight | None] = ContextVar("freight", default=None)


def encoded_length(piece: bytes | memoryview) -> int:
    """How many bytes it is on the wire."""
    return len(piece) if isinstance(piece, bytes) else (len(piece) + 2) // 3 * 4
