"""A room found by its facilitator's link, which is the key to it."""

import re

from mcda.ui.workshop.place import place
from mcda.workshop.desk import Loaded, UnknownRoom
from mcda.workshop.store.keys import tidy_code

_LINK = re.compile(r"/w/([A-Za-z0-9]+)/f/([\w-]+)")


def room_by_link(link: str) -> Loaded:
    """The room a facilitator's link leads to. Raises UnknownRoom for a link that is none, StoreError as the store."""
    found = _LINK.search(link)
    code = tidy_code(found[1]) if found else ""
    if not found or not code:
        raise UnknownRoom(link)
    loaded = place().load(code)
    if not place().desk().is_facilitator(loaded.row, found[2]):
        raise UnknownRoom(code)
    return loaded
