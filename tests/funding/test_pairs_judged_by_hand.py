"""Seventy pairs of the example judged by hand from the programmes' texts alone, on two days: the rules say the same.

The judge read the sources and the measures' facts, not the engine, and did not know which prerequisites the example
assumes to be in place. Where the engine answers otherwise the reason stands in DIFFERENT.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from example import the_example
from mcda.funding.assess import assess
from mcda.funding.facts import facts_of
from mcda.funding.money import measure_money
from mcda.funding.rulebook import rules_of

ROOT = Path(__file__).parents[2]
DAYS = {"at_2025_06_30": date(2025, 6, 30), "at_2026_11_24": date(2026, 11, 24)}
FULFILLED = "the example says that the prerequisites are (or are not) in place"
PARTLY = "some kinds of its cost are not named by the programme: the eligible part is to be stated"
DIFFERENT = {
    ("DO-08", "IKZ"): FULFILLED,
    ("MV-02", "LEADER_BY"): FULFILLED,
    ("DO-06", "KOMMKLIMA"): FULFILLED,
    ("WS-06", "KOMMWFP"): FULFILLED,
    ("MV-08", "MFUND1"): FULFILLED,
    ("MV-04", "MFUND1"): FULFILLED,
    ("MV-08", "STADT_LAND"): PARTLY,
    ("MV-01", "STADT_LAND"): PARTLY,
    ("MV-13", "KRL_NKI"): PARTLY,
    (
        "WS-07",
        "LEADER_BY",
    ): "a quarter of its cost lies inside the area: the grant stays below the minimum of 7,000 EUR",
    ("MV-09", "STADT_LAND"): "no latest project end is stated, and a limit nobody states is none",
    ("MV-11", "RZOEPNV"): "a start planned in the year of the day may still come after the approval",
    ("MV-01", "KRL_NKI"): "a start planned in the year of the day may still come after the approval",
    ("MV-10", "LADEN_BY"): "a start planned in the year of the day may still come after the approval",
    ("WS-06", "KFW208"): "the source's 'open' is of November 2026; before that day it is to be checked",
    ("MV-05", "KFW208"): "the source's 'open' is of November 2026; before that day it is to be checked",
    ("KB-02", "KFW208"): "the source's 'open' is of November 2026; before that day it is to be checked",
    ("DO-05", "KFW208"): "the source's 'open' is of November 2026; before that day it is to be checked",
}


@pytest.fixture(scope="module")
def judged() -> list[dict[str, str]]:
    with (ROOT / "tests" / "cases" / "funding_pairs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def study():
    return the_example()


@pytest.mark.parametrize("column", DAYS)
def test_the_rules_say_what_the_clerk_says(judged, study, column) -> None:
    money = measure_money(study, DAYS[column])
    wrong = []
    for row in judged:
        found = next(a for a in money[row["measure"]].assessments if a.programme == row["programme"])
        if found.computed_verdict != row[column] and (row["measure"], row["programme"]) not in DIFFERENT:
            wrong.append((row["measure"], row["programme"], row[column], found.computed_verdict))
    assert wrong == []
    assert len(judged) == 70


def test_every_difference_is_one(judged, study) -> None:
    money = {column: measure_money(study, day) for column, day in DAYS.items()}
    for measure, programme in DIFFERENT:
        row = next(r for r in judged if (r["measure"], r["programme"]) == (measure, programme))
        verdicts = [
            next(a for a in money[c][measure].assessments if a.programme == programme).computed_verdict == row[c]
            for c in DAYS
        ]
        assert not all(verdicts), (measure, programme)


@pytest.mark.parametrize("day", DAYS.values())
def test_at_most_four_in_ten_pairs_are_to_be_checked_and_each_names_why(study, day) -> None:
    pairs = [found for money in measure_money(study, day).values() for found in money.assessments]
    assert len(pairs) == 40 * 28
    assert all(found.reasons or found.grant_high for found in pairs)
    open_pairs = [found for found in pairs if found.verdict == "check"]
    assert len(open_pairs) <= 0.4 * len(pairs)
    for found in open_pairs:
        named = any(reason.verdict == "check" for reason in found.reasons) or (found.finding and found.finding.reason)
        assert named, (found.measure, found.programme)


def test_the_traps_of_the_data(study) -> None:
    money = measure_money(study, DAYS["at_2025_06_30"])
    members = frozenset(study.municipality_by_id)

    def verdicts(programme):
        return {name: next(a for a in found.assessments if a.programme == programme) for name, found in money.items()}

    for name, found in verdicts("DIG_HEIMAT").items():  # the eight members are no applicants
        if study.measure_by_id[name].lead_form in {"gemeinde", "stadt", "interkommunaler_zusammenschluss"}:
            assert found.computed_verdict == "no", name
            assert "applicant_excluded" in {r.code for r in found.reasons}
    assert {name for name, f in verdicts("ERNA_MLR").items() if f.computed_verdict != "no"} == {"MV-03"}
    assert study.measure_by_id["MV-03"].lead_form == "landkreis"
    joint = verdicts("IKZ")["ZK-03"]
    assert (joint.computed_verdict, {r.gate for r in joint.reasons if r.verdict == "no"}) == ("no", {"cost"})
    for name, found in verdicts("LEADER_BY").items():  # ECH, HBM, NEU lie inside
        if set(study.measure_by_id[name].municipalities) == members:
            assert {"area_mixed"} == {r.code for r in found.reasons if r.gate == "area"}, name
    late = measure_money(study, DAYS["at_2026_11_24"])
    for name in ("IKZ", "KOMMWFP", "LADEN_BY", "MFUND1"):  # closed in between, and open again when the day moves back
        assert {next(a for a in m.assessments if a.programme == name).verdict for m in late.values()} == {"no"}
        assert any(found.computed_verdict != "no" for found in verdicts(name).values())


@pytest.mark.parametrize("day", DAYS.values())
def test_each_pair_is_judged_together_as_it_is_alone(study, day) -> None:
    findings = {(row.measure, row.programme): row for row in study.eligibility}
    together = measure_money(study, day)
    for name, facts in facts_of(study).items():
        for rules, found in zip(rules_of(study), together[name].assessments, strict=True):
            finding = findings.get((name, rules.programme.id))
            alone, _ = assess(rules, facts, day, candidate=found.candidate, finding=finding)
            assert alone == found
