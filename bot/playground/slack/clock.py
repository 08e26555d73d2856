"""Message timestamps and fresh ids, in Slack's formats."""

import secrets
import time

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class Clock:
    """Hands out timestamps such as "1763720000.000100": always rising, so never the same one twice."""

    def __init__(self) -> None:
        self._last = 0

    def tick(self) -> str:
        self._last = max(int(time.time() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


def fresh_id(prefix: str) -> str:
    """An id such as F0AB12CD34E: the kind's letter, a zero, nine letters or digits."""
    return prefix + "0" + "".join(secrets.choice(_ALPHABET) for _ in range(9))
