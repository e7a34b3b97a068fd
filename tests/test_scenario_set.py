"""Files of many scenarios: what they expand to, in which order, under which names; and what is told of a faulty one."""

import json
import math
import tracemalloc
from datetime import date
from itertools import product
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import qmc

from example import the_example
from mcda import InputError, Scenario, Study, read_scenario
from mcda.errors import Issue, Where
from mcda.scenario_set import read_scenarios, scenarios_json_schema
from mcda.weights.stored import people_with_answers


def written(folder: Path, content: str, name: str = "set.toml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def names(found: tuple[Scenario, ...]) -> list[str]:
    return [scenario.name for scenario in found]


def faults(folder: Path, content: str, study: Study | None = None, name: str = "set.toml") -> tuple[Issue, ...]:
    with pytest.raises(InputError) as caught:
        read_scenarios(written(folder, content, name), study)
    return caught.value.issues


# what a file expands to


def test_a_plain_scenario_file_is_one_scenario(tmp_path):
    file = written(tmp_path, 'name = "Kosten"\nseed = 7\n[weights]\ncost = 40\n')
    assert read_scenarios(file) == (read_scenario(file),)


def test_a_plain_file_without_name_is_numbered(tmp_path):
    assert names(read_scenarios(written(tmp_path, "seed = 7"))) == ["1"]
    assert names(read_scenarios(written(tmp_path, ""))) == ["1"]


@pytest.mark.parametrize("file", sorted((Path(__file__).parents[1] / "data" / "scenarios").glob("*.toml")))
def test_every_scenario_file_of_the_example_is_a_set_of_one(file):
    assert read_scenarios(file, the_example()) == (read_scenario(file),)


def test_scenarios_lie_over_the_base_and_weights_are_merged_key_by_key(tmp_path):
    file = written(
        tmp_path,
        """
        method = "topsis"
        weights = { cost = 10, relevance = 30 }
        [[scenarios]]
        name = "A"
        [[scenarios]]
        name = "B"
        method = "weighted_sum"
        weights = { cost = 50 }
        """,
    )
    first, second = read_scenarios(file)
    assert first == Scenario(name="A", method="topsis", weights={"cost": 10, "relevance": 30})
    assert second == Scenario(name="B", method="weighted_sum", weights={"cost": 50, "relevance": 30})


def test_scenarios_without_a_name_are_numbered_by_their_place_after_the_name_of_the_base(tmp_path):
    entries = "[[scenarios]]\nseed = 1\n[[scenarios]]\nname = 'B'\n[[scenarios]]\nseed = 3\n"
    assert names(read_scenarios(written(tmp_path, entries))) == ["1", "B", "3"]
    assert names(read_scenarios(written(tmp_path, "name = 'Workshop'\n" + entries))) == [
        "Workshop 1",
        "B",
        "Workshop 3",
    ]


def test_a_grid_is_the_full_product_in_file_order_the_last_key_fastest(tmp_path):
    content = """
        name = "G"
        [weights]
        relevance = 5
        [grid]
        "weights.cost" = [10, 20.5]
        method = ["topsis", "weighted_sum"]
        without_programmes = [[], ["*"]]
        """
    found = read_scenarios(written(tmp_path, content))
    expected = list(product((10, 20.5), ("topsis", "weighted_sum"), ((), ("*",))))
    assert [(s.weights["cost"], s.method, s.without_programmes) for s in found] == expected
    assert all(s.weights["relevance"] == 5 for s in found)
    assert names(found)[0] == "G: weights.cost=10, method=topsis, without_programmes=[]"
    assert names(found)[-1] == "G: weights.cost=20.5, method=weighted_sum, without_programmes=[*]"


def test_grid_keys_may_be_written_with_or_without_quotes(tmp_path):
    quoted = read_scenarios(written(tmp_path, '[grid]\n"weights.cost" = [1, 2]\nseed = [1, 2]'))
    assert quoted == read_scenarios(written(tmp_path, "[grid]\nweights.cost = [1, 2]\nseed = [1, 2]"))
    assert names(quoted)[0] == "weights.cost=1, seed=1"


def test_a_grid_takes_whole_tables_of_weights_and_days(tmp_path):
    content = "[grid]\nweights = [{cost = 1, relevance = 2}, {cost = 3.0}]\nas_of = [2026-01-01, 2026-07-01]"
    found = read_scenarios(written(tmp_path, content))
    assert names(found)[0] == "weights={cost=1,relevance=2}, as_of=2026-01-01"
    assert found[-1] == Scenario(name="weights={cost=3}, as_of=2026-07-01", weights={"cost": 3}, as_of="2026-07-01")


def test_a_grid_is_laid_over_each_scenario(tmp_path):
    content = "[[scenarios]]\nname = 'A'\n[[scenarios]]\nseed = 9\n[grid]\nmethod = ['topsis', 'weighted_sum']"
    found = read_scenarios(written(tmp_path, content))
    assert names(found) == ["A: method=topsis", "A: method=weighted_sum", "2: method=topsis", "2: method=weighted_sum"]
    assert [s.seed for s in found] == [0, 0, 9, 9]


def test_the_latin_hypercube_is_scipys_stretched_to_the_ranges(tmp_path):
    content = """
        [grid]
        method = ["topsis", "weighted_sum"]
        [random]
        design = "latin_hypercube"
        count = 5
        seed = 3
        [random.ranges]
        "weights.cost" = [5, 40]
        weights.relevance = [0, 1]
        """
    found = read_scenarios(written(tmp_path, content))
    oracle = qmc.LatinHypercube(2, seed=3).random(5)
    for start, method in ((0, "topsis"), (5, "weighted_sum")):
        five = found[start : start + 5]
        assert names(five) == [f"method={method}, draw={n}" for n in range(1, 6)]
        assert {s.method for s in five} == {method}
        np.testing.assert_allclose([s.weights["cost"] for s in five], 5 + 35 * oracle[:, 0])
        np.testing.assert_allclose([s.weights["relevance"] for s in five], oracle[:, 1])
    assert sorted(int((s.weights["cost"] - 5) // 7) for s in found[:5]) == [0, 1, 2, 3, 4]  # one in every fifth


def dirichlet(base: str = "", count: int = 4_000, concentration: float = 10) -> str:
    return f"""{base}
        [random]
        design = "dirichlet"
        count = {count}
        seed = 1
        [random.weights]
        over = ["relevance", "feasibility", "cost"]
        concentration = {concentration}
        """


def test_dirichlet_weights_scatter_around_the_points_of_the_base_and_keep_their_sum(tmp_path):
    found = read_scenarios(
        written(tmp_path, dirichlet("weights = {relevance = 25, feasibility = 15, cost = 10, funding = 7}"))
    )
    drawn = np.array([[s.weights[c] for c in ("relevance", "feasibility", "cost")] for s in found])
    np.testing.assert_allclose(drawn.sum(axis=1), 50)
    share = np.array([0.5, 0.3, 0.2])
    spread = np.sqrt(share * (1 - share) / 11)  # Johnson, Kotz & Balakrishnan 2000, ch. 49: w (1 - w) / (c + 1)
    np.testing.assert_allclose(drawn.mean(axis=0) / 50, share, atol=4 * spread.max() / math.sqrt(4_000))
    np.testing.assert_allclose(drawn.std(axis=0) / 50, spread, rtol=0.03)
    assert {s.weights["funding"] for s in found} == {7}


def test_dirichlet_weights_without_points_in_the_base_scatter_around_equal_ones(tmp_path):
    found = read_scenarios(written(tmp_path, dirichlet()))
    drawn = np.array([list(s.weights.values()) for s in found])
    np.testing.assert_allclose(drawn.sum(axis=1), 100)
    np.testing.assert_allclose(drawn.mean(axis=0), 100 / 3, atol=1)


def test_a_criterion_without_weight_in_the_base_keeps_none_in_dirichlet_weights(tmp_path):
    content = dirichlet("weights = {relevance = 1, feasibility = 0, cost = 1}", 50, 1e-6)
    found = read_scenarios(written(tmp_path, content))
    assert all(s.weights["feasibility"] == 0 and sum(s.weights.values()) == pytest.approx(2) for s in found)


def test_each_stakeholder_with_answers_in_table_order(tmp_path):
    found = read_scenarios(written(tmp_path, "each = ['stakeholder']"), the_example())
    assert tuple(s.profile for s in found) == people_with_answers(the_example())
    assert names(found)[0] == f"profile={found[0].profile}"


def test_each_programme_is_closed_beside_those_closed_already(tmp_path):
    study = the_example()
    closed = study.programmes[0].id
    found = read_scenarios(written(tmp_path, f"without_programmes = ['{closed}']\neach = ['programme']"), study)
    assert len(found) == len(study.programmes)
    assert found[0].without_programmes == (closed,)
    assert [s.without_programmes for s in found[1:]] == [(closed, p.id) for p in study.programmes[1:]]
    assert names(found)[1] == f"without_programmes=[{study.programmes[1].id}]"


def test_each_day_needs_no_study(tmp_path):
    found = read_scenarios(written(tmp_path, "each = ['as_of:2026-01-01, 2026-07-01']"))
    assert [s.as_of for s in found] == [date(2026, 1, 1), date(2026, 7, 1)]
    assert names(found) == ["as_of=2026-01-01", "as_of=2026-07-01"]


def test_each_municipality(tmp_path):
    study = the_example()
    found = read_scenarios(written(tmp_path, "each = ['municipality']"), study)
    assert [s.municipality for s in found] == [m.id for m in study.municipalities]


def test_cells_factors_and_budgets_vary_like_everything_else(tmp_path):
    content = """
        cells = { "measures.MV-02.capex_eur" = 7 }
        [grid]
        cells.measures.MV-01.capex_eur = [1000, 2000]
        "cost_factors.*" = [0.9, 1.3]
        budget_eur = [500000]
        [random]
        design = "latin_hypercube"
        count = 2
        [random.ranges]
        "cells.study.discount_rate_pct" = [1, 3]
        """
    found = read_scenarios(written(tmp_path, content), the_example())
    assert len(found) == 8
    last = found[-1]
    assert last.name == "cells.measures.MV-01.capex_eur=2000, cost_factors.*=1.3, budget_eur=500000, draw=2"
    assert (last.cells["measures.MV-01.capex_eur"], last.cells["measures.MV-02.capex_eur"]) == (2000, 7)
    assert 1 <= float(str(last.cells["study.discount_rate_pct"])) <= 3
    assert (last.cost_factors, last.budget_eur) == ({"*": 1.3}, 500_000)


def test_all_parts_together_are_nested_scenarios_grid_each_random(tmp_path):
    content = """
        each = ["as_of:2026-01-01,2026-07-01"]
        [[scenarios]]
        name = "A"
        [[scenarios]]
        name = "B"
        [grid]
        method = ["topsis", "weighted_sum"]
        [random]
        design = "latin_hypercube"
        count = 2
        [random.ranges]
        weights.cost = [0, 1]
        """
    found = read_scenarios(written(tmp_path, content))
    assert len(found) == 16
    assert names(found)[:3] == [
        "A: method=topsis, as_of=2026-01-01, draw=1",
        "A: method=topsis, as_of=2026-01-01, draw=2",
        "A: method=topsis, as_of=2026-07-01, draw=1",
    ]
    assert names(found)[-1] == "B: method=weighted_sum, as_of=2026-07-01, draw=2"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 4), max_size=4), st.integers(0, 3), st.integers(0, 4))
def test_the_size_of_an_expansion_is_the_product_of_its_parts(tmp_path_factory, axes, entries, draws):
    content: dict[str, object] = {"seed": 1}
    if axes:
        content["grid"] = {f"weights.c{i}": list(range(size)) for i, size in enumerate(axes)}
    if entries:
        content["scenarios"] = [{"name": f"S{i}"} for i in range(entries)]
    if draws:
        content["random"] = {"design": "latin_hypercube", "count": draws, "ranges": {"weights.x": [1, 2]}}
    file = written(tmp_path_factory.mktemp("sets"), json.dumps(content), "set.json")
    found = read_scenarios(file)
    assert len(found) == math.prod(axes) * max(entries, 1) * max(draws, 1)
    assert len(set(names(found))) == len(found)
    assert found == read_scenarios(file)  # same file, same scenarios


def test_a_json_file_has_the_same_structure(tmp_path):
    content = {"weights": {"cost": 3}, "as_of": "2026-01-01", "grid": {"method": ["topsis", "weighted_sum"]}}
    found = read_scenarios(written(tmp_path, json.dumps(content), "set.json"))
    assert found[0] == Scenario(name="method=topsis", method="topsis", weights={"cost": 3}, as_of=date(2026, 1, 1))
    assert len(found) == 2


def test_a_hundred_thousand_scenarios_are_a_tuple_of_different_names(tmp_path):
    grid = {f"weights.c{i}": list(range(10)) for i in range(5)}
    found = read_scenarios(written(tmp_path, json.dumps({"grid": grid}), "set.json"))
    assert len(set(names(found))) == len(found) == 100_000


# other files


def test_bases_of_included_files_are_defaults_and_their_scenarios_come_first(tmp_path):
    written(tmp_path, "seed = 1\nmethod = 'topsis'\nweights = {cost = 1, relevance = 2}", "base.toml")
    written(tmp_path, "seed = 2\n[[scenarios]]\nname = 'first'\n[[scenarios]]\nseed = 5", "sub/more.toml")
    content = (
        "include = ['base.toml', 'sub/more.toml']\nweights = {cost = 9}\n[[scenarios]]\nname = 'own'\n[[scenarios]]"
    )
    found = read_scenarios(written(tmp_path, content))
    assert names(found) == ["first", "2", "own", "4"]
    assert [s.seed for s in found] == [2, 5, 2, 2]
    assert found[2] == Scenario(name="own", seed=2, method="topsis", weights={"cost": 9, "relevance": 2})
    assert found[0].method == ""


def test_a_file_of_nothing_but_includes_adds_no_scenario_of_its_own(tmp_path):
    for name in "ab":
        written(tmp_path, f"[[scenarios]]\nname = '{name}'", f"{name}.toml")
    assert names(read_scenarios(written(tmp_path, "include = ['a.toml', 'b.toml']"))) == ["a", "b"]
    written(tmp_path, "name = 'base'\nseed = 3", "base.toml")
    assert read_scenarios(written(tmp_path, "include = ['base.toml']")) == (Scenario(name="base", seed=3),)


def test_a_file_included_on_two_ways_gives_its_scenarios_once(tmp_path):
    written(tmp_path, "seed = 4\n[[scenarios]]\nname = 'once'", "d.toml")
    for name in "bc":
        written(tmp_path, f"include = ['d.toml']\n[[scenarios]]\nname = '{name}'", f"{name}.toml")
    found = read_scenarios(written(tmp_path, "include = ['b.toml', 'c.toml']"))
    assert [(s.name, s.seed) for s in found] == [("once", 4), ("b", 4), ("c", 4)]


def test_files_that_include_each_other_are_refused_with_their_chain(tmp_path):
    written(tmp_path, "include = ['c.toml']", "sub/b.toml")
    written(tmp_path, "include = ['../set.toml']", "sub/c.toml")
    issues = faults(tmp_path, "include = ['sub/b.toml']")
    assert [(i.code, i.where.table, i.where.column) for i in issues] == [("circle", "sub/c.toml", "include")]
    assert issues[0].params["value"] == "set.toml → sub/b.toml → sub/c.toml → sub/../set.toml"
    assert faults(tmp_path, "include = ['set.toml']")[0].code == "circle"


def test_faults_of_an_included_file_name_that_file(tmp_path):
    written(tmp_path, "sead = 1", "sub/b.toml")
    written(tmp_path, "= broken", "sub/c.toml")
    issues = faults(tmp_path, "include = ['sub/b.toml', 'sub/c.toml', 'none.toml', 3]")
    assert [(i.code, i.where.table, i.where.column) for i in issues] == [
        ("unknown_field", "sub/b.toml", "sead"),
        ("not_toml", "sub/c.toml", ""),
        ("file_missing", "set.toml", "include"),
        ("not_a_word", "set.toml", "include"),
    ]


def test_an_include_that_cannot_be_a_file_is_told(tmp_path):
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    found = faults(tmp_path, 'include = ["loop.toml", ".", "a\\u0000b"]')
    assert [i.code for i in found] == ["cannot_read", "cannot_read", "cannot_read"]


# faulty files

LATIN = "[random]\ndesign = 'latin_hypercube'\ncount = 3\n"
RANGES = "[random.ranges]\n"


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ("sead = 1", "unknown_field", "sead"),
        ("[gird]\nseed = [1]", "unknown_field", "gird"),
        ("seed = -1", "out_of_range", "seed"),
        ("include = 'base.toml'", "not_a_list", "include"),
        ("weights = {cost = -1}", "weight_negative", "weights.cost"),
        ("weights = {cost = nan}", "not_a_number", "weights.cost"),
        ("weights = {cost = 1e10}", "out_of_range", "weights.cost"),
        ("scenarios = 3", "not_a_list", "scenarios"),
        ("scenarios = []", "part_empty", "scenarios"),
        ("scenarios = [3]", "not_a_table", "scenarios.1"),
        ("[[scenarios]]\n[[scenarios]]\nsead = 1", "unknown_field", "scenarios.2.sead"),
        ("[[scenarios]]\nweights = {cost = 'viel'}", "not_a_number", "scenarios.1.weights.cost"),
        ("[[scenarios]]\nweights = {cost = -2}", "weight_negative", "scenarios.1.weights.cost"),
        ("[[scenarios]]\nname = 'A'\n[[scenarios]]\nname = 'A'", "scenario_twice", "name"),
        ("[[scenarios]]\nname = '2'\n[[scenarios]]", "scenario_twice", "name"),
        ("grid = 3", "not_a_table", "grid"),
        ("[grid]", "part_empty", "grid"),
        ("[grid]\nseed = []", "part_empty", "grid.seed"),
        ("[grid]\nseed = 3", "not_a_list", "grid.seed"),
        ("[grid]\nseed = [1, -3]", "out_of_range", "grid.seed"),
        ("[grid]\nseed = [1, 2, 1]", "value_twice", "grid.seed"),
        ("[grid]\n'weights.cost' = [10, 10.0]", "value_twice", "grid.weights.cost"),
        ("[grid]\nsead = [1]", "unknown_field", "grid.sead"),
        ("[grid]\n'method.cost' = [1]", "unknown_field", "grid.method.cost"),
        ("[grid]\n'weights.' = [1]", "unknown_field", "grid.weights."),
        ("[grid]\nweights = {}", "not_a_list", "grid.weights"),
        ("[grid]\nname = ['A', 'B']", "unknown_field", "grid.name"),
        ("[grid]\n'weights.cost' = [1, -1]", "weight_negative", "grid.weights.cost"),
        ("[grid]\n'weights.cost' = [1, inf]", "not_a_number", "grid.weights.cost"),
        ("[grid]\n'weights.cost' = [1, 'x']", "not_a_number", "grid.weights.cost"),
        ("[grid]\nweights = [{cost = 1}]\n'weights.cost' = [1]", "set_twice", "grid.weights.cost"),
        ("each = ['as_of:2026-01-01']\n[grid]\nas_of = [2025-01-01]", "set_twice", "each.as_of:2026-01-01"),
        ("each = 'stakeholder'", "not_a_list", "each"),
        ("each = []", "part_empty", "each"),
        ("each = [3]", "not_a_choice", "each.3"),
        ("each = ['stakeholders']", "not_a_choice", "each.stakeholders"),
        ("each = ['stakeholder']", "needs_study", "each.stakeholder"),
        ("each = ['as_of:']", "part_empty", "each.as_of:"),
        ("each = ['as_of:2026-13-01']", "not_a_date", "each.as_of:2026-13-01"),
        ("each = ['as_of:1989-01-01']", "out_of_range", "each.as_of:1989-01-01"),
        ("each = ['as_of:2026-01-01,2026-01-01']", "value_twice", "each.as_of:2026-01-01,2026-01-01"),
        ("random = 3", "not_a_table", "random"),
        ("[random]", "part_empty", "random"),
        ("[random]\ncount = 3", "key_missing", "random.design"),
        ("[random]\ndesign = 'sobol'\ncount = 3", "not_a_choice", "random.design"),
        ("[random]\ndesign = 'latin_hypercube'", "key_missing", "random.count"),
        (LATIN, "key_missing", "random.ranges"),
        (LATIN + RANGES, "part_empty", "random.ranges"),
        (LATIN + "ranges = 3", "not_a_table", "random.ranges"),
        (LATIN.replace("3", "0") + RANGES + "weights.cost = [1, 2]", "out_of_range", "random.count"),
        (LATIN.replace("3", "2.5") + RANGES + "weights.cost = [1, 2]", "not_an_integer", "random.count"),
        (LATIN.replace("3", "true") + RANGES + "weights.cost = [1, 2]", "not_an_integer", "random.count"),
        (LATIN + "seed = -1\n" + RANGES + "weights.cost = [1, 2]", "out_of_range", "random.seed"),
        (LATIN + "sead = 1\n" + RANGES + "weights.cost = [1, 2]", "unknown_field", "random.sead"),
        (LATIN + "weights = {}\n" + RANGES + "weights.cost = [1, 2]", "unknown_field", "random.weights"),
        (LATIN + RANGES + "weights.cost = [2, 1]", "not_a_range", "random.ranges.weights.cost"),
        (LATIN + RANGES + "weights.cost = [1, inf]", "not_a_range", "random.ranges.weights.cost"),
        (LATIN + RANGES + "weights.cost = [nan, 1]", "not_a_range", "random.ranges.weights.cost"),
        (LATIN + RANGES + "weights.cost = [1, 2, 3]", "not_a_range", "random.ranges.weights.cost"),
        (LATIN + RANGES + "weights.cost = ['a', 'b']", "not_a_range", "random.ranges.weights.cost"),
        (LATIN + RANGES + "weights.cost = 3", "not_a_range", "random.ranges.weights.cost"),
        (LATIN + RANGES + "weights.cost = [-1, 2]", "weight_negative", "random.ranges.weights.cost"),
        (LATIN + RANGES + "wieghts.cost = [1, 2]", "unknown_field", "random.ranges.wieghts.cost"),
        (LATIN + RANGES + "method = [1, 2]", "not_a_word", "random.ranges.method"),
        (LATIN + RANGES + "seed = [1, 5]", "range_not_whole", "random.ranges.seed"),
        (LATIN + RANGES + "weights.c = [1, 2]\n[grid]\nweights.c = [3]", "set_twice", "random.ranges.weights.c"),
        (dirichlet(concentration=0), "out_of_range", "random.weights.concentration"),
        (dirichlet(concentration=math.inf), "out_of_range", "random.weights.concentration"),
        (dirichlet("weights = {cost = 1}"), "points_for_some", "random.weights.over"),
        (dirichlet("weights = {cost = 0, relevance = 0, feasibility = 0}"), "weights_all_zero", "random.weights.over"),
        (dirichlet().replace('"cost"', '"relevance"'), "value_twice", "random.weights.over"),
        (dirichlet().replace('"cost"', "3"), "not_a_word", "random.weights.over"),
        (dirichlet().replace("over", "ovre"), "unknown_field", "random.weights.ovre"),
        (dirichlet().replace("concentration", "#"), "key_missing", "random.weights.concentration"),
        (dirichlet() + "[grid]\nweights.cost = [1]", "set_twice", "random.weights.over"),
        ("name = 'a'\n= broken", "not_toml", ""),
        ("seed = " + "9" * 5000, "not_toml", ""),
    ],
)
def test_a_faulty_file_names_file_key_and_what_is_allowed(tmp_path, content, code, field):
    issues = faults(tmp_path, content)
    assert (code, "set.toml", field) in {(i.code, i.where.table, i.where.column) for i in issues}
    assert all(i.sentence(language) for i in issues for language in ("de", "en"))


def test_a_faulty_json_file_names_its_line(tmp_path):
    issue = faults(tmp_path, '{"seed": 1,\n "method": }', name="set.json")[0]
    assert (issue.code, issue.where.table, issue.where.row) == ("not_json", "set.json", 2)
    assert faults(tmp_path, "[1, 2]", name="set.json")[0].code == "not_a_table"


def test_all_faults_of_all_parts_are_told_at_once_and_each_once(tmp_path):
    content = """
        sead = 1
        each = ["stakeholder"]
        [[scenarios]]
        weights = { cost = -1 }
        [grid]
        wieghts.cost = [1, 2]
        method = []
        [random]
        desing = "dirichlet"
        count = 0
        """
    found = [(i.code, i.where.column) for i in faults(tmp_path, content)]
    assert sorted(found) == sorted(set(found))
    assert set(found) == {
        ("unknown_field", "sead"),
        ("needs_study", "each.stakeholder"),
        ("weight_negative", "scenarios.1.weights.cost"),
        ("unknown_field", "grid.wieghts.cost"),
        ("part_empty", "grid.method"),
        ("unknown_field", "random.desing"),
        ("key_missing", "random.design"),
        ("out_of_range", "random.count"),
    }


@pytest.mark.parametrize(
    ("content", "field", "near"),
    [
        ("wieghts = {}", "wieghts", "weights"),
        ("inclde = ['a']", "inclde", "include"),
        ("[grid]\nwieghts.cost = [1]", "grid.wieghts.cost", "weights.cost"),
        ("[random]\ncuont = 1", "random.cuont", "count"),
        ("each = ['programm']", "each.programm", "programme"),
        ("[grid]\ngrants = [true, false]", "grid.grants", 'without_programmes = [[], ["*"]]'),
        ("[grid]\n'weights.' = [1]", "grid.weights.", "weights.*"),
    ],
)
def test_a_misspelt_key_offers_the_nearest(tmp_path, content, field, near):
    assert next(i for i in faults(tmp_path, content) if i.where.column == field).params["nearest"] == near


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ("weights = {costs = 1}", "weights.costs"),
        ("[[scenarios]]\nweights = {costs = 1}", "scenarios.1.weights.costs"),
        ("[grid]\nweights.costs = [1, 2]", "grid.weights.costs"),
        ("[grid]\nweights = [{costs = 1}, {costs = 2}]", "grid.weights"),
        (LATIN + RANGES + "weights.costs = [1, 2]", "random.ranges.weights.costs"),
        (dirichlet().replace('"cost"', '"costs"'), "random.weights.over"),
    ],
)
def test_an_unknown_criterion_is_told_once_where_there_is_a_study(tmp_path, content, field):
    [issue] = faults(tmp_path, content, the_example())
    assert (issue.code, issue.where.column) == ("unknown_criterion", field)
    assert issue.params["nearest"] == "cost"
    assert "cost" in issue.params["allowed"]
    assert read_scenarios(tmp_path / "set.toml")  # without a study nobody can know


@pytest.mark.parametrize(
    ("content", "code", "field", "near"),
    [
        ("method = 'topsi'", "unknown_method", "method", "topsis"),
        ("[grid]\nmethod = ['topsis', 'pymcdm:VIKO']", "unknown_method", "grid.method", "pymcdm:VIKOR"),
        ("profile = 'mayor'", "unknown_profile", "profile", "mayors"),
        ("[[scenarios]]\npeople = ['mayor']", "unknown_id", "scenarios.1.people", "mayors"),
        ("without_programmes = ['LEADR_BY']", "unknown_id", "without_programmes", "LEADER_BY"),
        ("[grid]\nthemes = [['housin']]", "unknown_id", "grid.themes", "housing"),
        ("[[scenarios]]\nmeasures = ['MV01']", "unknown_id", "scenarios.1.measures", "MV-01"),
        ("municipality = 'ECHH'", "unknown_id", "municipality", "ECH"),
        ("cost_factors = {housng = 2}", "unknown_id", "cost_factors", "housing"),
        ("cells = {'measure.MV-01.capex_eur' = 1}", "unknown_id", "cells.measure.MV-01.capex_eur", "measures"),
        ("cells = {'measures.MV01.capex_eur' = 1}", "unknown_id", "cells.measures.MV01.capex_eur", "MV-01"),
        ("[grid]\ncells.measures.MV-01.capex = [1]", "unknown_id", "grid.cells.measures.MV-01.capex", "capex_eur"),
        ("cells = {'study.horizon_years' = 3.5}", "not_an_integer", "cells.study.horizon_years", None),
        ("cells = {'study.discount_rate_pct' = -1}", "out_of_range", "cells.study.discount_rate_pct", None),
        (
            "cells = {'measures.MV-01.price_basis' = 'brut'}",
            "not_a_choice",
            "cells.measures.MV-01.price_basis",
            None,
        ),
        (LATIN + RANGES + "cells.study.discount_rate_pct = [-1, 2]", "out_of_range", "", None),
    ],
)
def test_names_and_cells_the_study_does_not_hold_are_told_before_anything_is_made(tmp_path, content, code, field, near):
    [issue] = faults(tmp_path, content, the_example())
    assert (issue.code, issue.where.table) == (code, "set.toml")
    assert issue.where.column == (field or "random.ranges.cells.study.discount_rate_pct")
    assert issue.params.get("nearest") in ((near,) if near else (None, ""))
    assert code == "not_an_integer" or issue.params["allowed"]
    assert all(issue.sentence(language) for language in ("de", "en"))


def test_names_of_the_study_itself_are_no_faults(tmp_path):
    study = the_example()
    content = """
        profile = "*"
        people = ["mayors"]
        without_programmes = ["*", "LEADER_BY"]
        measures = ["MV-01", "MV-02"]
        themes = ["mobility"]
        cost_factors = { "*" = 1.1, mobility = 1.2, MV-01 = 1.3 }
        cells = { "study.horizon_years" = 12, "measures.MV-01.capex_eur" = 99.5 }
        each = ["municipality"]
        [grid]
        method = ["topsis", "pymcdm:VIKOR"]
        """
    assert len(read_scenarios(written(tmp_path, content), study)) == 2 * len(study.municipalities)


def test_who_goes_on_leaves_what_only_the_study_refuses_to_the_scenarios(tmp_path):
    file = written(tmp_path, "[[scenarios]]\nname = 'good'\n[[scenarios]]\nname = 'bad'\nthemes = ['housin']")
    with pytest.raises(InputError):
        read_scenarios(file, the_example())
    assert names(read_scenarios(file, the_example(), keep_going=True)) == ["good", "bad"]
    with pytest.raises(InputError) as caught:
        read_scenarios(written(tmp_path, "sead = 1"), the_example(), keep_going=True)
    assert [issue.code for issue in caught.value.issues] == ["unknown_field"]


# whole numbers


def test_a_range_of_whole_numbers_is_drawn_whole_and_each_as_often(tmp_path):
    ranges = "'cells.study.horizon_years' = [8, 12]\n'weights.cost' = [5, 40]\nseed = [1, 1000]"
    content = "[random]\ndesign = 'latin_hypercube'\nwhole = true\ncount = 1000\n[random.ranges]\n" + ranges
    found = read_scenarios(written(tmp_path, content), the_example())
    years = [one.cells["study.horizon_years"] for one in found]
    assert {type(year) for year in years} == {int}
    assert {year: years.count(year) for year in set(years)} == dict.fromkeys(range(8, 13), 200)
    assert sorted(one.seed for one in found) == list(range(1, 1001))
    assert sum(float(one.weights["cost"]).is_integer() for one in found) < 10


@pytest.mark.parametrize("study", [None, the_example()])
@pytest.mark.parametrize(
    ("head", "ends", "code"),
    [
        ("", "[8, 12]", "range_not_whole"),
        ("whole = false\n", "[8, 12]", "range_not_whole"),
        ("whole = true\n", "[8, 12.5]", "not_an_integer"),
    ],
)
def test_a_range_of_whole_numbers_is_refused_where_the_file_does_not_say_how(tmp_path, study, head, ends, code):
    content = LATIN + head + RANGES + f"cells.study.horizon_years = {ends}\ncells.study.discount_rate_pct = [0, 3]"
    issues = faults(tmp_path, content, study)
    assert [(i.code, i.where.column) for i in issues] == [(code, "random.ranges.cells.study.horizon_years")]


def test_ends_of_a_whole_range_are_held_against_the_cell(tmp_path):
    content = LATIN + "whole = true\n" + RANGES + "cells.study.horizon_years = [0, 12]"
    assert [i.code for i in faults(tmp_path, content, the_example())] == ["out_of_range"]
    assert faults(tmp_path, LATIN + "whole = 1\n" + RANGES + "weights.cost = [1, 2]")[0].code == "not_a_choice"


# by number


def test_scenarios_are_made_by_number_as_in_order(tmp_path):
    written(tmp_path, "[[scenarios]]\nname = 'first'\n[[scenarios]]", "a.toml")
    grid = "[grid]\nseed = [1, 2, 3]\nweights.cost = [1, 2]\n"
    content = "include = ['a.toml']\n" + grid + LATIN + RANGES + "weights.x = [0, 1]"
    found = read_scenarios(written(tmp_path, content))
    assert len(found) == 2 + 3 * 2 * 3
    assert [found[n] for n in range(len(found))] == list(found) == list(found[:])
    assert found[-1] == found[19]
    assert found[-1].name == "seed=3, weights.cost=2, draw=3"
    assert found[2:8:3] == (found[2], found[5])
    assert list(reversed(found)) == list(found)[::-1]
    for outside in (20, -21):
        with pytest.raises(IndexError):
            found[outside]


def test_nothing_is_kept_of_the_scenarios_made(tmp_path):
    def held(count: int) -> int:
        file = written(tmp_path, f"[grid]\nseed = {list(range(count))}\nweights.cost = {list(range(1, 41))}")
        found = read_scenarios(file)
        tracemalloc.start()
        assert sum(1 for _ in found) == 40 * count
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    few, many = held(2), held(200)  # 80 and 8,000 of some 1,000 bytes each
    assert many < few + 100_000


def test_a_name_twice_is_found_among_many(tmp_path):
    entries = "".join(f"[[scenarios]]\nname = 'S{n % 1500}'\n" for n in range(1502))
    issues = faults(tmp_path, entries)
    assert [(i.code, i.params["value"]) for i in issues] == [("scenario_twice", "S0"), ("scenario_twice", "S1")]


# the study


def test_a_study_without_programmes_cannot_close_each(tmp_path):
    study = the_example().model_copy(update={"programmes": (), "judgements": (), "weights": ()})
    found = [(i.code, i.where.column) for i in faults(tmp_path, "each = ['programme', 'stakeholder']", study)]
    assert found == [("nothing_to_expand", "each.programme"), ("nothing_to_expand", "each.stakeholder")]


def test_too_many_scenarios_are_refused_with_their_product_before_any_is_made(tmp_path):
    axes = "".join(f"'weights.c{i}' = {list(range(100))}\n" for i in range(4))
    issue = faults(tmp_path, "[grid]\n" + axes + LATIN.replace("3", "10") + RANGES + "weights.x = [1, 2]")[0]
    assert (issue.code, issue.where.table) == ("too_many_scenarios", "set.toml")
    assert issue.params["value"] == "100 × 100 × 100 × 100 × 10 = 10^9"
    assert "1,000,000" in issue.sentence("en")
    assert "1.000.000" in issue.sentence("de")
    huge = LATIN.replace("3", "123456789012345678") + RANGES + "weights.x = [1, 2]"
    assert faults(tmp_path, huge)[0].params["value"] == "123456789012345678 ≈ 1.2 · 10^17"


def test_scenarios_of_all_files_count_together(tmp_path):
    written(tmp_path, LATIN.replace("3", "600000") + RANGES + "weights.x = [1, 2]", "a.toml")
    issue = faults(tmp_path, "include = ['a.toml']\n" + LATIN.replace("3", "400001") + RANGES + "weights.x = [1, 2]")[0]
    assert issue.params["value"] == "600000 + 400001 = 1000001"


# the schema


def test_the_schema_is_one_and_takes_what_the_reader_takes():
    schema = scenarios_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$defs"]["Scenario"]["properties"].keys() == Scenario.model_fields.keys()
    assert {"include", "scenarios", "grid", "random", "each", *Scenario.model_fields} == set(schema["properties"])
    check = jsonschema.Draft202012Validator(schema)
    for good in (
        {},
        {"name": "a", "weights": {"cost": 1}, "include": ["b.toml"], "scenarios": [{"name": "x"}]},
        {"grid": {"weights.cost": [1, 2], "method": ["topsis"], "weights": {"relevance": [1]}}},
        {"grid": {"cells": {"ratings": {"MV-01": {"reach": {"ECH": {"value": [1, 2]}}}}}}},
        {"random": {"design": "latin_hypercube", "count": 3, "ranges": {"cells": {"measures": {"M": {"c": [1, 2]}}}}}},
        {"grid": {"weights": [{"cost": 1}]}, "each": ["stakeholder", "as_of:2026-01-01, 2026-07-01"]},
        {"random": {"design": "latin_hypercube", "count": 3, "ranges": {"weights.cost": [1, 2]}}},
        {"random": {"design": "latin_hypercube", "count": 3, "ranges": {"weights": {"cost": [1, 2]}}}},
        {"random": {"design": "latin_hypercube", "count": 3, "whole": True, "ranges": {"seed": [1, 2]}}},
        {"random": {"design": "dirichlet", "count": 3, "seed": 1, "weights": {"over": ["a"], "concentration": 2}}},
    ):
        assert list(check.iter_errors(good)) == []
    for bad in (
        {"sead": 1},
        {"scenarios": []},
        {"scenarios": [{"x": 1}]},
        {"grid": {}},
        {"grid": {"method": []}},
        {"grid": {"name": ["a"]}},
        {"grid": {"weights.cost": ["a"]}},
        {"each": ["planet"]},
        {"random": {"design": "latin_hypercube", "count": 0, "ranges": {"weights.cost": [1, 2]}}},
        {"random": {"design": "latin_hypercube", "count": 3, "ranges": {"weights.cost": [1]}}},
        {"random": {"design": "dirichlet", "count": 3, "ranges": {"weights.cost": [1, 2]}}},
    ):
        assert list(check.iter_errors(bad)), bad


# what a study refuses only of the whole scenario

FAR = '"ratings.MV-01.reach.ECH.value" = 77'
ALL_ZERO = "weights = { relevance = 0, feasibility = 0, cost = 0, funding = 0 }"
REACH = "cells.ratings.MV-01.reach.ECH.value"
DRAWN = f"[random]\ndesign = 'latin_hypercube'\ncount = 9\n[random.ranges]\n'{REACH}' = [1, 77]"
ZERO_GRID = "[grid]\n" + "\n".join(f'"weights.{name}" = [0, 10]' for name in ("relevance", "feasibility", "cost"))


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        (f"[cells]\n{FAR}", "rating_off_scale", "cells.ratings.MV-01.reach.ECH.value"),
        (f"[[scenarios]]\n[[scenarios]]\n[scenarios.cells]\n{FAR}", "rating_off_scale", "scenarios.2.cells"),
        ('[grid]\n"cells.ratings.MV-01.reach.ECH.value" = [3, 77]', "rating_off_scale", "grid.cells.ratings.MV-01"),
        (DRAWN, "rating_off_scale", f"random.ranges.{REACH}"),
        (ALL_ZERO, "weights_all_zero", "weights.relevance, weights.feasibility"),
        (f"weights = {{ funding = 0 }}\n{ZERO_GRID}", "weights_all_zero", "weights.funding, grid.weights.relevance, "),
        ('themes = ["housing"]\nmeasures = ["MV-01"]', "no_measures_left", "measures, themes"),
        ("[cells]\n'criteria.cost.best' = 9000000000", "bounds_against_sense", "cells.criteria.cost.best"),
        ('[cells]\n"measures.MV-01.theme" = "nope"', "unknown_id", "cells.measures.MV-01.theme"),
        ('[cells]\n"measures.MV-01.municipalities" = ["XX"]', "unknown_id", "cells.measures.MV-01.municipalities"),
        ('[cells]\n"measures.MV-01.depends_on" = ["MV-01"]', "circle", "cells.measures.MV-01.depends_on"),
    ],
)  # fmt: skip
def test_what_a_scenario_makes_of_the_study_is_told_at_its_key(tmp_path, content, code, field):
    (found,) = faults(tmp_path, content, the_example())
    assert (found.code, found.where.table) == (code, "set.toml")
    assert found.where.column.startswith(field)
    assert read_scenarios(tmp_path / "set.toml", the_example(), keep_going=True)


def test_values_that_are_right_only_together_are_no_fault(tmp_path):
    cells = '[cells]\n"criteria.cost.best" = 50000000\n"criteria.cost.worst" = 10\n"criteria.cost.sense" = "max"'
    assert len(read_scenarios(written(tmp_path, cells), the_example())) == 1


def test_of_a_large_grid_each_value_is_tried_alone_and_the_lowest_weights_together(tmp_path):
    steps = list(range(11))
    weights = "\n".join(f'"weights.{name}" = {steps}' for name in ("relevance", "feasibility", "cost", "funding"))
    content = f'[grid]\n{weights}\n"cells.ratings.MV-01.reach.ECH.value" = [1, 77]'
    assert {found.code for found in faults(tmp_path, content, the_example())} == {
        "rating_off_scale",
        "weights_all_zero",
    }


def test_what_a_choice_or_a_profile_brings_about_is_told_at_it(tmp_path):
    study = the_example()
    silent = {
        "judgements": tuple(one for one in study.judgements if one.stakeholder != "mayors"),
        "weights": tuple(one for one in study.weights if one.stakeholder != "mayors"),
    }
    content = 'profile = "mayors"\nweights = { cost = 30 }'
    (found,) = faults(tmp_path, content, study.model_copy(update=silent))
    assert (found.code, found.where) == ("profile_without_weights", Where("set.toml", column="profile"))
