"""What people made of a picture stays with its price when the picture is forgotten.

Only adds: a process of the version before goes on working beside it. What that one forgets counts as judged by nobody.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEPT = sa.text("kept IS NOT NULL")


def upgrade() -> None:
    """Forwards."""
    op.add_column("ledger", sa.Column("kept", sa.Boolean()))
    op.create_index("ix_ledger_turn", "ledger", ["turn"])
    op.create_index(
        "ix_ledger_kept", "ledger", ["team", "begun", "tier", "kept"], sqlite_where=KEPT, postgresql_where=KEPT
    )


def downgrade() -> None:
    """Backwards: forgotten pictures were judged by nobody."""
    op.drop_index("ix_ledger_kept", "ledger")
    op.drop_index("ix_ledger_turn", "ledger")
    op.drop_column("ledger", "kept")
