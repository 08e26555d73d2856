"""What was said and shown, and what people made of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table

from storage.columns import Words
from storage.tables.conversation import pictures
from storage.tables.schema import metadata

# Messages and sentences, by an id of ours: written down before they go out, `said` once they have.
posts = Table(
    "posts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("said", Boolean, nullable=False),
)

# Which pictures a message shows.
displays = Table(
    "displays",
    metadata,
    Column("team", Words, primary_key=True),
    Column("channel", Words, primary_key=True),
    Column("post", Words, primary_key=True),
    Column("picture", Words, primary_key=True),
    Column("position", Integer, nullable=False),
)

Index("ix_displays_picture", displays.c.picture)

# No `kept`: the person took it back. The row stays, so that an older verdict that arrives later stays older.
verdicts = Table(
    "verdicts",
    metadata,
    Column("picture", Words, ForeignKey(pictures.c.id), primary_key=True),
    Column("person", Words, primary_key=True),
    Column("kept", Boolean),
    Column("moment", BigInteger, nullable=False),
    Column("by_reaction", Boolean, nullable=False),
)
