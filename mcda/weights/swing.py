from typing import Any


def elicit_swing(*a: Any) -> Any:
    raise NotImplementedError
