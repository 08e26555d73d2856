"""What the pretend Gemini refuses, as the real one does."""

from __future__ import annotations

import base64
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from PIL import Image

from bot.playground.gemini import signatures
from tests.wire.gemini_material import FLASH, LITE, NANO, OLD, PRO, Box, picture, running, says, user


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    async with running() as box:
        box.gemini.configure({"gemini_canned": {"bytes": 20_000}})
        yield box


def inline(data: bytes, mime: str = "image/png", **more: Any) -> dict[str, Any]:
    return {"inlineData": {"mimeType": mime, "data": base64.b64encode(data).decode()}, **more}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def thread(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"contents": [user({"text": "a fox"}), {"role": "model", "parts": list(parts)}, user({"text": "bluer"})]}


async def test_a_picture_sent_back_without_its_signature(box: Box) -> None:
    for model in (FLASH, NANO, PRO, LITE):
        told = await box.refuses(
            model, thread({"text": "Here", "thoughtSignature": b64(signatures.sign(model, b"Here"))}, inline(picture()))
        )
        assert told == "Image part is missing a thought_signature in content position 2, part position 2."
    status, _ = await box.post(OLD, thread({"text": "Here"}, inline(picture())))
    assert status == 200


async def test_opening_words_sent_back_without_their_signature(box: Box) -> None:
    data = picture()
    signed = inline(data, thoughtSignature=b64(signatures.sign(FLASH, data)))
    told = await box.refuses(FLASH, thread({"text": "Here"}, signed))
    assert told == "Text part is missing a thought_signature in content position 2, part position 1."
    told = await box.refuses(FLASH, thread({"text": "Hm", "thought": True}, {"text": "Here"}, signed))
    assert told == "Text part is missing a thought_signature in content position 2, part position 2."
    status, _ = await box.post(FLASH, thread(signed, {"text": "words after the picture are not signed"}))
    assert status == 200


async def test_a_signature_is_for_these_bytes_and_this_model(box: Box) -> None:
    data, other = picture(colour="red"), picture(colour="blue")
    for wrong in (signatures.sign(FLASH, other), signatures.sign(PRO, data), b"skip_thought_signature_validator"):
        told = await box.refuses(FLASH, thread(inline(data, thoughtSignature=b64(wrong))))
        assert told == "Image part has a corrupted thought_signature in content position 2, part position 1."


async def test_thoughts_need_no_signature(box: Box) -> None:
    data = picture()
    parts = [
        inline(picture(colour="grey"), thought=True),
        inline(data, thoughtSignature=b64(signatures.sign(PRO, data))),
    ]
    status, _ = await box.post(PRO, thread(*parts))
    assert status == 200


async def test_both_casings_and_alphabets_are_read(box: Box) -> None:
    data = picture(size=(640, 480))
    snake = {
        "contents": {
            "parts": [{"text": "warm"}, {"inline_data": {"mime_type": "image/png", "data": b64(data).rstrip("=")}}]
        },
        "generation_config": {
            "response_modalities": ["text", "IMAGE"],
            "image_config": {"aspect_ratio": "1:1"},
            "thinking_config": {"thinking_level": "high"},
        },
        "system_instruction": {"parts": {"text": "You are a bot"}},
    }
    status, answer = await box.post(FLASH, snake)
    assert status == 200, answer


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"size": "2K"}, 'Invalid JSON payload received. Unknown name "size": Cannot find field.'),
        (
            {"generationConfig": {"imageConfig": {"ratio": "1:1"}}},
            "Unknown name \"ratio\" at 'generation_config.image_config'",
        ),
        ({"contents": [user({"txt": "hi"})]}, "Unknown name \"txt\" at 'contents[0].parts[0]'"),
        (
            {"generationConfig": {"response_format": {"image": {"size": "2K"}}}},
            "'generation_config.response_format.image'",
        ),
        ({"contents": [user({"text": 7})]}, "Invalid value at 'contents[0].parts[0].text' (TYPE_STRING), 7"),
        (
            {"generationConfig": {"responseModalities": ["PICTURE"]}},
            "Invalid value at 'generation_config.response_modalities[0]'",
        ),
        ({"generationConfig": {"candidateCount": True}}, "Invalid value at 'generation_config.candidate_count'"),
        ({"generationConfig": {"thinkingConfig": {"thinkingLevel": "DEEP"}}}, "thinking_level"),
        ({"contents": [user({"inlineData": {"mimeType": "image/png", "data": "%%%"}})]}, "Base64 decoding failed"),
        ({"contents": []}, "contents is not specified"),
        ({"contents": [user()]}, "parts must not be empty"),
        ({"contents": [user({"text": ""})]}, "required oneof field 'data'"),
        ({"contents": [user({})]}, "required oneof field 'data'"),
        ({"contents": [{"role": "assistant", "parts": [{"text": "a"}]}]}, "valid role: user, model"),
        ({"contents": [{"role": "model", "parts": [{"text": "a"}]}]}, "alternate between user and model"),
        ({"contents": [user({"text": "a"}), user({"text": "b"})]}, "alternate between user and model"),
        ({"contents": [user({"text": "a"}), {"role": "model", "parts": [{"text": "b"}]}]}, "end with a user turn"),
        ({"generationConfig": {"responseModalities": ["AUDIO"]}}, "combination of response modalities (AUDIO)"),
        ({"generationConfig": {"candidateCount": 2}}, "Multiple candidates is not enabled"),
        ({"generationConfig": {"responseMimeType": "application/json"}}, "JSON mode is not enabled"),
        ({"generationConfig": {"maxOutputTokens": 99_999}}, "max_output_tokens"),
        ({"generationConfig": {"temperature": 3}}, "temperature"),
        ({"generationConfig": {"thinkingConfig": {"thinkingBudget": 0}}}, "Budget 0 is invalid"),
        ({"contents": [user({"fileData": {"fileUri": "https://example.com/a.png"}})]}, "Cannot fetch content"),
        ({"tools": [{"functionDeclarations": [{"name": "f"}]}]}, "not enabled"),
        ({"contents": [user({"text": "word " * 120_000})]}, "exceeds the maximum number of tokens allowed (131072)"),
    ],
)
async def test_what_the_dialect_does_not_know(box: Box, change: dict[str, Any], told: str) -> None:
    assert told in await box.refuses(FLASH, says("a fox") | change)


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff\xfe", b'{"contents": [' * 3, b"[" * 100_000])
async def test_what_is_no_json(box: Box, body: bytes) -> None:
    assert "Invalid JSON payload received." in await box.refuses(FLASH, body)


@pytest.mark.parametrize(
    ("model", "image", "told"),
    [
        (PRO, {"aspectRatio": "1:4"}, "Aspect ratio '1:4'"),
        (OLD, {"aspectRatio": "8:1"}, "Aspect ratio '8:1'"),
        (FLASH, {"aspectRatio": "16x9"}, "Aspect ratio"),
        (FLASH, {"imageSize": "2k"}, "Image size '2k'"),
        (FLASH, {"imageSize": "512px"}, "Image size '512px'"),
        (NANO, {"imageSize": "512"}, "Image size '512'"),
        (PRO, {"imageSize": "512"}, "Image size '512'"),
        (LITE, {"imageSize": "2K"}, "Image size '2K'"),
        (OLD, {"imageSize": "1K"}, "Image size '1K'"),
    ],
)
async def test_shapes_the_model_does_not_draw(box: Box, model: str, image: dict[str, str], told: str) -> None:
    assert told in await box.refuses(model, says("a fox") | {"generationConfig": {"imageConfig": image}})
    assert told in await box.refuses(model, says("a fox") | {"generationConfig": {"responseFormat": {"image": image}}})


@pytest.mark.parametrize(("model", "level"), [(FLASH, "MEDIUM"), (LITE, "LOW"), (NANO, "XHIGH"), (OLD, "HIGH")])
async def test_levels_the_model_does_not_think_at(box: Box, model: str, level: str) -> None:
    asked = says("a fox") | {"generationConfig": {"thinkingConfig": {"thinkingLevel": level}}}
    assert "hinking" in await box.refuses(model, asked)


@pytest.mark.parametrize(
    ("model", "kinds"), [(LITE, {}), (OLD, {"webSearch": {}}), (PRO, {"webSearch": {}, "imageSearch": {}})]
)
async def test_searches_the_model_cannot_make(box: Box, model: str, kinds: dict[str, Any]) -> None:
    asked = says("a fox") | {"tools": [{"googleSearch": {"searchTypes": kinds}}]}
    assert await box.refuses(model, asked) == "Search Grounding is not supported."


@pytest.mark.parametrize(("model", "most"), [(FLASH, 14), (PRO, 14), (OLD, 3)])
async def test_more_references_than_the_model_takes(box: Box, model: str, most: int) -> None:
    parts = [{"text": "together"}, *(inline(picture(size=(20 + n, 20))) for n in range(most + 1))]
    assert f"takes up to {most}" in await box.refuses(model, {"contents": [user(*parts)]})
    status, _ = await box.post(model, {"contents": [user(*parts[:-1])]})
    assert status == 200


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
async def test_kinds_of_pictures_it_does_not_read(box: Box, kind: str) -> None:
    mime = f"image/{kind.lower()}"
    asked = {"contents": [user({"text": "warmer"}, inline(picture(kind), mime))]}
    assert await box.refuses(FLASH, asked) == f"Unsupported MIME type: {mime}"


def noisy_jpeg() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((200, 200), 80).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (b"not a picture", "image/png"),
        (b"", "image/png"),
        (picture("JPEG"), "image/png"),
        (picture("PNG"), "image/heic"),
        (noisy_jpeg()[:2000], "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n" + b"junk" * 40, "image/png"),
    ],
)
async def test_bytes_that_are_no_picture_of_that_kind(box: Box, data: bytes, mime: str) -> None:
    asked = {"contents": [user({"text": "warmer"}, inline(data, mime))]}
    assert "Unable to process input image" in await box.refuses(FLASH, asked)


async def test_a_request_over_the_limit(box: Box) -> None:
    body = b'{"contents": "' + b"x" * (101 * 1024 * 1024) + b'"}'
    assert "Request payload size exceeds the limit" in await box.refuses(FLASH, body)


@pytest.mark.parametrize(("model", "most"), [(FLASH, 131_072), (PRO, 65_536), (LITE, 65_536)])
async def test_more_tokens_than_the_model_takes(box: Box, model: str, most: int) -> None:
    told = await box.refuses(model, says("word " * most))
    assert f"exceeds the maximum number of tokens allowed ({most})" in told
    status, _ = await box.post(model, says("word" * (most - 1)))
    assert status == 200


async def test_a_big_request_within_the_limit_is_read(box: Box) -> None:
    data = picture("PNG") + bytes(6_000_000)
    status, _ = await box.post(FLASH, {"contents": [user({"text": "warmer"}, inline(data))]})
    assert status == 200


async def test_paths_nobody_serves(box: Box) -> None:
    status, answer = await box.post(FLASH, says("a fox"), verb="predict")
    assert (status, answer["error"]["status"]) == (404, "NOT_FOUND")
    async with box.http.get(f"{box.url}/v7/models") as answer:
        assert answer.status == 404
