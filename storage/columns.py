"""What a column holds, where a database's own types would lose something."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

# SQLite numbers rows by itself only in a column that is exactly INTEGER, which holds 64 bits there.
Serial = BigInteger().with_variant(Integer(), "sqlite")

PICO = Decimal("1e-12")  # the smallest amount of US dollars there is here: a millionth of a millionth
MOST = (2**63 - 1) * PICO
ROOMY = Context(prec=40)


def storable(text: str) -> str:
    """The text without what no database takes: NUL (Postgres) and halves of surrogate pairs (UTF-8)."""
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class Words(TypeDecorator[str]):
    """Text of any length, made storable on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Into the database."""
        return None if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """Lists and dicts of plain values as ASCII text, so that every character comes back as it was."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Into the database."""
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Out of the database."""
        return None if value is None else json.loads(value)


class Exact(TypeDecorator[Decimal]):
    """A decimal number as its digits: SQLite would make a float of it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Into the database."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Out of the database."""
        return None if value is None else Decimal(value)


def rounded(amount: Decimal) -> Decimal:
    """US dollars to twelve places, half up. ValueError for what no column holds: over nine million, or no number."""
    if not amount.is_finite() or amount.copy_abs() > MOST:
        raise ValueError(f"{amount} is no amount of money")
    return amount.quantize(PICO, ROUND_HALF_UP, ROOMY)


def dollars(units: int) -> Decimal:
    """So many picodollars in US dollars."""
    return Decimal(units).scaleb(-12, ROOMY)


class Dollars(TypeDecorator[Decimal]):
    """US dollars as a whole number of picodollars, so that both databases add them exactly.

    Raises ValueError for what does not fit, instead of rounding it.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Into the database."""
        if value is None:
            return None
        if (exact := rounded(value)) != value:
            raise ValueError(f"{value} has more than twelve places")
        return int(exact.scaleb(12, ROOMY))

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Out of the database."""
        return None if value is None else dollars(value)
