"""Rules on calls, stacking and cost keys: each slip is named with its place."""

from datetime import date
from decimal import Decimal

import pytest

from mcda.locale import LANGUAGES
from mcda.study.model import Programme, ProgrammeCall, ProgrammeCap, ProgrammeRate
from mcda.study.rules import check_study
from small import small_study


def told(study, table):
    found = [issue for issue in check_study(study) if issue.where.table == table]
    assert all(issue.sentence(language) for issue in found for language in LANGUAGES)
    return {(issue.code, issue.where.column) for issue in found if issue.level in {"error", "warning"}}


def with_programme():
    return small_study().model_copy(update={"programmes": (Programme(id="P1", name="Programm"),)})


def changed(**update):
    study = small_study()
    first = study.measures[0]
    return study.model_copy(update={"measures": (first.model_copy(update=update), *study.measures[1:])})


def test_the_small_study_has_nothing_of_this() -> None:
    assert not {code for code, _ in told(small_study(), "measures")} & {"parts_not_hundred", "co_payer_twice"}


@pytest.mark.parametrize(
    ("update", "issue"),
    [
        ({"key_mix_pct": (("equal", Decimal(30)), ("per_capita", Decimal(60)))}, ("parts_not_hundred", "key_mix_pct")),
        ({"key_mix_pct": (("equal", Decimal(30)), ("per_hea", Decimal(70)))}, ("not_a_choice", "key_mix_pct")),
        ({"co_payer_pct": Decimal(50), "co_payer_eur": Decimal(1)}, ("co_payer_twice", "co_payer_eur")),
        ({"opt_outs": ("NOBODY",)}, ("unknown_id", "opt_outs")),
    ],
)
def test_cost_keys(update, issue) -> None:
    assert issue in told(changed(**update), "measures")


def test_fixed_shares_add_up_and_who_is_limited_takes_part() -> None:
    study = small_study()
    ids = tuple(study.municipality_by_id)
    short = changed(municipalities=ids[:1], fixed_shares_pct=((ids[0], Decimal(90)),))
    assert ("parts_not_hundred", "fixed_shares_pct") in told(short, "measures")
    outside = changed(municipalities=ids[:1], share_caps_eur=((ids[1], Decimal(90)),))
    assert ("not_a_participant", "share_caps_eur") in told(outside, "measures")


def test_calls_and_stacking() -> None:
    study = with_programme()
    programme = study.programmes[0].id
    calls = (
        ProgrammeCall(programme=programme, first_day=date(2025, 5, 1), last_day=date(2025, 4, 1)),
        ProgrammeCall(programme=programme, first_day=date(2025, 1, 1), last_day=date(2026, 5, 1), yearly=True),
        ProgrammeCall(programme="NONE", first_day=date(2025, 1, 2), last_day=date(2026, 5, 1)),
    )
    found = told(study.model_copy(update={"programme_calls": calls}), "programme_calls")
    assert found == {("dates_reversed", "last_day"), ("yearly_call_too_long", "last_day"), ("unknown_id", "programme")}
    idle = study.programmes[0].model_copy(update={"combined_rate_pct": Decimal(50), "stacking": "free"})
    found = told(study.model_copy(update={"programmes": (idle, *study.programmes[1:])}), "programmes")
    assert ("stacking_field_idle", "stacking") in found


def test_child_rows_of_unknown_programmes_and_doubled_rows_are_told() -> None:
    study = with_programme()
    rate = ProgrammeRate(programme=study.programmes[0].id, rate_pct=Decimal(50), condition="rmbh")
    cap = ProgrammeCap(programme="NONE", max_grant_eur=Decimal(5))
    doubled = study.model_copy(update={"programme_rates": (rate, rate), "programme_caps": (cap,)})
    assert ("row_twice", "programme") in told(doubled, "programme_rates")
    assert ("unknown_id", "programme") in told(doubled, "programme_caps")
