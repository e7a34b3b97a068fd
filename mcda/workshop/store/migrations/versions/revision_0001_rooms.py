"""Rooms, their events and keys, and the studies they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "studies",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("facilitator_hash", sa.Text, nullable=False),
        sa.Column("study_hash", sa.Text, sa.ForeignKey("studies.hash", name="rooms_study"), nullable=False),
        sa.Column("opened_at", sa.Text, nullable=False),
        sa.Column("delete_after", sa.Text, nullable=False),
        sa.UniqueConstraint("code", name="rooms_code"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "events",
        sa.Column("room_id", sa.Integer, sa.ForeignKey("rooms.id", name="events_room", ondelete="CASCADE")),
        sa.Column("seq", sa.Integer),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "role", "actor", "kind", "content", "effect")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("content_digest", "hash")),
        sa.Column("token", sa.Text),
        sa.PrimaryKeyConstraint("room_id", "seq"),
        sa.UniqueConstraint("room_id", "token", name="events_token"),
    )
    op.create_table(
        "keys",
        sa.Column("room_id", sa.Integer, sa.ForeignKey("rooms.id", name="keys_room", ondelete="CASCADE")),
        sa.Column("key_hash", sa.Text),
        sa.Column("participant", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("room_id", "key_hash"),
    )
