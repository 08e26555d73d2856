"""Money: the ledger, people's verdicts, retired models, and what turns and pictures say besides.

Only adds: a process of the version before goes on working beside it, and leaves the new columns at their defaults.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    _turns()
    _pictures()
    _ledger()
    _verdicts()
    _displays()
    _retirements()


def _turns() -> None:
    op.add_column("turns", sa.Column("think", sa.Text()))
    op.add_column("turns", sa.Column("ground", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("turns", sa.Column("left_out", sa.Text()))


def _pictures() -> None:
    op.add_column("pictures", sa.Column("model", sa.Text(), nullable=False, server_default=""))
    op.add_column("pictures", sa.Column("route", sa.Text(), nullable=False, server_default=""))
    op.add_column("pictures", sa.Column("sources", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("pictures", sa.Column("queries", sa.Text(), nullable=False, server_default="[]"))
    # Until now there was one way to the models, and a turn went to one of them.
    op.execute(
        "UPDATE pictures SET route = 'gemini', model = (SELECT turns.model FROM turns WHERE turns.id = pictures.turn)"
    )


def _ledger() -> None:
    words = ("id", "executor", "turn", "asker", "team", "channel", "thread", "model", "tier", "route", "size")
    counts = ("prompt", "prompt_image", "image", "thinking", "total", "pictures", "queries")
    op.create_table(
        "ledger",
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*words, "outcome", "reason")),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.BigInteger()),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in (*counts, "held", "price", "counts")),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
    )
    op.create_index("ix_ledger_team", "ledger", ["team", "begun", "counts", "tier", "outcome", "price", "held"])
    op.create_index("ix_ledger_asker", "ledger", ["team", "asker", "begun", "counts"])
    op.create_index("ix_ledger_channel", "ledger", ["team", "channel", "begun"])
    under_way = sa.text("outcome = 'open'")
    op.create_index("ix_ledger_open", "ledger", ["executor"], sqlite_where=under_way, postgresql_where=under_way)


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kept", sa.Boolean()),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("by_reaction", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["picture"], ["pictures.id"], name="fk_verdicts_picture"),
        sa.PrimaryKeyConstraint("picture", "person", name="pk_verdicts"),
    )


def _displays() -> None:
    op.create_table(
        "displays",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", "post", "picture", name="pk_displays"),
    )


def _retirements() -> None:
    op.create_table(
        "retirements",
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("model", name="pk_retirements"),
    )


def downgrade() -> None:
    """Backwards: what was spent and what people kept is lost."""
    for table in ("retirements", "displays", "verdicts", "ledger"):
        op.drop_table(table)
    for column in ("queries", "sources", "route", "model"):
        op.drop_column("pictures", column)
    for column in ("left_out", "ground", "think"):
        op.drop_column("turns", column)
