"""Batches: the same tables from every backend and worker count, resumed or not, equal to evaluating one by one."""

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from mcda.batch import Asked, Batch, read_batch, run_batch, workers
from mcda.batch import parts as batch_parts
from mcda.batch import run as batch_run
from mcda.batch.parts import table_file
from mcda.batch.rows import COLUMNS
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.robustness.labels import LabelSettings, robustness_labels
from mcda.scenario import Scenario
from mcda.study.model import Study
from small import measure, ratings, small_study

DRAWS = 300
EVERYTHING = ("ranking", "robustness", "funding")


@pytest.fixture(scope="module")
def study() -> Study:
    return small_study()


@pytest.fixture(scope="module")
def scenarios() -> tuple[Scenario, ...]:
    methods = ("topsis", "weighted_sum", "pymcdm:VIKOR")
    return (
        *(
            Scenario(name=f"{method} {cost}", weights={"cost": cost}, method=method, seed=n)
            for n, cost in enumerate((5.0, 20.0, 40.0, 60.0))
            for method in methods
        ),
        Scenario(name="dear", cost_factors={"*": 1.3}),
        Scenario(name="wrong", weights={"costs": 1.0}),
    )


@pytest.fixture(scope="module")
def serial(study: Study, scenarios: tuple[Scenario, ...]) -> Batch:
    return run_batch(study, scenarios, what=EVERYTHING, draws=DRAWS, backend="serial")


def same(one: Batch, other: Batch) -> None:
    for name in COLUMNS:
        assert_frame_equal(one.table(name), other.table(name), check_exact=True)


def test_each_row_is_what_evaluating_alone_says(study: Study, scenarios: tuple[Scenario, ...], serial: Batch) -> None:
    for number, scenario in enumerate(scenarios[:-1]):
        told = serial.summary[serial.summary["scenario"] == number].iloc[0]
        alone = evaluate(study, scenario.model_copy(update={"seed": int(told["seed"])}))
        rows = serial.ranking[serial.ranking["scenario"] == number]
        assert list(rows["id"]) == [line.measure for line in alone.ranking]
        assert list(rows["rank"]) == [line.rank for line in alone.ranking]
        assert list(rows["score"]) == [line.score for line in alone.ranking]
        money = [alone.money[name] for name in rows["id"]]
        assert list(rows["own_contribution_eur"]) == [float(one.own_contribution) for one in money]
        if alone.method == "pymcdm:VIKOR":
            assert rows["label"].isna().all()
            continue
        labels = robustness_labels(alone, LabelSettings(draws=DRAWS, data_draws=DRAWS)).by_measure()
        assert list(rows["label"]) == [labels[name].label for name in rows["id"]]
        assert list(rows["share_above"]) == [labels[name].share_above for name in rows["id"]]


def test_a_scenario_that_fails_tells_why_and_stops_no_other(serial: Batch, scenarios: tuple[Scenario, ...]) -> None:
    last = len(scenarios) - 1
    summary = serial.summary.set_index("scenario")
    assert summary.loc[last, "error"] == "unknown_criterion"
    assert summary["error"].isna().sum() == last
    faults = serial.findings[(serial.findings["scenario"] == last) & (serial.findings["level"] == "error")]
    assert list(faults["code"]) == ["unknown_criterion"]
    assert "costs" in json.loads(faults["params"].iloc[0])["where"]["column"]
    assert last not in set(serial.ranking["scenario"])


def test_what_is_not_foreseen_is_told_of_its_scenario_alone(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Study, scenario: Scenario) -> object:
        if scenario.name == "b":
            raise ZeroDivisionError("never seen")
        return evaluate(study, scenario)

    monkeypatch.setattr("mcda.batch.rows.evaluate", broken)
    found = run_batch(study, [Scenario(name=name) for name in "abc"], backend="serial")
    assert list(found.summary["error"].fillna("")) == ["", "scenario_failed", ""]
    assert set(found.ranking["name"]) == {"a", "c"}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("backend", ["loky", "threading"])
def test_any_backend_and_worker_count_gives_the_same_tables(
    study: Study, scenarios: tuple[Scenario, ...], serial: Batch, backend: batch_run.Backend, jobs: int
) -> None:
    same(run_batch(study, scenarios, what=EVERYTHING, draws=DRAWS, backend=backend, jobs=jobs), serial)


def test_the_tables_are_tidy_and_typed(serial: Batch) -> None:
    for name, kinds in COLUMNS.items():
        assert dict(serial.table(name).dtypes.astype(str)) == {**kinds} | {
            column: "string" for column, kind in kinds.items() if kind == "string"
        }
    assert (serial.shares.groupby(["scenario", "id"])["own_contribution_eur"].sum().round(2) >= 0).all()
    assert not serial.ranking.duplicated(["study", "scenario", "id"]).any()


def test_shares_add_up_to_the_own_contribution(serial: Batch) -> None:
    paid = serial.shares.groupby(["scenario", "id"])["own_contribution_eur"].sum().round(2)
    own = serial.ranking.set_index(["scenario", "id"])["own_contribution_eur"]
    for key, amount in paid.items():
        assert own[key] == pytest.approx(amount, abs=0.005)


def test_parts_on_disk_hold_the_same(
    study: Study, scenarios: tuple[Scenario, ...], serial: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_run, "LONG_TASK", 2)
    monkeypatch.setattr(batch_run, "ENOUGH", 1)
    monkeypatch.setattr(batch_run, "TASKS_PER_PART", 2)
    asked = {"what": EVERYTHING, "draws": DRAWS, "backend": "serial"}
    folder, file = tmp_path / "run", tmp_path / "run.parquet"
    same(run_batch(study, scenarios, to=folder, **asked), serial)  # type: ignore[arg-type]
    assert len(list(folder.glob("ranking-*.parquet"))) == 4
    same(run_batch(study, scenarios, to=file, **asked), serial)  # type: ignore[arg-type]
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        *("run", "run.findings.parquet", "run.parquet", "run.shares.parquet", "run.summary.parquet")
    ]
    assert_frame_equal(read_batch(file, "summary"), serial.summary)


def test_a_run_cut_off_goes_on_where_it_stopped(
    study: Study, scenarios: tuple[Scenario, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_run, "LONG_TASK", 2)
    monkeypatch.setattr(batch_run, "ENOUGH", 1)
    monkeypatch.setattr(batch_run, "TASKS_PER_PART", 2)
    asked = {"what": EVERYTHING, "draws": DRAWS, "backend": "serial"}
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    run_batch(study, scenarios, to=whole, **asked)  # type: ignore[arg-type]

    def stop(done: int, _: int) -> None:
        if done >= 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(study, scenarios, to=cut, told=stop, **asked)  # type: ignore[arg-type]
    (cut / "ranking-00001.parquet").write_bytes(b"torn")  # finished, but no longer as it was written
    (cut / "ranking-00002.half").write_bytes(b"half")
    computed: list[int] = []
    answer = batch_run._answer
    monkeypatch.setattr(batch_run, "_answer", lambda task: computed.append(task[0]) or answer(task))
    run_batch(study, scenarios, to=cut, resume=True, **asked)  # type: ignore[arg-type]
    assert sorted(set(computed)) == [1, 2, 3]
    for file in sorted(whole.glob("*.parquet")):
        assert (cut / file.name).read_bytes() == file.read_bytes(), file.name


def test_a_place_that_holds_something_else_is_left_alone(study: Study, tmp_path: Path) -> None:
    folder, scenarios = tmp_path / "run", [Scenario(name="a")]
    run_batch(study, scenarios, to=folder, backend="serial")
    before = {file: file.read_bytes() for file in folder.iterdir()}
    for change, code in (
        ({}, "batch_there"),
        ({"resume": True, "draws": 7}, "batch_other"),
        ({"resume": True, "seed": 1}, "batch_other"),
    ):
        with pytest.raises(InputError) as error:
            run_batch(study, scenarios, to=folder, backend="serial", **change)  # type: ignore[arg-type]
        assert [issue.code for issue in error.value.issues] == [code]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError) as error:
        run_batch(study, scenarios, to=tmp_path / "mine", backend="serial")
    assert [issue.code for issue in error.value.issues] == ["folder_not_empty"]
    assert {file: file.read_bytes() for file in folder.iterdir()} == before


def test_several_studies_stand_side_by_side(study: Study) -> None:
    other = small_study(
        measures=(measure("X", 5e4), measure("Y", 9e4)), ratings=(*ratings("X", 5, 4, 4), *ratings("Y", 3, 5, 2))
    )
    found = run_batch({"north": study, "south": other}, [Scenario(name="a"), Scenario(name="b")], backend="serial")
    assert list(found.summary["study"]) == ["north", "north", "south", "south"]
    assert set(found.ranking[found.ranking["study"] == "south"]["id"]) == {"X", "Y"}
    assert list(found.summary["input_hash"]) == [study.input_hash] * 2 + [other.input_hash] * 2


def test_seeds_hang_on_number_and_root_alone() -> None:
    asked = Asked(seed=3)
    seeds = [asked.seed_of(n, Scenario(seed=7)) for n in range(50)]
    assert len(set(seeds)) == 50
    assert seeds == [Asked(seed=3).seed_of(n, Scenario(seed=7, weights={"cost": 3})) for n in range(50)]
    assert not set(seeds) & {Asked(seed=4).seed_of(n, Scenario(seed=7)) for n in range(50)}


@pytest.mark.parametrize(
    ("asked", "column"),
    [
        ({"what": ("ranking", "rank")}, "what"),
        ({"draws": 0}, "draws"),
        ({"seed": -1}, "seed"),
        ({"backend": "spark"}, "backend"),
        ({"backend": "loky", "dask": "tcp://x:1"}, "backend"),
    ],
)
def test_what_cannot_be_meant_is_named(study: Study, asked: dict[str, object], column: str) -> None:
    with pytest.raises(InputError) as error:
        run_batch(study, [Scenario()], **asked)  # type: ignore[arg-type]
    assert column in (error.value.issues[0].where.table, error.value.issues[0].where.column)
    assert all(issue.sentence("de") and issue.sentence("en") for issue in error.value.issues)


def test_nothing_asked_is_the_study_as_it_stands(study: Study) -> None:
    found = run_batch(study, backend="serial")
    assert list(found.ranking["id"]) == [line.measure for line in evaluate(study).ranking]
    assert isinstance(found.ranking, pd.DataFrame)


def test_failures_are_counted_without_reading_the_tables(
    study: Study, scenarios: tuple[Scenario, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_run, "TASKS_PER_PART", 1)
    monkeypatch.setattr(batch_run, "TASK", 4)
    assert run_batch(study, scenarios, backend="serial").failed() == (len(scenarios), 1)
    written = [run_batch(study, scenarios, backend="serial", to=tmp_path / name) for name in ("parts", "whole.parquet")]
    monkeypatch.setattr(pd, "read_parquet", None)  # whoever reads a whole table fails
    assert [one.failed() for one in written] == [(len(scenarios), 1)] * 2
    with pytest.raises(InputError):
        Batch(path=tmp_path / "none").failed()


def test_a_run_cut_off_while_joining_goes_on(
    study: Study, scenarios: tuple[Scenario, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, few = tmp_path / "run.parquet", scenarios[:3]

    def stop(place: Path, name: str) -> Path:
        if name == "findings":
            raise KeyboardInterrupt
        return table_file(place, name)

    with monkeypatch.context() as patch:
        patch.setattr(batch_parts, "table_file", stop)
        with pytest.raises(KeyboardInterrupt):
            run_batch(study, few, to=file, backend="serial")
    assert not file.exists()  # the file named comes last
    same(run_batch(study, few, to=file, backend="serial", resume=True), run_batch(study, few, backend="serial"))
    assert not (tmp_path / "run.parquet.parts").exists()


def test_a_run_cut_off_while_its_parts_are_taken_away_goes_on(
    study: Study, scenarios: tuple[Scenario, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, few = tmp_path / "run.parquet", scenarios[:3]

    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", stop)
        with pytest.raises(KeyboardInterrupt):
            run_batch(study, few, to=file, backend="serial")
    same(run_batch(study, few, to=file, backend="serial", resume=True), run_batch(study, few, backend="serial"))
    assert not (tmp_path / "run.parquet.parts").exists()


def test_a_finished_file_has_nothing_left_to_do(
    study: Study, scenarios: tuple[Scenario, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, few = tmp_path / "run.parquet", scenarios[:3]
    run_batch(study, few, to=file, backend="serial")
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    with monkeypatch.context() as patch:
        patch.setattr(batch_run, "_answer", None)  # nothing is computed
        same(run_batch(study, few, to=file, backend="serial", resume=True), Batch(path=file))
    for change, code in (({}, "batch_there"), ({"resume": True, "seed": 1}, "batch_other")):
        with pytest.raises(InputError) as error:
            run_batch(study, few, to=file, backend="serial", **change)  # type: ignore[arg-type]
        assert [issue.code for issue in error.value.issues] == [code]
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_a_place_that_cannot_hold_a_run_is_named(study: Study, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("mine", encoding="utf-8")
    damaged = tmp_path / "damaged"
    run_batch(study, to=damaged, backend="serial")
    (damaged / "batch.json").write_text("{", encoding="utf-8")
    other = tmp_path / "other.parquet"
    other.write_bytes(b"no table")
    for place, code in (
        *((plain, "cannot_write"), (plain / "inner", "cannot_write")),
        *((damaged, "batch_damaged"), (other, "batch_other")),
    ):
        with pytest.raises(InputError) as error:
            run_batch(study, to=place, backend="serial", resume=True)
        assert [issue.code for issue in error.value.issues] == [code]
        assert str(place) in error.value.issues[0].sentence("de")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"jobs": 0}, "jobs"),
        ({"backend": "dask"}, "dask"),
        ({"backend": "dask", "dask": "tcp://127.0.0.1:9"}, "tcp://127.0.0.1:9"),
    ],
)
def test_who_cannot_compute_is_told_before_anything_is_written(
    study: Study, tmp_path: Path, asked: dict[str, object], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", "1s")
    with pytest.raises(InputError) as error:
        run_batch(study, to=tmp_path / "run", **asked)  # type: ignore[arg-type]
    assert told in error.value.issues[0].sentence("de")
    assert not list(tmp_path.iterdir())


def test_a_question_named_alone_is_one_question(study: Study) -> None:
    found = run_batch(study, what="funding", backend="serial")
    assert not found.shares.empty


def test_short_tasks_are_joined_by_numbers_alone(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def sizes(draws: int, jobs: int, **wanted: Any) -> list[int]:
        cut: list[int] = []
        monkeypatch.setattr(batch_run, "_answer", lambda task: cut.append(len(task[2])) or (task[0], {}, len(task[2])))
        run_batch(wanted.get("of", study), [Scenario()] * 40, what="robustness", draws=draws, jobs=jobs,
                  backend="threading")  # fmt: skip
        return cut

    assert sizes(100, 1) == sizes(100, 2) == [17, 17, 6]  # 200,000 / (4 measures x 3,100)
    assert sizes(47_000, 1) == [4] * 10
    assert sizes(1, 2, of=small_study(measures=(measure("X", 5e4),), ratings=ratings("X", 5, 4, 4))) == [40]
