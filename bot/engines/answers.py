"""From the JSON of Google's answer to an `Answer`: pure.

The SDK's own types are not used for the answer: on the Gemini API they drop `finishMessage`, they warn at every finish
reason they do not know, and for a picture of a megabyte they cost as much again as reading the JSON.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from bot.engines.faults import of_answer
from bot.errors import NonsenseAnswer
from bot.ports import Answer, Given, Said, Usage


def read(body: str, seconds: float) -> Answer:
    """The answer in this body. Raises a ThreadpaintError when it holds no picture, or makes no sense."""
    try:
        data = json.loads(body)
        first = (data.get("candidates") or [{}])[0]
        parts = tuple(_said(part) for part in (first.get("content") or {}).get("parts") or [])
        answer = Answer(parts, _usage(data.get("usageMetadata") or {}), seconds)
        block = str((data.get("promptFeedback") or {}).get("blockReason") or "")
        finish, told = str(first.get("finishReason") or ""), str(first.get("finishMessage") or "")
    except (ValueError, AttributeError, TypeError, KeyError, IndexError, binascii.Error) as error:
        raise NonsenseAnswer("answer_unreadable") from error
    if answer.picture is None:
        raise of_answer(finish, block, answer.words or told)
    return answer


def _said(part: dict[str, Any]) -> Said:
    inline = part.get("inlineData") or part.get("inline_data")
    signature = part.get("thoughtSignature") or part.get("thought_signature")
    return Said(
        text=part.get("text") or "",
        given=_given(inline) if inline and inline.get("data") else None,
        signature=_bytes(signature) if signature else None,
        thought=bool(part.get("thought")),
    )


def _given(inline: dict[str, Any]) -> Given:
    return Given(_bytes(inline["data"]), inline.get("mimeType") or inline.get("mime_type") or "image/png")


def _bytes(text: str) -> bytes:
    """Standard base64 is what Google sends; some routes use the alphabet for URLs."""
    if "-" in text or "_" in text:
        text = text.replace("-", "+").replace("_", "/")
    return base64.b64decode(text)


def _usage(usage: dict[str, Any]) -> Usage:
    details = usage.get("candidatesTokensDetails") or []
    images = sum(int(each.get("tokenCount") or 0) for each in details if each.get("modality") == "IMAGE")
    return Usage(int(usage.get("promptTokenCount") or 0), images, int(usage.get("totalTokenCount") or 0))
