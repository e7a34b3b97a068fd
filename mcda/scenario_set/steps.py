"""What scenarios are multiplied by: steps by number, each with its name and the fields it changes."""

from collections.abc import Mapping
from typing import Any, Protocol


class Steps(Protocol):
    """Something that changes step by step, known by number."""

    @property
    def joined(self) -> bool:
        """Whether lists are added to those below instead of replacing them."""

    def __len__(self) -> int:
        """How many steps there are."""

    def label(self, at: int) -> str:
        """What scenarios are called by this step."""

    def change(self, at: int) -> Mapping[str, Any]:
        """The fields this step changes."""
