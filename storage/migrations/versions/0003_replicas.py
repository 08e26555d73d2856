"""Replicas: who works on a request, how often that went wrong, and who is alive.

Only adds: a process of the version before goes on working beside it. What it admits belongs to nobody (`executor` '').
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.add_column("requests", sa.Column("executor", sa.Text(), nullable=False, server_default=""))
    op.add_column("requests", sa.Column("begun", sa.BigInteger()))
    op.add_column("requests", sa.Column("deaths", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("requests", sa.Column("failed", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "executors",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("joined", sa.BigInteger(), nullable=False),
        sa.Column("beat", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_executors"),
    )


def downgrade() -> None:
    """Backwards: what is at work belongs to nobody again."""
    op.drop_table("executors")
    for column in ("failed", "deaths", "begun", "executor"):
        op.drop_column("requests", column)
