"""Whose words a turn repeats: they go with that person, also where somebody else had asked for them again.

Only adds: a process of the version before goes on working beside it. What that one repeats, and what was repeated
earlier, counts as the words of whoever asked for it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.add_column("turns", sa.Column("author", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Backwards: words are again those of whoever asked for them."""
    op.drop_column("turns", "author")
