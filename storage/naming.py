"""Which objects are named by a row, in SQL: looked up by the indexes on their keys."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import CompoundSelect, select, union

from storage.database import Database
from storage.tables import parts, pictures, references

COLUMNS = (pictures.c.blob_key, references.c.blob_key, parts.c.blob_key)  # one that is missing here loses its objects


class SqlNaming:
    """Keeps the promise of `bot.ports.sweeping.Naming`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unnamed(self, keys: Collection[str]) -> frozenset[str]:
        """Those of these keys that no row names. A thousand keys are three thousand look-ups in one statement."""
        named = await self._database.read(lambda connection: set(connection.scalars(naming(keys))))
        return frozenset(keys) - named


def naming(keys: Collection[str]) -> CompoundSelect[str]:
    """The keys among these that a picture, a reference or a part of an answer names."""
    return union(*(select(column).where(column.is_not(None), column.in_(keys)) for column in COLUMNS))
