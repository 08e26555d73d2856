"""The ledger: every call is written down before it is made, and the budgets hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.options import Size, Tier
from bot.domain.requests import Place
from bot.domain.spend import NOBODY, Bill, Errand, Outcome, Usage
from bot.errors import PersonCanFix
from storage.database import Database
from storage.executors import SqlExecutors
from storage.ledger import SqlLedger
from storage.tables import ledger as rows
from tests.contracts.conftest import Ledgers
from tests.contracts.made import ROOM, Clock, entry, paid

ELSEWHERE = Place("T2", "C1", "1.0")


async def row(database: Database, id: str) -> dict[str, Any]:
    query = select(rows).where(rows.c.id == id)
    return dict(await database.read(lambda connection: connection.execute(query).mappings().one()))


async def test_a_row_says_it_all(ledger: SqlLedger, database: Database, clock: Clock) -> None:
    errand = Errand("turn", 3, "U7", ROOM)
    await ledger.open(replace(entry("a", "0.151"), errand=errand, tier=Tier.PRO, size=Size.FOUR, model="m", route="r"))
    opened = clock.now
    clock.passes(17)
    await ledger.settle("a", Bill(Outcome.REFUSED, Usage(1, 2, 3, 4, 5, 6, 7), Decimal("0.00123"), "safety"))
    whose = {"executor": "one", "turn": "turn", "position": 3, "asker": "U7", "team": "T1", "channel": "C1"}
    which = {"id": "a", "thread": ROOM.thread, "model": "m", "tier": "pro", "route": "r", "size": "4K"}
    ended = {"begun": opened, "settled": clock.now, "outcome": "refused", "reason": "safety"}
    tokens = {"prompt": 1, "image": 2, "total": 3, "prompt_image": 4, "thinking": 5, "pictures": 6, "queries": 7}
    money = {"held": Decimal("0.151"), "price": Decimal("0.00123"), "counts": Decimal("0.00123")}
    assert await row(database, "a") == whose | which | ended | tokens | money | {"kept": None}


async def test_it_is_open_until_it_is_settled(ledger: SqlLedger, database: Database) -> None:
    await ledger.open(entry("a"))
    opened = await row(database, "a")
    assert (opened["outcome"], opened["settled"], opened["price"]) == ("open", None, 0)
    assert opened["counts"] == Decimal("0.07")


async def test_settling_again_changes_nothing(ledger: SqlLedger, database: Database, clock: Clock) -> None:
    await ledger.open(entry("a"))
    await ledger.settle("a", paid("0.01"))
    settled = await row(database, "a")
    clock.passes(1)
    for bill in (paid("0.02"), Bill(Outcome.UNKNOWN), Bill(Outcome.FREE, reason="busy")):
        await ledger.settle("a", bill)
    assert await row(database, "a") == settled


async def test_what_is_not_there_cannot_be_settled(ledger: SqlLedger) -> None:
    with pytest.raises(KeyError, match="nothing"):
        await ledger.settle("nothing", paid())


async def test_what_is_no_bill_and_no_hold_is_refused(ledger: SqlLedger, database: Database) -> None:
    await ledger.open(entry("a"))
    for bill in (Bill(Outcome.OPEN), paid("-0.01"), paid("nan"), paid("1e9")):
        with pytest.raises(ValueError, match=r"settles|amount"):
            await ledger.settle("a", bill)
    for held in ("-0.01", "inf", "1e9"):
        with pytest.raises(ValueError, match=r"hold|amount"):
            await ledger.open(entry("b", held))
    with pytest.raises(ValueError, match="already"):
        await ledger.open(entry("a", "0.01"))
    assert (await row(database, "a"))["held"] == Decimal("0.07")


async def test_amounts_are_rounded_to_twelve_places(ledger: SqlLedger, database: Database) -> None:
    await ledger.open(entry("a", "0.0000000000005"))
    await ledger.settle("a", paid("0.1234567890125"))
    kept = await row(database, "a")
    assert (kept["held"], kept["price"]) == (Decimal("0.000000000001"), Decimal("0.123456789013"))


async def test_a_call_for_nobody_is_written_down_too(ledgers: Ledgers, database: Database) -> None:
    await ledgers("1", "1").open(replace(entry("a"), errand=NOBODY))
    assert (await row(database, "a"))["team"] == ""


async def test_a_budget_can_be_used_up_to_the_last_bit(ledgers: Ledgers) -> None:
    ledger = ledgers(person="0.21")
    for id in "abc":
        await ledger.open(entry(id, "0.07"))
    with pytest.raises(PersonCanFix):
        await ledger.open(entry("d", "0.000000000001"))
    await ledger.open(entry("e", "0"))


async def test_the_persons_budget(ledgers: Ledgers, database: Database, clock: Clock) -> None:
    ledger = ledgers(person="0.1")
    await ledger.open(entry("a", "0.0705"))
    with pytest.raises(PersonCanFix) as caught:
        await ledger.open(entry("b", "0.0401"))
    assert caught.value.reason == "budget_person"
    midnight = 1_763_769_600
    facts = {"amount": "0.041", "left": "0.029", "budget": "0.100", "resets": str(midnight)}
    assert caught.value.facts == facts
    with pytest.raises(PersonCanFix) as told:
        await ledger.afford(ROOM, "U1", Decimal("0.0401"))
    assert (told.value.reason, told.value.facts) == ("budget_person", facts)
    await ledger.open(entry("c", asker="U2"))
    await ledger.open(entry("d", place=ELSEWHERE))
    with pytest.raises(KeyError):
        await ledger.settle("b", paid())
    clock.passes(midnight - clock.now / 1e6)
    await ledger.open(entry("b", "0.0401"))


async def test_the_workspaces_budget(ledgers: Ledgers) -> None:
    ledger = ledgers(workspace="0.1")
    await ledger.open(entry("a", asker="U1"))
    with pytest.raises(PersonCanFix) as caught:
        await ledger.open(entry("b", asker="U2", place=Place("T1", "C9", "1.0")))
    assert caught.value.reason == "budget_workspace"
    assert caught.value.facts["resets"] == "1764547200"
    await ledger.open(entry("c", asker="U1", place=ELSEWHERE))


async def test_the_budget_that_lasts_longer_is_named(ledgers: Ledgers) -> None:
    with pytest.raises(PersonCanFix) as caught:
        await ledgers("0.01", "0.01").open(entry("a"))
    assert caught.value.reason == "budget_workspace"


@pytest.mark.parametrize("budgets", [("0", None), (None, "0"), ("0", "10"), ("0.00", "0.00")])
async def test_under_a_budget_of_nothing_nothing_is_made(
    ledgers: Ledgers, budgets: tuple[str | None, str | None]
) -> None:
    ledger = ledgers(*budgets)
    for asking in (ledger.open(entry("a", "0")), ledger.afford(ROOM, "U1", Decimal(0))):
        with pytest.raises(PersonCanFix) as caught:
            await asking
        assert caught.value.reason == f"budget_{'person' if budgets[1] in (None, '10') else 'workspace'}_nothing"
        assert caught.value.facts["left"] == "0.000"


async def test_what_is_left_is_never_below_nothing(ledgers: Ledgers) -> None:
    ledger = ledgers(person="0.1")
    await ledger.open(entry("a", "0.01"))
    await ledger.settle("a", paid("0.3"))
    with pytest.raises(PersonCanFix) as caught:
        await ledger.open(entry("b", "0"))
    assert (caught.value.facts["left"], caught.value.facts["amount"]) == ("0.000", "0.000")


GIVEN_BACK = {
    Outcome.PAID: ("0.05", "0.05"),
    Outcome.REFUSED: ("0.002", "0.002"),
    Outcome.FREE: ("0", "0"),
    Outcome.FAILED: ("0", "0"),
    Outcome.UNKNOWN: ("0", "0.07"),
}


@pytest.mark.parametrize("outcome", GIVEN_BACK)
async def test_a_hold_is_given_back_unless_nobody_knows(ledgers: Ledgers, outcome: Outcome) -> None:
    ledger = ledgers("0.1", "0.1")
    price, counts = map(Decimal, GIVEN_BACK[outcome])
    await ledger.open(entry("a", "0.07"))
    await ledger.settle("a", Bill(outcome, price=price))
    left = Decimal("0.1") - counts
    await ledger.afford(ROOM, "U1", left)
    with pytest.raises(PersonCanFix):
        await ledger.afford(ROOM, "U1", left + Decimal("1e-12"))


async def test_asking_what_can_be_afforded_holds_nothing(ledgers: Ledgers) -> None:
    ledger = ledgers("0.1", "0.1")
    for _ in range(3):
        await ledger.afford(ROOM, "U1", Decimal("0.1"))
    await ledger.open(entry("a", "0.1"))


async def test_another_budget_is_another_ledger_over_the_same_rows(ledgers: Ledgers) -> None:
    await ledgers().open(entry("a", "5"))
    with pytest.raises(PersonCanFix):
        await ledgers("5").open(entry("b", "0.01"))
    await ledgers("5.01").open(entry("b", "0.01"))


async def test_what_an_earlier_run_left_open_is_unknown(ledgers: Ledgers, database: Database) -> None:
    for id in "abc":
        await ledgers().open(entry(id))
    await ledgers().settle("a", paid())
    await SqlExecutors(database, "one", "next").join()
    assert [(await row(database, id))["outcome"] for id in "abc"] == ["paid", "unknown", "unknown"]
    with pytest.raises(PersonCanFix) as caught:
        await ledgers("0.2").open(entry("e"))
    assert caught.value.facts["left"] == "0.010"


async def test_what_was_given_up_can_still_learn_the_truth(ledgers: Ledgers, database: Database) -> None:
    await ledgers().open(entry("a"))
    await SqlExecutors(database, "one", "next").join()
    await ledgers().settle("a", paid("0.01"))
    assert (await row(database, "a"))["outcome"] == "paid"
    await ledgers("0.1").afford(ROOM, "U1", Decimal("0.09"))
