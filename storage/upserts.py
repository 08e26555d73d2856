"""Inserting what may be there already: the one statement SQLite and Postgres write alike and SQLAlchemy does not."""

from __future__ import annotations

from sqlalchemy import Connection, Table, literal
from sqlalchemy.dialects import postgresql, sqlite

from storage.addresses import POSTGRES
from storage.rows import Row


def inserting(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can be given an ON CONFLICT clause."""
    if connection.dialect.name == POSTGRES:
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_new(connection: Connection, table: Table, row: Row) -> bool:
    """Insert this row unless one of the table's keys is taken. Whether it was inserted."""
    insert = inserting(connection, table).values(row).on_conflict_do_nothing().returning(literal(1))
    return (connection.execute(insert)).first() is not None
