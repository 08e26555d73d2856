"""What pictures cost, what may be spent, and what people are told of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import stamina
from sqlalchemy import create_engine, text

from bot.jobs import worker
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from storage.addresses import address_of
from tests.bench.stage import connected, environment, start
from tests.stories.mishaps import breaks, hurry, is_kind, results, whispers
from tests.stories.places import on_both
from tests.stories.story import Story, telling


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    """As many attempts as ever, without the waits between them."""
    with stamina.set_testing(True, attempts=4):
        yield


def ledger(database: str) -> list[dict[str, Any]]:
    """Every row, oldest first."""
    engine = create_engine(address_of(database))
    with engine.connect() as tables:
        rows = [dict(row) for row in tables.execute(text("SELECT * FROM ledger ORDER BY begun, id")).mappings()]
    engine.dispose()
    return rows


def dollars(row: dict[str, Any], column: str = "price") -> Decimal:
    """An amount as it is stored: whole picodollars."""
    return Decimal(row[column] or 0) / 10**12


@asynccontextmanager
async def under(world: World, settings: Settings, **budgets: str) -> AsyncIterator[Story]:
    """A story under these budgets."""
    changed = {name: Decimal(amount) for name, amount in budgets.items()}
    async with running(settings.model_copy(update=changed)), telling(world.url) as story:
        await hurry(story)
        yield story


@pytest.fixture
async def frugal(world: World, settings: Settings) -> AsyncIterator[Story]:
    """Each person may spend 15 cents a day: two pictures of the default model."""
    async with under(world, settings, budget_person_day="0.15") as story:
        yield story


@on_both
async def test_every_attempt_has_a_row(story: Story, settings: Settings) -> None:
    await hurry(story)
    await breaks(story, "gemini", {"status": 503}, times=2)
    await story.commands("/imagine a red fox")
    await story.sees_picture()
    await breaks(story, "gemini", {"finish_reason": "IMAGE_SAFETY"})
    await story.commands("/imagine a rude fox")
    await story.sees_words("filtered out")
    await breaks(story, "gemini", {"drop": "after"}, times=4)
    await story.commands("/imagine a lost fox")
    await story.sees_words("could not reach the model")
    rows = ledger(settings.database_url)
    assert [row["outcome"] for row in rows] == ["free", "free", "paid", "refused"] + ["failed"] * 4
    assert {row["asker"] for row in rows} == {"U0ANA"}
    assert all(row["settled"] for row in rows)
    assert [dollars(row) > 0 for row in rows] == [False, False, True, True] + [False] * 4
    assert dollars(rows[2]) > Decimal("0.067")
    assert dollars(rows[3]) < Decimal("0.01")


@on_both
async def test_what_is_booked_is_what_google_would_bill(story: Story, settings: Settings) -> None:
    await hurry(story)
    await story.commands("/imagine a red fox --n 3")
    several = await story.sees_picture()
    await story.presses("Pick 2", on=several)
    picked = await story.sees_picture()
    await story.presses("Re-run with Pro", on=picked)
    await story.sees_picture(by="Pro")
    billed = []
    for call in await story.paintings():
        usage = call["answer"]["usageMetadata"]
        image = sum(each["tokenCount"] for each in usage["candidatesTokensDetails"])
        text = usage["totalTokenCount"] - usage["promptTokenCount"] - image
        rates = {"gemini-3.1-flash-image": (50, 6000, 300), "gemini-3-pro-image": (200, 12000, 1200)}[call["model"]]
        counts = (usage["promptTokenCount"], image, text)
        billed.append(sum(map(int.__mul__, counts, rates)) * Decimal("1e-8"))
    assert sorted(map(dollars, ledger(settings.database_url))) == sorted(billed)


async def test_a_person_can_ask_what_they_spent(story: Story) -> None:
    await story.commands("/imagine cost")
    assert is_kind(await story.whispered("nothing"))
    await hurry(story)
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    await story.presses("Re-run with Pro", on=fox)
    await story.sees_picture(by="Pro")
    await story.presses("Keep", on=fox)
    await story.eventually(lambda: _counted(story, fox.ts, "Keep · 1"))
    await story.commands("/imagine cost")
    said = await story.whispered("kept")
    assert "today" in said.lower()
    assert "Flash" in said
    assert "Pro" in said
    assert "$0.20" in said or "$0.21" in said
    assert await story.paintings() != []
    await story.commands("/imagine cost", by="U0BEN")
    await story.whispered("nothing", to="U0BEN")


async def _counted(story: Story, ts: str, label: str) -> bool | None:
    return True if any(seen.ts == ts and label in seen.buttons for seen in await story.posted()) else None


async def test_a_month_that_is_none_is_said(story: Story) -> None:
    await story.commands("/imagine cost 2026-13")
    assert is_kind(await story.whispered("2026-13"))
    await story.commands("/imagine report 2026-00")
    assert is_kind(await story.whispered("2026-00"))
    assert await story.posted() == []


async def test_a_word_that_only_begins_like_a_question_is_a_prompt(story: Story) -> None:
    await hurry(story)
    await story.commands("/imagine cost of living, as a still life")
    await story.sees_picture()
    await story.commands("/imagine report card on a desk")
    await story.sees_picture()
    assert len(await story.paintings()) == 2


@on_both
async def test_a_request_past_the_days_budget_is_not_sent(frugal: Story) -> None:
    for thing in ("fox", "owl"):
        await frugal.commands(f"/imagine a red {thing}")
        await frugal.sees_picture()
    await frugal.commands("/imagine a red hen")
    said = await frugal.whispered("$0.15")
    assert said.count("a red hen") == 1
    assert said.endswith("You typed:\n> a red hen")
    assert "<!date^" in said
    assert is_kind(said.partition("<!date")[0])
    assert len(await frugal.paintings()) == 2
    assert len([seen for seen in await frugal.posted() if "hen" in seen.words]) == 0
    await frugal.commands("/imagine a red hen", by="U0BEN")
    await frugal.sees_picture()


async def test_what_is_left_is_what_the_next_request_has(world: World, settings: Settings) -> None:
    """What is under way counts, as it does for whoever asks for another picture now."""
    async with under(world, settings, budget_person_day="0.10") as story:
        await hurry(story, gemini_delay=3)
        await story.commands("/imagine a red fox")

        async def painting() -> bool | None:
            return True if await story.paintings() else None

        await story.eventually(painting)
        await story.commands("/imagine cost")
        assert "*Left:* $0.03 of your $0.10 for today." in await story.whispered("Left")
        await story.commands("/imagine a red hen")
        assert "you have $0.03 of today's $0.10 left" in await story.whispered("hen")
        await story.sees_picture()


async def test_what_is_looked_up_is_held_as_well(world: World, settings: Settings) -> None:
    """A search of each kind is paid for: many who look things up at once may not pass the budget together."""
    async with under(world, settings, budget_person_day="0.51") as story:
        await hurry(story, gemini_delay=0.3)
        await asyncio.gather(*(story.commands(f"/imagine the tower of Lisbon {n} --ground") for n in range(8)))

        async def answered() -> bool | None:
            return True if len(await results(story)) + len(await whispers(story)) >= 8 else None

        await story.eventually(answered)
    assert sum(map(dollars, ledger(settings.database_url))) <= Decimal("0.51")


async def test_a_reply_and_a_click_past_the_budget_are_not_sent_either(frugal: Story) -> None:
    await frugal.commands("/imagine a red fox")
    fox = await frugal.sees_picture()
    await frugal.presses("Re-run with Pro", on=fox)
    assert "$" in await frugal.whispered("$0.15", thread=fox.thread)
    await frugal.presses("Variations", on=fox)
    varied = await frugal.whispered("$0.28", thread=fox.thread)
    assert "> a red fox" in varied
    assert "more than the $0.15 that each person has for a day" in varied
    await frugal.replies("make it night", to=fox)
    await frugal.sees_picture()
    await frugal.replies("make it snow", to=fox)
    await frugal.whispered("make it snow", thread=fox.thread)
    assert len(await frugal.paintings()) == 2


async def test_what_failed_or_was_refused_gives_its_place_back(frugal: Story) -> None:
    for fault in ({"finish_reason": "IMAGE_SAFETY"}, {"status": 400}, {"block_reason": "SAFETY"}):
        await breaks(frugal, "gemini", fault)
        await frugal.commands("/imagine a rude fox")
        await frugal.sees(lambda seen: "Try again" in seen.buttons)
    for thing in ("fox", "owl"):
        await frugal.commands(f"/imagine a red {thing}")
        await frugal.sees_picture()


@on_both
async def test_a_hundred_at_once_cannot_pass_a_budget(world: World, settings: Settings) -> None:
    async with under(world, settings, budget_workspace_month="0.50", budget_person_day="0.30") as story:
        await hurry(story, gemini_delay=0.3)
        people = ["U0ANA", "U0BEN"]
        asked = [story.commands(f"/imagine a red fox number {n}", by=people[n % 2]) for n in range(100)]
        await asyncio.gather(*asked)

        async def answered() -> bool | None:
            told = [text for person in people for text in await whispers(story, person) if "$" in text]
            seen = await results(story)
            return True if len(told) + len(seen) >= 100 else None

        await story.eventually(answered, within=60)
        pictures = [seen for seen in await results(story) if seen.images]
        assert len(await story.paintings()) == len(pictures)
        assert len(pictures) == 7  # of 50 cents, at some 7 cents each
    rows = ledger(settings.database_url)
    assert sum(map(dollars, rows)) <= Decimal("0.50")
    spent = Counter[str]()
    for row in rows:
        spent[row["asker"]] += row["price"]
    assert max(spent.values()) <= 300_000_000_000


async def test_a_call_the_bot_did_not_survive_is_unknown_and_not_missing(world: World, tmp_path: Path) -> None:
    log, database = tmp_path / "bot.log", f"sqlite:///{tmp_path}/threadpaint.db"
    async with telling(world.url) as story:
        await hurry(story, gemini_delay=30)
        bot = await start(log, environment(world.url, tmp_path), "serve")
        await connected(story, bot, log)
        await story.commands("/imagine a red fox")

        async def painting() -> bool | None:
            return True if await story.paintings() else None

        await story.eventually(painting)
        bot.kill()
        await bot.wait()
        assert [row["outcome"] for row in ledger(database)] == ["open"]
        await hurry(story, gemini_delay=0)
        bot = await start(log, environment(world.url, tmp_path), "serve")
        await story.sees_picture()
        await story.commands("/imagine cost")
        assert "$0.07" in await story.whispered("nobody knows")
        bot.terminate()
        await bot.wait()
    rows = ledger(database)
    assert [row["outcome"] for row in rows] == ["unknown", "paid"]
    assert dollars(rows[0], "held") > 0


@on_both
async def test_a_call_the_bot_did_not_wait_for_is_unknown(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "PATIENCE", 0.1)
    async with telling(world.url) as story:
        await hurry(story, gemini_delay=30)
        async with running(settings):
            await story.commands("/imagine a red fox")

            async def painting() -> bool | None:
                return True if await story.paintings() else None

            await story.eventually(painting)
        assert [(row["outcome"], row["counts"] == row["held"]) for row in ledger(settings.database_url)] == [
            ("unknown", True)
        ]
        await hurry(story, gemini_delay=0)
        async with running(settings):
            await story.sees_picture()
    assert [row["outcome"] for row in ledger(settings.database_url)] == ["unknown", "paid"]
