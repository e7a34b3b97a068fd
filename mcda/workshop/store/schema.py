"""The tables: rooms, their events, the hashes of their keys, and studies by content.

Migrations make them; `tests/workshop/test_store_migrations.py` holds that both say the same.
"""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

studies = Table(
    "studies",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("content", Text, nullable=False),
)

rooms = Table(
    "rooms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("facilitator_hash", Text, nullable=False),
    Column("study_hash", Text, ForeignKey("studies.hash", name="rooms_study"), nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("delete_after", Text, nullable=False),
    UniqueConstraint("code", name="rooms_code"),
    sqlite_autoincrement=True,  # a deleted room's number never comes back
)

events = Table(
    "events",
    metadata,
    Column("room_id", Integer, ForeignKey("rooms.id", name="events_room", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("effect", Text, nullable=False),
    Column("content_digest", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("token", Text),  # NULL for none: any number of events may have none
    UniqueConstraint("room_id", "token", name="events_token"),
)

keys = Table(
    "keys",
    metadata,
    Column("room_id", Integer, ForeignKey("rooms.id", name="keys_room", ondelete="CASCADE"), primary_key=True),
    Column("key_hash", Text, primary_key=True),
    Column("participant", Text, nullable=False),
)
