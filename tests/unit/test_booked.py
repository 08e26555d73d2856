"""What the ledger is told of a call, and when."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from decimal import Decimal

import pytest
from structlog.testing import capture_logs

from bot.catalogue import cost
from bot.domain.lives import elapsed
from bot.domain.options import Size, Tier
from bot.domain.spend import Bill, Entry, Errand, Outcome, Usage
from bot.engines import booked as room
from bot.engines.booked import PROMPT, BookedEngine
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
from bot.ports import Answer, Ask, Exchange, Given, Said
from tests.fakes.engines import PAINTED, ScriptedEngine
from tests.unit.made import CATALOGUE, FLASH

USAGE = Usage(prompt=300, image=1120, total=1700)
FIELD = NonsenseAnswer("request_refused", detail="Unknown name", words="I will not.")
PICTURE = Given(b"jpeg", "image/jpeg")
ASK = Ask(FLASH.id, "a red fox", size=Size.TWO, errand=Errand("t1", 2, "U1"))


class Book:
    """A ledger that writes down what it is told, in order."""

    def __init__(self, refusal: PersonCanFix | None = None) -> None:
        self.refusal = refusal
        self.entries: list[Entry] = []
        self.bills: list[Bill] = []

    async def open(self, entry: Entry) -> None:
        if self.refusal:
            raise self.refusal
        self.entries.append(entry)

    async def settle(self, id: str, bill: Bill) -> None:
        assert id in [entry.id for entry in self.entries]
        self.bills.append(bill)


def booked(book: Book, engine: ScriptedEngine) -> BookedEngine:
    return BookedEngine(engine, book, CATALOGUE)  # type: ignore[arg-type]


async def test_a_call_is_written_down_before_it_is_made() -> None:
    book = Book()

    class Looking(ScriptedEngine):
        async def paint(self, ask: Ask) -> Answer:
            assert [entry.errand for entry in book.entries] == [ask.errand]
            assert book.bills == []
            return await super().paint(ask)

    await booked(book, Looking()).paint(ASK)
    [entry] = book.entries
    assert (entry.model, entry.tier, entry.size) == (FLASH.id, Tier.FLASH, Size.TWO)
    assert entry.held > 0


async def test_a_picture_is_billed_by_its_usage() -> None:
    book = Book()
    await booked(book, ScriptedEngine(Answer(PAINTED.parts, USAGE, 1.0))).paint(ASK)
    assert book.bills == [Bill(Outcome.PAID, USAGE, cost(FLASH, USAGE, Size.TWO))]


async def test_a_call_past_a_budget_is_not_made() -> None:
    engine = ScriptedEngine()
    with pytest.raises(PersonCanFix, match="budget_person"):
        await booked(Book(PersonCanFix("budget_person")), engine).paint(ASK)
    assert engine.calls == []


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (ModelBusy("model_busy", 3.0), Outcome.FREE),
        (ModelBusy("model_overloaded"), Outcome.FREE),
        (OperatorMustFix("model_retired"), Outcome.FREE),
        (NonsenseAnswer("request_refused"), Outcome.FREE),
        (PersonCanFix("request_too_large"), Outcome.FREE),
        (ModelDown("model_timeout"), Outcome.FAILED),
        (ModelDown("model_unreachable"), Outcome.FAILED),
        (NonsenseAnswer("answer_unreadable"), Outcome.FAILED),
    ],
)
async def test_what_brings_no_answer_costs_nothing_that_is_known(fault: ThreadpaintError, outcome: Outcome) -> None:
    book = Book()
    with pytest.raises(type(fault)) as caught:
        await booked(book, ScriptedEngine(fault)).paint(ASK)
    assert caught.value is fault
    assert book.bills == [Bill(outcome, reason=fault.reason)]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (ModelRefused("picture_filtered"), Outcome.REFUSED),
        (ModelRefused("model_said", words="No."), Outcome.REFUSED),
        (NonsenseAnswer("answer_empty"), Outcome.FAILED),
        (PersonCanFix("answer_cut"), Outcome.FAILED),
    ],
)
async def test_a_refusal_costs_the_words_and_the_thinking(fault: ThreadpaintError, outcome: Outcome) -> None:
    book, usage = Book(), Usage(prompt=464, total=755, thinking=291)
    with pytest.raises(type(fault)) as caught:
        await booked(book, ScriptedEngine(Answer((), usage, 1.0, fault=fault))).paint(ASK)
    assert caught.value is fault
    assert book.bills == [Bill(outcome, usage, Decimal(464 * 50 + 291 * 300) / 100_000_000, fault.reason)]


@pytest.mark.parametrize("script", [FIELD, Answer((), USAGE, 1.0, fault=FIELD)])
async def test_the_log_hears_of_each_call_that_failed(script: ThreadpaintError | Answer) -> None:
    with capture_logs() as logged, pytest.raises(NonsenseAnswer):
        await booked(Book(), ScriptedEngine(script)).paint(ASK)
    told = {"turn": "t1", "model": FLASH.id, "reason": "request_refused", "detail": "Unknown name"}
    assert logged == [{"event": "call_failed", "log_level": "warning", **told}]


@pytest.mark.parametrize("script", [PAINTED, Paced("model_busy", 0.5)])
async def test_the_log_hears_of_no_call_that_was_well_or_never_made(script: Paced | Answer) -> None:
    with capture_logs() as logged, suppress(Paced):
        await booked(Book(), ScriptedEngine(script)).paint(ASK)
    assert logged == []


@pytest.mark.parametrize("fault", [ZeroDivisionError(), ExceptionGroup("several", [OverflowError()])])
async def test_a_fault_nobody_thought_of_leaves_no_row_open(fault: Exception) -> None:
    book = Book()
    with pytest.raises(type(fault)):
        await booked(book, ScriptedEngine(fault)).paint(ASK)
    assert book.bills == [Bill(Outcome.UNKNOWN, reason="something_broke")]


async def test_a_call_cut_short_is_of_unknown_outcome() -> None:
    book, engine = Book(), ScriptedEngine(seconds=60)
    task = asyncio.create_task(booked(book, engine).paint(ASK))
    while not engine.calls:  # noqa: ASYNC110 - each turn of the loop lets the call take a step
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [bill.outcome for bill in book.bills] == [Outcome.UNKNOWN]


async def test_more_given_holds_more() -> None:
    told = Exchange("a red fox", (PICTURE,), (Said("Here.", None, b"s"), Said("", PICTURE, b"s")))
    held = []
    for ask in (ASK, Ask(FLASH.id, "snow", (PICTURE,), (told,), size=Size.TWO)):
        book = Book()
        await booked(book, ScriptedEngine()).paint(ask)
        held.append(book.entries[0].held)
    assert held[1] - held[0] >= 3 * FLASH.reference_tokens * FLASH.prices.text_in / 1_000_000 - Decimal("0.00001")


async def test_nobody_begins_a_call_after_the_end() -> None:
    """Closing the way to the provider breaks the calls under way, and their retries would leave open rows behind."""
    book, engine = Book(), ScriptedEngine()
    bookish = booked(book, engine)
    await bookish.leave()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await bookish.paint(ASK)
    assert (engine.calls, book.entries) == ([], [])


async def test_who_was_held_up_between_row_and_call_is_free_and_asks_anew() -> None:
    book, began = Book(), elapsed()
    engine = ScriptedEngine(Paced("model_busy", 0.5))
    with pytest.raises(Paced):
        await booked(book, engine).paint(ASK)
    assert [bill.outcome for bill in book.bills] == [Outcome.FREE]
    assert began <= engine.calls[0].until - PROMPT <= elapsed()
    assert await booked(book, engine).paint(ASK) is PAINTED
    assert len({entry.id for entry in book.entries}) == 2


async def test_the_end_does_not_wait_for_a_ledger_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOMENT", 0.05)
    book, engine = Book(), ScriptedEngine(seconds=60)

    async def never(id: str, bill: Bill) -> None:
        await asyncio.Event().wait()

    book.settle = never  # type: ignore[method-assign]
    bookish = booked(book, engine)
    task = asyncio.create_task(bookish.paint(ASK))
    while not engine.calls:  # noqa: ASYNC110 - each turn of the loop lets the call take a step
        await asyncio.sleep(0)
    await asyncio.wait_for(bookish.leave(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)


async def test_who_is_cancelled_once_the_answer_is_there_takes_it_along() -> None:
    book, asked = Book(), asyncio.Event()

    async def never(id: str, bill: Bill) -> None:
        asked.set()
        await asyncio.Event().wait()

    book.settle = never  # type: ignore[method-assign]
    task = asyncio.create_task(booked(book, ScriptedEngine()).paint(ASK))
    await asked.wait()
    task.cancel()
    assert await asyncio.wait_for(task, 1) is PAINTED


async def test_a_ledger_that_breaks_keeps_no_picture_back() -> None:
    book = Book()

    async def breaks(id: str, bill: Bill) -> None:
        raise KeyError(id)

    book.settle = breaks  # type: ignore[method-assign]
    assert await booked(book, ScriptedEngine()).paint(ASK) is PAINTED
