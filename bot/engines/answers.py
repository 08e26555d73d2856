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
from bot.engines.faults import of_answer, of_body
from bot.engines.leniency import count, field, objects, text
from bot.engines.runs import Runs
from bot.errors import NonsenseAnswer
from bot.ports import Answer, Given, Said, Usage


def read(body: str, seconds: float, runs: Runs) -> Answer:
    """The answer in this body; without a picture its `fault` says why. Raises a ThreadpaintError when it is none."""
    try:
        data = json.loads(body.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise NonsenseAnswer("answer_unreadable") from error
    data = data[0] if isinstance(data, list) and data else data  # some gateways put all they say into a list
    if not isinstance(data, dict):
        raise NonsenseAnswer("answer_unreadable")
    if "error" in data and not field(data, "candidates"):
        raise of_body(data)
    try:
        return _answer(data, seconds, runs)
    except ValueError as error:  # base64 that is none
        raise NonsenseAnswer("answer_unreadable") from error


def _answer(data: dict[str, Any], seconds: float, runs: Runs) -> Answer:
    first = (objects(data, "candidates") or [{}])[0]
    parts = _parts(first, runs)
    drawn = sum(1 for part in parts if part.given and not part.thought)
    usage = replace(_usage(field(data, "usageMetadata")), pictures=drawn, queries=grounding.searches(first))
    answer = Answer(parts, usage, seconds, grounding.sources(first), grounding.queries(first))
    if answer.picture:
        return answer
    feedback = field(data, "promptFeedback")
    block, told = text(feedback, "blockReason"), text(first, "finishMessage") or text(feedback, "blockReasonMessage")
    return replace(answer, fault=of_answer(text(first, "finishReason"), block, answer.words, told))


def _parts(candidate: dict[str, Any], runs: Runs) -> tuple[Said, ...]:
    told = objects(field(candidate, "content"), "parts")
    parts = [_said(part, runs) for part in told]
    if not any(part.given and not part.thought for part in parts):
        parts = data_urls.drawn(parts, runs)
    whole = (replace(part, text=runs.text(part.text)) for part in parts)
    return tuple(part for part in whole if part.text or part.given or part.signature)


def _said(part: dict[str, Any], runs: Runs) -> Said:
    inline, signature = field(part, "inlineData"), text(part, "thoughtSignature")
    return Said(
        text=text(part, "text"),
        given=_given(inline, runs) if text(inline, "data") else None,
        signature=runs.data(signature) if signature else None,
        thought=bool(field(part, "thought")),
    )


def _given(inline: Any, runs: Runs) -> Given:
    return Given(runs.data(text(inline, "data")), text(inline, "mimeType") or "image/png")


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
