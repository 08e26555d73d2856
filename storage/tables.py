"""The tables. The migrations make them; a test proves that both say the same."""

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
    MetaData,
    Table,
    UniqueConstraint,
    and_,
    false,
    literal_column,
)

from storage.columns import Dollars, Exact, Json, Serial, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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

posts = Table(
    "posts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("said", Boolean, nullable=False),
)

# A call to a model. `held` is what it might have cost, `price` what it did, `counts` what it takes out of the budgets:
# the hold while it is open or unknown, then the price. The tokens are the provider's counts, by kind. `kept` is what
# people made of a picture that is forgotten; NULL while there is the picture, or where nobody judged it.
ledger = Table(
    "ledger",
    metadata,
    Column("id", Words, primary_key=True),
    Column("executor", Words, nullable=False),
    Column("turn", Words, nullable=False),
    Column("position", Integer, nullable=False),
    Column("asker", Words, nullable=False),
    Column("team", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("thread", Words, nullable=False),
    Column("model", Words, nullable=False),
    Column("tier", Words, nullable=False),
    Column("route", Words, nullable=False),
    Column("size", Words, nullable=False),
    Column("begun", BigInteger, nullable=False),
    Column("settled", BigInteger),
    Column("outcome", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("prompt", BigInteger, nullable=False),
    Column("prompt_image", BigInteger, nullable=False),
    Column("image", BigInteger, nullable=False),
    Column("thinking", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("pictures", BigInteger, nullable=False),
    Column("queries", BigInteger, nullable=False),
    Column("held", Dollars, nullable=False),
    Column("price", Dollars, nullable=False),
    Column("counts", Dollars, nullable=False),
    Column("kept", Boolean),
)

under_way = ledger.c.outcome == literal_column("'open'")
remembered = ledger.c.kept.is_not(None)

# What is added up stands in the index: a budget, and a workspace's figures, are summed without reading a row.
SUMMED = ("team", "begun", "counts", "tier", "outcome", "price", "held")
Index("ix_ledger_team", *(ledger.c[name] for name in SUMMED))
Index("ix_ledger_asker", ledger.c.team, ledger.c.asker, ledger.c.begun, ledger.c.counts)
Index("ix_ledger_channel", ledger.c.team, ledger.c.channel, ledger.c.begun)
Index("ix_ledger_turn", ledger.c.turn)
BY_TIER = [ledger.c[name] for name in ("team", "begun", "tier", "kept")]
Index("ix_ledger_kept", *BY_TIER, sqlite_where=remembered, postgresql_where=remembered)
Index("ix_ledger_pace", ledger.c.model, ledger.c.route, ledger.c.begun)
Index("ix_ledger_open", ledger.c.executor, sqlite_where=under_way, postgresql_where=under_way)

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

# Models that were not there when they were asked, and when that was.
retirements = Table(
    "retirements",
    metadata,
    Column("model", Words, primary_key=True),
    Column("moment", BigInteger, nullable=False),
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

# Workspaces that have taken the bot out, and when that was.
departures = Table(
    "departures",
    metadata,
    Column("team", Words, primary_key=True),
    Column("moment", BigInteger, nullable=False),
)

# Objects are named after their contents, so several turns may need the same one: asked before it is deleted.
named = parts.c.blob_key.is_not(None)
Index("ix_pictures_blob", pictures.c.blob_key)
Index("ix_references_blob", references.c.blob_key)
Index("ix_parts_blob", parts.c.blob_key, sqlite_where=named, postgresql_where=named)
