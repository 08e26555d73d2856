"""The shapes of Google's answers that come with HTTP 200: pictures, words, blocks, and nothing at all."""

from __future__ import annotations

import base64
import io
import secrets
from typing import Any

from PIL import Image

from bot.playground.gemini import grounding, signatures, usage
from bot.playground.gemini.asks import Ask
from bot.playground.gemini.models import Model
from bot.playground.gemini.signatures import Place

Json = dict[str, Any]
FILTERED = (
    "Unable to show the generated image. The image was filtered out because it violated "
    "Google's Generative AI Prohibited Use policy."
)
NOT_CHARGED = "You will not be charged for blocked images. Try rephrasing the prompt."
MESSAGES = {
    "IMAGE_SAFETY": f"{FILTERED} {NOT_CHARGED}",
    "IMAGE_PROHIBITED_CONTENT": f"{FILTERED} {NOT_CHARGED}",
    "IMAGE_RECITATION": f"Unable to show the generated image: it is too close to existing work. {NOT_CHARGED}",
    "IMAGE_OTHER": "The model could not generate the image based on the prompt provided. You will not be charged.",
    "NO_IMAGE": "The model did not generate an image. Try asking for one more plainly.",
    "MISSING_THOUGHT_SIGNATURE": "A part of the conversation is missing its thought signature.",
    "TOO_MANY_TOOL_CALLS": "The model called tools too many times.",
    "MODEL_ARMOR": "Blocked by Model Armor Floor Setting.",
}


def envelope(ask: Ask, fields: Json, used: Json) -> Json:
    """A response: its candidates or prompt feedback, usage, and what every response says of itself."""
    return fields | {"usageMetadata": used, "modelVersion": ask.model.name, "responseId": secrets.token_urlsafe(16)}


def with_pictures(ask: Ask, pictures: list[bytes], words: str) -> Json:
    """Drafts and the final picture, oldest first, signed; thoughts when asked for; words when there are any."""
    parts = signed(ask, join(ask, [picture_part(ask.model, each) for each in pictures], words))
    if ask.thoughts and ask.model.levels:
        parts = thoughts(ask, pictures[-1]) + parts
    return spoken(ask, parts, usage.for_pictures(ask, len(pictures), words))


def as_address(ask: Ask, picture: bytes, words: str) -> Json:
    """A picture as some gateways hand it on: no picture part, but a data: address inside the words."""
    address = f"data:{ask.model.gives};base64,{base64.b64encode(picture).decode()}"
    parts = signed(ask, [{"text": f"{words}\n\n![picture]({address})"}])
    return spoken(ask, parts, usage.for_pictures(ask, 1, words))


def spoken(ask: Ask, parts: list[Json], used: Json) -> Json:
    """An answer that finished well, with its sources when it was to search."""
    candidate: Json = {"content": {"parts": parts, "role": "model"}, "finishReason": "STOP", "index": 0}
    if ask.searches:
        candidate["groundingMetadata"] = grounding.metadata(ask)
    return envelope(ask, {"candidates": [candidate]}, used)


def join(ask: Ask, drawn: list[Json], words: str) -> list[Json]:
    """The order of words and pictures is not fixed."""
    if not words or "TEXT" not in ask.modalities:
        return drawn
    said: Json = {"text": words}
    return [*drawn, said] if int(ask.fingerprint()[:2], 16) % 4 == 0 else [said, *drawn]


def picture_part(model: Model, picture: bytes) -> Json:
    return {"inlineData": {"mimeType": model.gives, "data": base64.b64encode(picture).decode()}}


def signed(ask: Ask, parts: list[Json]) -> list[Json]:
    """The parts with signatures on every picture and on a text that opens the answer, if the model signs."""
    chosen = [part for index, part in enumerate(parts) if "inlineData" in part or index == 0]
    contents = [content_of(part) for part in chosen]
    answer = signatures.digest(contents)
    for index, (part, content) in enumerate(zip(chosen, contents, strict=True)):
        if ask.model.signs:
            place = Place(answer, index, len(chosen))
            signature = signatures.sign(ask.model.name, content, ask.backend, place)
            part["thoughtSignature"] = base64.b64encode(signature).decode()
    return parts


def content_of(part: Json) -> bytes:
    """The bytes a part's signature is for."""
    if "inlineData" in part:
        return base64.b64decode(part["inlineData"]["data"])
    return str(part["text"]).encode("utf-8", "surrogatepass")


def thoughts(ask: Ask, picture: bytes) -> list[Json]:
    """A summary and an interim picture, both marked as thoughts and neither signed."""
    summary = f"**Planning the sketch**\n\nI am placing what was asked for: {ask.prompt[:120]}\n\n\n"
    data = base64.b64encode(rough(picture)).decode()
    return [
        {"text": summary, "thought": True},
        {"inlineData": {"mimeType": "image/jpeg", "data": data}, "thought": True},
    ]


def rough(picture: bytes) -> bytes:
    """A small grey draft of the picture."""
    with Image.open(io.BytesIO(picture)) as image:
        image.thumbnail((384, 384))
        out = io.BytesIO()
        image.convert("L").save(out, "JPEG", quality=60)
    return out.getvalue()


def with_words(ask: Ask, words: str) -> Json:
    """No picture but an apology or a question, which finishes like any good answer."""
    return spoken(ask, signed(ask, [{"text": words}]), usage.for_words(ask, words))


def finished(ask: Ask, reason: str, message: str | None, words: str | None = None) -> Json:
    """A candidate without a picture. Empty content comes in several shapes, and readers have to take them all."""
    shapes: list[Json] = [{"content": {}}, {"content": {"role": "model"}}, {"content": {"parts": None}}, {}]
    said_instead: Json = {"content": {"parts": [{"text": words}], "role": "model"}}
    shape = said_instead if words else shapes[int(ask.fingerprint()[:2], 16) % len(shapes)]
    candidate: Json = shape | {"finishReason": reason, "index": 0}
    said = message if message is not None else MESSAGES.get(reason)
    if said:
        candidate["finishMessage"] = said
    return envelope(ask, {"candidates": [candidate]}, usage.for_nothing(ask, reason))


def broken_off(ask: Ask, drafts: list[bytes], reason: str) -> Json:
    """Drafts without the picture they were for: they look like any picture, are billed, and only the reason tells."""
    answer = with_pictures(ask, drafts, "")
    answer["candidates"][0]["finishReason"] = reason
    return answer


def blocked(ask: Ask, reason: str) -> Json:
    """The prompt was stopped before drawing: there is feedback on it, and no candidates or (by gateways) null."""
    shapes: list[Json] = [{}, {"candidates": None}]
    shape = shapes[int(ask.fingerprint()[:2], 16) % len(shapes)]
    return envelope(ask, shape | {"promptFeedback": {"blockReason": reason}}, usage.for_blocked_prompt(ask))


def in_chunks(body: Json) -> list[Json]:
    """The same answer as a stream sends it: each part whole in its own chunk, finish and usage in the last."""
    candidates = body.get("candidates") or [{}]
    parts = (candidates[0].get("content") or {}).get("parts") or []
    said = {name: body[name] for name in ("modelVersion", "responseId")}
    chunks = [{"candidates": [{"content": {"parts": [part], "role": "model"}, "index": 0}]} | said for part in parts]
    if not parts:
        return [body]
    last = {name: value for name, value in candidates[0].items() if name != "content"}
    closing = {"content": {"parts": [{"text": ""}], "role": "model"}}
    return [*chunks, {"candidates": [closing | last], **{n: body[n] for n in ("usageMetadata",) if n in body}} | said]
