"""What was spent, tier by tier, and what of it people kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.options import Tier
from bot.domain.periods import Period
from bot.domain.requests import Place
from bot.domain.spend import Bill, Errand, Outcome, Scope, TierSpend, Usage, Verdict
from bot.ports import Turns
from storage.ledger import SqlLedger
from storage.verdicts import SqlVerdicts
from tests.contracts.conftest import Ledgers
from tests.contracts.made import ROOM, Clock, entry, numbers, paid, picture, turn

ALWAYS = Period("always", 0, 2**62)
DECIDED = [one for one in Outcome if one is not Outcome.OPEN]


async def call(ledger: SqlLedger, name: str, bill: Bill | None, index: int = 0, tier: Tier = Tier.FLASH) -> None:
    """One call for a picture of the turn `name`, begun and, with a bill, settled."""
    id = f"{name} {next(numbers)}"
    await ledger.open(replace(entry(id), errand=Errand(name, index, "U1", ROOM), tier=tier))
    if bill:
        await ledger.settle(id, bill)


async def painted(ledger: SqlLedger, turns: Turns, name: str, tier: Tier = Tier.FLASH, count: int = 1) -> None:
    await turns.begin(turn(name, pictures=tuple(picture(f"{name}-{n}", name, n) for n in range(count))))
    for index in range(count):
        await call(ledger, name, paid(), index, tier)


def says(picture: str, *votes: bool | None) -> list[Verdict]:
    """Each by another person."""
    return [Verdict(picture, f"U{n}", kept, 1) for n, kept in enumerate(votes)]


async def test_nothing_was_spent(ledger: SqlLedger) -> None:
    assert await ledger.by_tier(Scope("T1"), ALWAYS) == ()


async def test_every_kind_of_call_counts_as_what_it_was(ledger: SqlLedger) -> None:
    for bill in (paid("0.05"), paid("0.06"), None, Bill(Outcome.REFUSED, price=Decimal("0.001"))):
        await call(ledger, "t", bill)
    for outcome in (Outcome.FREE, Outcome.FAILED, Outcome.UNKNOWN, Outcome.UNKNOWN):
        await call(ledger, "t", Bill(outcome))
    spend = TierSpend(Tier.FLASH, 8, Decimal("0.111"), Decimal("0.14"), 2, 0, 0)
    assert await ledger.by_tier(Scope("T1"), ALWAYS) == (spend,)
    assert await ledger.spent("T1", ALWAYS) == spend.spend + spend.unknown + Decimal("0.07")  # one is under way
    assert await ledger.spent("T2", ALWAYS) == 0
    assert await ledger.spent("T1", ALWAYS, "U1") == await ledger.spent("T1", ALWAYS)
    assert await ledger.spent("T1", ALWAYS, "U2") == 0


async def test_cheap_tiers_come_first(ledger: SqlLedger) -> None:
    for tier in (Tier.PRO, Tier.ORIGINAL, Tier.LITE, Tier.FLASH, Tier.PRO):
        await call(ledger, "t", paid(), tier=tier)
    found = await ledger.by_tier(Scope("T1"), ALWAYS)
    assert [(one.tier, one.calls) for one in found] == [(tier, 1 + (tier is Tier.PRO)) for tier in Tier]


async def test_whose_and_when(ledger: SqlLedger, clock: Clock) -> None:
    began = clock.now
    for n, (team, channel, asker) in enumerate([("T1", "C1", "U1"), ("T1", "C1", "U2"), ("T1", "C2", "U1")]):
        await ledger.open(entry(f"{n}", asker=asker, place=Place(team, channel, "1.0")))
    await ledger.open(entry("other", place=Place("T2", "C1", "1.0")))
    clock.passes(1)
    await ledger.open(entry("later"))

    async def calls(scope: Scope, start: int = 0, end: int = 2**62) -> int:
        return sum([one.calls for one in await ledger.by_tier(scope, Period("", start, end))])

    assert await calls(Scope("T1")) == 4
    assert await calls(Scope("T1", channel="C1")) == 3
    assert await calls(Scope("T1", asker="U1")) == 3
    assert await calls(Scope("T1", "C2", "U1")) == 1
    assert await calls(Scope("T2")) == 1
    assert await calls(Scope("")) == 0
    assert await calls(Scope("T1"), end=began) == 0
    assert await calls(Scope("T1"), start=began, end=clock.now) == 3
    assert await calls(Scope("T1"), start=began + 1) == 1


async def test_kept_when_more_keep_it_than_discard_it(ledger: SqlLedger, turns: Turns, verdicts: SqlVerdicts) -> None:
    votes: list[list[bool | None]] = [[True], [False], [True, False], [True, True, False], [None], [None, False], []]
    for n, each in enumerate(votes):
        await painted(ledger, turns, f"t{n}")
        await verdicts.give(says(f"t{n}-0", *each))
    (found,) = await ledger.by_tier(Scope("T1"), ALWAYS)
    assert (found.pictures, found.judged, found.kept) == (7, 5, 2)
    assert found.per_kept == Decimal("0.05") * 7 / 2


async def test_each_of_several_pictures_is_judged_for_itself(
    ledger: SqlLedger, turns: Turns, verdicts: SqlVerdicts
) -> None:
    await painted(ledger, turns, "t", Tier.LITE, 4)
    await painted(ledger, turns, "t-1", Tier.PRO)
    await verdicts.give([*says("t-1", True), *says("t-3", False)])
    lite, pro = await ledger.by_tier(Scope("T1"), ALWAYS)
    assert (lite.pictures, lite.judged, lite.kept) == (4, 2, 1)
    assert (pro.pictures, pro.judged, pro.kept) == (1, 0, 0)


async def test_a_picture_that_took_several_calls_is_one_picture_to_people(
    ledger: SqlLedger, turns: Turns, verdicts: SqlVerdicts
) -> None:
    await painted(ledger, turns, "t")
    for bill in (Bill(Outcome.FAILED), Bill(Outcome.REFUSED), Bill(Outcome.UNKNOWN), None, paid()):
        await call(ledger, "t", bill)
    await verdicts.give(says("t-0", True, True, False))
    (found,) = await ledger.by_tier(Scope("T1"), ALWAYS)
    assert (found.calls, found.pictures, found.judged, found.kept) == (6, 2, 1, 1)


async def test_a_verdict_counts_for_those_who_asked_for_the_picture(
    ledgers: Ledgers, turns: Turns, verdicts: SqlVerdicts, clock: Clock
) -> None:
    ledger = ledgers()
    await painted(ledger, turns, "t")
    await verdicts.give([Verdict("t-0", "somebody else", True, 1)])
    for scope, kept in ((Scope("T1", asker="U1"), 1), (Scope("T1", "C1"), 1), (Scope("T1", "C2"), None)):
        assert [one.kept for one in await ledger.by_tier(scope, ALWAYS)] == ([] if kept is None else [kept])
    assert await ledger.by_tier(Scope("T1", asker="somebody else"), ALWAYS) == ()


@dataclass(frozen=True, slots=True)
class Spent:
    tier: Tier
    held: Decimal
    bill: Bill | None


def money(most: int) -> st.SearchStrategy[Decimal]:
    """Of any number of places up to forty, many more than are kept."""
    return st.builds(lambda n, places: Decimal(n).scaleb(-places), st.integers(0, most), st.integers(0, 40))


counts = st.integers(0, 2**40)
usages = st.builds(Usage, counts, counts, counts, counts, counts, counts, counts)
bills = st.builds(Bill, st.sampled_from(DECIDED), usages, money(9 * 10**6), st.text(max_size=9))
calls = st.lists(st.builds(Spent, st.sampled_from(Tier), money(9 * 10**6), st.none() | bills), max_size=25)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calls=calls)
async def test_the_sums_are_those_of_an_independent_computation(ledger: SqlLedger, calls: Sequence[Spent]) -> None:
    team = f"T {next(numbers)}"
    for n, one in enumerate(calls):
        made = replace(entry(f"{team} {n}", place=Place(team, "C1")), tier=one.tier, held=one.held)
        await ledger.open(made)
        if one.bill:
            await ledger.settle(made.id, one.bill)
    found = await ledger.by_tier(Scope(team), ALWAYS)
    assert [one.tier for one in found] == [tier for tier in Tier if any(call.tier is tier for call in calls)]
    for figures in found:
        mine = [one for one in calls if one.tier is figures.tier]
        settled = [one for one in mine if one.bill]
        assert figures.calls == len(mine)
        assert figures.spend == added(one.bill.price for one in settled if one.bill)
        unknown = [one for one in settled if one.bill and one.bill.outcome is Outcome.UNKNOWN]
        assert figures.unknown == added(one.held for one in unknown)
        assert figures.pictures == sum(one.bill.outcome is Outcome.PAID for one in settled if one.bill)


def added(amounts: Iterable[Decimal]) -> Decimal:
    with localcontext(prec=80):
        rounded = [one.quantize(Decimal("1e-12"), ROUND_HALF_UP) for one in amounts]
        return sum(rounded, Decimal(0))
