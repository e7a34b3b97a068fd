"""The example study holds what its notes promise: origin, sums, spread, consistency, a ranking worth discussing."""

import csv
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import mean

import numpy as np
import pytest

from example import the_example
from mcda.evaluate import evaluate
from mcda.locale import has_text
from mcda.scenario import Scenario, read_scenario
from mcda.study.measure import SHEET_TEXTS
from mcda.study.model import Measure, Study
from mcda.study.rules import check_study

DATA = Path(__file__).parents[2] / "data"
EXAMPLE = DATA / "nordallianz"
RELEVANCE = ("goals", "urgency", "reach")
FEASIBILITY = ("skills", "maturity", "competence", "partners")
PROFILES = ("mayors", "planning", "treasury")
EXACT_RANDOM_INDEX = {3: 0.524457, 4: 0.884158}
"""Mean consistency index of all reciprocal matrices on 1/9..9, by exact enumeration (methods reference 2.1)."""


@pytest.fixture(scope="module")
def study() -> Study:
    return the_example()


@pytest.fixture(scope="module")
def catalogue() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in _collected("catalogue.csv")}


def test_the_script_makes_the_committed_tables_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(EXAMPLE / "build.py"), "--target", str(tmp_path)], check=True, cwd=tmp_path, timeout=120
    )
    made = {file.name: file.read_bytes() for file in tmp_path.glob("*.csv")}
    kept = {file.name: file.read_bytes() for file in EXAMPLE.glob("*.csv")}
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == []


def test_the_tables_are_plain_utf8_with_unix_line_ends() -> None:
    for file in EXAMPLE.glob("*.csv"):
        content = file.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf"), file.name
        assert b"\r" not in content, file.name
        content.decode("utf-8")


def test_the_study_reads_without_any_remark(study: Study) -> None:
    assert check_study(study) == ()


def test_counts_and_frame(study: Study) -> None:
    assert (len(study.measures), len(study.programmes), len(study.municipalities)) == (40, 28, 8)
    assert len(study.themes) == 5
    assert study.study.as_of == date(2025, 6, 30)
    assert (study.study.horizon_years, study.study.discount_rate_pct) == (10, 0)
    assert study.children[""] == ("relevance", "feasibility", "cost", "funding")
    assert [study.criterion_by_id[c].weight for c in study.children[""]] == [35, 25, 20, 20]
    assert sum(m.population or 0 for m in study.municipalities) == 135_895


def test_the_notice_says_illustrative_and_invented_in_both_languages(study: Study) -> None:
    assert "Illustratives Beispiel, nicht der Maßnahmenkatalog der NordAllianz" in study.study.notice
    assert "illustrative example, not the nordallianz's own catalogue" in study.study.notice_en.lower()
    assert "erfunden" in study.study.notice
    assert "invented" in study.study.notice_en
    assert all(r.illustrative for r in study.ratings)
    assert all(e.illustrative for e in study.eligibility)
    assert all(m.illustrative and m.source_kind and m.cost_source for m in study.measures)


def test_costs_keep_the_given_gross_figures_except_the_reduced_one(
    study: Study, catalogue: dict[str, dict[str, str]]
) -> None:
    changed = {m.id for m in study.measures if m.capex_eur != Decimal(catalogue[m.id]["capex_eur"])}
    assert changed == {"MV-09"}
    assert all(m.opex_eur_per_year == Decimal(catalogue[m.id]["opex_eur_a"]) for m in study.measures)
    assert {m.price_basis for m in study.measures} == {"gross"}
    assert {m.vat_rate_pct for m in study.measures} == {Decimal(19)}
    assert {m.id for m in study.measures if m.opex_vat_rate_pct == 0} == {"ZK-01", "ZK-04"}


def test_the_cycle_highway_shows_the_municipal_share_and_names_the_total(study: Study) -> None:
    highway = study.measure_by_id["MV-09"]
    assert highway.capex_eur == Decimal("33_900_000") / 10
    assert "33,9 Mio. EUR" in highway.description
    assert "10 %" in highway.description
    assert "illustrativ" in highway.cost_source


def test_cost_bounds_would_hold_the_highways_total(study: Study) -> None:
    cost = study.criterion_by_id["cost"]
    assert cost.worst is not None
    assert cost.worst >= 33_900_000 + 10 * 60_000
    assert cost.best is not None
    assert cost.best < min(float(m.capex_eur + 10 * m.opex_eur_per_year) for m in study.measures)


@pytest.mark.parametrize(
    ("measure", "pieces"),
    [
        ("MV-01", 24),
        ("MV-02", 25),
        ("MV-06", 40),
        ("MV-08", 16),
        ("MV-10", 32),
        ("MV-11", 24),
        ("DO-04", 35),
        ("DO-06", 30),
        ("DO-07", 800),
        ("KB-04", 24),
        ("KB-05", 16),
    ],
)
def test_pieces_per_municipality_sum_to_what_the_description_says(study: Study, measure: str, pieces: int) -> None:
    record = study.measure_by_id[measure]
    assert sum(amount for _, amount in record.units) == pieces
    assert tuple(name for name, _ in record.units) == record.municipalities
    assert record.cost_key == "per_unit"


def test_the_air_boxes_published_for_garching_and_unterschleissheim(study: Study) -> None:
    boxes = dict(study.measure_by_id["DO-04"].units)
    assert (boxes["GAR"], boxes["USH"]) == (4, 8)


def test_every_cost_key_has_its_facts(study: Study) -> None:
    assert sum(m.cost_key == "per_unit" for m in study.measures) == 11
    for m in study.measures:
        if m.cost_key == "benefit":
            assert sum(share for _, share in m.benefit_shares) == 100, m.id
        if m.cost_key == "base_plus_per_capita":
            assert m.base_share_pct is not None, m.id
        if m.cost_key == "single_payer":
            assert m.payer in m.municipalities, m.id
    money = evaluate(study).money.values()
    assert [found.share_issue for found in money if found.share_issue] == []
    assert all(sum(found.shares.values()) == found.own_contribution for found in money)


def test_what_the_catalogue_lacked_is_there(study: Study) -> None:
    def complete(m: Measure) -> bool:
        facts = (m.start_year, m.duration_months, m.staff_fte, m.cost_categories, m.lead_form, m.title_en)
        return all(facts) and m.cost_quality in {"rough", "estimated", "calculated", "awarded"}

    assert [m.id for m in study.measures if not complete(m)] == []


def test_exclusion_holds_both_ways(study: Study) -> None:
    for m in study.measures:
        assert all(m.id in study.measure_by_id[other].excludes for other in m.excludes)
    assert study.measure_by_id["MV-11"].excludes == ("KB-04",)


def test_candidates_are_the_catalogues_and_scsr_is_nobodys(study: Study, catalogue: dict[str, dict[str, str]]) -> None:
    for m in study.measures:
        assert m.funding_candidates == tuple(c for c in catalogue[m.id]["funding_candidates"].split(";") if c)
        assert "SCSR" not in m.funding_candidates
    assert not any(e.programme in {"SCSR", "TWINBY"} or e.awarded_eur is not None for e in study.eligibility)


def test_every_programme_names_source_day_and_what_is_verified(study: Study) -> None:
    for p in study.programmes:
        assert p.source, p.id
        assert p.as_of is not None, p.id
        assert p.verified_fields, p.id
        assert set(p.verified_fields) <= set(type(p).model_fields), p.id
        assert p.not_verified or p.id == "KFW208", p.id


def test_unknown_rates_stay_unknown(study: Study) -> None:
    unknown = {p.id for p in study.programmes if p.rate_pct is None}
    assert unknown == {
        *("KOMMUNAL_DIGITAL", "TWINBY", "BAYGVFG_RZSTRA", "RZOEPNV", "MFUND1", "MFUND2", "DORF_BY", "BAYWLAN"),
        "EFRE_BY",
    }
    assert {p.id for p in study.programmes if p.vat_rule} == {"LEADER_BY", "KOMMKLIMA"}


def test_raised_rates_stand_with_their_condition_or_in_the_programme_never_in_both(study: Study) -> None:
    raised = {row["id"]: row["rate_raised_pct"] for row in _collected("programmes.csv") if row["rate_raised_pct"]}
    kept = {p.id for p in study.programmes if p.rate_raised_pct is not None}
    assert kept == {"STBAUF_BY", "DIG_HEIMAT", "FOERLA", "BAYGVFG_RZSTRA", "MFUND1", "MFUND2", "DORF_BY"}
    moved = {r.programme for r in study.programme_rates if r.condition}
    assert moved | kept == raised.keys()
    assert moved & kept == {"STBAUF_BY"}
    for r in study.programme_rates:
        if r.condition:
            base = study.programme_by_id[r.programme].rate_pct if r.rate_kind == "bonus" else Decimal(0)
            assert base is not None
            assert base + r.rate_pct == Decimal(raised[r.programme]), r.programme
            assert r.note


def test_renewal_pays_ninety_per_cent_at_most_though_two_bonuses_would_make_a_hundred(study: Study) -> None:
    assert study.programme_by_id["STBAUF_BY"].rate_raised_pct == 90
    assert [r.rate_pct for r in study.programme_rates if r.programme == "STBAUF_BY"] == [20, 20]


def test_on_demand_transport_is_paid_65_55_45_40_per_cent_in_four_years(study: Study) -> None:
    rates = [(r.year, r.rate_pct) for r in study.programme_rates if r.programme == "ERNA_MLR"]
    assert rates == [(1, 65), (2, 55), (3, 45), (4, 40)]
    assert sum(100_000 * rate / 100 for _, rate in rates) == 205_000  # domain reference 3.3
    assert study.programme_by_id["ERNA_MLR"].running_cost_years == len(rates)


def test_loans_are_no_rates(study: Study) -> None:
    loans = [(r.programme, r.rate_pct, r.above_eur) for r in study.programme_rates if r.rate_kind == "loan"]
    assert loans == [("KOMMWFP", 60, None), ("KFW208", 100, None), ("KFW208", 50, 2_000_000)]


def test_caps_by_form_area_and_unit(study: Study) -> None:
    caps = [(c.programme, c.max_grant_eur, c.basis, c.condition) for c in study.programme_caps]
    assert caps == [
        ("TWINBY", 75_000, "project", "intermunicipal"),
        ("TWINBY", 50_000, "project", "single_applicant"),
        ("IKZ", 50_000, "project", ""),
        ("IKZ", 90_000, "project", "rmbh"),
        ("LADEN_BY", 2_500, "unit", ""),
        ("LADEN_BY", 10_000, "unit", "fast_charging_up_to_100_kw"),
        ("LADEN_BY", 20_000, "unit", "fast_charging_above_100_kw"),
    ]
    assert {p.id: p.max_grant_basis for p in study.programmes if p.max_grant_basis not in (None, "project")} == {
        "FOERLA": "project_year",
        "LADEN_BY": "unit",
        "BAYWLAN": "municipality",
    }


def test_only_calls_with_two_known_days_are_calls(study: Study) -> None:
    calls = {c.programme: (c.first_day.isoformat(), c.last_day.isoformat(), c.yearly) for c in study.programme_calls}
    assert calls == {
        "RZOEPNV": ("2024-12-02", "2025-12-01", True),
        "KRL_NKI": ("2024-11-01", "2027-12-31", False),
        "LADEN_BY": ("2025-06-02", "2025-07-04", False),
    }
    for call in study.programme_calls:
        programme = study.programme_by_id[call.programme]
        assert not call.yearly or (programme.valid_from, programme.valid_to) == (None, None)
        assert call.yearly or (programme.valid_from, programme.valid_to) == (call.first_day, call.last_day)


def test_stacking_is_what_the_sources_say(study: Study) -> None:
    known = {p.id: p.stacking for p in study.programmes if p.stacking != "unknown"}
    assert known == {
        "SCSR": "exclusive",
        "STBAUF_BY": "subsidiary",
        "IKZ": "state_exclusive",
        "LEADER_BY": "capped",
        "ERNA_MLR": "capped",
        "RADOFFENSIVE": "exclusive",
        "MPSC": "capped",
        "KRL_NKI": "capped",
        "KOMMKLIMA": "reduced_rate_when_combined",
        "KFW208": "free",
    }
    assert {p.id: p.stacking_cap_pct for p in study.programmes if p.stacking_cap_pct is not None} == {"MPSC": 100}
    assert {p.id: p.combined_rate_pct for p in study.programmes if p.combined_rate_pct is not None} == {"KOMMKLIMA": 50}
    assert {p.id: p.pot_eur for p in study.programmes if p.pot_eur is not None} == {"KOMMUNAL_DIGITAL": 5_000_000}
    assert not any(p.early_start_allowed for p in study.programmes)


def test_every_prerequisite_in_words_is_there_in_codes_and_none_is_a_date(study: Study) -> None:
    for p in study.programmes:
        assert bool(p.requires) == bool(p.prerequisites), p.id
        assert not any(word in p.prerequisites for word in ("Projektende", "Antrag bis", "Frist")), p.id


def test_a_verified_field_is_filled(study: Study) -> None:
    bare = [(p.id, f) for p in study.programmes for f in p.verified_fields if getattr(p, f) in (None, "", ())]
    assert bare == []


def test_what_measures_fulfil_is_asked_by_some_programme(study: Study) -> None:
    asked = {code for p in study.programmes for code in p.requires}
    asked |= {r.condition for r in study.programme_rates} | {c.condition for c in study.programme_caps}
    for m in study.measures:
        codes = [code.removeprefix("not_") for code in m.fulfilled]
        assert set(codes) <= asked, m.id
        assert len(codes) == len(set(codes)), m.id


def test_what_is_in_place_agrees_with_the_findings(study: Study) -> None:
    for e in study.eligibility:
        fulfilled, asked = study.measure_by_id[e.measure].fulfilled, study.programme_by_id[e.programme].requires
        if e.verdict == "yes":
            assert not any(f"not_{code}" in fulfilled for code in asked), (e.measure, e.programme)
    assert study.measure_by_id["DO-08"].fulfilled == ("cooperation_five_years", "savings_15_pct", "council_decision")
    without_research = {"MV-04", "MV-08", "DO-02", "DO-04"}
    assert {m.id for m in study.measures if "not_research_share" in m.fulfilled} == without_research


def test_marks_of_the_municipalities_are_assumed_and_say_so(study: Study) -> None:
    marks = ("rmbh", "financially_weak", "budget_emergency", "land_saving_initiative", "hardship_fund")
    for m in study.municipalities:
        assert {f"not_{mark}" for mark in marks} == set(m.areas) - {"lag_isarregion"}
        assert "Annahme: nicht finanzschwach, nicht RmbH, keine Haushaltsnotlage" in m.not_verified
    assert {m.id for m in study.municipalities if "lag_isarregion" in m.areas} == {"ECH", "HBM", "NEU"}
    asked = {r.condition for r in study.programme_rates} | {c.condition for c in study.programme_caps}
    assert set(marks) <= asked


def test_one_measure_each_shows_a_running_key_a_mixed_key_and_a_co_payer(study: Study) -> None:
    keyed = {m.id: (m.running_cost_key, m.running_payer) for m in study.measures if m.running_cost_key}
    assert keyed == {"MV-09": ("single_payer", "GAR"), "DO-06": ("mixed", "")}
    sensors = study.measure_by_id["DO-06"]
    assert dict(sensors.key_mix_pct) == {"per_unit": 60, "equal": 40}
    assert "illustrativ" in sensors.cost_source
    bicycles = study.measure_by_id["MV-02"]
    assert (bicycles.co_payer, bicycles.co_payer_pct) == ("Landkreis Freising", 50)
    assert bicycles.co_payer in bicycles.partners
    assert "für Freising illustrativ" in bicycles.cost_source


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2026, 11, 24)])
def test_few_pairs_stay_to_be_checked_and_each_names_what_is_missing(study: Study, day: date) -> None:
    money = evaluate(study, Scenario(as_of=day)).money.values()
    pairs = [a for found in money for a in found.assessments]
    open_pairs = [a for a in pairs if a.verdict == "check"]
    assert len(pairs) == 40 * 28
    assert len(open_pairs) <= 0.4 * len(pairs)
    assert all(a.finding or any(r.verdict == "check" and r.code for r in a.reasons) for a in open_pairs)


def test_every_grant_code_has_words_in_both_languages(study: Study) -> None:
    kinds = {k for p in study.programmes for k in (*p.eligible_costs, *p.excluded_costs)}
    kinds |= {k for m in study.measures for k in m.cost_categories}
    themes = {t for p in study.programmes for t in p.themes} | {t for x in study.themes for t in x.funding_themes}
    themes |= {t for m in study.measures for t in m.funding_themes}
    forms = {f for p in study.programmes for f in p.applicant_types} | {m.lead_form for m in study.measures}
    areas = {p.area for p in study.programmes if p.area}
    areas |= {a for m in study.municipalities for a in m.areas}
    conditions = {r.condition for r in study.programme_rates} | {c.condition for c in study.programme_caps}
    codes = {code for p in study.programmes for code in p.requires}
    keys = [f"cost_kind.{k}" for k in kinds] + [f"grant_theme.{t}" for t in themes]
    keys += [f"grant_condition.{c}" for c in conditions if c] + [f"prerequisite.{c}" for c in codes]
    keys += [f"applicant.{f}" for f in forms] + [f"grant_area.{a}" for a in areas]
    assert [(key, lang) for key in keys for lang in ("de", "en") if not has_text(key, lang)] == []


def test_measures_and_programmes_share_one_vocabulary_of_costs(study: Study) -> None:
    known = {k for p in study.programmes for k in (*p.eligible_costs, *p.excluded_costs)}
    assert {k for m in study.measures for k in m.cost_categories} <= known | {"data"}


def test_every_rated_leaf_words_its_five_levels_in_both_languages(study: Study) -> None:
    for leaf in RELEVANCE + FEASIBILITY:
        levels = [level for level in study.levels if level.criterion == leaf]
        assert [level.value for level in levels] == [1, 2, 3, 4, 5]
        assert all(level.label_de and level.label_en for level in levels)


def test_participants_rate_relevance_and_the_planning_team_rates_feasibility(study: Study) -> None:
    raters: dict[tuple[str, str], list[str]] = defaultdict(list)
    for r in study.ratings:
        raters[r.measure, r.criterion].append(r.rater)
    for m in study.measures:
        assert all(tuple(raters[m.id, leaf]) == m.municipalities for leaf in RELEVANCE)
        assert all(raters[m.id, leaf] == ["planning_team"] for leaf in FEASIBILITY)


def test_ratings_agree_with_the_catalogues_overall_figures_within_half_a_step(
    study: Study, catalogue: dict[str, dict[str, str]]
) -> None:
    for m in study.measures:
        for leaves, column in ((RELEVANCE, "relevance_1_5"), (FEASIBILITY, "feasibility_1_5")):
            found = mean(mean(_values(study, m.id, leaf)) for leaf in leaves)
            assert abs(found - float(catalogue[m.id][column])) <= 0.5 + 1e-9, (m.id, column)


def test_ratings_are_no_copies_a_quarter_spreads_by_two_steps_or_more(study: Study) -> None:
    wide = {
        m.id
        for m in study.measures
        for leaf in RELEVANCE
        if max(_values(study, m.id, leaf)) - min(_values(study, m.id, leaf)) >= 2
    }
    assert len(wide) >= 10


def test_at_least_forty_ratings_say_why_in_both_languages(study: Study) -> None:
    reasons = [r for r in study.ratings if r.reason]
    assert len(reasons) >= 40
    assert all(r.reason_en for r in reasons)
    assert len({r.reason for r in reasons if not r.abstain}) == sum(not r.abstain for r in reasons)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("parent", ["", "relevance", "feasibility"])
def test_judgements_are_complete_and_believable_but_not_perfect(study: Study, profile: str, parent: str) -> None:
    ids = study.children[parent]
    matrix = np.eye(len(ids))
    for j in study.judgements:
        if (j.stakeholder, j.parent) == (profile, parent):
            assert j.value in range(1, 10)
            row, column = ids.index(j.a), ids.index(j.b)
            matrix[row, column], matrix[column, row] = j.value, 1 / j.value
            ids_seen = {j.a, j.b}
            assert ids_seen <= set(ids)
    pairs = sum((j.stakeholder, j.parent) == (profile, parent) for j in study.judgements)
    assert pairs == len(ids) * (len(ids) - 1) / 2
    largest = max(np.linalg.eigvals(matrix).real)
    ratio = (largest - len(ids)) / (len(ids) - 1) / EXACT_RANDOM_INDEX[len(ids)]
    assert 0.01 <= ratio <= {3: 0.05, 4: 0.08}[len(ids)]


def test_findings_of_the_planning_team_are_dated_reasoned_and_by_role(study: Study) -> None:
    for e in study.eligibility:
        assert e.reason
        assert e.reason_en
        assert e.by == "planning_team"
        assert e.date is not None
        assert e.date <= study.study.as_of


def test_no_finding_says_yes_where_the_rules_say_no(study: Study) -> None:
    for money in evaluate(study).money.values():
        for a in money.assessments:
            if a.finding is not None and a.finding.verdict == "yes":
                assert a.computed_verdict != "no", (a.measure, a.programme)


def test_funding_tells_measures_apart(study: Study) -> None:
    money = evaluate(study).money
    verdicts = {name: {a.verdict for a in m.assessments if a.candidate} for name, m in money.items()}
    assert sum(bool(found & {"yes", "no"}) for found in verdicts.values()) >= 30
    assert sum("yes" in found for found in verdicts.values()) >= 15
    assert sum(bool(found) and found <= {"no"} for found in verdicts.values()) >= 8
    sure = {round(float(m.grant_low / m.life_cycle_gross), 2) for m in money.values()}
    assert len(sure) >= 10


def test_the_default_ranks_all_forty_in_groups_worth_discussing(study: Study) -> None:
    result = evaluate(study)
    groups = Counter(line.rank_group for line in result.ranking)
    assert len(result.ranking) == 40
    assert result.gated == ()
    assert 4 <= len(groups) <= 10
    assert max(groups.values()) <= 14
    assert not any(finding.code == "clipped" for finding in result.findings)


def test_three_profiles_three_different_top_fives(study: Study) -> None:
    tops = {frozenset(line.measure for line in evaluate(study, Scenario(profile=p)).ranking[:5]): p for p in PROFILES}
    assert len(tops) == 3
    pairs = [(a, b) for a in tops for b in tops if tops[a] < tops[b]]
    assert all(len(a - b) >= 2 for a, b in pairs)


def test_every_scenario_file_ranks_all_forty(study: Study) -> None:
    files = sorted((DATA / "scenarios").glob("*.toml"))
    assert len(files) >= 4
    for file in files:
        assert len(evaluate(study, read_scenario(file)).ranking) == 40, file.name


def _collected(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / "raw" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _values(study: Study, measure: str, leaf: str) -> list[float]:
    return [r.value for r in study.ratings if (r.measure, r.criterion) == (measure, leaf) and r.value is not None]


def test_every_text_on_a_fact_sheet_has_its_english_version(study) -> None:
    pairs = [(m, f) for m in study.measures for f in ("title", "description", "lead", "partners", "source_kind")]
    pairs += [(m, f) for m in study.measures for f in SHEET_TEXTS]
    fields = ("name", "prerequisites", "rate_raised_condition", "status_note", "not_verified")
    pairs += [(p, f) for p in study.programmes for f in fields]
    assert [(r.id, f) for r, f in pairs if getattr(r, f) and not getattr(r, f"{f}_en")] == []


def test_every_measure_has_a_fact_sheet_in_short_sentences(study: Study) -> None:
    told = ("situation", "goal", "target_group", "indicator", "risks")
    for m in study.measures:
        assert all(0 < len(getattr(m, f"{name}{end}")) <= 110 for name in told for end in ("", "_en")), m.id
        assert 3 <= len(m.milestones) == len(m.milestones_en) <= 5, m.id
        assert all(len(step) <= 45 for step in (*m.milestones, *m.milestones_en)), m.id


def test_a_target_lies_after_the_start_and_names_its_year(study: Study) -> None:
    for m in study.measures:
        years = [int(year) for year in re.findall(r"20\d\d", m.indicator)]
        assert years == [int(year) for year in re.findall(r"20\d\d", m.indicator_en)], m.id
        assert len(years) == 1, m.id
        assert m.start_year is not None
        assert m.start_year <= years[0], m.id


def test_measures_named_as_working_together_exist_and_are_others(study: Study) -> None:
    for m in study.measures:
        for words in (m.synergies, m.synergies_en):
            named = re.findall(r"[A-Z]{2}-\d\d", words)
            assert set(named) <= set(study.measure_by_id) - {m.id, *m.excludes}, m.id
