"""Every way in which Google has been seen, or is documented, to answer without a picture: one file each."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot import errors
from bot.domain.spend import Usage
from bot.engines.access import ApiKey
from bot.engines.faults import FINISHES
from bot.engines.gemini import GeminiEngine
from bot.errors import ModelBusy, ThreadpaintError
from bot.ports import Answer, Ask
from handlers.sentences import FOR_OPERATORS, SENTENCES
from tests.wire.gemini_recorder import FLASH, RECORDED, Recorder, recording

ANSWERS = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted((RECORDED / "answers").glob("*.json"))}
JSON = {"Content-Type": "application/json; charset=UTF-8"}


@pytest.fixture
async def recorder() -> AsyncIterator[Recorder]:
    async with recording() as recorder:
        yield recorder


async def asked(recorder: Recorder) -> Answer | ThreadpaintError:
    """What one call comes to."""
    engine = GeminiEngine(ApiKey("k", recorder.url))
    try:
        return await engine.paint(Ask(FLASH, "a red fox"))
    except ThreadpaintError as fault:
        return fault
    finally:
        await engine.close()


def plays(recorder: Recorder, told: dict[str, Any]) -> None:
    """The recorder answers as this file says."""
    recorder.status, recorder.headers = told["status"], told.get("headers", JSON)
    recorder.body = (told["body"] if isinstance(told["body"], str) else json.dumps(told["body"])).encode()


@pytest.mark.parametrize("name", ANSWERS)
async def test_it_is_one_of_our_own_errors_with_its_words_and_its_usage(recorder: Recorder, name: str) -> None:
    told = ANSWERS[name]
    plays(recorder, told)
    came, expected = await asked(recorder), told["expect"]
    fault = came.fault if isinstance(came, Answer) else came
    assert fault is not None
    assert (type(fault), fault.reason) == (getattr(errors, expected["kind"]), expected["reason"])
    assert fault.facts.get("words", "") == expected["words"]
    assert (came.usage if isinstance(came, Answer) else Usage()) == Usage(**expected["usage"])
    assert isinstance(came, Answer) == (told["status"] == 200 and not name.startswith(BROKEN))
    if isinstance(fault, ModelBusy):
        assert fault.retry_after == expected.get("retry_after")
    assert len(recorder.calls) == 1


BROKEN = ("cut_short", "empty_body", "html_200", "error_as_answer")  # what came with 200 was no answer at all


def test_each_finish_reason_is_recorded() -> None:
    recorded = {
        candidate.get("finishReason")
        for told in ANSWERS.values()
        if isinstance(told["body"], dict)
        for candidate in told["body"].get("candidates") or []
    }
    assert set(FINISHES) <= recorded


def test_each_reason_has_a_sentence_for_those_who_act() -> None:
    for told in ANSWERS.values():
        reason, kind = told["expect"]["reason"], told["expect"]["kind"]
        assert reason in SENTENCES
        assert kind != "OperatorMustFix" or reason in FOR_OPERATORS


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "no-such-thing"])
async def test_words_are_utf_8_whatever_the_header_says(recorder: Recorder, charset: str) -> None:
    said = {"candidates": [{"content": {"parts": [{"text": "Größer – 更大?"}]}, "finishReason": "STOP"}]}
    body = json.dumps(said, ensure_ascii=False).encode()
    recorder.answers(200, body, Content_Type=f"application/json; charset={charset}")
    answer = await asked(recorder)
    assert isinstance(answer, Answer)
    assert answer.words == "Größer – 更大?"
