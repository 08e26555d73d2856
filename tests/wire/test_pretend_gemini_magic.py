"""Magic words and named errors: each row of what is known to go wrong, by its exact shape on the wire."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.playground import keys
from bot.playground.gemini import magic
from tests.wire.gemini_material import FLASH, NANO, OLD, PRO, Box, picture, running, says, size_of, user


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    async with running() as box:
        box.gemini.configure({"gemini_canned": {"bytes": 20_000}})
        yield box


async def raw(box: Box, body: Any, model: str = FLASH) -> tuple[int, str, str]:
    headers = {"x-goog-api-key": keys.GEMINI_KEY}
    async with box.http.post(f"{box.url}/v1beta/models/{model}:generateContent", json=body, headers=headers) as answer:
        return answer.status, answer.content_type, await answer.text()


def parts(answer: Any) -> list[dict[str, Any]]:
    return list(answer["candidates"][0]["content"]["parts"])


def drawn(part: dict[str, Any]) -> bytes:
    return base64.b64decode(part["inlineData"]["data"])


@pytest.mark.parametrize(("words", "reason"), sorted(magic.FINISHES.items()))
async def test_every_finish_reason_has_its_word(box: Box, words: str, reason: str) -> None:
    status, answer = await box.post(FLASH, says(f"a fox [{words}]"))
    (candidate,) = answer["candidates"]
    assert (status, candidate["finishReason"]) == (200, reason)
    assert not (candidate.get("content") or {}).get("parts")


@pytest.mark.parametrize(("words", "reason"), [("blocked", "PROHIBITED_CONTENT"), ("jailbreak", "JAILBREAK")])
async def test_a_blocked_prompt_has_no_candidates_in_one_way_or_another(box: Box, words: str, reason: str) -> None:
    shapes = set()
    for thing in ("fox", "cat", "dog", "cup", "boat", "tree", "owl"):
        _, answer = await box.post(FLASH, says(f"a {thing} [{words}]"))
        assert answer["promptFeedback"] == {"blockReason": reason}
        assert answer.get("candidates") is None
        shapes.add("candidates" in answer)
    assert shapes == {True, False}


@pytest.mark.parametrize(
    ("words", "code", "status", "said", "kinds"),
    [
        ("key", 400, "INVALID_ARGUMENT", "API key not valid", ["ErrorInfo"]),
        ("billing", 400, "FAILED_PRECONDITION", "free tier is not available", []),
        ("forbidden", 403, "PERMISSION_DENIED", "are blocked", ["ErrorInfo"]),
        ("leaked", 403, "PERMISSION_DENIED", "reported as leaked", []),
        ("limit zero", 429, "RESOURCE_EXHAUSTED", "limit: 0, model: gemini-3.1-flash-image", ["Help", "QuotaFailure"]),
        ("spend", 429, "RESOURCE_EXHAUSTED", "Resource has been exhausted", []),
        ("quota", 429, "RESOURCE_EXHAUSTED", "exceeded your current quota", ["Help", "QuotaFailure", "RetryInfo"]),
        ("busy", 503, "UNAVAILABLE", "overloaded", []),
        ("late", 503, "UNAVAILABLE", "Deadline expired", []),
        ("500", 500, "INTERNAL", "internal error", []),
        ("504", 504, "DEADLINE_EXCEEDED", "Deadline expired", []),
    ],
)
async def test_every_error_has_its_word(
    box: Box, words: str, code: int, status: str, said: str, kinds: list[str]
) -> None:
    answered, answer = await box.post(FLASH, says(f"a fox [{words}]"))
    error = answer["error"]
    assert (answered, error["code"], error["status"]) == (code, code, status)
    assert said in error["message"]
    assert [detail["@type"].rsplit(".", 1)[1] for detail in error.get("details", [])] == kinds


async def test_a_proxys_page_and_an_error_in_a_list(box: Box) -> None:
    status, kind, text = await raw(box, says("[html]"))
    assert (status, kind) == (502, "text/html")
    assert "<title>Error 502" in text
    status, kind, text = await raw(box, says("[array]"))
    assert (status, kind) == (503, "application/json")
    assert [each["error"]["status"] for each in json.loads(text)] == ["UNAVAILABLE"]


async def test_a_quota_of_nothing_is_the_free_tiers(box: Box) -> None:
    _, answer = await box.post(FLASH, says("[limit zero]"))
    (violation,) = answer["error"]["details"][1]["violations"]
    assert violation["quotaId"].endswith("-FreeTier")
    assert violation["quotaValue"] == "0"


async def test_noise_of_tools_lasts_as_long_as_the_tools(box: Box) -> None:
    noisy = says("a fox [tool noise]")
    for _ in range(2):
        _, answer = await box.post(FLASH, noisy | {"tools": [{"googleSearch": {}}]})
        assert answer["candidates"][0]["finishReason"] == "TOO_MANY_TOOL_CALLS"
    _, answer = await box.post(FLASH, noisy)
    assert answer["candidates"][0]["finishReason"] == "STOP"


async def test_a_missing_signature_lasts_as_long_as_the_story(box: Box) -> None:
    _, first = await box.post(FLASH, says("a fox"))
    night = user({"text": "by night [no signature]"})
    story = {"contents": [user({"text": "a fox"}), first["candidates"][0]["content"], night]}
    for _ in range(2):
        _, answer = await box.post(FLASH, story)
        assert answer["candidates"][0]["finishReason"] == "MISSING_THOUGHT_SIGNATURE"
    told = "Earlier requests:\n1. a fox\n\nChange it now as asked: by night [no signature]"
    _, answer = await box.post(FLASH, says(told))
    assert answer["candidates"][0]["finishReason"] == "STOP"
    for reason in ("MISSING_THOUGHT_SIGNATURE", "STOP"):
        _, answer = await box.post(FLASH, says("a red boat [no signature]"))
        assert answer["candidates"][0]["finishReason"] == reason


async def test_words_of_earlier_requests_in_an_account_are_over(box: Box) -> None:
    status, answer = await box.post(FLASH, says("Earlier requests:\n1. a fox [busy]\n2. [500]\n\nNow: by night"))
    assert (status, answer["candidates"][0]["finishReason"]) == (200, "STOP")


async def test_a_picture_inside_the_words(box: Box) -> None:
    _, answer = await box.post(FLASH, says("a fox [data url]"))
    (part,) = parts(answer)
    found = re.search(r"data:(image/\w+);base64,([\w+/=]+)", part["text"])
    assert found is not None
    assert found[1] == "image/jpeg"
    assert size_of(base64.b64decode(found[2])) == (1024, 1024)
    assert answer["usageMetadata"]["candidatesTokensDetails"] == [{"modality": "IMAGE", "tokenCount": 1120}]
    assert len(str(box.gemini.calls)) < 40_000


@pytest.mark.parametrize(("model", "ratio"), [(FLASH, "16:9"), (FLASH, "3:4"), (PRO, "21:9"), (OLD, "1:1")])
async def test_a_picture_of_another_shape(box: Box, model: str, ratio: str) -> None:
    shape: dict[str, Any] = {"generationConfig": {"imageConfig": {"aspectRatio": ratio}}}
    _, answer = await box.post(model, says("a fox [wrong size]") | shape)
    (wide, high), (across, down) = size_of(drawn([p for p in parts(answer) if "inlineData" in p][-1])), ratio.split(":")
    assert abs(wide / high - int(across) / int(down)) > 0.1
    _, answer = await box.post(model, says("a fox") | shape)
    (asked, _) = size_of(drawn([p for p in parts(answer) if "inlineData" in p][-1]))
    assert asked != wide


async def test_a_heavy_picture(box: Box) -> None:
    big = {"generationConfig": {"imageConfig": {"imageSize": "4K"}, "responseModalities": ["IMAGE"]}}
    _, answer = await box.post(NANO, says("a fox [huge]") | big)
    data = drawn(parts(answer)[-1])
    assert 19_000_000 < len(data) < 21_000_000
    assert size_of(data) == (4096, 4096)


async def drafted(box: Box) -> list[dict[str, Any]]:
    box.gemini.control({"fault": {"drafts": 2}})
    _, answer = await box.post(FLASH, says("a fox"))
    return [part for part in parts(answer) if "thoughtSignature" in part]


async def goes_on(box: Box, said: list[dict[str, Any]]) -> str:
    """What the model says to its own turn coming back like this."""
    story = {"contents": [user({"text": "a fox"}), {"role": "model", "parts": said}, user({"text": "bluer"})]}
    status, answer = await box.post(FLASH, story)
    return "" if status == 200 else str(answer["error"]["message"])


async def test_a_turn_must_come_back_whole_and_in_order(box: Box) -> None:
    given = await drafted(box)
    assert len(given) >= 3
    assert await goes_on(box, given) == ""
    for gone in range(len(given)):
        told = await goes_on(box, given[:gone] + given[gone + 1 :])
        assert "missing a thought_signature in content position 2, part position" in told, gone
    assert "missing a thought_signature" in await goes_on(box, [given[0], *reversed(given[1:])])
    other = [part for part in await drafted(box) if part not in given]
    assert "missing a thought_signature" in await goes_on(box, [*given[:-1], *other[-1:]])


async def test_unsigned_parts_and_thoughts_may_stay_away(box: Box) -> None:
    thinking = {"generationConfig": {"thinkingConfig": {"includeThoughts": True}}}
    for words in ("a fox", "a cat", "a dog", "a cup", "a boat", "a tree", "an owl", "a rose"):
        _, answer = await box.post(FLASH, says(words) | thinking)
        signed = [part for part in parts(answer) if "thoughtSignature" in part]
        assert await goes_on(box, signed) == ""
        assert await goes_on(box, parts(answer)) == ""


async def test_a_part_that_was_changed_is_found_out(box: Box) -> None:
    given = await drafted(box)
    again = given[-1] | {"inlineData": {"mimeType": "image/png", "data": base64.b64encode(picture()).decode()}}
    assert "corrupted" in await goes_on(box, [*given[:-1], again])


@pytest.mark.parametrize("fault", [{"error": "weather"}, {"status": 500, "as": "song"}, {"error": "key", "x": 1}])
async def test_a_fault_of_no_known_name_is_told(box: Box, fault: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not a fault"):
        box.gemini.control({"fault": fault})


def test_every_word_is_in_the_table() -> None:
    table = magic.__doc__ or ""
    words = {*magic.ALWAYS, *magic.FIRST_TIME, "no signature", "tool noise"}
    assert {word for word in words if f"[{word}]" not in table} == set()
    assert {word for word in re.findall(r"\[([a-z0-9 ]+)\]", table) if word not in words} == set()
