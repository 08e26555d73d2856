"""Patience: requests that are called off, and turns that let everybody else go first.

Only adds: a process of the version before goes on working beside it. It lets nobody go first and stops nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.add_column("requests", sa.Column("cancelled", sa.BigInteger()))
    op.add_column("turns", sa.Column("later", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("tickets", sa.Column("later", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Backwards: everybody is in the same hurry, and what was called off goes on."""
    op.drop_column("tickets", "later")
    op.drop_column("turns", "later")
    op.drop_column("requests", "cancelled")
