"""Long texts that mean nothing: whoever writes one, a person or a model, keeps nobody else waiting."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.domain.inquiries import cancels, inquiry
from bot.domain.prompt import parse
from bot.engines.answers import read
from bot.engines.faults import of_response
from bot.engines.runs import Runs
from bot.errors import ThreadpaintError
from handlers import wording
from handlers.intake import without_mention
from handlers.mrkdwn import quoted

TYPED = 40_000  # characters of the longest message in Slack
SAID = 100_000  # characters of a model's words
PATIENCE = 5.0  # seconds; each is read within a fraction of one, on a machine that has nothing else to do

PIECES = ("-", " !", "[", "`", "<", "“", "<@U1|", "16:9 ", "4k, ", "-n -n 2 2 ", "a:", "\u200b", "x4 ")
ASIDES = ("cost", "cost for ", "cancel", "cancel :+", "stop it", "no ")
ADDRESS = "data:image/png;base64,"
MARKUP = ("[", "![", "| [ ] ", "![a]( ", f"![a]({ADDRESS}AAAA ", f"![a]({ADDRESS}", ADDRESS, "data:image/a;b=c;")


def seconds(read: Callable[[str], object], text: str) -> float:
    """How long this is read."""
    began = time.perf_counter()
    with suppress(ThreadpaintError):
        read(text)
    return time.perf_counter() - began


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("reading", [parse, inquiry, cancels, wording.asks_for_help, quoted])
def test_what_people_type(reading: Callable[[str], object], piece: str) -> None:
    assert seconds(reading, (piece * TYPED)[:TYPED] + "x") < PATIENCE


@pytest.mark.parametrize("piece", [*PIECES, ":+", ": +: ", " it"])
@pytest.mark.parametrize("aside", ASIDES)
@pytest.mark.parametrize("reading", [inquiry, cancels])
def test_what_begins_like_something_else(reading: Callable[[str], object], aside: str, piece: str) -> None:
    assert seconds(reading, aside + (piece * TYPED)[:TYPED] + "x") < PATIENCE


@pytest.mark.parametrize("piece", [" ", "\t", "<@U1|", "<@U1>", " <@U1|a"])
def test_what_stands_around_the_bots_name(piece: str) -> None:
    assert seconds(lambda text: without_mention(text, "U1"), (piece * TYPED)[:TYPED] + "x") < PATIENCE / 2


@pytest.mark.parametrize("piece", MARKUP)
def test_what_a_model_says(piece: str) -> None:
    def answer(text: str) -> None:
        read(json.dumps({"candidates": [{"content": {"parts": [{"text": text}]}}]}), 0.0, Runs("none"))

    assert seconds(answer, (piece * SAID)[:SAID] + ADDRESS) < PATIENCE


@pytest.mark.parametrize("piece", ["https://", "a ", "[", "%", "."])
def test_where_a_model_says_it_looked(piece: str) -> None:
    def looked(text: str) -> None:
        chunk = {"web": {"uri": f"https://{text}", "title": text}}
        metadata = {"groundingChunks": [chunk] * 3, "webSearchQueries": [text] * 3}
        read(json.dumps({"candidates": [{"groundingMetadata": metadata}]}), 0.0, Runs("none"))

    assert seconds(looked, (piece * SAID)[:SAID]) < PATIENCE


@pytest.mark.parametrize(
    "piece", ["request ", "exceeds the limit ", "monthly ", "credits ", "retry in 1", "1m", "models/"]
)
@pytest.mark.parametrize("code", [400, 404, 429])
def test_what_an_error_says(code: int, piece: str) -> None:
    def fault(text: str) -> None:
        of_response(code, json.dumps({"error": {"message": text}}).encode(), text)

    assert seconds(fault, (piece * SAID)[:SAID]) < PATIENCE
