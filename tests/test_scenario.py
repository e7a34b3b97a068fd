from datetime import date

import pytest

from mcda import InputError, Scenario, read_scenario


def test_equal_scenarios_have_equal_hashes_whatever_the_order_of_weights():
    one, other = Scenario(weights={"a": 1, "b": 2}), Scenario(weights={"b": 2, "a": 1})
    assert one == other
    assert hash(one) == hash(other)


def test_a_scenario_file_reads(tmp_path):
    file = tmp_path / "s.toml"
    file.write_text('name = "Kosten"\nas_of = 2026-06-30\nseed = 7\n[weights]\ncost = 40\n', encoding="utf-8")
    assert read_scenario(file) == Scenario(name="Kosten", as_of=date(2026, 6, 30), seed=7, weights={"cost": 40})


@pytest.mark.parametrize("content", ["weights = 3", "seed = -1", "unknown = 1", "as_of = 'gestern'", "= broken"])
def test_a_wrong_scenario_file_names_the_field(tmp_path, content):
    file = tmp_path / "s.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenario(file)
    assert caught.value.issues[0].where.table == "s.toml"


def test_a_missing_scenario_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError):
        read_scenario(tmp_path / "none.toml")
