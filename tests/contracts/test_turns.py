"""Turns: what was asked and what became of it, exactly."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event

from bot.domain.pictures import Blob, Part, Reference
from bot.domain.threads import Thread
from bot.domain.turns import State, Trouble, Turn
from bot.ports import Threads, Turns
from storage.database import Database
from tests.contracts.made import picture, turn, whole_turns

CAT = Reference("cat.png", Blob("aa/bb.png", "image/png", 7))
DOG = Reference("dog.png", Blob("aa/cc.png", "image/png", 8))
TOO_BIG = Trouble("file_too_big", {"name": "x.png"})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=whole_turns)
async def test_comes_back_as_it_was(turns: Turns, made: Turn) -> None:
    assert await turns.begin(made) == made
    assert await turns.find(made.id) == made
    for one in made.pictures:
        assert await turns.of_picture(one.id) == made


async def test_digits_of_a_cost_are_kept(turns: Turns) -> None:
    await turns.begin(turn("t"))
    await turns.add(picture("p", "t", cost=Decimal("0.1340000000000000000000000000001")))
    stored = (await turns.find("t")).pictures[0].cost
    assert str(stored) == "0.1340000000000000000000000000001"


async def test_begin_returns_what_was_stored_first(turns: Turns) -> None:
    first = await turns.begin(turn("t", prompt="a fox"))
    await turns.fell_short("t", 1, TOO_BIG)
    again = await turns.begin(turn("t", prompt="a dog"))
    assert first.prompt == again.prompt == "a fox"
    assert again.state is State.FAILED


async def test_begin_at_once_stores_one(turns: Turns) -> None:
    many = [turn("t", prompt=f"fox {n}", references=(CAT,)) for n in range(20)]
    found = await asyncio.gather(*map(turns.begin, many))
    assert len({one.prompt for one in found}) == 1
    assert {one.references for one in found} == {(CAT,)}


async def test_unknown_ones(turns: Turns) -> None:
    assert await turns.of_picture("p") is None
    assert await turns.chain("p") == ()
    assert await turns.chain("") == ()
    for telling in (
        turns.find("t"),
        turns.gathered("t", [CAT], "", []),
        turns.add(picture("p", "t")),
        turns.fell_short("t", 1, TOO_BIG),
        turns.shown(turn("t"), "1.0"),
        turns.moved("t", "model-2", TOO_BIG),
        turns.told("t", None),
    ):
        with pytest.raises(KeyError):
            await telling


async def test_what_was_gathered_replaces_what_was(turns: Turns) -> None:
    await turns.begin(turn("t", references=(DOG, DOG, DOG)))
    for _ in range(2):
        await turns.gathered("t", [DOG, CAT], "they said", [TOO_BIG, TOO_BIG])
    stored = await turns.find("t")
    assert stored.references == (DOG, CAT)
    assert stored.context == "they said"
    assert stored.notes == (TOO_BIG, TOO_BIG)
    await turns.gathered("t", [], "", [])
    assert await turns.find("t") == turn("t")


async def test_a_turn_goes_to_another_model(turns: Turns) -> None:
    replaced, less = Trouble("model_replaced", {"now": "2"}), Trouble("model_replaced", {"now": "3"})
    await turns.begin(turn("t", notes=(TOO_BIG,)))
    await turns.begin(turn("other"))
    for note in (replaced, replaced, less, TOO_BIG, replaced):
        await turns.moved("t", "model-2", note)
    assert await turns.find("t") == turn("t", model="model-2", notes=(TOO_BIG, replaced, less))
    assert await turns.find("other") == turn("other")


async def test_notes_at_the_same_time_are_all_kept(turns: Turns) -> None:
    await turns.begin(turn("t"))
    notes = [Trouble("why", {"n": str(n)}) for n in range(20)]
    await asyncio.gather(*(turns.moved("t", "model-2", note) for note in notes * 2))
    assert sorted((await turns.find("t")).notes, key=lambda note: int(note.facts["n"])) == notes


async def test_what_the_model_was_not_told(turns: Turns) -> None:
    await turns.begin(turn("t"))
    await turns.told("t", TOO_BIG)
    assert (await turns.find("t")).left_out == TOO_BIG
    await turns.told("t", None)
    assert await turns.find("t") == turn("t")


async def test_pictures_come_in_the_order_of_their_index(turns: Turns) -> None:
    await turns.begin(turn("t"))
    made = [picture(f"p{index}", "t", index) for index in range(4)]
    await asyncio.gather(*(turns.add(one) for one in reversed(made)))
    assert (await turns.find("t")).pictures == tuple(made)


async def test_the_first_picture_at_an_index_stays(turns: Turns) -> None:
    await turns.begin(turn("t"))
    first = picture("p", "t", 0)
    await turns.add(first)
    await turns.add(replace(first, width=1, parts=(Part("other"), Part("more"), Part("words"))))
    await turns.add(picture("q", "t", 0))
    assert (await turns.find("t")).pictures == (first,)
    assert await turns.of_picture("q") is None


async def test_a_picture_of_two_turns_is_refused(turns: Turns) -> None:
    await turns.begin(turn("t"))
    await turns.begin(turn("u"))
    await turns.add(picture("p", "t"))
    with pytest.raises(ValueError, match="p"):
        await turns.add(picture("p", "u"))
    assert (await turns.find("u")).pictures == ()


async def test_a_picture_makes_a_turn_painted(turns: Turns) -> None:
    await turns.begin(turn("t"))
    for _ in range(2):
        await turns.add(picture("p", "t"))
    assert (await turns.find("t")).state is State.PAINTED


async def test_short_of_some_pictures(turns: Turns) -> None:
    await turns.begin(turn("t"))
    await turns.add(picture("p", "t"))
    for _ in range(2):
        await turns.fell_short("t", 3, TOO_BIG)
    stored = await turns.find("t")
    assert (stored.state, stored.missing, stored.trouble) == (State.PAINTED, 3, TOO_BIG)


async def test_short_of_every_picture_has_failed(turns: Turns) -> None:
    await turns.begin(turn("t"))
    await turns.begin(turn("other"))
    await turns.add(picture("p", "other"))
    await turns.fell_short("t", 1, TOO_BIG)
    await turns.shown(await turns.find("t"), "5.0")
    await turns.fell_short("t", 1, TOO_BIG)
    stored = await turns.find("t")
    assert (stored.state, stored.post) == (State.FAILED, "5.0")


async def test_shown(turns: Turns, threads: Threads) -> None:
    made = await turns.begin(turn("t"))
    await threads.open(Thread(made.place, ours=True))
    painted = (picture("p", "t", file="F0"), picture("q", "t", 1, file="F1"))
    for one in painted:
        await turns.add(replace(one, file=""))
    for _ in range(2):
        await turns.shown(replace(made, pictures=painted), "5.0")
    await turns.add(painted[0])
    stored = await turns.find("t")
    assert (stored.state, stored.post) == (State.SHOWN, "5.0")
    assert [one.file for one in stored.pictures] == ["F0", "F1"]
    thread = await threads.find(made.place)
    assert thread is not None
    assert thread.newest == "p"


async def test_a_deleted_message_shows_nothing_any_more(turns: Turns) -> None:
    made = await turns.begin(turn("t"))
    await turns.shown(made, "5.0")
    await turns.withdrawn(replace(made.place, channel="elsewhere"), "5.0")
    assert (await turns.find("t")).post == "5.0"
    for _ in range(2):
        await turns.withdrawn(made.place, "5.0")
    assert (await turns.find("t")).post == ""


async def grow(turns: Turns, length: int) -> None:
    """t0 ← t1 ← t2 …, each starting from the second of the earlier one's pictures."""
    for n in range(length):
        parent = f"p{n - 1}b" if n else ""
        painted = (picture(f"p{n}a", f"t{n}"), picture(f"p{n}b", f"t{n}", 1))
        await turns.begin(turn(f"t{n}", parent=parent, pictures=painted))


async def test_a_chain_is_oldest_first_and_whole(turns: Turns) -> None:
    await grow(turns, 5)
    await turns.begin(turn("aside", parent="p1a", pictures=(picture("x", "aside"),)))
    chain = await turns.chain("p4a")
    assert chain == tuple([await turns.find(f"t{n}") for n in range(5)])
    assert [one.id for one in await turns.chain("x")] == ["t0", "t1", "aside"]


async def test_a_chain_begins_where_a_parent_is_unknown(turns: Turns) -> None:
    await turns.begin(turn("t", parent="gone", pictures=(picture("p", "t"),)))
    assert [one.id for one in await turns.chain("p")] == ["t"]


async def test_a_circle_of_parents_ends(turns: Turns) -> None:
    await turns.begin(turn("t", parent="q", pictures=(picture("p", "t"),)))
    await turns.begin(turn("u", parent="p", pictures=(picture("q", "u"),)))
    await turns.begin(turn("self", parent="s", pictures=(picture("s", "self"),)))
    assert [one.id for one in await turns.chain("q")] == ["t", "u"]
    assert [one.id for one in await turns.chain("p")] == ["u", "t"]
    assert [one.id for one in await turns.chain("s")] == ["self"]


async def test_a_long_chain_takes_no_more_queries_than_a_short_one(turns: Turns, database: Database) -> None:
    await grow(turns, 30)
    counts = []
    for wanted in ("p2a", "p29a"):
        statements: list[str] = []
        for engine in (database._reader, database._writer):
            event.listen(engine, "before_cursor_execute", lambda *seen, to=statements: to.append(seen[2]))
        await turns.chain(wanted)
        counts.append(len({text for text in statements if text.startswith(("SELECT", "WITH"))}))
    assert counts[0] == counts[1] == 5


async def test_what_no_database_takes_is_left_out(turns: Turns) -> None:
    stored = await turns.begin(
        turn("t", prompt="a\0 fox \ud83d\ude00\ud800", trouble=Trouble("why", {"a": "\0\ud800"}))
    )
    assert stored.prompt == "a fox \U0001f600\ufffd"
    assert stored.trouble == Trouble("why", {"a": "\0\ud800"})
