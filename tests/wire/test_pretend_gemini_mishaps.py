"""What goes wrong on purpose: ordered faults and magic words, as Google's client sees them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from google.genai import errors, types

from tests.wire.gemini_material import FLASH, PRO, Box, final, running, speaking


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    async with running() as box:
        box.gemini.configure({"gemini_canned": {"bytes": 20_000}})
        yield box


def faulty(box: Box, fault: dict[str, Any], **more: Any) -> None:
    box.gemini.control({"api": "gemini", "model": None, "times": 1, "fault": fault} | more)


async def rounds() -> AsyncIterator[int]:
    """Turns of the event loop, for as long as somebody wants to look again."""
    for turn in range(10_000):
        await asyncio.sleep(0)
        yield turn


async def ask(box: Box, words: str = "a fox", model: str = FLASH, timeout: float = 30) -> types.GenerateContentResponse:
    config = types.GenerateContentConfig(response_modalities=["TEXT", "IMAGE"])
    async with speaking(box, timeout=timeout) as models:
        answer = await models.generate_content(model=model, contents=words, config=config)
    assert isinstance(answer, types.GenerateContentResponse)
    return answer


@pytest.mark.parametrize("code", [400, 403, 404, 429, 500, 503, 504])
async def test_a_status_happens_as_often_as_ordered(box: Box, code: int) -> None:
    faulty(box, {"status": code}, times=2)
    for _ in range(2):
        with pytest.raises(errors.APIError) as caught:
            await ask(box)
        assert caught.value.code == code
        assert caught.value.status not in {None, "UNKNOWN"}
    assert final(await ask(box))
    assert [call["status"] for call in box.gemini.calls] == [code, code, 200]


async def test_a_quota_tells_when_to_come_back(box: Box) -> None:
    faulty(box, {"status": 429, "retry_delay": "2s", "quota": "PerDay"})
    with pytest.raises(errors.ClientError) as caught:
        await ask(box)
    details = {detail["@type"].rsplit(".", 1)[-1]: detail for detail in caught.value.details["error"]["details"]}
    assert details["RetryInfo"]["retryDelay"] == "2s"
    assert "PerDay" in details["QuotaFailure"]["violations"][0]["quotaId"]


async def test_a_fault_waits_for_its_model(box: Box) -> None:
    faulty(box, {"status": 503}, model=PRO)
    assert final(await ask(box, model=FLASH))
    with pytest.raises(errors.ServerError):
        await ask(box, model=PRO)
    assert final(await ask(box, model=PRO))


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"finish_reason": "IMAGE_SAFETY", "finish_message": "No."}, "IMAGE_SAFETY"),
        ({"finish_reason": "NO_IMAGE"}, "NO_IMAGE"),
        ({"finish_reason": "MAX_TOKENS"}, "MAX_TOKENS"),
        ({"empty": True}, "STOP"),
    ],
)
async def test_answers_without_content(box: Box, fault: dict[str, Any], reason: str) -> None:
    for words in ("a fox", "a cat", "a dog", "a cup", "a boat", "a tree"):
        faulty(box, fault)
        answer = await ask(box, words)
        assert answer.candidates[0].finish_reason.value == reason
        assert not answer.parts
        used = answer.usage_metadata
        # Only the picture filter says that nothing came; all others repeat the thoughts, and the total is right.
        assert used.candidates_token_count == (0 if reason == "IMAGE_SAFETY" else used.thoughts_token_count)
        assert used.total_token_count == used.prompt_token_count + used.thoughts_token_count


async def test_a_blocked_prompt_has_no_candidates(box: Box) -> None:
    faulty(box, {"block_reason": "PROHIBITED_CONTENT"})
    answer = await ask(box)
    assert not answer.candidates
    assert answer.prompt_feedback.block_reason.value == "PROHIBITED_CONTENT"
    assert answer.usage_metadata.total_token_count == answer.usage_metadata.prompt_token_count


async def test_words_instead_of_a_picture(box: Box) -> None:
    faulty(box, {"text_only": "I would rather not."})
    answer = await ask(box)
    assert answer.text == "I would rather not."
    assert answer.candidates[0].finish_reason.value == "STOP"
    used = answer.usage_metadata
    assert used.candidates_token_count == used.thoughts_token_count
    assert used.total_token_count == used.prompt_token_count + used.thoughts_token_count


async def test_drafts_are_signed_and_billed(box: Box) -> None:
    faulty(box, {"drafts": 2})
    answer = await ask(box, model=PRO)
    pictures = [part for part in answer.parts if part.inline_data]
    assert len(pictures) == 3
    assert all(part.thought_signature and not part.thought for part in pictures)
    assert answer.usage_metadata.candidates_tokens_details[0].token_count == 3 * 1120


async def test_pictures_can_be_said_to_be_what_they_are_not(box: Box) -> None:
    faulty(box, {"label": "image/gif"})
    said = [[part.inline_data for part in (await ask(box)).parts if part.inline_data] for _ in range(2)]
    assert [[blob.mime_type for blob in each] for each in said] == [["image/gif"], ["image/jpeg"]]
    assert said[0][0].data[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize(("when", "drawn"), [("before", False), ("after", True)])
async def test_a_dropped_connection(box: Box, when: str, drawn: bool) -> None:
    faulty(box, {"drop": when})
    with pytest.raises(httpx2.RemoteProtocolError):
        await ask(box)
    (call,) = box.gemini.calls
    assert (call["answer"] is not None) is drawn
    assert call["status"] is None


async def test_half_an_answer(box: Box) -> None:
    faulty(box, {"bad_json": True})
    with pytest.raises(json.JSONDecodeError):
        await ask(box)


async def test_a_hang_outlasts_the_caller_and_ends_with_the_world(box: Box) -> None:
    faulty(box, {"hang": 600})
    with pytest.raises(httpx2.TimeoutException):
        await ask(box, timeout=0.3)
    faulty(box, {"hang": 600})
    waiting = asyncio.ensure_future(ask(box))
    await anext(seen async for seen in rounds() if len(box.gemini.calls) == 2)
    await box.gemini.close()
    with pytest.raises(httpx2.RemoteProtocolError):
        await asyncio.wait_for(waiting, 5)


async def test_a_delay_only_takes_time(box: Box) -> None:
    clock = asyncio.get_running_loop()
    faulty(box, {"delay": 0.2})
    began = clock.time()
    assert final(await ask(box))
    assert clock.time() - began >= 0.2
    box.gemini.configure({"gemini_delay": [0.2, 0.3]})
    began = clock.time()
    await ask(box)
    assert clock.time() - began >= 0.2


async def test_a_description_can_fail_too(box: Box) -> None:
    faulty(box, {"status": 503}, method="get")
    async with speaking(box) as models:
        with pytest.raises(errors.ServerError):
            await models.get(model=FLASH)
        assert (await models.get(model=FLASH)).name


@pytest.mark.parametrize("body", [{}, {"fault": {}}, {"fault": {"explode": True}}, {"fault": "503"}])
async def test_a_fault_nobody_knows_is_told(box: Box, body: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not a fault"):
        box.gemini.control(body)


async def test_faults_can_be_called_off(box: Box) -> None:
    faulty(box, {"status": 503}, times=5)
    box.gemini.control({"clear": True})
    assert final(await ask(box))


async def test_magic_words_work_every_time_or_the_first_time(box: Box) -> None:
    for _ in range(2):
        with pytest.raises(errors.ServerError):
            await ask(box, "a fox [busy]")
    with pytest.raises(errors.ServerError):
        await ask(box, "a fox [busy once]")
    assert final(await ask(box, "a fox [busy once]"))
    with pytest.raises(errors.ClientError) as caught:
        await ask(box, "a fox [Rate Limit]")
    assert caught.value.code == 429
    assert final(await ask(box, "a fox [Rate Limit]"))
    assert "draw something else" in ((await ask(box, "a fox [refuse]")).text or "")
    assert (await ask(box, "[filtered]")).candidates[0].finish_reason.value == "IMAGE_SAFETY"
    assert final(await ask(box, "a fox [unheard of]"))


async def test_magic_words_of_earlier_turns_are_over(box: Box) -> None:
    first = types.Content(role="user", parts=[types.Part.from_text(text="a fox [drafts]")])
    config = types.GenerateContentConfig(response_modalities=["TEXT", "IMAGE"])
    async with speaking(box) as models:
        drawn = await models.generate_content(model=FLASH, contents=[first], config=config)
        then = types.Content(role="user", parts=[types.Part.from_text(text="at night")])
        answer = await models.generate_content(
            model=FLASH, contents=[first, drawn.candidates[0].content, then], config=config
        )
    assert len([part for part in answer.parts if part.inline_data]) == 1


async def test_too_few_tokens_cut_the_answer_short(box: Box) -> None:
    config = types.GenerateContentConfig(response_modalities=["TEXT", "IMAGE"], max_output_tokens=100)
    async with speaking(box) as models:
        answer = await models.generate_content(model=FLASH, contents="a fox", config=config)
    assert answer.candidates[0].finish_reason.value == "MAX_TOKENS"
