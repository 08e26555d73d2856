"""What is tried again, how often, and what never is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest
import stamina

from bot.domain.spend import Errand
from bot.engines import steady as steadying
from bot.engines.steady import ATTEMPTS, SteadyEngine
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
from bot.ports import Ask
from tests.fakes.engines import PAINTED, ScriptedEngine

ASK = Ask("m", "a red fox", errand=Errand("t1"))


def steady(engine: ScriptedEngine, deadline: float) -> SteadyEngine:
    return SteadyEngine(engine, deadline, lambda errand, until: None)


@pytest.fixture
def at_once() -> Iterator[None]:
    with stamina.set_testing(True, attempts=ATTEMPTS):
        yield


@pytest.mark.parametrize(
    "fault",
    [
        ModelBusy("model_overloaded"),
        ModelBusy("model_busy", 2.0),
        ModelDown("model_broken"),
        ModelDown("model_timeout"),
    ],
)
async def test_what_passes_is_waited_out(at_once: None, fault: Exception) -> None:
    engine = ScriptedEngine(fault, fault, fault)
    assert await steady(engine, 60).paint(ASK) is PAINTED
    assert len(engine.calls) == 4


@pytest.mark.parametrize(
    "fault", [ModelBusy("model_overloaded"), ModelBusy("model_busy", 2.0), ModelDown("model_broken")]
)
async def test_what_does_not_pass_stands_after_the_last_attempt(at_once: None, fault: ThreadpaintError) -> None:
    engine = ScriptedEngine(*[fault] * 9)
    with pytest.raises(type(fault), match=fault.reason):
        await steady(engine, 60).paint(ASK)
    assert len(engine.calls) == ATTEMPTS


@pytest.mark.parametrize(
    "fault",
    [
        ModelRefused("model_said", words="No."),
        ModelRefused("picture_filtered"),
        PersonCanFix("answer_cut"),
        OperatorMustFix("quota_spent"),
        NonsenseAnswer("request_refused"),
        NonsenseAnswer("answer_unreadable"),
        ModelBusy("model_busy", 61.0),
    ],
)
async def test_what_will_be_the_same_again_is_not_tried_again(at_once: None, fault: ThreadpaintError) -> None:
    engine = ScriptedEngine(fault)
    with pytest.raises(type(fault)) as caught:
        await steady(engine, 60).paint(ASK)
    assert caught.value is fault
    assert len(engine.calls) == 1


@pytest.mark.parametrize("reason", ["answer_empty", "no_picture"])
async def test_nothing_is_asked_for_once_more(at_once: None, reason: str) -> None:
    engine = ScriptedEngine(NonsenseAnswer(reason))
    assert await steady(engine, 60).paint(ASK) is PAINTED
    engine = ScriptedEngine(NonsenseAnswer(reason), NonsenseAnswer("answer_empty"))
    with pytest.raises(NonsenseAnswer):
        await steady(engine, 60).paint(ASK)
    assert len(engine.calls) == 2


async def test_a_fault_that_is_not_ours_is_not_hidden(at_once: None) -> None:
    engine = ScriptedEngine(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await steady(engine, 60).paint(ASK)
    assert len(engine.calls) == 1


async def test_the_delay_that_the_provider_names_is_kept_to() -> None:
    engine = ScriptedEngine(ModelBusy("model_busy", 0.3))
    began = time.monotonic()
    await steady(engine, 60).paint(ASK)
    assert 0.3 <= time.monotonic() - began < 3


async def test_no_delay_at_all_is_half_a_second_and_not_the_same_for_all() -> None:
    told: list[float] = []
    for _ in range(4):
        engine = ScriptedEngine(ModelBusy("model_busy", 0.0))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await SteadyEngine(engine, 60, lambda errand, until: told.append(until - time.time())).paint(ASK)
        assert len(engine.calls) == 1
    assert all(0.4 < wait < 0.8 for wait in told)
    assert max(told) - min(told) > 0.001


async def test_a_moment_until_our_own_limit_allows_it_is_waited_for_and_wastes_no_attempt(at_once: None) -> None:
    engine = ScriptedEngine(*[Paced("model_busy", 0.01)] * 9, *[ModelBusy("model_overloaded")] * 3)
    assert await steady(engine, 60).paint(ASK) is PAINTED
    assert len(engine.calls) == 13


async def test_a_limit_of_our_own_that_lasts_is_not_waited_for_at_the_model() -> None:
    engine = ScriptedEngine(Paced("model_busy", 3.0))
    began = time.monotonic()
    with pytest.raises(Paced):
        await steady(engine, 60).paint(ASK)
    assert time.monotonic() - began < 3
    assert len(engine.calls) == 1


@pytest.mark.parametrize(
    ("fault", "tries"),
    [
        (NonsenseAnswer("no_picture"), 2),
        (ModelDown("model_broken"), ATTEMPTS),
        (ModelBusy("model_busy", 2.0), ATTEMPTS),
    ],
)
async def test_what_was_tried_ends_though_our_own_limit_lasts(
    at_once: None, monkeypatch: pytest.MonkeyPatch, fault: ThreadpaintError, tries: int
) -> None:
    """Handed back, it would begin anew with all its attempts, each of them billed, and never end."""
    monkeypatch.setattr(steadying, "MOMENT", 0.01)
    until: list[float] = []
    paced = Paced("model_busy", 0.02)
    engine = ScriptedEngine(fault, *[paced, fault] * ATTEMPTS)
    with pytest.raises(type(fault), match=fault.reason):
        await SteadyEngine(engine, 60, lambda errand, when: until.append(when)).paint(ASK)
    assert len(engine.calls) == 2 * tries - 1
    assert len(until) >= tries - 1  # and people see that it waits


async def test_the_deadline_holds_though_our_own_limit_lasts(at_once: None) -> None:
    engine = ScriptedEngine(ModelDown("model_broken"), Paced("model_busy", 60.0))
    async with asyncio.timeout(5):
        with pytest.raises(ModelDown, match="model_timeout"):
            await steady(engine, 0.2).paint(ASK)


async def test_the_deadline_holds_though_the_model_hangs() -> None:
    engine = ScriptedEngine(seconds=30)
    began = time.monotonic()
    with pytest.raises(ModelDown, match="model_timeout"):
        await steady(engine, 0.2).paint(ASK)
    assert time.monotonic() - began < 3


async def test_the_deadline_holds_over_all_attempts() -> None:
    engine = ScriptedEngine(*[ModelDown("model_broken")] * 9)
    began = time.monotonic()
    with pytest.raises(ModelDown):
        await steady(engine, 0.3).paint(ASK)
    assert time.monotonic() - began < 3


async def test_a_check_is_not_repeated() -> None:
    with pytest.raises(OperatorMustFix):
        await steady(ScriptedEngine(OperatorMustFix("key_refused")), 60).check("m")


async def test_a_delay_that_is_kept_to_is_told() -> None:
    told: list[tuple[str, float]] = []
    engine = SteadyEngine(
        ScriptedEngine(ModelBusy("model_busy", 0.2)), 60, lambda errand, until: told.append((errand.turn, until))
    )
    began = time.time()
    await engine.paint(ASK)
    [(turn, until)] = told
    assert turn == "t1"
    assert 0.2 <= until - began < 1


async def test_a_delay_longer_than_what_is_left_is_not_waited_for() -> None:
    engine = ScriptedEngine(ModelBusy("model_busy", 0.6), ModelBusy("model_busy", 0.6))
    with pytest.raises(ModelBusy):
        await steady(engine, 1.0).paint(ASK)
    assert len(engine.calls) == 2
