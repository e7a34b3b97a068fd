"""A plan's task as a TOML file that `read_task` reads back."""

import json
from collections.abc import Mapping
from typing import Any

from mcda.portfolio.task import PlanTask


def task_toml(task: PlanTask) -> bytes:
    """Only what the task says, one field a line."""
    lines = (f"{name} = {_value(value)}\n" for name, value in task.canonical().items())
    return "".join(lines).encode("utf-8")


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_text(str(name))} = {_value(one)}' for name, one in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(words: str) -> str:
    """A JSON string is a TOML basic string, but for the one control sign that JSON leaves as it is."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
