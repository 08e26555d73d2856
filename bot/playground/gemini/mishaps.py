"""Everything that can go wrong on purpose: faults that a test orders, and magic words that a person types.

A prompt that holds one of these, in square brackets, has it happen (to that call only):

| words               | what happens                                                                    |
|---------------------|---------------------------------------------------------------------------------|
| [refuse]            | an apology in words, finish reason STOP, no picture                             |
| [words only]        | a question back instead of a picture                                            |
| [filtered]          | the picture was filtered: IMAGE_SAFETY with Google's own message, not billed    |
| [prohibited]        | IMAGE_PROHIBITED_CONTENT                                                        |
| [recitation]        | IMAGE_RECITATION                                                                |
| [blocked]           | the prompt is blocked before drawing: promptFeedback, no candidates             |
| [no image]          | NO_IMAGE                                                                        |
| [other]             | IMAGE_OTHER                                                                     |
| [empty]             | STOP with nothing in it                                                         |
| [cut]               | MAX_TOKENS                                                                      |
| [drafts]            | two interim drafts come before the final picture, each billed                   |
| [busy]              | 503, the model is overloaded, every time                                        |
| [busy once]         | 503 the first time this very request is made, then the picture                  |
| [rate limit]        | 429 with RetryInfo of 2 s the first time, then the picture                      |
| [quota]             | 429 for the day's quota, every time                                             |
| [500], [504]        | that status, every time                                                         |
| [slow], [very slow] | the picture comes after 8 s, after 45 s                                         |
| [hang]              | no answer for ten minutes, then the connection is cut                           |
| [drop]              | the connection is cut after the picture was drawn (and billed)                  |
| [bad json]          | 200 with half a JSON object                                                     |

A fault is one of: {"status": n, "message"?}, {"status": 429, "retry_delay", "quota": "PerMinute" | "PerDay"},
{"finish_reason", "finish_message"?}, {"block_reason"}, {"text_only"}, {"empty": true}, {"drafts": n},
{"hang": seconds}, {"drop": "before" | "after"}, {"delay": seconds}, {"bad_json": true}.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from bot.playground.gemini import refusals
from bot.playground.gemini.asks import Ask

Fault = dict[str, Any]
KEYS = frozenset({"status", "message", "retry_delay", "quota", "finish_reason", "finish_message", "block_reason"}) | {
    *("text_only", "empty", "drafts", "hang", "drop", "delay", "bad_json")
}
APOLOGY = "I'm sorry, but I can't create that picture. I can draw something else for you if you like."
QUESTION = "Happy to draw that! Should it be by day or by night, and how close should we be?"
MAGIC: dict[str, Fault] = {
    "refuse": {"text_only": APOLOGY},
    "words only": {"text_only": QUESTION},
    "filtered": {"finish_reason": "IMAGE_SAFETY"},
    "prohibited": {"finish_reason": "IMAGE_PROHIBITED_CONTENT"},
    "recitation": {"finish_reason": "IMAGE_RECITATION"},
    "blocked": {"block_reason": "PROHIBITED_CONTENT"},
    "no image": {"finish_reason": "NO_IMAGE"},
    "other": {"finish_reason": "IMAGE_OTHER"},
    "empty": {"empty": True},
    "cut": {"finish_reason": "MAX_TOKENS"},
    "drafts": {"drafts": 2},
    "busy": {"status": 503},
    "quota": {"status": 429, "quota": "PerDay", "retry_delay": "43200s"},
    "500": {"status": 500},
    "504": {"status": 504},
    "slow": {"delay": 8},
    "very slow": {"delay": 45},
    "hang": {"hang": 600},
    "drop": {"drop": "after"},
    "bad json": {"bad_json": True},
}
FIRST_TIME: dict[str, Fault] = {
    "busy once": {"status": 503},
    "rate limit": {"status": 429, "quota": "PerMinute", "retry_delay": "2s"},
}
WORDS = re.compile(r"\[([a-z0-9 ]+)\]")


@dataclass(slots=True)
class Order:
    """A fault waiting for its calls: `model` None is any model, `left` calls still have it happen."""

    fault: Fault
    model: str | None
    method: str
    left: int


class Mishaps:
    """The faults in waiting, oldest first."""

    def __init__(self) -> None:
        self._orders: list[Order] = []
        self._met: Counter[str] = Counter()

    def order(self, body: dict[str, Any]) -> None:
        """Adds a fault: {"model": null | name, "times": n, "fault": {…}}; {"clear": true} drops those in waiting.

        Raises ValueError when the fault is none of those above.
        """
        if body.get("clear"):
            self._orders.clear()
            return
        fault = body.get("fault")
        if not isinstance(fault, dict) or not fault or set(fault) - KEYS:
            raise ValueError(f"not a fault of the pretend Gemini: {fault!r}")
        times = int(body.get("times") or 1)
        method = str(body.get("method") or "generateContent")
        self._orders.append(Order(fault, body.get("model"), method, times))

    def forget(self) -> None:
        self._orders.clear()
        self._met.clear()

    def meet(self, model: str, method: str) -> Fault:
        """The oldest ordered fault for this call, which uses up one of its times; {} for none."""
        for order in self._orders:
            if order.model in {None, model} and order.method == method:
                order.left -= 1
                if order.left <= 0:
                    self._orders.remove(order)
                return order.fault
        return {}

    def conjure(self, ask: Ask) -> Fault:
        """What the prompt's own magic words make happen; {} for none."""
        for words in WORDS.findall(ask.prompt.lower()):
            if words in MAGIC:
                return MAGIC[words]
            if words in FIRST_TIME and self._is_first(words, ask):
                return FIRST_TIME[words]
        return {}

    def _is_first(self, words: str, ask: Ask) -> bool:
        met = f"{words} {ask.fingerprint()}"
        self._met[met] += 1
        return self._met[met] == 1


def refusal_of(fault: Fault, model: str) -> refusals.Refusal | None:
    """The error a fault stands for, None when it is of another kind."""
    if "status" not in fault:
        return None
    code = int(fault["status"])
    if code == 429 and "quota" in fault:
        quota = str(fault["quota"])
        return refusals.exhausted(model, str(fault.get("retry_delay", "37s")), quota)
    if code == 429 and "retry_delay" in fault:
        return refusals.exhausted(model, str(fault["retry_delay"]), "PerMinute")
    known = refusals.by_code(code)
    return refusals.Refusal(code, known.status, str(fault.get("message", known.message)))
