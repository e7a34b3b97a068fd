"""Beside a grant stands the programme that brings it: the sure one, and the one that may bring more."""

from datetime import date
from decimal import Decimal
from typing import Any

from mcda.funding.money import measure_money
from mcda.report.exhibits.programmes import point_text, programme_text
from mcda.study.model import Eligibility, Programme, Study
from small import measure, small_study


def programme(name: str, cap: int | None, **more: Any) -> Programme:
    return Programme.model_validate(
        {
            "id": name,
            "name": f"Richtlinie {name}",
            "rate_pct": 50 if cap else None,
            "max_grant_eur": cap or 4_000,
            "vat_rule": "gross",
            "applicant_types": ("gemeinde",),
            "valid_from": date(2024, 1, 1),
            "valid_to": date(2026, 12, 31),
        }
        | more
    )


def study(programmes: tuple[Programme, ...], **verdicts: str) -> Study:
    return small_study(
        measures=(measure("M1", 60_000, lead_form="gemeinde"),),
        ratings=(),
        programmes=programmes,
        eligibility=tuple(
            Eligibility.model_validate({"measure": "M1", "programme": p, "verdict": v}) for p, v in verdicts.items()
        ),
    )


def said(whole: Study, language: str = "de") -> str:
    return programme_text(measure_money(whole)["M1"], whole, language)


def test_the_sure_programme_stands_with_its_own_amount_and_the_possible_one_with_its_highest() -> None:
    both = study((programme("A", 10_000), programme("B", 20_000)), A="yes", B="check")
    money = measure_money(both)["M1"]
    assert (money.grant_low, money.grant, money.grant_high) == (10_000, 15_000, 20_000)
    assert said(both) == "Richtlinie A: 10.000 €; zu prüfen: Richtlinie B bis 20.000 €"
    assert said(both, "en") == "Richtlinie A: €10,000; to be checked: Richtlinie B up to €20,000"


def test_one_that_brings_no_more_than_is_sure_is_not_named() -> None:
    less = study((programme("A", 10_000), programme("B", 8_000)), A="yes", B="check")
    assert said(less) == "Richtlinie A: 10.000 €"


def test_without_a_sure_programme_only_the_possible_one_is_named() -> None:
    assert said(study((programme("B", 20_000),), B="check")) == "zu prüfen: Richtlinie B bis 20.000 €"


def test_a_sure_programme_with_an_unknown_rate_has_both_ends() -> None:
    assert said(study((programme("C", None),), C="yes")) == "möglich: Richtlinie C bis 4.000 €"
    awarded = study((programme("A", 10_000), programme("C", None, max_grant_eur=30_000)), A="yes", C="yes")
    assert said(awarded) == "Richtlinie A: 10.000 €; möglich: Richtlinie C bis 30.000 €"


def test_no_programme_says_nothing() -> None:
    assert said(study((programme("A", 10_000),), A="no")) == ""
    assert said(study(())) == ""


def test_a_grant_is_never_more_than_there_is_to_pay() -> None:
    awarded = study((programme("A", 10_000),), A="yes")
    paid = awarded.eligibility[0].model_copy(update={"awarded_eur": Decimal(90_000)})
    assert said(awarded.model_copy(update={"eligibility": (paid,)})) == "Richtlinie A: 60.000 €"


def test_the_counted_amount_is_told_as_the_study_declares_it() -> None:
    assert "Mitte zwischen sicherem und höchstmöglichem Zuschuss" in point_text(study(()), "de")
    info = study(()).study.model_copy(update={"interval_point": 0.25})
    assert "25 %" in point_text(study(()).model_copy(update={"study": info}), "de")
