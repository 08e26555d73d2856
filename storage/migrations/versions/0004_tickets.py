"""Fairness: the places at the models that all processes share, and how fast each model is called.

Only adds: a process of the version before goes on working beside it, and takes its places without asking.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "tickets",
        sa.Column("number", serial, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "executor", "team", "asker", "model")),
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("started", sa.BigInteger()),
        sa.Column("beat", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("id", name="uq_tickets_id"),
    )
    op.create_index("ix_ledger_pace", "ledger", ["model", "route", "begun"])


def downgrade() -> None:
    """Backwards: whoever waits lines up again."""
    op.drop_index("ix_ledger_pace", "ledger")
    op.drop_table("tickets")
