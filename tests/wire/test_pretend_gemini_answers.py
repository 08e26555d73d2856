"""The pretend Gemini, spoken to by Google's own client: what a good answer looks like."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from google.genai import errors, types

from bot.playground import keys
from bot.playground.gemini import stamp
from bot.playground.gemini.models import MODELS
from tests.wire.gemini_material import (
    FLASH,
    LITE,
    NANO,
    OLD,
    PRO,
    Box,
    final,
    picture,
    running,
    says,
    size_of,
    speaking,
)


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    async with running() as box:
        yield box


def config(ratio: str | None = None, size: str | None = None, **more: object) -> types.GenerateContentConfig:
    image = types.ImageConfig(aspect_ratio=ratio, image_size=size)
    return types.GenerateContentConfig(response_modalities=["TEXT", "IMAGE"], image_config=image, **more)


@pytest.mark.parametrize(
    ("model", "ratio", "size", "pixels"),
    [
        (FLASH, None, None, (1024, 1024)),
        (FLASH, "16:9", "512", (688, 384)),
        (FLASH, "8:1", None, (3072, 384)),
        (NANO, "9:16", "2K", (1536, 2752)),
        (NANO, "1:8", "4K", (1536, 12288)),
        (PRO, "21:9", "4K", (6336, 2688)),
        (PRO, "3:2", "2K", (2528, 1696)),
        (LITE, "4:5", "1K", (928, 1152)),
        (OLD, "16:9", None, (1344, 768)),
    ],
)
async def test_pictures_have_the_pixels_of_the_table(
    box: Box, model: str, ratio: str | None, size: str | None, pixels: tuple[int, int]
) -> None:
    async with speaking(box) as models:
        answer = await models.generate_content(model=model, contents="a red fox", config=config(ratio, size))
    blob = final(answer)
    assert size_of(blob.data) == pixels
    assert blob.mime_type == ("image/png" if model == OLD else "image/jpeg")
    assert answer.model_version == model
    assert answer.response_id


@pytest.mark.parametrize("version", ["v1", "v1beta"])
async def test_both_versions_are_spoken(box: Box, version: str) -> None:
    async with speaking(box, version=version) as models:
        answer = await models.generate_content(model=FLASH, contents="a boat", config=config())
        described = await models.get(model=FLASH)
        listed = [model.name async for model in await models.list()]
    assert final(answer).data
    assert described.name == f"models/{FLASH}"
    assert described.input_token_limit == 131_072
    assert set(listed) == {f"models/{name}" for name in MODELS}
    assert box.gemini.calls[0]["path"] == f"/gemini/{version}/models/{FLASH}:generateContent"


async def test_an_omitted_ratio_follows_the_last_picture_handed_in(box: Box) -> None:
    parts = [
        types.Part.from_text(text="warmer"),
        types.Part.from_bytes(data=picture(size=(300, 300)), mime_type="image/png"),
        types.Part.from_bytes(data=picture("JPEG", size=(640, 360)), mime_type="image/jpeg"),
    ]
    async with speaking(box) as models:
        answer = await models.generate_content(
            model=PRO, contents=[types.Content(role="user", parts=parts)], config=config()
        )
    assert size_of(final(answer).data) == (1376, 768)


async def test_a_thread_goes_on_when_the_answer_is_sent_back_as_it_came(box: Box) -> None:
    asked = types.Content(role="user", parts=[types.Part.from_text(text="a blue boat")])
    async with speaking(box) as models:
        first = await models.generate_content(model=FLASH, contents=[asked], config=config("16:9"))
        again = types.Content(role="user", parts=[types.Part.from_text(text="make it night")])
        kept = types.Content.model_validate_json(first.candidates[0].content.model_dump_json(exclude_none=True))
        second = await models.generate_content(model=FLASH, contents=[asked, kept, again], config=config())
    assert size_of(final(second).data) == (1376, 768)
    assert final(second).data != final(first).data


async def test_thoughts_are_shown_only_when_asked_for(box: Box) -> None:
    thinking = types.ThinkingConfig(thinking_level="HIGH", include_thoughts=True)
    async with speaking(box) as models:
        shown = await models.generate_content(model=NANO, contents="a cat", config=config(thinking_config=thinking))
        silent = await models.generate_content(model=NANO, contents="a cat", config=config())
    thoughts = [part for part in shown.parts if part.thought]
    assert any(part.inline_data for part in thoughts)
    assert any(part.text for part in thoughts)
    assert not any(part.thought_signature for part in thoughts)
    assert not any(part.thought for part in silent.parts)
    assert silent.usage_metadata.thoughts_token_count > 0


@pytest.mark.parametrize(
    ("model", "size", "tokens"), [(FLASH, "512", 747), (NANO, "4K", 3780), (PRO, "4K", 2000), (OLD, None, 1290)]
)
async def test_usage_is_counted_by_model_and_size(box: Box, model: str, size: str | None, tokens: int) -> None:
    sent = types.Part.from_bytes(data=picture(), mime_type="image/png")
    async with speaking(box) as models:
        answer = await models.generate_content(model=model, contents=["brighter", sent], config=config(size=size))
    used = answer.usage_metadata
    (given,) = used.candidates_tokens_details
    assert (given.modality.value, given.token_count) == ("IMAGE", tokens)
    assert used.candidates_token_count > tokens
    assert sum(detail.token_count for detail in used.prompt_tokens_details) == used.prompt_token_count
    thoughts = used.thoughts_token_count or 0
    assert used.total_token_count == used.prompt_token_count + used.candidates_token_count + thoughts


async def test_grounding_is_told_when_search_was_asked_for(box: Box) -> None:
    search = types.GoogleSearch(
        search_types=types.SearchTypes(web_search=types.WebSearch(), image_search=types.ImageSearch())
    )
    async with speaking(box) as models:
        answer = await models.generate_content(
            model=FLASH, contents="a heron", config=config(tools=[types.Tool(google_search=search)])
        )
    found = answer.candidates[0].grounding_metadata
    assert found.web_search_queries == ["a heron"]
    assert found.search_entry_point.rendered_content
    assert [bool(chunk.web) for chunk in found.grounding_chunks] == [True, False]


async def test_only_pictures_come_when_only_pictures_are_wanted(box: Box) -> None:
    only = types.GenerateContentConfig(response_modalities=["IMAGE"])
    async with speaking(box) as models:
        for words in ("a fox", "a cat", "a dog", "a bird", "a fish"):
            answer = await models.generate_content(model=FLASH, contents=words, config=only)
            assert [part.text for part in answer.parts] == [None]


async def test_streams_send_each_part_whole_and_the_usage_last(box: Box) -> None:
    async with speaking(box) as models:
        chunks = [
            chunk
            async for chunk in await models.generate_content_stream(model=FLASH, contents="a red fox", config=config())
        ]
    pictures = [part for chunk in chunks for part in chunk.parts or [] if part.inline_data]
    assert len(pictures) == 1
    assert size_of(pictures[0].inline_data.data) == (1024, 1024)
    assert pictures[0].thought_signature
    assert [chunk.usage_metadata is not None for chunk in chunks] == [False] * (len(chunks) - 1) + [True]
    assert chunks[-1].candidates[0].finish_reason.value == "STOP"


async def test_jpegs_carry_content_credentials_that_re_encoding_would_lose(box: Box) -> None:
    async with speaking(box) as models:
        answer = await models.generate_content(model=PRO, contents="a lighthouse", config=config())
    data = final(answer).data
    assert b"c2pa" in data[:4096]
    assert stamp.read_claim(data)


async def test_the_same_request_gives_another_take_and_a_new_world_starts_over(box: Box) -> None:
    async with speaking(box) as models:
        takes = [
            final(await models.generate_content(model=FLASH, contents="a red fox", config=config())).data
            for _ in range(4)
        ]
        box.gemini.forget()
        anew = final(await models.generate_content(model=FLASH, contents="a red fox", config=config())).data
    assert len(set(takes)) == 4
    assert anew == takes[0]


async def test_vertex_paths_and_a_bearer_are_understood(box: Box) -> None:
    place = "v1beta1/projects/p/locations/global/publishers/google/models"
    bearer = {"Authorization": f"Bearer {keys.GOOGLE_TOKEN}"}
    async with box.http.post(f"{box.url}/{place}/{PRO}:generateContent", json=says("a cup"), headers=bearer) as answer:
        assert answer.status == 200
        assert "finishReason" in (await answer.json())["candidates"][0]
    async with box.http.get(f"{box.url}/v1beta1/publishers/google/models/{PRO}", headers=bearer) as answer:
        assert (await answer.json())["name"] == f"publishers/google/models/{PRO}"


async def test_a_wrong_missing_or_visible_key_is_refused(box: Box) -> None:
    address = f"{box.url}/v1beta/models/{FLASH}:generateContent"
    for headers in ({}, {"x-goog-api-key": "wrong"}, {"Authorization": f"Bearer {keys.GEMINI_KEY}"}):
        async with box.http.post(address, json=says("a fox"), headers=headers) as answer:
            body = await answer.json()
        assert answer.status == 400
        assert body["error"]["details"][0]["reason"] == "API_KEY_INVALID"
    good = {"x-goog-api-key": keys.GEMINI_KEY}
    async with box.http.post(f"{address}?key={keys.GEMINI_KEY}", json=says("a fox"), headers=good) as answer:
        assert answer.status == 400
    assert keys.GEMINI_KEY not in str(box.gemini.calls)


async def test_unknown_and_retired_models_are_not_found(box: Box) -> None:
    box.gemini.configure({"gemini_retired": [FLASH]})
    async with speaking(box) as models:
        for name in ("gemini-3-pro-image-preview", FLASH):
            with pytest.raises(
                errors.ClientError, match=f"models/{name} is not found for API version v1beta"
            ) as caught:
                await models.generate_content(model=name, contents="a fox", config=config())
            assert caught.value.code == 404
            with pytest.raises(errors.ClientError):
                await models.get(model=name)


async def test_canned_pictures_are_valid_signed_and_of_about_the_size_asked_for(box: Box) -> None:
    box.gemini.configure({"gemini_canned": {"bytes": 900_000}})
    async with speaking(box) as models:
        answer = await models.generate_content(model=FLASH, contents="a fox", config=config("3:2", "2K"))
    data = final(answer).data
    assert size_of(data) == (2528, 1696)
    assert 800_000 < len(data) < 1_000_000
    assert answer.parts[-1].thought_signature or answer.parts[0].thought_signature


async def test_the_log_knows_pictures_by_their_digest(box: Box) -> None:
    sent = picture()
    async with speaking(box) as models:
        await models.generate_content(
            model=FLASH, contents=["warmer", types.Part.from_bytes(data=sent, mime_type="image/png")], config=config()
        )
    (call,) = box.gemini.calls
    data = call["body"]["contents"][0]["parts"][1]["inlineData"]["data"]
    assert data["bytes"] == len(sent)
    assert call["ok"]
    assert call["status"] == 200
    assert call["body"]["generationConfig"]["responseModalities"] == ["TEXT", "IMAGE"]
