"""What every call cost."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, literal_column

from storage.columns import Dollars, Words
from storage.tables.schema import metadata

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
