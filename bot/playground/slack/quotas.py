"""Rate limits: Slack's tiers, and one message a second in a channel."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

# Calls a minute by tier, as Slack's rate limit page has them; bursts up to a minute's worth are let through.
TIERS = {"t1": 1, "t2": 20, "t3": 50, "t4": 100, "special": 600}
POST_BURST = 4


@dataclass
class Bucket:
    """A token bucket: `size` calls at once, then `rate` calls a second."""

    size: float
    rate: float
    left: float
    at: float


class Quotas:
    """Counts calls per method, and messages per channel. `now` gives seconds on any steady clock."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._buckets: dict[str, Bucket] = {}

    def spend(self, method: str, tier: str, channel: str) -> int:
        """Count one call; returns 0, or the whole seconds to wait when there were too many."""
        if tier == "post":
            return self._spend(f"{method} {channel}", POST_BURST, 1.0)
        return self._spend(method, TIERS[tier], TIERS[tier] / 60)

    def _spend(self, key: str, size: float, rate: float) -> int:
        now = self._now()
        bucket = self._buckets.setdefault(key, Bucket(size, rate, size, now))
        bucket.left = min(bucket.size, bucket.left + (now - bucket.at) * bucket.rate)
        bucket.at = now
        if bucket.left < 1:
            return max(1, math.ceil((1 - bucket.left) / bucket.rate))
        bucket.left -= 1
        return 0
