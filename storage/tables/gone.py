"""Models and workspaces that are gone."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table

from storage.columns import Words
from storage.tables.schema import metadata

# Models that were not there when they were asked, and when that was.
retirements = Table(
    "retirements",
    metadata,
    Column("model", Words, primary_key=True),
    Column("moment", BigInteger, nullable=False),
)

# Workspaces that have taken the bot out, and when that was.
departures = Table(
    "departures",
    metadata,
    Column("team", Words, primary_key=True),
    Column("moment", BigInteger, nullable=False),
)
