"""Puts very many rows into a database quickly: COPY on Postgres, large transactions on SQLite.

The indexes are taken away meanwhile and made again in the end, as one does with a heap of rows. Statistics are gathered
on Postgres alone, where the server does that by itself sooner or later; nobody ever does it for the bot's file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, Table, create_engine, event, text

from bot.domain.requests import Place
from storage.addresses import SQLITE, address_of
from storage.columns import Words
from storage.schema import blocking_engine, upgrade
from storage.tables import metadata
from tests.bench.copying import copied, copy
from tests.bench.past import Past
from tests.bench.remains import Row, Rows, batches

TURNS = 10_000  # in one transaction
LOADING = ("synchronous=OFF", "journal_mode=MEMORY", "cache_size=-1000000", "temp_store=MEMORY")
Processor = Callable[[Any], Any] | None


def upgraded(url: str) -> str:
    """The same address, with the newest schema there."""
    engine = blocking_engine(url)
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    return url


def fill(url: str, past: Past, copies: int = 1) -> dict[str, Place]:
    """Write this past into an empty database that has the newest schema, so many times.

    Returns its long threads by their newest picture.
    """
    engine = _engine(url)
    with engine.begin() as connection:
        _each_index(connection, "drop")
    for rows in batches(past, TURNS):
        with engine.begin() as connection:
            _pour(connection, rows)
    with engine.begin() as connection:
        if copies > 1:
            copy(connection, copies)
        _each_index(connection, "create")
    if engine.dialect.name != SQLITE:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE)"))
    engine.dispose()
    if copies == 1:
        return past.long
    return dict(copied(picture, place, k) for picture, place in past.long.items() for k in range(copies))


def _engine(url: str) -> Engine:
    engine = create_engine(address_of(url))
    if engine.dialect.name == SQLITE:

        @event.listens_for(engine, "connect")
        def hurry(connection: Any, _record: object) -> None:
            for pragma in LOADING:
                connection.execute(f"PRAGMA {pragma}")

    return engine


def _each_index(connection: Connection, what: str) -> None:
    for table in metadata.sorted_tables:
        for index in table.indexes:
            getattr(index, what)(connection)


def _pour(connection: Connection, rows: Rows) -> None:
    """Those first that others refer to."""
    for table in metadata.sorted_tables:
        if poured := rows.get(table.name):
            columns = list(poured[0])
            write = _insert if connection.dialect.name == SQLITE else _copy
            write(connection, table, columns, _bound(connection.dialect, table, columns, poured))


def _insert(connection: Connection, table: Table, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    places = ", ".join("?" * len(columns))
    named = ", ".join(f'"{name}"' for name in columns)
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({named}) VALUES ({places})", list(rows))


def _copy(connection: Connection, table: Table, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    named = ", ".join(f'"{name}"' for name in columns)
    driver: Any = connection.connection.cursor()
    with driver, driver.copy(f"COPY {table.name} ({named}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _bound(dialect: Dialect, table: Table, columns: list[str], rows: Iterable[Row]) -> Iterable[tuple[Any, ...]]:
    """The values as the columns' own types store them."""
    processors = [(name, _processor(dialect, table, name)) for name in columns]
    for row in rows:
        yield tuple(bind(row[name]) if bind else row[name] for name, bind in processors)


def _processor(dialect: Dialect, table: Table, column: str) -> Processor:
    kind = table.c[column].type
    if isinstance(kind, Words):
        return None  # the past has only words that any database takes
    return kind.dialect_impl(dialect).bind_processor(dialect)
