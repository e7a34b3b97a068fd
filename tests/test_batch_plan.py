"""Plans in a batch: what planning alone says, the same from every backend; a scenario without a plan stops no other."""

import json
from pathlib import Path

import pandas as pd
import pytest

from mcda.batch import Batch, run_batch
from mcda.batch.planned import GAP, NODES
from mcda.cli import main
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.portfolio import PlanTask, plan, task_from
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.study.write import write_study
from small import small_study
from test_batch import same

TASK = PlanTask.model_validate({"years": 3, "schedule": True, "must": ["M3"]})
SCENARIOS = (
    *(Scenario(name=str(budget), budget_eur=budget, seed=n) for n, budget in enumerate((40_000, 150_000, 600_000))),
    Scenario(name="nothing", budget_eur=1_000),
    Scenario(name="relevance", weights={"relevance": 90.0}, budget_eur=150_000),
)


@pytest.fixture(scope="module")
def study() -> Study:
    return small_study()


@pytest.fixture(scope="module")
def serial(study: Study) -> Batch:
    return run_batch(study, SCENARIOS, plan=TASK, backend="serial")


def test_each_row_is_what_planning_alone_says(study: Study, serial: Batch) -> None:
    for number, scenario in enumerate(SCENARIOS):
        told = serial.summary[serial.summary["scenario"] == number].iloc[0]
        rows = serial.ranking[serial.ranking["scenario"] == number].set_index("id")
        assert pd.isna(told["error"])
        if scenario.name == "nothing":
            continue
        asked = task_from(json.loads(told["plan_task"]))
        assert asked == TASK
        alone = plan(evaluate(study, scenario), asked)
        assert told["plan_status"] == alone.status == "optimal"
        assert told["plan_value"] == pytest.approx(alone.value)
        assert told["plan_own_eur"] == float(alone.own) <= float(scenario.budget_eur or 0)
        assert told["plan_measures"] == len(alone.chosen)
        assert told["plan_chosen"].split(";") == list(alone.measures)
        starts = {one.measure: one.start for one in alone.chosen}
        assert {name for name, row in rows.iterrows() if row["in_plan"]} == set(starts)
        assert {name: row["plan_start"] for name, row in rows.iterrows() if row["in_plan"]} == starts


def test_more_money_never_buys_less(serial: Batch) -> None:
    values = list(serial.summary["plan_value"].iloc[:3])
    assert values == sorted(values)
    assert values[0] < values[2]


def test_a_scenario_without_a_plan_says_so_in_its_row_and_why(serial: Batch) -> None:
    told = serial.summary.set_index("name").loc["nothing"]
    assert told["plan_status"] == "infeasible"
    assert pd.isna(told["error"])
    assert pd.isna(told["plan_value"])
    number = told["scenario"]
    assert serial.ranking[serial.ranking["scenario"] == number]["in_plan"].isna().all()
    faults = serial.findings[serial.findings["scenario"] == number]
    assert "plan_must_too_dear" in set(faults["code"])


@pytest.mark.parametrize("backend", ["loky", "threading"])
def test_any_backend_gives_the_same_plans(study: Study, serial: Batch, backend: str) -> None:
    same(run_batch(study, SCENARIOS, plan=TASK, backend=backend, jobs=2), serial)  # type: ignore[arg-type]


def test_the_search_stops_where_every_machine_does() -> None:
    assert GAP <= 1e-4
    assert 0 < NODES < 1_000_000


def test_a_search_cut_off_after_some_nodes_gives_the_same_plan_again_and_says_that_it_is_cut_off() -> None:
    from example import ranked_example

    task = PlanTask.model_validate({"years": 5, "schedule": True, "budget_eur": 1_000_000, "numbers": [{"most": 12}]})
    first, again = (plan(ranked_example(), task, seconds=1e9, gap=0.0, nodes=1) for _ in range(2))
    whole = plan(ranked_example(), task)
    assert first.measures == again.measures
    assert first.value <= whole.value + 1e-6
    assert whole.value <= first.bound + 1e-6
    assert first.status == ("optimal" if first.gap <= 1e-4 else "feasible")


def test_asking_for_a_plan_without_saying_what_takes_the_budgets_of_the_scenarios(study: Study) -> None:
    found = run_batch(study, SCENARIOS[1:2], what=("ranking", "portfolio"), backend="serial")
    assert found.summary["plan_own_eur"].iloc[0] <= 150_000
    silent = run_batch(study, SCENARIOS[1:2], backend="serial")
    assert silent.summary["plan_status"].isna().all()


def test_names_nobody_knows_are_told_before_anything_is_computed(study: Study, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        run_batch(study, SCENARIOS, plan=PlanTask.model_validate({"must": ["M9"]}), to=tmp_path / "run")
    assert [issue.code for issue in error.value.issues] == ["unknown_id"]
    assert not (tmp_path / "run").exists()


def test_a_run_of_another_plan_is_not_gone_on_with(study: Study, tmp_path: Path) -> None:
    run_batch(study, SCENARIOS[:1], plan=TASK, backend="serial", to=tmp_path / "run")
    with pytest.raises(InputError) as error:
        run_batch(study, SCENARIOS[:1], plan=PlanTask(), backend="serial", to=tmp_path / "run", resume=True)
    assert [issue.code for issue in error.value.issues] == ["batch_other"]


def test_the_command_takes_the_plan_from_its_file(study: Study, serial: Batch, tmp_path: Path) -> None:
    write_study(study, tmp_path / "study")
    (tmp_path / "task.toml").write_text('years = 3\nschedule = true\nmust = ["M3"]\n', encoding="utf-8")
    (tmp_path / "scenarios.toml").write_text(
        '[[scenarios]]\nname = "a"\nbudget_eur = 150000\nseed = 1\n', encoding="utf-8"
    )
    call = ["batch", str(tmp_path / "study"), str(tmp_path / "scenarios.toml"), "--plan", str(tmp_path / "task.toml")]
    assert main([*call, "--jobs", "1", "-o", str(tmp_path / "run.parquet")]) == 0
    summary = pd.read_parquet(tmp_path / "run.summary.parquet")
    assert list(summary["plan_chosen"]) == [serial.summary["plan_chosen"].iloc[1]]
