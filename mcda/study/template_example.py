"""The invented study the template shows: enough of everything to copy from, small enough to overwrite."""

from datetime import date
from decimal import Decimal
from typing import Any

from mcda.locale import text
from mcda.study.model import (
    Criterion,
    DirectWeight,
    Eligibility,
    Judgement,
    Measure,
    Municipality,
    Programme,
    Rating,
    ScaleLevel,
    Stakeholder,
    Study,
    StudyInfo,
    Theme,
)

AS_OF = date(2026, 12, 31)
AGREED = {"M1": (4, 4, 5), "M2": (5, 3, 3), "M3": (5, None, 4)}
"""Levels on goals, urgency and feasibility; where there is none, the municipalities rate for themselves."""

SCALES = ("goals", "urgency", "feasibility")


def example_study() -> Study:
    """Three measures of two municipalities, four top criteria, two grant programmes; everything invented.

    Free texts are German with their English twin, so that the template holds the same study in both languages.
    """
    return Study(
        study=StudyInfo(title=_de("title"), title_en=_en("title"), region=_de("region"), as_of=AS_OF),
        themes=tuple(Theme(id=i, **_labels(i), funding_themes=(i,)) for i in ("mobility", "digital")),
        criteria=_criteria(),
        levels=tuple(ScaleLevel(criterion=c, value=v, **_labels(f"{c}_{v}")) for c in SCALES for v in range(1, 6)),
        municipalities=_municipalities(),
        measures=_measures(),
        ratings=_ratings(),
        programmes=_programmes(),
        eligibility=_eligibility(),
        stakeholders=tuple(Stakeholder(id=i, **_labels(i)) for i in ("council", "administration")),
        judgements=_judgements(),
        weights=tuple(
            DirectWeight(stakeholder="council", criterion=c, points=p)
            for c, p in (("relevance", 40), ("feasibility", 20), ("cost", 20), ("funding", 20))
        ),
    )


def _de(key: str) -> str:
    return text(f"template.example.{key}", "de")


def _en(key: str) -> str:
    return text(f"template.example.{key}", "en")


def _labels(key: str) -> dict[str, Any]:
    return {"label_de": _de(key), "label_en": _en(key)}


def _criteria() -> tuple[Criterion, ...]:
    scale = {"unit": "points", "best": 5.0, "worst": 1.0, "step": 1.0}
    return tuple(
        Criterion.model_validate({"id": name, **_labels(name), "weight": float(weight), **more})
        for name, weight, more in (
            ("relevance", 35, {}),
            ("feasibility", 25, scale),
            ("cost", 20, {"kind": "computed", "quantity": "life_cycle_cost_eur", "sense": "min", "unit": "EUR"}
                | {"best": 20_000.0, "worst": 2_000_000.0, "value_function": "logarithmic"}),
            ("funding", 20, {"kind": "computed", "quantity": "funding_share", "unit": "share"}
                | {"best": 0.9, "worst": 0.0}),
            ("goals", 60, {"parent": "relevance", **scale}),
            ("urgency", 40, {"parent": "relevance", **scale}),
        )
    )  # fmt: skip


def _municipalities() -> tuple[Municipality, ...]:
    return tuple(
        Municipality(
            id=name, name=_de(key), kind=kind, district=_de("district"), ags=ags, population=people,
            population_date=date(2025, 12, 31), latitude=north, longitude=east, source=_de("invented"),
        )
        for name, key, kind, ags, people, north, east in (
            ("MUS", "town", "stadt", "09999101", 18_400, 48.25, 11.65),
            ("BEI", "village", "gemeinde", "09999102", 7_250, 48.30, 11.70),
        )
    )  # fmt: skip


def _measures() -> tuple[Measure, ...]:
    common = {"vat_deductible": False, "status": "idea", "source": _de("invented")}
    bike = {
        "id": "M1", "theme": "mobility", "category": "quick_start", "lead_form": "stadt", "municipalities": ("MUS",),
        "time_horizon": "short", "start_year": 2027, "duration_months": 9, "lifetime_years": 20,
        "capex_eur": Decimal("84500.00"), "opex_eur_per_year": Decimal(2500), "staff_fte": 0.1,
        "cost_quality": "calculated", "cost_categories": ("cycle_parking", "construction"),
        "funding_themes": ("cycling",), "funding_candidates": ("RAD",), "location": _de("station"), "status": "checked",
        "status_date": date(2026, 11, 1), "editor": _de("bike_lead"), "application_state": "planned",
    } | _told("bike")  # fmt: skip
    portal = {
        "id": "M2", "theme": "digital", "category": "key_project", "lead_form": "interkommunaler_zusammenschluss",
        "municipalities": ("MUS", "BEI"), "time_horizon": "medium", "start_year": 2027, "duration_months": 24,
        "capex_eur": Decimal(240_000), "opex_eur_per_year": Decimal(36_000), "staff_fte": 0.5,
        "cost_quality": "estimated", "cost_categories": ("software", "services"), "cost_key": "per_capita",
        "funding_candidates": ("DIGI",),
    }  # fmt: skip
    car = {
        "id": "M3", "theme": "mobility", "category": "single_project", "lead_form": "gemeinde",
        "municipalities": ("BEI", "MUS"), "partners": (_de("partner"),), "time_horizon": "medium", "start_year": 2028,
        "duration_months": 12, "capex_eur": Decimal(60_000), "price_basis": "net",
        "opex_eur_per_year": Decimal(15_000), "cost_quality": "rough", "cost_categories": ("vehicles", "charging"),
        "cost_key": "per_unit", "units": (("BEI", Decimal(1)), ("MUS", Decimal(1))), "depends_on": ("M1",),
        "funding_themes": ("sharing",), "funding_candidates": ("RAD",),
    }  # fmt: skip
    return tuple(
        Measure.model_validate(
            common
            | {"title": _de(key), "title_en": _en(key), "description": _de(f"{key}_about"), "lead": _de(f"{key}_lead")}
            | row
        )
        for key, row in (("bike", bike), ("portal", portal), ("car", car))
    )


def _told(key: str) -> dict[str, Any]:
    """What the fact sheet says of a measure, German with its English twin."""
    names = ("situation", "goal", "target_group", "milestones", "indicator", "risks")
    said = {f"{name}{end}": say(f"{key}_{name}") for name in names for end, say in (("", _de), ("_en", _en))}
    return {name: tuple(words.split("; ")) if "milestones" in name else words for name, words in said.items()}


def _ratings() -> tuple[Rating, ...]:
    agreed = [
        Rating(measure=measure, criterion=criterion, value=value)
        for measure, values in AGREED.items()
        for criterion, value in zip(SCALES, values, strict=True)
        if value is not None
    ]
    own = [
        Rating(measure="M3", criterion="urgency", rater="BEI", value=4, reason=_de("why")),
        Rating(measure="M3", criterion="urgency", rater="MUS", value=3, low=2, high=4),
    ]
    return (*own, *agreed)


def _programmes() -> tuple[Programme, ...]:
    common = {
        "funder": _de("funder"), "level": _de("funder"), "intermunicipal": "allowed", "prerequisites": _de("before"),
        "valid_from": date(2026, 1, 1), "as_of": date(2026, 11, 1), "source": _de("invented"),
        "max_grant_basis": "project",
    }  # fmt: skip
    cycling = {
        "id": "RAD", "name": _de("cycling_grant"), "name_en": _en("cycling_grant"), "themes": ("mobility", "cycling"),
        "rate_pct": 50, "max_grant_eur": 100_000, "min_grant_eur": 5_000, "min_own_share_pct": 10,
        "vat_rule": "follows_deduction", "applicant_types": ("gemeinde", "markt", "stadt"),
        "eligible_costs": ("cycle_parking", "construction"), "excluded_costs": ("land",),
        "valid_to": date(2028, 12, 31),
    }  # fmt: skip
    digital = {
        "id": "DIGI", "name": _de("digital_grant"), "name_en": _en("digital_grant"), "themes": ("digital",),
        "rate_pct": 60, "max_grant_eur": 150_000, "min_eligible_cost_eur": 20_000, "min_own_share_pct": 10,
        "applicant_types": ("gemeinde", "markt", "stadt", "interkommunaler_zusammenschluss"),
        "eligible_costs": ("software", "services"), "running_cost_years": 2, "max_duration_months": 36,
        "valid_to": date(2027, 12, 31),
    }  # fmt: skip
    return tuple(Programme.model_validate(common | row) for row in (cycling, digital))


def _eligibility() -> tuple[Eligibility, ...]:
    found = date(2026, 11, 20)
    return (
        Eligibility(measure="M1", programme="RAD", verdict="yes", reason=_de("fits"), by=_de("office"), date=found),
        Eligibility(
            measure="M3", programme="RAD", verdict="check", reason=_de("unclear"), by=_de("office"), date=found
        ),
    )


def _judgements() -> tuple[Judgement, ...]:
    answers = (
        ("relevance", "feasibility", 2), ("relevance", "cost", 1), ("relevance", "funding", 3),
        ("feasibility", "cost", 0.5), ("feasibility", "funding", 2), ("cost", "funding", 3),
    )  # fmt: skip
    return tuple(Judgement(stakeholder="administration", a=a, b=b, value=value) for a, b, value in answers)
