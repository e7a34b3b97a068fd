"""A task written as TOML is the same task when it is read again."""

from decimal import Decimal
from pathlib import Path

import pytest

from mcda.portfolio import Number, PlanTask, Synergy, read_task
from mcda.portfolio.written import task_toml

TASKS = (
    PlanTask(),
    PlanTask(years=5, budget_eur=Decimal("1000000.05"), schedule=True, delay_pct=7.5),
    PlanTask(
        name='Straße "neu"\n\\ und \x7f mehr',
        years=2,
        budget_by_year_eur={2026: Decimal(1), 2027: Decimal("2.50")},
        carry_over=False,
        municipality_budgets_eur={"ECH": Decimal(5), "ß x": Decimal(6)},
        municipality_budgets_by_year_eur={"ECH": {2026: Decimal(1), 2027: Decimal(1)}},
        must=("A",),
        starts={"A": 2026},
        numbers=(Number(of="theme", name="mobility", least=2, soft=True, penalty=50.0), Number(most=3)),
        synergies=(Synergy(a="A", b="B", points=-2.5),),
        not_doing={"goals": 1.0},
        grants="sure",
        ignore=("requires.A.B",),
    ),
)


@pytest.mark.parametrize("task", TASKS, ids=("empty", "short", "full"))
def test_a_task_is_read_back_as_it_was_written(task: PlanTask, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_bytes(task_toml(task))
    assert read_task(file) == task
