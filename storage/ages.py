"""How old an object may be and still count as stored just now.

Objects that nobody names are swept away once they are two days old (`bot.studio.sweeping`). Whoever stores the same
bytes again therefore makes their object young, unless it is still younger than this: so it cannot be swept before its
new row is written.
"""

from __future__ import annotations

import time

YOUNG = 12 * 60 * 60.0  # seconds


def is_young(stored: float) -> bool:
    """Whether something stored at this moment (seconds since 1970) is. What is far in the future is not."""
    return abs(time.time() - stored) < YOUNG
