"""Our engine against the pretend Gemini: what it sends, to the letter, and what it makes of what comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.domain.lives import elapsed
from bot.domain.options import Size
from bot.engines.access import ApiKey
from bot.engines.asking import SYSTEM
from bot.engines.gemini import GeminiEngine
from bot.errors import (
    ModelBusy,
    ModelDown,
    ModelRefused,
    NonsenseAnswer,
    OperatorMustFix,
    Paced,
    PersonCanFix,
    ThreadpaintError,
)
from bot.playground import keys
from bot.ports import Answer, Ask, Exchange, Given, Said
from tests.wire.gemini_material import FLASH, LITE, OLD, PRO, Box, picture, running, size_of

PHOTO = Given(picture("JPEG"), "image/jpeg")
LOGO = Given(picture("PNG", colour="red"), "image/png")


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    async with running() as box:
        box.gemini.configure({"gemini_canned": {"bytes": 20_000}})
        yield box


@pytest.fixture
async def engine(box: Box) -> AsyncIterator[GeminiEngine]:
    made = GeminiEngine(ApiKey(keys.GEMINI_KEY, box.url))
    yield made
    await made.close()


def weighed(given: Given) -> dict[str, Any]:
    """A picture as the box's log has it."""
    told = {"sha256": hashlib.sha256(given.data).hexdigest(), "bytes": len(given.data)}
    return {"inlineData": {"mime_type": given.mime, "data": told}}  # the SDK's spelling; Google takes both


def sent(box: Box) -> dict[str, Any]:
    """The body of the last call."""
    return dict(box.gemini.calls[-1]["body"])


def gone_on(answer: Answer) -> tuple[Said, ...]:
    return tuple(said for said in answer.parts if not said.thought)


async def test_the_first_turn_is_words_and_nothing_that_was_not_asked_for(box: Box, engine: GeminiEngine) -> None:
    await engine.paint(Ask(FLASH, "a red fox"))
    assert sent(box) == {
        "contents": [{"role": "user", "parts": [{"text": "a red fox"}]}],
        "systemInstruction": {"role": "user", "parts": [{"text": SYSTEM}]},
        "generationConfig": {"responseModalities": ["TEXT", "IMAGE"]},
    }
    assert box.gemini.calls[-1]["path"].endswith(f"/v1beta/models/{FLASH}:generateContent")


@pytest.mark.parametrize(
    ("ratio", "size", "config"),
    [
        ("16:9", None, {"aspectRatio": "16:9"}),
        (None, Size.TWO, {"imageSize": "2K"}),
        ("1:4", Size.HALF, {"aspectRatio": "1:4", "imageSize": "512"}),
        ("21:9", Size.FOUR, {"aspectRatio": "21:9", "imageSize": "4K"}),
    ],
)
async def test_shape_and_size_are_asked_for_in_googles_words(
    box: Box, engine: GeminiEngine, ratio: str | None, size: Size | None, config: dict[str, str]
) -> None:
    answer = await engine.paint(Ask(FLASH, "a red fox", ratio=ratio, size=size))
    assert sent(box)["generationConfig"]["imageConfig"] == config
    assert answer.picture is not None
    wide, high = size_of(answer.picture.data)
    if ratio:
        across, down = map(int, ratio.split(":"))
        assert wide / high == pytest.approx(across / down, rel=0.07)


async def test_references_come_after_the_words_in_their_order(box: Box, engine: GeminiEngine) -> None:
    await engine.paint(Ask(FLASH, "the first one's jacket in the second one's colour", (PHOTO, LOGO)))
    parts = sent(box)["contents"][0]["parts"]
    assert parts[0] == {"text": "the first one's jacket in the second one's colour"}
    assert parts[1:] == [weighed(PHOTO), weighed(LOGO)]


async def test_a_picture_alone_has_no_empty_words_beside_it(box: Box, engine: GeminiEngine) -> None:
    await engine.paint(Ask(FLASH, "", (PHOTO,)))
    assert sent(box)["contents"] == [{"role": "user", "parts": [weighed(PHOTO)]}]


@pytest.mark.parametrize("model", [FLASH, PRO, LITE, OLD])
async def test_a_conversation_goes_back_exactly_as_it_came(box: Box, engine: GeminiEngine, model: str) -> None:
    first = await engine.paint(Ask(model, "a red fox", (PHOTO,)))
    history = [Exchange("a red fox", (PHOTO,), gone_on(first))]
    second = await engine.paint(Ask(model, "make it night", history=tuple(history)))
    history.append(Exchange("make it night", (), gone_on(second)))
    third = await engine.paint(Ask(model, "add the logo", (LOGO,), tuple(history)))
    assert third.picture is not None

    contents = sent(box)["contents"]
    assert [content["role"] for content in contents] == ["user", "model", "user", "model", "user"]
    assert contents[0]["parts"] == [{"text": "a red fox"}, weighed(PHOTO)]
    assert contents[4]["parts"] == [{"text": "add the logo"}, weighed(LOGO)]
    for content, answer in zip(contents[1::2], (first, second), strict=True):
        pictures = [part for part in content["parts"] if "inlineData" in part]
        assert answer.picture is not None
        assert pictures[-1]["inlineData"] == weighed(answer.picture)["inlineData"]
        signed = [said.signature for said in gone_on(answer)]
        assert [bool(part.get("thoughtSignature")) for part in content["parts"]] == [bool(each) for each in signed]
        assert not any(part.get("thought") for part in content["parts"])


async def test_a_conversation_whose_signature_was_lost_is_refused(engine: GeminiEngine) -> None:
    first = await engine.paint(Ask(FLASH, "a red fox"))
    bare = tuple(Said(said.text, said.given) for said in gone_on(first))
    with pytest.raises(NonsenseAnswer, match="signature_refused"):
        await engine.paint(Ask(FLASH, "make it night", history=(Exchange("a red fox", (), bare),)))


async def test_the_answer_is_the_models_own_bytes_with_what_they_cost(box: Box, engine: GeminiEngine) -> None:
    answer = await engine.paint(Ask(FLASH, "a red fox"))
    assert answer.picture is not None
    logged = json.dumps(box.gemini.calls[-1]["answer"])
    assert hashlib.sha256(answer.picture.data).hexdigest() in logged
    usage = box.gemini.calls[-1]["answer"]["usageMetadata"]
    assert answer.usage.total == usage["totalTokenCount"]
    assert answer.usage.prompt == usage["promptTokenCount"]
    assert answer.usage.image > 0
    assert answer.seconds > 0


async def test_the_last_of_several_drafts_is_the_picture(box: Box, engine: GeminiEngine) -> None:
    box.gemini.configure({"gemini_canned": None})  # ready-made drafts would all be the same
    box.gemini.control({"fault": {"drafts": 2}})
    answer = await engine.paint(Ask(FLASH, "a red fox"))
    pictures = [said.given for said in answer.parts if said.given]
    assert len(set(pictures)) == 3
    assert pictures[-1] == answer.picture


async def test_the_drafts_of_a_refused_picture_are_billed_and_not_shown(box: Box, engine: GeminiEngine) -> None:
    box.gemini.control({"fault": {"finish_reason": "IMAGE_SAFETY", "drafts": 2}})
    answer = await engine.paint(Ask(FLASH, "a red fox"))
    assert isinstance(answer.fault, ModelRefused)
    assert (answer.picture, answer.usage.pictures) == (None, 2)
    assert answer.usage.image == 2 * 1120


EMPTY_HANDED: list[tuple[dict[str, Any], type[ThreadpaintError], str]] = [
    ({"text_only": "Day or night?"}, ModelRefused, "model_said"),
    ({"finish_reason": "SAFETY"}, ModelRefused, "picture_filtered"),
    ({"finish_reason": "IMAGE_SAFETY"}, ModelRefused, "picture_filtered"),
    ({"finish_reason": "PROHIBITED_CONTENT"}, ModelRefused, "picture_forbidden"),
    ({"finish_reason": "IMAGE_PROHIBITED_CONTENT"}, ModelRefused, "picture_forbidden"),
    ({"finish_reason": "BLOCKLIST"}, ModelRefused, "picture_forbidden"),
    ({"finish_reason": "RECITATION"}, ModelRefused, "picture_copied"),
    ({"finish_reason": "IMAGE_RECITATION"}, ModelRefused, "picture_copied"),
    ({"finish_reason": "MAX_TOKENS"}, PersonCanFix, "answer_cut"),
    ({"finish_reason": "LANGUAGE"}, PersonCanFix, "language_unknown"),
    ({"finish_reason": "IMAGE_OTHER"}, NonsenseAnswer, "picture_failed"),
    ({"finish_reason": "NO_IMAGE"}, NonsenseAnswer, "no_picture"),
    ({"finish_reason": "NEVER_HEARD_OF"}, NonsenseAnswer, "answer_empty"),
    ({"block_reason": "PROHIBITED_CONTENT"}, ModelRefused, "prompt_blocked"),
    ({"block_reason": "SOMETHING_NEW"}, ModelRefused, "prompt_blocked"),
    ({"block_reason": "MODEL_ARMOR"}, OperatorMustFix, "account_blocked"),
    ({"empty": True}, NonsenseAnswer, "answer_empty"),
]
FAULTS: list[tuple[dict[str, Any], type[ThreadpaintError], str]] = [
    ({"bad_json": True}, NonsenseAnswer, "answer_unreadable"),
    ({"status": 400}, NonsenseAnswer, "request_refused"),
    ({"error": "field"}, OperatorMustFix, "dialect_unknown"),
    ({"status": 401}, OperatorMustFix, "key_refused"),
    ({"status": 403}, OperatorMustFix, "key_refused"),
    ({"error": "gone"}, OperatorMustFix, "model_retired"),
    ({"status": 404}, OperatorMustFix, "route_unknown"),
    ({"status": 429, "retry_delay": "40s", "quota": "PerDay"}, OperatorMustFix, "quota_spent"),
    ({"status": 500}, ModelDown, "model_broken"),
    ({"status": 502}, ModelDown, "model_broken"),
    ({"status": 503}, ModelBusy, "model_overloaded"),
    ({"status": 504}, ModelDown, "model_timeout"),
    ({"drop": "before"}, ModelDown, "model_unreachable"),
    ({"drop": "after"}, ModelDown, "model_unreachable"),
]


@pytest.mark.parametrize(("fault", "kind", "reason"), EMPTY_HANDED)
async def test_an_answer_without_a_picture_says_why_and_what_it_cost(
    box: Box, engine: GeminiEngine, fault: dict[str, Any], kind: type[ThreadpaintError], reason: str
) -> None:
    box.gemini.control({"fault": fault})
    answer = await engine.paint(Ask(FLASH, "a red fox"))
    assert answer.fault is not None
    assert (answer.picture, type(answer.fault), answer.fault.reason) == (None, kind, reason)
    assert answer.usage.total == box.gemini.calls[-1]["answer"].get("usageMetadata", {}).get("totalTokenCount", 0)
    assert answer.usage.pictures == 0
    assert len(box.gemini.calls) == 1  # never sent again from here


@pytest.mark.parametrize(("fault", "kind", "reason"), FAULTS)
async def test_each_fault_is_one_of_our_own(
    box: Box, engine: GeminiEngine, fault: dict[str, Any], kind: type[ThreadpaintError], reason: str
) -> None:
    box.gemini.control({"fault": fault})
    with pytest.raises(ThreadpaintError) as caught:
        await engine.paint(Ask(FLASH, "a red fox"))
    assert (type(caught.value), caught.value.reason) == (kind, reason)
    assert len(box.gemini.calls) == 1  # never sent again from here


async def test_what_google_says_of_a_call_comes_without_the_words_of_it(box: Box, engine: GeminiEngine) -> None:
    said = "Invalid value at 'contents[0].parts[0].text': a very secret fox"
    box.gemini.control({"fault": {"status": 400, "message": said}})
    with pytest.raises(NonsenseAnswer) as caught:
        await engine.paint(Ask(FLASH, "a very secret fox"))
    assert caught.value.facts == {"detail": "Invalid value at 'contents[0].parts[0].text': "}


async def test_a_quota_that_refills_says_when(box: Box, engine: GeminiEngine) -> None:
    box.gemini.control({"fault": {"status": 429, "retry_delay": "2.5s", "quota": "PerMinute"}})
    with pytest.raises(ModelBusy) as caught:
        await engine.paint(Ask(FLASH, "a red fox"))
    assert caught.value.retry_after == 2.5


async def test_a_model_that_does_not_answer_is_not_waited_for(box: Box) -> None:
    engine = GeminiEngine(ApiKey(keys.GEMINI_KEY, box.url))
    box.gemini.control({"fault": {"hang": 30}})
    with pytest.raises(ModelDown, match="model_timeout"):
        await engine.paint(Ask(FLASH, "a red fox", timeout=0.5))
    await engine.close()


async def test_a_wrong_key_and_a_retired_model_are_found_by_the_check(box: Box, engine: GeminiEngine) -> None:
    await engine.check(FLASH)
    box.gemini.configure({"gemini_retired": [FLASH]})
    with pytest.raises(OperatorMustFix, match="model_retired"):
        await engine.check(FLASH)
    stranger = GeminiEngine(ApiKey("of-someone-else", box.url))
    with pytest.raises(OperatorMustFix, match="key_refused"):
        await stranger.check(PRO)
    await stranger.close()
    nowhere = GeminiEngine(ApiKey(keys.GEMINI_KEY, "http://127.0.0.1:1"))
    with pytest.raises(OperatorMustFix, match="model_unreachable"):
        await nowhere.check(PRO)
    await nowhere.close()


async def test_what_comes_too_late_to_be_sent_is_not_sent(box: Box, engine: GeminiEngine) -> None:
    with pytest.raises(Paced):
        await engine.paint(Ask(FLASH, "a red fox", until=elapsed() - 0.01))
    assert box.gemini.calls == []
    assert (await engine.paint(Ask(FLASH, "a red fox", until=elapsed() + 30))).picture
    assert len(box.gemini.calls) == 1
