"""People take turns: whoever asks for much does not keep the others waiting, and everyone sees the true place."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from handlers import progress
from tests.stories.evidence import prompt
from tests.stories.mishaps import breaks, hurry
from tests.stories.places import on_both
from tests.stories.story import Story, telling

MANY = 100


async def asked(told: Story) -> list[str]:
    """The models' own log of what they were asked, in order; a call that is still being read has no body yet."""
    return [prompt(call) for call in await told.paintings() if call["body"]]


async def _so_many(told: Story, many: int) -> bool | None:
    return True if len(await told.paintings()) == many else None


@on_both
async def test_a_hundred_of_one_person_hardly_delay_anothers_first(world: World, settings: Settings) -> None:
    busy = settings.model_copy(update={"at_once_model": 2})
    async with running(busy), telling(world.url) as told:
        await hurry(told, gemini_delay=0.4)
        await asyncio.gather(*(told.commands(f"/imagine a fox, take {n}.") for n in range(MANY)))

        async def all_taken() -> bool | None:
            return True if len(await told.posted()) >= MANY else None

        await told.eventually(all_taken)
        before = len(await asked(told))
        assert before < MANY - 10
        await told.commands("/imagine an owl", by="U0BEN")

        async def owl() -> int | None:
            return next((place for place, said in enumerate(await asked(told)) if "an owl" in said), None)

        # Those that were let in while the owl's own root message was posted, and then one at most.
        assert await told.eventually(owl) - before <= 2 * 4


async def test_a_person_has_two_at_work_and_others_are_not_kept_waiting(world: World, settings: Settings) -> None:
    async with running(settings), telling(world.url) as told:
        await hurry(told, gemini_delay=2.0)
        for n in range(4):
            await told.commands(f"/imagine a fox, take {n}.")
        await told.commands("/imagine an owl", by="U0BEN")

        async def three() -> bool | None:
            return True if len(await told.paintings()) >= 3 else None

        await told.eventually(three)
        assert sum("a fox" in said for said in await asked(told)) == 2
        assert any("an owl" in said for said in await asked(told))
        for _ in range(5):
            await told.sees_picture()


async def standing(told: Story) -> list[str]:
    """What the threads' statuses say."""
    answer = await told.get("/page/messages", user="U0ANA", channel="C0GENERAL")
    return [str(each["text"]) for each in answer["statuses"].values()]


async def said_of(told: Story, *words: str) -> None:
    """Wait until some status says each of these."""

    async def all_said() -> bool | None:
        said = await standing(told)
        return True if all(any(each == one for one in said) for each in words) else None

    await told.eventually(all_said)


@on_both
async def test_what_can_wait_lets_everybody_else_go_first(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LOOK", 0.2)
    async with running(settings.model_copy(update={"at_once_model": 1})), telling(world.url) as told:
        await hurry(told)
        await breaks(told, "gemini", {"delay": 7})
        for n in range(10):
            await told.commands(f"/imagine a fox, take {n}. --later")
        await said_of(told, "is letting others go first, number 9 in line…")
        assert (await told.sees_words("a fox, take")).words.count("--later") == 1
        await told.commands("/imagine an owl", by="U0BEN")
        await told.commands("/imagine a wolf")
        await told.commands("/imagine a bear --no-hurry", by="U0BEN")
        await said_of(told, "is next in line…", "is waiting, number 2 in line…")
        await said_of(told, *(f"is letting others go first, number {place} in line…" for place in range(3, 13)))
        assert len(await told.paintings()) == 1
        for _ in range(13):
            await told.sees_picture()
        said = await asked(told)
        assert ["fox" in said[0], "owl" in said[1], "wolf" in said[2], len(said)] == [True, True, True, 13]
        assert not any("later" in each or "hurry" in each for each in said)


async def test_a_reply_to_what_could_wait_is_in_a_hurry(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LOOK", 0.2)
    async with running(settings.model_copy(update={"at_once": 1})), telling(world.url) as told:
        await hurry(told)
        await told.commands("/imagine a red fox --later")
        fox = await told.sees_picture()
        await breaks(told, "gemini", {"delay": 5})
        await told.commands("/imagine an owl", by="U0BEN")
        await told.eventually(lambda: _so_many(told, 2))
        await told.commands("/imagine a whale --later", by="U0BEN")
        await said_of(told, "is letting others go first, next in line…")
        await told.replies("make it night", to=fox)
        await said_of(told, "is next in line…", "is letting others go first, number 2 in line…")
        for _ in range(3):
            await told.sees_picture()
        assert [each.splitlines()[-1] for each in await asked(told)][1:] == ["an owl", "make it night", "a whale"]


async def test_limits_change_without_a_restart(world: World, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "limits.toml"
    file.write_text("person = 1")
    async with running(settings.model_copy(update={"limits": file})), telling(world.url) as told:
        await hurry(told, gemini_delay=5.0)
        for n in range(3):
            await told.commands(f"/imagine a fox, take {n}.")

        await told.eventually(lambda: _so_many(told, 1))
        file.write_text("person = 3")
        await told.eventually(lambda: _so_many(told, 3), within=4.5)


async def test_who_is_over_the_minute_is_told_to_wait_and_no_call_is_made(world: World, settings: Settings) -> None:
    async with running(settings.model_copy(update={"per_minute": 1})), telling(world.url) as told:
        await hurry(told)
        for n in range(2):
            await told.commands(f"/imagine a fox, take {n}.")
        await told.sees_picture()

        async def waits() -> bool | None:
            answer = await told.get("/page/messages", user="U0ANA", channel="C0GENERAL")
            return True if "the model is busy for another" in str(answer["statuses"]) else None

        await told.eventually(waits)
        assert len(await told.paintings()) == 1


async def test_who_waits_for_one_models_minute_keeps_nobody_from_another(world: World, settings: Settings) -> None:
    one = settings.model_copy(update={"per_minute": 1, "at_once_person": 1, "at_once_workspace": 1})
    async with running(one), telling(world.url) as told:
        await hurry(told)
        for n in range(3):
            await told.commands(f"/imagine a fox, take {n}.")
        await told.sees_picture()

        async def waits() -> bool | None:
            answer = await told.get("/page/messages", user="U0ANA", channel="C0GENERAL")
            said = str(answer["statuses"])
            return True if "the model is busy for another" in said and "number 2 in line" in said else None

        await told.eventually(waits)
        await told.commands("/imagine an owl --pro")
        await told.sees_words("an owl")
        await told.sees_picture()
        assert len(await told.paintings()) == 2


async def test_a_file_of_limits_with_a_mistake_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "limits.toml"
    file.write_text("persons = 1")
    with pytest.raises(Exception, match="limits_wrong"):
        async with running(settings.model_copy(update={"limits": file})):
            pass
