"""Requests, and the processes that have them at work."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, and_, false, literal_column

from storage.columns import Json, Serial, Words
from storage.tables.schema import metadata

# `number` is the order of acceptance. Times are microseconds since 1970: `moment` is the message's own timestamp,
# `accepted`, `admitted` and `finished` are ours. Waiting: not admitted; at work: admitted; done: finished. `executor`
# has it at work, since `begun` if it has really begun; `deaths` counts the processes that died with it, and `failed` is
# the reason why it was given up for good. `cancelled` is when the one who asked called it off.
requests = Table(
    "requests",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("key", Words, nullable=False, unique=True),
    Column("act", Words, nullable=False),
    Column("team", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("thread", Words, nullable=False),
    Column("asker", Words, nullable=False),
    Column("ts", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("attachments", Json, nullable=False),
    Column("picture", Words, nullable=False),
    Column("answer_url", Words, nullable=False),
    Column("partial", Boolean, nullable=False),
    Column("lane", Words, nullable=False),
    Column("moment", BigInteger, nullable=False),
    Column("accepted", BigInteger, nullable=False),
    Column("admitted", BigInteger),
    Column("finished", BigInteger),
    Column("executor", Words, nullable=False, server_default=""),
    Column("begun", BigInteger),
    Column("deaths", Integer, nullable=False, server_default="0"),
    Column("failed", Words, nullable=False, server_default=""),
    Column("cancelled", BigInteger),
)

# These conditions are also the indexes': a database uses a partial index only for the very same words.
waiting = and_(requests.c.finished.is_(None), requests.c.admitted.is_(None))
working = and_(requests.c.finished.is_(None), requests.c.admitted.is_not(None))
on_picture = requests.c.picture != literal_column("''")

Index(
    "ix_requests_waiting",
    requests.c.lane,
    requests.c.moment,
    requests.c.number,
    sqlite_where=waiting,
    postgresql_where=waiting,
)
Index("ix_requests_working", requests.c.lane, sqlite_where=working, postgresql_where=working)
Index("ix_requests_picture", requests.c.picture, sqlite_where=on_picture, postgresql_where=on_picture)

# Processes that work: `token` is one life of one of them, `beat` when it last said that it lives.
executors = Table(
    "executors",
    metadata,
    Column("name", Words, primary_key=True),
    Column("token", Words, nullable=False),
    Column("joined", BigInteger, nullable=False),
    Column("beat", BigInteger, nullable=False),
)

# Places at the models: at work since `started`, or waiting. `since` is what the rule of fairness ranks by; a ticket
# whose `beat` is old belongs to a process that is dead. Times are the database's own.
tickets = Table(
    "tickets",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("id", Words, nullable=False, unique=True),
    Column("executor", Words, nullable=False),
    Column("team", Words, nullable=False),
    Column("asker", Words, nullable=False),
    Column("model", Words, nullable=False),
    Column("room", Integer, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("started", BigInteger),
    Column("beat", BigInteger, nullable=False),
    Column("later", Boolean, nullable=False, server_default=false()),
)
