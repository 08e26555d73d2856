"""Which messages show a picture, without reading all of them: asked whenever a picture is forgotten.

Only adds: a process of the version before goes on working beside it.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_index("ix_displays_picture", "displays", ["picture"])


def downgrade() -> None:
    """Backwards."""
    op.drop_index("ix_displays_picture", "displays")
