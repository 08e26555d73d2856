"""Other ways to the same picture: the next model of a tier, the story in short, no search."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.catalogue import load
from bot.domain.options import Options, Size, Tier
from bot.domain.turns import Trouble, Turn
from bot.errors import NonsenseAnswer, OperatorMustFix, PersonCanFix, ThreadpaintError
from bot.studio.context import Omission
from bot.studio.detours import Detours
from bot.studio.lineup import Lineup
from tests.unit.made import FLASH, PRO, painted, references, turn

GONE = OperatorMustFix("model_retired")
NEXT_FLASH = load().of_tier(Tier.FLASH)[1]


class Record:
    """Stands in for what is kept and for the one who is told."""

    def __init__(self, *chain: Turn, painter: str = FLASH.id) -> None:
        self._chain = chain
        self._painter = painter
        self.notes: list[tuple[str, Trouble]] = []
        self.told: list[tuple[str, Trouble]] = []
        self.gone: set[str] = set()

    async def chain(self, picture: str) -> Sequence[Turn]:
        return self._chain

    async def find(self, id: str) -> Turn:
        return painted(id, 2, model=self._painter)

    async def moved(self, id: str, model: str, note: Trouble) -> None:
        self.notes.append((model, note))

    async def tell(self, id: str, trouble: Trouble) -> None:
        self.told.append((id, trouble))

    async def retire(self, model: str) -> None:
        self.gone.add(model)

    async def restore(self, model: str) -> None:
        self.gone.remove(model)

    async def retired(self) -> frozenset[str]:
        return frozenset(self.gone)


def detours(record: Record) -> Detours:
    return Detours(Lineup(load(), record), record, record)  # type: ignore[arg-type]


async def test_a_retired_model_gives_way_to_the_next_of_its_tier() -> None:
    record = Record()
    now = await detours(record).around(turn(), GONE)
    assert now.model == NEXT_FLASH.id
    assert record.gone == {FLASH.id}
    assert [(model, note.reason) for model, note in record.notes] == [(NEXT_FLASH.id, "model_replaced")]
    assert (now.notes[0].facts["was"], now.notes[0].facts["now"]) == (FLASH.name, NEXT_FLASH.name)
    assert [(trouble.reason, trouble.facts["model"]) for _, trouble in record.told] == [("model_retired", FLASH.id)]


async def test_the_operator_hears_of_a_retired_model_once_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passing 404 in spring is no reason to say nothing when it is retired in autumn."""
    record = Record()
    for day in ("2026-03-01", "2026-03-31", "2026-10-01"):
        monkeypatch.setattr("bot.studio.detours.time.gmtime", lambda *_, day=day: time.strptime(day, "%Y-%m-%d"))
        await detours(record).around(turn(), GONE)
    assert [id for id, _ in record.told] == [f"model_retired:{FLASH.id}:2026-{month}" for month in ("03", "03", "10")]


async def test_the_last_of_a_tier_has_nobody_after_it() -> None:
    record = Record()
    way = detours(record)
    moved = await way.around(turn(), GONE)
    with pytest.raises(OperatorMustFix, match="model_retired"):
        await way.around(moved, GONE)
    with pytest.raises(OperatorMustFix, match="model_retired"):
        await way.around(turn(model=PRO.id, escalated=Tier.PRO), GONE)


async def test_a_wrong_memory_of_a_whole_tier_keeps_none_of_it_from_being_asked_once() -> None:
    record = Record()
    record.gone |= {FLASH.id, NEXT_FLASH.id}
    lineup = Lineup(load(), record)
    assert (await lineup.look()).default == FLASH
    way = Detours(lineup, record, record)  # type: ignore[arg-type]
    now = await way.around(turn(), GONE)
    assert now.model == NEXT_FLASH.id
    await way.painted(now)
    assert record.gone == {FLASH.id}
    assert lineup.catalogue.default == NEXT_FLASH
    with pytest.raises(OperatorMustFix, match="model_retired"):
        await way.around(now, GONE)


async def test_a_model_that_was_remembered_as_gone_is_asked_when_the_other_goes() -> None:
    record = Record()
    record.gone.add(FLASH.id)
    lineup = Lineup(load(), record)
    await lineup.look()
    way = Detours(lineup, record, record)  # type: ignore[arg-type]
    now = await way.around(turn(model=NEXT_FLASH.id), GONE)
    assert now.model == FLASH.id
    await way.painted(now)
    assert record.gone == {NEXT_FLASH.id}


DOUBT = OperatorMustFix("route_unknown", status="NOT_FOUND")


async def test_where_it_is_not_said_what_is_missing_the_next_model_tells() -> None:
    record = Record(painter=NEXT_FLASH.id)
    way = detours(record)
    now = await way.around(turn(), DOUBT)
    assert now.model == NEXT_FLASH.id
    assert (record.gone, record.told) == (set(), [])
    for _ in range(2):
        await way.painted(now)
    assert record.gone == {FLASH.id}
    assert [trouble for _, trouble in record.told] == [Trouble("model_retired", {"model": FLASH.id})]


async def test_who_painted_another_picture_of_the_turn_is_not_gone() -> None:
    record = Record(painter=FLASH.id)
    way = detours(record)
    await way.painted(await way.around(turn(), DOUBT))
    assert (record.gone, record.told) == (set(), [])


async def test_where_nobody_is_there_it_is_the_way_that_leads_nowhere() -> None:
    record = Record()
    way = detours(record)
    now = await way.around(turn(), DOUBT)
    with pytest.raises(OperatorMustFix, match="route_unknown"):
        await way.around(now, DOUBT)
    assert record.gone == set()
    assert [trouble.reason for _, trouble in record.told] == ["route_unknown"]


@pytest.mark.parametrize(
    ("fault", "asked"),
    [(OperatorMustFix("route_unknown"), turn()), (DOUBT, turn(options=Options(size=Size.HALF)))],
)
async def test_nobody_else_is_asked_where_no_api_answered_or_no_other_could_do_it(
    fault: OperatorMustFix, asked: Turn
) -> None:
    record = Record()
    with pytest.raises(OperatorMustFix, match="route_unknown"):
        await detours(record).around(asked, fault)
    assert (record.gone, record.notes) == (set(), [])


async def test_the_next_model_may_not_be_able_to_do_it() -> None:
    with pytest.raises(PersonCanFix, match="size_not_on_tier"):
        await detours(Record()).around(turn(options=Options(size=Size.HALF)), GONE)


@pytest.mark.parametrize(
    "fault",
    [NonsenseAnswer("signature_refused"), PersonCanFix("request_too_large"), NonsenseAnswer("request_refused")],
)
async def test_a_refused_story_is_told_in_short_and_only_once(fault: ThreadpaintError) -> None:
    fox = painted("fox")
    way = detours(Record(fox))
    now = await way.around(turn("next", parent="fox-0"), fault)
    assert now.left_out == Trouble(Omission.REFUSED, {"turns": "1", "since": "next"})
    with pytest.raises(type(fault)):
        await way.around(now, fault)
    with pytest.raises(type(fault)):
        await way.around(turn("first"), fault)


async def test_another_model_is_told_the_story_anew() -> None:
    way = detours(Record(painted("fox")))
    short = await way.around(turn("next", parent="fox-0"), NonsenseAnswer("signature_refused"))
    assert (await way.around(short, GONE)).left_out is None


async def test_a_model_that_stumbles_over_its_search_goes_on_without_and_says_so() -> None:
    record, fault = Record(), NonsenseAnswer("tools_confused")
    now = await detours(record).around(turn(options=Options(ground=True)), fault)
    assert not now.options.ground
    assert [note for _, note in record.notes] == [Trouble("grounding_left_out", {"drawn": "0,1"})]
    with pytest.raises(NonsenseAnswer):
        await detours(record).around(now, fault)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OperatorMustFix("quota_spent"), ["quota_spent"]),
        (OperatorMustFix("key_refused"), ["key_refused"]),
        (OperatorMustFix("dialect_unknown"), ["dialect_unknown"]),
        (PersonCanFix("answer_cut"), []),
        (NonsenseAnswer("no_picture"), []),
    ],
)
async def test_what_only_the_operator_can_mend_is_told_to_them(fault: ThreadpaintError, told: list[str]) -> None:
    record = Record(painted("fox"))
    with pytest.raises(type(fault)):
        await detours(record).around(turn("next", parent="fox-0"), fault)
    assert [trouble.reason for _, trouble in record.told] == told


async def test_references_that_the_next_model_does_not_take_are_named() -> None:
    record = Record()
    few = load(f'[models."{NEXT_FLASH.id}"]\nreferences = 2\n')
    way = Detours(Lineup(few, record), record, record)  # type: ignore[arg-type]
    now = await way.around(replace(turn(), references=references(4)), GONE)
    assert [note.reason for note in now.notes] == ["model_replaced", "file_one_too_many", "file_one_too_many"]
