"""Inserting what may be there already: the one statement SQLite and Postgres write alike and SQLAlchemy does not."""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.addresses import POSTGRES


def inserting(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can be given an ON CONFLICT clause."""
    if connection.dialect.name == POSTGRES:
        return postgresql.insert(table)
    return sqlite.insert(table)
