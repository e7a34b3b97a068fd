import copy
import json
import math
import pickle
import re
from datetime import date

import numpy as np
import pytest

from example import the_example
from mcda import InputError, Scenario, read_scenario
from mcda.altered import altered
from mcda.errors import Issue


def faults(tmp_path, content: str, name: str = "s.toml") -> tuple[Issue, ...]:
    """What is wrong with a scenario file of this content."""
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenario(file)
    return caught.value.issues


def test_equal_scenarios_have_equal_hashes_whatever_the_order_of_weights():
    one, other = Scenario(weights={"a": 1, "b": 2}), Scenario(weights={"b": 2, "a": 1})
    assert one == other
    assert hash(one) == hash(other)


def test_a_scenario_file_reads(tmp_path):
    file = tmp_path / "s.toml"
    file.write_text('name = "Kosten"\nas_of = 2026-06-30\nseed = 7\n[weights]\ncost = 40\n', encoding="utf-8")
    assert read_scenario(file) == Scenario(name="Kosten", as_of=date(2026, 6, 30), seed=7, weights={"cost": 40})


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ("weights = 3", "not_a_table", "weights"),
        ("[weights]\ncost = 'viel'", "not_a_number", "weights.cost"),
        ("[weights]\ncost = [1]", "not_a_number", "weights.cost"),
        ("seed = -1", "out_of_range", "seed"),
        ("seed = 90071992547409920", "out_of_range", "seed"),
        ("seed = 1.5", "not_an_integer", "seed"),
        ("seed = inf", "invalid_value", "seed"),
        ("sead = 1", "unknown_field", "sead"),
        ("as_of = 'gestern'", "not_a_date", "as_of"),
        ("as_of = 2025-01-01T10:30:00", "not_a_date", "as_of"),
        ("as_of = 1989-12-31", "out_of_range", "as_of"),
        ("as_of = 9999-12-31", "out_of_range", "as_of"),
        ("method = ['topsis']", "not_a_word", "method"),
        ("columns = ['rank', 3]", "not_a_word", "columns.1"),
        ("ahp_priorities = 'eigen'", "not_a_choice", "ahp_priorities"),
        ("name = 'a'\n= broken", "not_toml", ""),
    ],
)
def test_a_wrong_scenario_file_names_the_field_in_the_reader_s_language(tmp_path, content, code, field):
    issue = faults(tmp_path, content)[0]
    assert (issue.code, issue.where.table, issue.where.column) == (code, "s.toml", field)
    german = issue.sentence("de")
    assert not re.search(r"\b(input|should|valid|be|at line|the|expected)\b", german, re.IGNORECASE), german


def test_all_faults_of_a_scenario_file_are_told_at_once(tmp_path):
    assert {i.code for i in faults(tmp_path, "seed = -1\nname = 3\nx = 1")} == {
        *("out_of_range", "not_a_word", "unknown_field"),
    }


def test_a_misspelt_field_offers_the_nearest(tmp_path):
    assert faults(tmp_path, "wieghts = 1")[0].params["nearest"] == "weights"


def test_a_fault_of_the_notation_names_its_line(tmp_path):
    assert faults(tmp_path, "name = 'a'\n= broken")[0].where.row == 2


def test_a_scenario_made_in_python_has_the_same_limits():
    for wrong in ({"as_of": date(9999, 12, 31)}, {"seed": -1}, {"wieghts": {}}):
        with pytest.raises(InputError):
            Scenario(**wrong)


def test_a_scenario_file_saved_by_windows_notepad_reads(tmp_path):
    file = tmp_path / "s.toml"
    file.write_text("seed = 7\n", encoding="utf-8-sig")
    assert read_scenario(file).seed == 7


def test_a_folder_or_another_encoding_instead_of_a_scenario_file_is_an_input_error(tmp_path):
    (tmp_path / "latin.toml").write_bytes('name = "Förderung"'.encode("latin-1"))
    for path in (tmp_path, tmp_path / "latin.toml"):
        with pytest.raises(InputError):
            read_scenario(path)


def test_a_missing_scenario_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError):
        read_scenario(tmp_path / "none.toml")


def test_columns_are_told_with_the_scenario_and_only_where_there_are_any(tmp_path):
    file = tmp_path / "s.toml"
    file.write_text("columns = ['rank', 'title']\n", encoding="utf-8")
    found = read_scenario(file)
    assert found.columns == ("rank", "title")
    assert found.canonical()["columns"] == ["rank", "title"]
    assert "columns" not in Scenario().canonical()
    assert Scenario(**found.canonical()) == found != Scenario()


@pytest.mark.parametrize(
    ("points", "code"),
    [
        *((-5, "weight_negative"), (math.nan, "not_a_number"), (math.inf, "not_a_number")),
        *((True, "not_a_number"), ("30", "not_a_number")),
    ],
)
def test_points_are_numbers_from_zero_up(points, code):
    with pytest.raises(InputError) as error:
        Scenario(weights={"cost": points})
    assert [(issue.code, issue.where.column) for issue in error.value.issues] == [(code, "weights.cost")]


def test_the_schema_knows_that_points_are_not_negative():
    schema = Scenario.model_json_schema()["properties"]["weights"]["additionalProperties"]
    assert (schema["type"], schema["minimum"]) == ("number", 0)


def test_a_scenario_cannot_be_changed_and_travels_as_it_is():
    made = Scenario(weights={"cost": 5}, cells={"measures.A.theme": "x"}, cost_factors={"*": 2})
    before = hash(made)
    for table in (made.weights, made.cells, made.cost_factors, Scenario().weights):
        with pytest.raises(TypeError):
            table["cost"] = 99
        with pytest.raises(TypeError):
            table.update(cost=99)
    for other in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made), Scenario.model_validate(made.model_dump())):
        assert other == made
        assert hash(other) == before
        with pytest.raises(TypeError):
            other.weights["cost"] = 99
    assert json.loads(made.model_dump_json())["weights"] == {"cost": 5}


def test_a_name_with_half_a_character_is_refused(tmp_path):
    (issue,) = faults(tmp_path, '{"name": "\\ud800"}', "s.json")
    assert (issue.code, issue.where.column) == ("invalid_value", "name")
    assert issue.sentence("de").encode()


def test_the_addresses_of_the_docstring_are_cells_of_the_example():
    named = re.findall(r"'(\w+\.[\w.-]+)'", Scenario.__doc__.partition("`cells`")[2].partition("`cost_factors`")[0])
    assert len(named) == 4
    for address in named:
        column = address.rpartition(".")[2]
        value = {"capex_eur": 5, "horizon_years": 7, "value": 3, "verdict": "no"}[column]
        altered(the_example(), Scenario(cells={address: value}))


@pytest.mark.parametrize("points", [np.int64(7), np.float32(7), 7])
def test_points_may_be_numbers_of_numpy(points: float) -> None:
    assert Scenario(weights={"cost": points}).weights == {"cost": 7.0}
