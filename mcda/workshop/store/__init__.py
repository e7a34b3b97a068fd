"""Where rooms are kept: SQLite in the user's data folder, or PostgreSQL by `MCDA_DATABASE_URL`.

`open_store` opens it, making and migrating the database as needed; `Store` reads and writes rooms, `Writing` is one
write transaction on a room. What can go wrong is a `StoreError` with its reason; nothing is ever half stored.
"""

from mcda.workshop.store.engine import open_engine
from mcda.workshop.store.faults import CodeTaken, StoreError
from mcda.workshop.store.place import PATIENCE, database_url, place_of_database
from mcda.workshop.store.rooms import RoomRow, Store
from mcda.workshop.store.writing import Writing

__all__ = ["CodeTaken", "RoomRow", "Store", "StoreError", "Writing", "database_url", "open_store"]


def open_store(url: str | None = None, *, patience: int = PATIENCE) -> Store:
    """The store at `url` (`database_url()` when None), made when there is none and brought up to date.

    `patience`: milliseconds to wait for somebody else's write. Safe when several processes start at once.
    Raises StoreError: store_unusable (address, rights, not a database), store_newer (made by a newer version),
    store_gone (no server answers), store_locked, store_full.
    """
    place = place_of_database(database_url() if url is None else url)
    return Store(open_engine(place, patience), place, patience)
