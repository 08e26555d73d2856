"""Takes long stretches of base64 out of JSON as it arrives, so that nobody has to hold or parse them as text.

The rest is handed on byte by byte, with a name in each stretch's place. It need not know JSON well for that: long
stretches of these letters stand only in strings, unless they are digits, and what it does not take stays as it is.
"""

from __future__ import annotations

import re

from bot.engines.runs import Run, Runs

LEAST = 1024  # bytes of text; what is shorter is not worth the trouble
ALPHABETS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-"
LONG = re.compile(
    rb"(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/]{%d,}+|[A-Za-z0-9_-]{%d,}+)" % (LEAST, LEAST)  # in one alphabet
)
NO_NUMBER = re.compile(rb"[A-DF-Za-df-z/_]")
UNDECIDED = re.compile(rb"[A-Za-z0-9+/_-]{0,3}+")
BACKSLASH = ord("\\")
ESCAPE = 5  # letters of the longest escape after its backslash, as in \u002b


class Lifter:
    """Feed it the JSON in pieces, however they are cut; `runs` has what was taken out."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._run: Run | None = None
        self._rest = b""

    def feed(self, chunk: bytes) -> bytes:
        """The JSON with names in it, as far as it is clear by now."""
        self._rest += chunk
        out: list[bytes] = []
        while self._went_on(self._run) if self._run else self._began(out):
            pass
        return b"".join(out)

    def close(self) -> bytes:
        """What was held back: there is no more."""
        rest, self._rest, self._run = self._rest, b"", None
        return rest

    def _went_on(self, run: Run) -> bool:
        """Whether the stretch has ended and there is more to look at."""
        self._rest = self._rest[run.take(self._rest) :]
        if UNDECIDED.fullmatch(self._rest):
            return False
        self._run = None
        return True

    def _began(self, out: list[bytes]) -> bool:
        """Whether a stretch begins in what there is. Else all is handed on but what may become the beginning of one."""
        rest = self._rest
        for found in LONG.finditer(rest):
            if NO_NUMBER.search(found[0]):
                escaped = found.start() > 0 and rest[found.start() - 1] == BACKSLASH
                start = found.start() + (ESCAPE if escaped else 0)
                self._run, name = self._runs.begin()
                out += [rest[:start], name]
                self._rest = rest[start:]
                return True
        held = _held(rest)
        out.append(rest[: len(rest) - held])
        self._rest = rest[len(rest) - held :]
        return False


def _held(rest: bytes) -> int:
    """How much of the end may be the beginning of a stretch, with the byte before it, which may be a backslash."""
    tail = len(rest) - len(rest.rstrip(ALPHABETS))
    return min(tail + 1, len(rest)) if tail < LEAST else 0
