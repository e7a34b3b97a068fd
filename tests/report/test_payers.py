"""Who pays what: shares sum to every own contribution to the cent, and the list to take along says the same."""

from decimal import Decimal

from example import ranked_example
from mcda.evaluate import evaluate
from mcda.report.exhibits.payers import payers, payers_list, unsplit
from mcda.report.exports.csv_file import listing_csv
from small import LEVELS, measure, small_study


def test_all_shares_of_the_example_sum_to_all_own_contributions() -> None:
    result = ranked_example()
    found = payers(result, "de")
    assert [payer.name for payer in found] == [m.name for m in result.study.municipalities]
    paid = sum((payer.total for payer in found), Decimal(0))
    left = sum((row.own_contribution for row in unsplit(result, "de")), Decimal(0))
    assert paid + left == sum((money.own_contribution for money in result.money.values()), Decimal(0))


def test_the_population_comes_with_its_date_and_the_key_in_words() -> None:
    result = ranked_example()
    neufahrn = next(payer for payer in payers(result, "de") if payer.id == "NEU")
    assert neufahrn.population == "20.058 (31.12.2020)"
    keys = {share.measure: share.key for share in neufahrn.shares}
    assert keys["ZK-01"] == "nach Einwohnern"
    assert keys["DO-06"] == "Bau: nach Stückzahl; Betrieb: nach mehreren Schlüsseln gemischt"


def test_a_cost_nobody_can_split_is_named_with_what_is_missing() -> None:
    per_unit = tuple(measure(m, level[3], cost_key="per_unit") for m, level in LEVELS.items())
    result = evaluate(small_study(measures=per_unit))
    assert all(payer.shares == () and payer.total == 0 for payer in payers(result, "de"))
    assert {row.measure for row in unsplit(result, "de")} == set(LEVELS)
    assert "Stückzahlen" in unsplit(result, "de")[0].sentence


def test_the_list_to_take_along_has_a_total_below_each_municipality() -> None:
    result = evaluate(small_study())
    written = listing_csv(payers_list(result, "de"), result, "de").decode("utf-8-sig")
    lines = [line.split(";") for line in written.splitlines()]
    assert lines[0][:2] == ["Kommune", "Einwohner (Stand)"]
    totals = [line[5] for line in lines if len(line) > 5 and line[4] == "Summe"]
    assert totals == [f"{payer.total:.2f}".replace(".", ",") for payer in payers(result, "de")]
    assert result.provenance.input_hash[:12] in written
