from typing import Any


def elicit_rank_order(*a: Any) -> Any:
    raise NotImplementedError
