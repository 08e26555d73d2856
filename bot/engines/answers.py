"""From the JSON of Google's answer to an `Answer`: pure.

The SDK's own types are not used for the answer: on the Gemini API they drop `finishMessage`, they warn at every finish
reason they do not know, and for a picture of a megabyte they cost as much again as reading the JSON. Long base64 has
been taken out of the body on its way here; `runs` puts it back.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from bot.engines import data_urls, grounding
from bot.engines.faults import of_answer, of_body, stands
from bot.engines.leniency import count, field, objects, text
from bot.engines.runs import Runs
from bot.errors import NonsenseAnswer, ThreadpaintError
from bot.ports import Answer, Given, Said, Usage

UNTOLD = frozenset(
    {"", "application/octet-stream", "binary/octet-stream"}
)  # kinds that may be a picture's all the same


def read(body: str, seconds: float, runs: Runs) -> Answer:
    """The answer in this body; without a picture its `fault` says why. Raises a ThreadpaintError when it is none."""
    try:
        data = json.loads(body.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise NonsenseAnswer("answer_unreadable") from error
    data = data[0] if isinstance(data, list) and data else data  # some gateways put all they say into a list
    if not isinstance(data, dict):
        raise NonsenseAnswer("answer_unreadable")
    if field(data, "error") is not None and not field(data, "candidates"):
        raise of_body(data)
    return _answer(data, seconds, runs)


def _answer(data: dict[str, Any], seconds: float, runs: Runs) -> Answer:
    first = (objects(data, "candidates") or [{}])[0]
    parts = _parts(first, runs)
    drawn = [part.given for part in parts if part.given]
    usage = replace(_usage(field(data, "usageMetadata")), pictures=len(drawn), queries=grounding.searches(first))
    whole = tuple(part for part in parts if not part.given or part.given.data)
    answer = Answer(whole, usage, seconds, grounding.sources(first), grounding.queries(first))
    fault = _fault(data, first, answer.words, drawn)
    return replace(answer, parts=tuple(part for part in whole if not part.given), fault=fault) if fault else answer


def _fault(data: dict[str, Any], first: dict[str, Any], words: str, drawn: list[Given]) -> ThreadpaintError | None:
    """Why there is no picture to show; drafts of one that was refused are billed but no picture to show either."""
    feedback = field(data, "promptFeedback")
    finish, block = text(first, "finishReason"), text(feedback, "blockReason")
    if drawn and stands(finish, block):
        return None if drawn[-1].data else NonsenseAnswer("answer_unreadable")
    return of_answer(finish, block, words, text(first, "finishMessage") or text(feedback, "blockReasonMessage"))


def _parts(candidate: dict[str, Any], runs: Runs) -> tuple[Said, ...]:
    """The parts in order. A picture whose base64 is torn has no bytes."""
    told = objects(field(candidate, "content"), "parts")
    parts = [_said(part, runs) for part in told if _is_for_people(part)]
    if not any(part.given for part in parts):
        parts = data_urls.drawn(parts, runs)
    whole = (replace(part, text=runs.text(part.text)) for part in parts)
    return tuple(part for part in whole if part.text or part.given or part.signature)


def _said(part: dict[str, Any], runs: Runs) -> Said:
    """A thought's picture is left out: it is never shown, and never goes back."""
    inline, thought = field(part, "inlineData"), bool(field(part, "thought"))
    return Said(
        text=text(part, "text"),
        given=_given(inline, runs) if text(inline, "data") and not thought else None,
        signature=_decoded(text(part, "thoughtSignature"), runs) or None,
        thought=thought,
    )


def _given(inline: Any, runs: Runs) -> Given:
    return Given(_decoded(text(inline, "data"), runs), text(inline, "mimeType") or "image/png")


def _decoded(told: str, runs: Runs) -> bytes:
    """The bytes; none where it is not base64. Who lost a signature tells the story in short, and keeps the picture."""
    try:
        return runs.data(told)
    except ValueError:
        return b""


def _is_for_people(part: dict[str, Any]) -> bool:
    """Words or a picture: what else may come beside them, as a document, is not the answer."""
    mime = text(field(part, "inlineData"), "mimeType").lower()
    return mime.startswith("image/") or mime in UNTOLD


def _usage(told: Any) -> Usage:
    return Usage(
        prompt=count(told, "promptTokenCount"),
        image=_of_images(told, "candidatesTokensDetails"),
        total=count(told, "totalTokenCount"),
        prompt_image=_of_images(told, "promptTokensDetails"),
        thinking=count(told, "thoughtsTokenCount"),
    )


def _of_images(told: Any, name: str) -> int:
    return sum(count(each, "tokenCount") for each in objects(told, name) if text(each, "modality").upper() == "IMAGE")
