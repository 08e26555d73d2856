"""Forgetting: which workspaces have taken the bot out, and who needs an object.

Only adds: a process of the version before goes on working beside it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NAMED = sa.text("blob_key IS NOT NULL")


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "departures",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team", name="pk_departures"),
    )
    op.create_index("ix_pictures_blob", "pictures", ["blob_key"])
    op.create_index("ix_references_blob", "turn_references", ["blob_key"])
    op.create_index("ix_parts_blob", "parts", ["blob_key"], sqlite_where=NAMED, postgresql_where=NAMED)


def downgrade() -> None:
    """Backwards: who has left is not known any more, and nothing is forgotten for it."""
    op.drop_index("ix_parts_blob", "parts")
    op.drop_index("ix_references_blob", "turn_references")
    op.drop_index("ix_pictures_blob", "pictures")
    op.drop_table("departures")
