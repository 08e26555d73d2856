"""Everything that can go wrong on purpose: faults that a test orders, one call at a time.

| a fault                                            | what happens                                                |
|----------------------------------------------------|-------------------------------------------------------------|
| {"status": n, "message"?, "as"?}                   | this HTTP code in Google's words; "as" says how the body is |
|                                                    | written: "array" for a JSON array, "html" for a proxy's page|
| {"status": 429, "retry_delay", "quota"}            | quota is "PerMinute" or "PerDay"                            |
| {"error": name, "as"?}                             | one of `complaints`: key, billing, forbidden, leaked,       |
|                                                    | limit_zero, spend, late, gone, unsigned, field              |
| {"finish_reason", "finish_message"?, "text_only"?} | 200, a candidate without content, or with words alone; with |
|                                                    | "drafts": n, with so many interim pictures and not the one  |
|                                                    | they were for                                               |
| {"block_reason"}                                   | 200, the prompt was blocked                                 |
| {"text_only": words}                               | 200, words and no picture                                   |
| {"empty": true}                                    | 200, STOP with nothing                                      |
| {"drafts": n}                                      | so many interim pictures before the final one               |
| {"data_url": true}, {"wrong_size": true}, {"huge": | the picture inside a text, of another size and ratio,       |
| true}                                              | of up to 20 MB                                              |
| {"label": mime}                                    | pictures are said to be of this type, whatever they are     |
| {"usage": {name: value} or null}                   | usageMetadata says this instead (null takes a field away;   |
|                                                    | null for all of it, everything)                             |
| {"hang": seconds}, {"drop": "before" or "after"},  | the connection hangs, is cut (after drawing), is slow,      |
| {"delay": seconds}, {"bad_json": true}             | brings half an answer                                       |

Magic words in a prompt order the same (see `magic`). {"method": "get"} orders a fault for a model's description,
{"method": "token"} one for the token endpoint, where only status, error, delay, hang and drop mean anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.playground.gemini import complaints, refusals
from bot.playground.gemini.asks import Ask
from bot.playground.gemini.magic import Fault, Magic

KEYS = frozenset({"status", "message", "retry_delay", "quota", "error", "as", "finish_reason", "finish_message"}) | {
    *("block_reason", "text_only", "empty", "drafts", "data_url", "wrong_size", "huge", "usage"),
    *("hang", "drop", "delay", "bad_json", "label"),
}


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
        self._magic = Magic()

    def order(self, body: dict[str, Any]) -> None:
        """Adds a fault: {"model": null | name, "times": n, "fault": {…}}; {"clear": true} drops those in waiting.

        Raises ValueError when the fault is none of those above.
        """
        if body.get("clear"):
            self._orders.clear()
            return
        fault = body.get("fault")
        if not isinstance(fault, dict) or not is_known(fault):
            raise ValueError(f"not a fault of the pretend Gemini: {fault!r}")
        times = int(body.get("times") or 1)
        method = str(body.get("method") or "generateContent")
        self._orders.append(Order(fault, body.get("model"), method, times))

    def forget(self) -> None:
        self._orders.clear()
        self._magic.forget()

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
        return self._magic.conjure(ask)


def is_known(fault: Fault) -> bool:
    """Whether a fault is one of those above."""
    if not fault or set(fault) - KEYS:
        return False
    return fault.get("error", "key") in complaints.NAMED and fault.get("as", "json") in ("json", "array", "html")


def refusal_of(fault: Fault, model: str) -> refusals.Refusal | None:
    """The error a fault stands for, None when it is of another kind."""
    refusal = complaints.NAMED[fault["error"]](model) if "error" in fault else of_status(fault, model)
    if refusal is not None:
        refusal.form = str(fault.get("as", "json"))
    return refusal


def of_status(fault: Fault, model: str) -> refusals.Refusal | None:
    if "status" not in fault:
        return None
    code = int(fault["status"])
    if code == 429 and ("quota" in fault or "retry_delay" in fault):
        return refusals.exhausted(model, str(fault.get("retry_delay", "37s")), str(fault.get("quota", "PerMinute")))
    known = refusals.by_code(code)
    return refusals.Refusal(code, known.status, str(fault.get("message", known.message)))


def spoil(answer: dict[str, Any], fault: Fault) -> dict[str, Any]:
    """The answer with its usage or the type of its pictures told wrongly, where a fault wants that."""
    for part in _drawn(answer) if "label" in fault else ():
        part["inlineData"]["mimeType"] = str(fault["label"])
    if "usage" not in fault:
        return answer
    if fault["usage"] is None:
        return {name: value for name, value in answer.items() if name != "usageMetadata"}
    used = answer["usageMetadata"] | fault["usage"]
    return answer | {"usageMetadata": {name: value for name, value in used.items() if value is not None}}


def _drawn(answer: dict[str, Any]) -> list[dict[str, Any]]:
    contents = [candidate.get("content") or {} for candidate in answer.get("candidates") or []]
    return [part for content in contents for part in content.get("parts") or [] if "inlineData" in part]
