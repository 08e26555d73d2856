"""What a 429 means: wait, or tell the operator.

Google's quotas per minute come with the seconds after which to try again. Those per day, those that are zero for this
key, and limits on spending do not refill while somebody waits.
"""

from __future__ import annotations

import math
import re
import time
from typing import Any

from bot.engines.leniency import field, objects, text
from bot.errors import ModelBusy, OperatorMustFix, ThreadpaintError

NOTHING_LEFT = re.compile(
    r"limit:\s*0(?![\d.])|per[ _-]?(day|month)\b|spend(ing)?[ _-]?(limit|cap|based)|monthly[^.]{0,20}\bcap\b"
    r"|credits?[^.]{0,20}(depleted|exhausted|used up)",
    re.IGNORECASE,
)
LONG_QUOTA = re.compile(r"per_?(day|month)", re.IGNORECASE)
RETRY_IN = re.compile(r"retry in ((?:\d+(?:\.\d+)?(?:ms|h|m|s))+)", re.IGNORECASE)  # as Go writes a span: 1m2.5s
SPAN = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s)", re.IGNORECASE)
UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
MINUTE = 60.0  # seconds; of what takes longer people are told when it is over
YEAR = 31_536_000.0


def of_quota(error: dict[str, Any], retry_after: str) -> ThreadpaintError:
    """The error for this error body of Google's, and the Retry-After header where there was one.

    Of several delays the longest holds. One of more than a minute is told as the fact "resets", in Unix seconds.
    """
    message, details = text(error, "message"), objects(error, "details")
    delays = [delay for detail in details if (delay := field(detail, "retryDelay")) is not None]
    waits = [*delays, *([retry_after] if retry_after else []), *_in_words(message)]
    if not waits or NOTHING_LEFT.search(message) or any(map(_is_spent, details)):
        return OperatorMustFix("quota_spent", detail=message[:300])
    known = [wait for each in waits if (wait := seconds(each)) is not None]
    longest = max(known, default=None)
    return ModelBusy("model_busy", retry_after=longest, detail=message[:300], **_over(longest))


def seconds(delay: Any) -> float | None:
    """A duration as JSON may have it: "37s", "0.5s", "37", 37, {"seconds": "37", "nanos": 500000000}; else None."""
    if isinstance(delay, dict):
        whole, nanos = seconds(delay.get("seconds") or 0), seconds(delay.get("nanos") or 0)
        return None if whole is None or nanos is None or not delay else whole + nanos / 1e9
    if isinstance(delay, bool) or not isinstance(delay, str | int | float):
        return None
    try:
        told = float(delay.strip().removesuffix("s") if isinstance(delay, str) else delay)
    except (ValueError, OverflowError):
        return None
    return told if math.isfinite(told) and told >= 0 else None


def _in_words(message: str) -> list[float]:
    """The delay that the words name, if they do."""
    found = RETRY_IN.search(message)
    return [sum(float(number) * UNITS[unit.lower()] for number, unit in SPAN.findall(found[1]))] if found else []


def _over(wait: float | None) -> dict[str, str]:
    return {"resets": str(math.ceil(time.time() + min(wait, YEAR)))} if wait and wait > MINUTE else {}


def _is_spent(detail: dict[str, Any]) -> bool:
    """Whether one of the quotas named here is for longer than a minute, or is nothing at all."""
    return any(
        LONG_QUOTA.search(text(violation, "quotaId")) or str(field(violation, "quotaValue")) == "0"
        for violation in objects(detail, "violations")
    )
