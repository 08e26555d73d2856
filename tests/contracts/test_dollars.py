"""US dollars as whole numbers: exact, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from storage.columns import MOST, dollars, rounded
from storage.database import Database
from storage.sums import halves, whole
from storage.tables import ledger

LARGEST = "9223372.036854775807"


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_whole_picodollars_are_kept(units: int) -> None:
    amount = dollars(units)
    assert amount * 10**12 == units
    assert rounded(amount) == amount


@pytest.mark.parametrize(
    ("amount", "kept"),
    [
        ("0.0000000000005", "0.000000000001"),
        ("0.00000000000049999", "0"),
        ("1e-999999", "0"),
        ("-0.0000000000005", "-0.000000000001"),
        (LARGEST, LARGEST),
        ("1.1111111111111111111111111111111111111111111", "1.111111111111"),
    ],
)
def test_more_than_twelve_places_are_rounded_half_up(amount: str, kept: str) -> None:
    assert rounded(Decimal(amount)) == Decimal(kept)


@pytest.mark.parametrize("amount", ["nan", "inf", "-inf", "sNaN", "9223372.036854775808", "1e999999"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        rounded(Decimal(amount))


async def stored(database: Database, *amounts: str) -> None:
    async def store(number: int, amount: str) -> None:
        values = {"id": f"{number}", "held": Decimal(amount)}
        needed = [column for column in ledger.c if not column.nullable]
        row = {column.name: values.get(column.name, 0 if column.type.python_type is int else "") for column in needed}
        row |= {"price": Decimal(0), "counts": Decimal(0)}
        await database.write(lambda connection: connection.execute(insert(ledger).values(row)))

    for number, amount in enumerate(amounts):
        await store(number, amount)


async def test_a_column_rounds_nothing_silently(database: Database) -> None:
    for amount in ("0.0000000000001", "9223372.036854775808", "nan"):
        with pytest.raises(StatementError, match=r"places|no amount"):
            await stored(database, amount)
    await stored(database, LARGEST)
    found = await database.read(lambda connection: connection.scalars(select(ledger.c.held)).one())
    assert found == Decimal(LARGEST)


async def test_sums_go_beyond_64_bits_and_below_zero(database: Database) -> None:
    amounts = [LARGEST, LARGEST, "-0.000000000001", "-9223372.036854775807", LARGEST, "1"]
    await stored(database, *amounts)
    sums = await database.read(lambda connection: connection.execute(select(*halves(ledger.c.held))).one())
    assert whole(*sums) == sum(map(Decimal, amounts))


async def test_the_sum_of_nothing(database: Database) -> None:
    sums = await database.read(lambda connection: connection.execute(select(*halves(ledger.c.held))).one())
    assert whole(*sums) == 0
    assert Decimal(LARGEST) == MOST
