"""What else is in an answer: where the model looked, and pictures that came as text; and the gate answers pass."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any

import pytest

from bot.domain.pictures import Source
from bot.engines.answers import read
from bot.engines.places import Places
from bot.engines.runs import Runs
from bot.ports import Answer, Given, Said

FOX = b"\xff\xd8" + b"fox" * 30
NIGHT = b"\xff\xd8" + b"night" * 30


def url(data: bytes) -> str:
    """As gateways write it."""
    return f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"


def answer(parts: list[dict[str, Any]], **grounding: Any) -> Answer:
    """One with these parts."""
    candidate = {"content": {"parts": parts}, "finishReason": "STOP", "groundingMetadata": grounding}
    return read(json.dumps({"candidates": [candidate]}), 0.0, Runs("none"))


def test_sources_are_pages_each_once_and_links_only() -> None:
    chunks = [
        {"web": {"uri": "https://a.example/", "title": "A"}},
        {"image": {"sourceUri": "https://b.example/page", "imageUri": "https://b.example/b.png", "title": "B"}},
        {"web": {"uri": "https://a.example/", "title": "again"}},
        {"web": {"uri": "javascript:alert(1)", "title": "no"}},
        {"web": {"uri": "https://c.example/" + "c" * 3000}},
        {"web": {"uri": "https://d.example/"}},
        {"web": None},
        7,
    ]
    came = answer([{"text": "x"}], groundingChunks=chunks, webSearchQueries=["q", "q"], imageSearchQueries=["i"])
    pages = ("A", "https://a.example/"), ("B", "https://b.example/page"), ("d.example", "https://d.example/")
    assert came.sources == tuple(Source(*page) for page in pages)
    assert came.queries == ("q", "i")
    assert came.usage.queries == 3


def test_sources_are_bounded() -> None:
    chunks = [{"web": {"uri": f"https://a.example/{n}", "title": "t" * 999}} for n in range(50)]
    came = answer([], groundingChunks=chunks)
    assert len(came.sources) == 20
    assert max(len(source.title) for source in came.sources) == 300


@pytest.mark.parametrize("shape", ["{}", "![fox]({})", 'Here: ![fox]( {} "fox") .'])
def test_a_data_url_in_the_words_is_the_picture(shape: str) -> None:
    came = answer([{"text": shape.replace("{}", url(FOX)), "thoughtSignature": "c2ln"}])
    assert came.picture == Given(FOX, "image/jpeg")
    assert "base64" not in came.words
    assert came.parts[-1] == Said("", Given(FOX, "image/jpeg"))  # the signature was for the words as they came
    assert came.usage.pictures == 1


def test_the_last_data_url_is_taken() -> None:
    came = answer([{"text": f"{url(FOX)} and {url(NIGHT)}"}, {"text": "done"}])
    assert came.picture == Given(NIGHT, "image/jpeg")
    assert came.words == "anddone"


def test_a_real_picture_comes_before_any_data_url() -> None:
    inline = {"inlineData": {"mimeType": "image/png", "data": base64.b64encode(NIGHT).decode()}}
    assert answer([inline, {"text": url(FOX)}]).picture == Given(NIGHT, "image/png")


def test_an_example_of_a_data_url_is_no_picture() -> None:
    assert answer([{"text": "Write data:image/png;base64,AAAA there."}]).picture is None


async def test_only_so_many_have_a_place_and_nobody_for_ever() -> None:
    places, inside, leave = Places(2, lent=0.05), asyncio.Queue[int](), asyncio.Event()

    async def stay(name: int) -> None:
        async with places.one():
            inside.put_nowait(name)
            await leave.wait()

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        for name in range(5):
            group.create_task(stay(name))
        assert [await inside.get() for _ in range(5)] == [0, 1, 2, 3, 4]  # all get in, though none has left
        leave.set()


async def test_a_place_is_given_back_once() -> None:
    places, inside = Places(1), []

    async def stay() -> None:
        async with places.one():
            inside.append(1)
            assert len(inside) == 1
            await asyncio.sleep(0)
            inside.pop()

    await asyncio.gather(*(stay() for _ in range(5)))
    assert inside == []
