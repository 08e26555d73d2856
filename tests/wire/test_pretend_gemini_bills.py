"""What the pretend Gemini says was used, what it really costs, and who pays for what nobody waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from tests.wire.gemini_material import FLASH, LITE, NANO, OLD, PRO, Box, running, says, user


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    async with running() as box:
        box.gemini.configure({"gemini_canned": {"bytes": 20_000}})
        yield box


async def turns() -> AsyncIterator[None]:
    """Turns of the event loop, for ten seconds."""
    async with asyncio.timeout(10):
        while True:
            await asyncio.sleep(0)
            yield


def sized(words: str, size: str) -> dict[str, Any]:
    return says(words) | {"generationConfig": {"imageConfig": {"imageSize": size}}}


@pytest.mark.parametrize(
    ("model", "size", "about"),
    [
        (NANO, "1K", "0.0336"),
        (NANO, "2K", "0.0504"),
        (NANO, "4K", "0.1134"),
        (FLASH, "512", "0.045"),
        (FLASH, "1K", "0.067"),
        (FLASH, "4K", "0.151"),
        (PRO, "2K", "0.134"),
        (PRO, "4K", "0.24"),
        (LITE, "1K", "0.0336"),
    ],
)
async def test_a_picture_costs_what_googles_table_says_and_the_words_a_little(
    box: Box, model: str, size: str, about: str
) -> None:
    await box.post(model, sized("a fox", size))
    (call,) = box.gemini.calls
    words = Decimal(call["bill"]) - Decimal(about)
    assert Decimal("-0.0005") < words < Decimal("0.006")


async def test_the_bill_is_the_formula_by_hand(box: Box) -> None:
    await box.post(OLD, says("a fox"))
    (call,) = box.gemini.calls
    used = call["usage"]
    assert (used["promptTokenCount"], used["totalTokenCount"] - used["candidatesTokenCount"]) == (2, 2)
    by_hand = 2 * Decimal("0.30") + 1290 * 30 + (used["totalTokenCount"] - 2 - 1290) * Decimal("2.50")
    assert Decimal(call["bill"]) == by_hand / 1_000_000


async def test_refusals_cost_their_thoughts_and_drafts_their_pictures(box: Box) -> None:
    for words in ("a fox", "a fox [drafts]", "a fox [filtered]", "a fox [safety]", "a fox [refuse]", "[blocked]"):
        await box.post(PRO, says(words))
    plain, drafts, filtered, safety, apology, blocked = (Decimal(call["bill"]) for call in box.gemini.calls)
    assert drafts - plain >= 2 * Decimal("0.1344")
    assert Decimal(0) < blocked < filtered < plain / 10
    assert filtered == safety == apology


async def test_what_is_told_wrongly_is_still_billed_right(box: Box) -> None:
    _, told = await box.post(FLASH, says("a fox [no usage]"))
    box.gemini.control({"fault": {"usage": None}})
    _, silent = await box.post(FLASH, says("a fox"))
    box.gemini.control({"fault": {"usage": {"totalTokenCount": 7, "promptTokenCount": None}}})
    _, wrong = await box.post(FLASH, says("a fox"))
    assert "candidatesTokensDetails" not in told["usageMetadata"]
    assert told["usageMetadata"]["totalTokenCount"] > 1120
    assert "usageMetadata" not in silent
    assert silent["candidates"][0]["finishReason"] == "STOP"
    assert wrong["usageMetadata"]["totalTokenCount"] == 7
    assert "promptTokenCount" not in wrong["usageMetadata"]
    assert all(Decimal(call["bill"]) > Decimal("0.067") for call in box.gemini.calls)


async def test_errors_cost_nothing(box: Box) -> None:
    for words in ("[busy]", "[quota]", "[500]"):
        await box.post(FLASH, says(words))
    assert [(call["usage"], call["bill"]) for call in box.gemini.calls] == [(None, None)] * 3


async def test_who_hangs_up_still_pays(box: Box) -> None:
    box.gemini.control({"fault": {"delay": 0.3}})
    with pytest.raises(asyncio.TimeoutError):
        await box.post(FLASH, says("a fox"), timeout=aiohttp.ClientTimeout(total=0.1))
    box.gemini.control({"fault": {"drop": "after"}})
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await box.post(FLASH, says("a fox"))
    await anext(seen async for seen in turns() if box.gemini.calls[0]["bill"] is not None)
    assert [(Decimal(call["bill"]) > 0, call["status"]) for call in box.gemini.calls] == [(True, None)] * 2


async def test_searches_are_counted(box: Box) -> None:
    both = {"tools": [{"googleSearch": {"searchTypes": {"webSearch": {}, "imageSearch": {}}}}]}
    web = {"tools": [{"googleSearch": {}}]}
    for body in (both, web, {}):
        await box.post(FLASH, says("a heron, a stork and a crane [words of magic]") | body)
    assert [call["searches"] for call in box.gemini.calls] == [4, 3, 0]


async def test_sources_speak_the_prompts_words_and_only_of_what_was_searched(box: Box) -> None:
    prompt = 'Earlier talk of a whale.\n\na "heron" <b>, in fog & rain [busy once]'
    search = {"tools": [{"googleSearch": {"searchTypes": {"imageSearch": {}}}}]}
    await box.post(FLASH, says(prompt) | search)
    _, answer = await box.post(FLASH, {"contents": [user({"text": prompt})]} | search)
    found = answer["candidates"][0]["groundingMetadata"]
    assert found["imageSearchQueries"] == ['a "heron" <b>']
    assert "webSearchQueries" not in found
    assert [set(chunk) for chunk in found["groundingChunks"]] == [{"image"}]
    assert found["groundingChunks"][0]["image"]["sourceUri"].startswith("https://")
    shown = found["searchEntryPoint"]["renderedContent"]
    assert "q=a+%22heron%22+%3Cb%3E" in shown
    assert "a &quot;heron&quot; &lt;b&gt;" in shown
    assert "whale" not in str(found)


@pytest.mark.parametrize(("model", "kinds"), [(PRO, ["imageSearch"]), (LITE, ["webSearch"]), (OLD, ["webSearch"])])
async def test_models_that_cannot_search_say_so(box: Box, model: str, kinds: list[str]) -> None:
    tools = {"tools": [{"googleSearch": {"searchTypes": {kind: {} for kind in kinds}}}]}
    assert await box.refuses(model, says("a heron") | tools) == "Search Grounding is not supported."
