"""The first tables: requests, threads, turns with their pictures, intents of messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    _posts()
    _requests()
    _threads()
    _turns()
    _references()
    _pictures()
    _parts()


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("said", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
    )


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("answer_url", sa.Text(), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=False),
        sa.Column("admitted", sa.BigInteger()),
        sa.Column("finished", sa.BigInteger()),
        sa.PrimaryKeyConstraint("number", name="pk_requests"),
        sa.UniqueConstraint("key", name="uq_requests_key"),
    )
    _index("ix_requests_waiting", ["lane", "moment", "number"], "finished IS NULL AND admitted IS NULL")
    _index("ix_requests_working", ["lane"], "finished IS NULL AND admitted IS NOT NULL")
    _index("ix_requests_picture", ["picture"], "picture != ''")


def _threads() -> None:
    op.create_table(
        "threads",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("newest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", "thread", name="pk_threads"),
    )


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("ratio", sa.Text()),
        sa.Column("size", sa.Text()),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Text()),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("escalated", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text()),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
    )
    op.create_index("ix_turns_post", "turns", ["post"])


def _pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("turn", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("blob_key", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["turn"], ["turns.id"], name="fk_pictures_turn"),
        sa.PrimaryKeyConstraint("id", name="pk_pictures"),
        sa.UniqueConstraint("turn", "position", name="uq_pictures_turn_position"),
    )


def _references() -> None:
    op.create_table(
        "turn_references",
        sa.Column("turn", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("blob_key", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["turn"], ["turns.id"], name="fk_turn_references_turn"),
        sa.PrimaryKeyConstraint("turn", "position", name="pk_turn_references"),
    )


def _parts() -> None:
    op.create_table(
        "parts",
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blob_key", sa.Text()),
        sa.Column("mime", sa.Text()),
        sa.Column("length", sa.BigInteger()),
        sa.Column("signature", sa.LargeBinary()),
        sa.Column("thought", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["picture"], ["pictures.id"], name="fk_parts_picture"),
        sa.PrimaryKeyConstraint("picture", "position", name="pk_parts"),
    )


def _index(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "requests", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Backwards: everything is lost."""
    for table in ("parts", "turn_references", "pictures", "turns", "threads", "requests", "posts"):
        op.drop_table(table)
