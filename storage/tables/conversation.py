"""Threads, their turns, and what these have used and made."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    false,
)

from storage.columns import Exact, Json, Words
from storage.tables.schema import metadata

threads = Table(
    "threads",
    metadata,
    Column("team", Words, primary_key=True),
    Column("channel", Words, primary_key=True),
    Column("thread", Words, primary_key=True),
    Column("ours", Boolean, nullable=False),
    Column("newest", Words, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Words, primary_key=True),
    Column("team", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("thread", Words, nullable=False),
    Column("act", Words, nullable=False),
    Column("asker", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("prompt", Words, nullable=False),
    Column("ratio", Words),
    Column("size", Words),
    Column("count", Integer, nullable=False),
    Column("tier", Words),
    Column("model", Words, nullable=False),
    Column("parent", Words, nullable=False),
    Column("escalated", Words),
    Column("state", Words, nullable=False),
    Column("context", Words, nullable=False),
    Column("notes", Json, nullable=False),
    Column("missing", Integer, nullable=False),
    Column("trouble", Json),
    Column("post", Words, nullable=False),
    Column("begun", BigInteger, nullable=False),
    Column("think", Words),
    Column("ground", Boolean, nullable=False, server_default=false()),
    Column("left_out", Json),
    Column("later", Boolean, nullable=False, server_default=false()),
    Column("author", Words, nullable=False, server_default=""),
)

Index("ix_turns_post", turns.c.post)

references = Table(
    "turn_references",
    metadata,
    Column("turn", Words, ForeignKey(turns.c.id), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("blob_key", Words, nullable=False),
    Column("mime", Words, nullable=False),
    Column("length", BigInteger, nullable=False),
)

pictures = Table(
    "pictures",
    metadata,
    Column("id", Words, primary_key=True),
    Column("turn", Words, ForeignKey(turns.c.id), nullable=False),
    Column("position", Integer, nullable=False),
    Column("blob_key", Words, nullable=False),
    Column("mime", Words, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("cost", Exact, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("file", Words, nullable=False),
    Column("model", Words, nullable=False, server_default=""),
    Column("route", Words, nullable=False, server_default=""),
    Column("sources", Json, nullable=False, server_default="[]"),
    Column("queries", Json, nullable=False, server_default="[]"),
    UniqueConstraint("turn", "position"),
)

# A part with no `blob_key` is text.
parts = Table(
    "parts",
    metadata,
    Column("picture", Words, ForeignKey(pictures.c.id), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Words, nullable=False),
    Column("blob_key", Words),
    Column("mime", Words),
    Column("length", BigInteger),
    Column("signature", LargeBinary),
    Column("thought", Boolean, nullable=False),
)

# Objects are named after their contents, so several turns may need the same one: asked before it is deleted.
named = parts.c.blob_key.is_not(None)
Index("ix_pictures_blob", pictures.c.blob_key)
Index("ix_references_blob", references.c.blob_key)
Index("ix_parts_blob", parts.c.blob_key, sqlite_where=named, postgresql_where=named)
