"""The database itself holds events fast: content may be emptied, a whole room may go, nothing else changes.

This stops slips, ours and those of a hand in a database console. Who owns the database can drop the triggers; the hash
chain shows what they changed.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

_KEPT = ("room_id", "seq", "at", "role", "actor", "kind", "effect", "content_digest", "hash", "token")


def upgrade() -> None:
    """Guard the events against change and single deletion."""
    if op.get_bind().dialect.name == "sqlite":
        same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _KEPT)
        op.execute(
            "CREATE TRIGGER events_kept BEFORE UPDATE ON events "
            f"WHEN NOT (NEW.content = '' AND {same}) "
            "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
        )
        op.execute(
            "CREATE TRIGGER events_stay BEFORE DELETE ON events "
            "WHEN EXISTS (SELECT 1 FROM rooms WHERE id = OLD.room_id) "
            "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
        )
        return
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _KEPT)
    op.execute(
        "CREATE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF NEW.content = '' AND {same} THEN RETURN NEW; END IF; "
        "ELSIF NOT EXISTS (SELECT 1 FROM rooms WHERE id = OLD.room_id) THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'events are append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER events_kept BEFORE UPDATE OR DELETE ON events "
        "FOR EACH ROW EXECUTE FUNCTION events_append_only()"
    )
