"""Sums of money, exact however large they grow.

SQLite adds whole numbers exactly, but breaks off when a sum passes 64 bits: nine million dollars in picodollars. So the
upper and the lower half of the bits are added apart, and put together in Python.
"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import BigInteger, ColumnElement, func, literal_column, type_coerce

from storage.columns import dollars

HALF = 32


def halves(amounts: ColumnElement[Decimal]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Two sums to be selected, for `whole`. Of no rows at all both are NULL."""
    units = type_coerce(amounts, BigInteger)
    upper = units.op(">>")(literal_column(f"{HALF}"))
    lower = units.op("&")(literal_column(f"{2**HALF - 1}"))
    return func.sum(upper), func.sum(lower)


def whole(upper: int | None, lower: int | None) -> Decimal:
    """The sum in US dollars."""
    return dollars((int(upper or 0) << HALF) + int(lower or 0))
