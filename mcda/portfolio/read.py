"""A plan's task from its file."""

from pathlib import Path

from mcda.portfolio.task import PlanTask, task_from
from mcda.scenario import content_of


def read_task(path: str | Path) -> PlanTask:
    """Read a plan's task from a TOML or JSON file. Raises InputError naming file, field, value and what is allowed."""
    file = Path(path)
    return task_from(content_of(file), file.name)
