"""A study whose every text tries something: formulas, markup, length, emoji, right to left, lines, equal names."""

from datetime import date
from decimal import Decimal

from mcda.study.model import Criterion, Eligibility, Measure, Municipality, Programme, Rating, Study, StudyInfo, Theme

TITLES = (
    '=HYPERLINK("http://x";"y")',
    "+49 & <b>fett</b>",
    "@" + " ".join(["lang"] * 60),
    "-🚲 Radweg مسار עברית\nzweite Zeile",
)
LEVELS = ((5, 4.5), (3, 2), (4, 1), (2, 5))
COSTS = ("119000.01", "2000000", "35000.50", "480000")


def hostile_study() -> Study:
    """Four ranked measures and one excluded; two criteria with one name, which is also that of a column."""
    return Study(
        study=StudyInfo(title="=1+1 & Co", as_of=date(2025, 6, 30), notice="=2+2"),
        criteria=(
            Criterion(id="rank", label_de="=Rang", best=5, worst=1, step=1, weight=40),
            Criterion(id="title", label_de="=rang", best=5, worst=1, step=1, weight=30),
            Criterion(
                id="cost", label_de="+Kosten\nüber alles", kind="computed", quantity="life_cycle_cost_eur", sense="min",
                best=10_000, worst=5_000_000, unit="EUR", weight=20, value_function="logarithmic",
            ),
            Criterion(
                id="funding", label_de="@F", kind="computed", quantity="funding_share", best=1, worst=0, weight=10,
            ),
        ),
        themes=(Theme(id="t", label_de="=Thema"),),
        measures=(
            *(
                Measure(
                    id=f"M{n}", title=title, theme="t", category="=Kategorie", lead="@Leitung", municipalities=("ISM",),
                    time_horizon="=bald", status="=Status", cost_quality="=grob", capex_eur=Decimal(cost),
                    opex_eur_per_year=Decimal(0), decided_rank=1 if n == 4 else None,
                    decided_reason="=eilt" if n == 4 else "", lead_form="gemeinde", funding_themes=("digital",),
                    cost_categories=("planning",),
                )
                for n, (title, cost) in enumerate(zip(TITLES, COSTS, strict=True), start=1)
            ),
            Measure(id="M5", title="=draußen", municipalities=("ISM",), capex_eur=Decimal(1), knock_out="=darum"),
        ),
        municipalities=(Municipality(id="ISM", name="=Ismaning"),),
        ratings=tuple(
            Rating(measure=f"M{n}", criterion=criterion, value=value)
            for n, values in enumerate((*LEVELS, (1, 1)), start=1)
            for criterion, value in zip(("rank", "title"), values, strict=True)
        ),
        programmes=(
            Programme(
                id="P", name="=Programm", rate_pct=60, themes=("digital",), applicant_types=("gemeinde",),
                eligible_costs=("planning",), valid_to=date(2026, 12, 31), source="=quelle",
            ),
        ),
        eligibility=(
            Eligibility(measure="M1", programme="P", verdict="yes", awarded_eur=Decimal("50000.01"), by="=wer",
                        reason="=warum", date=date(2025, 5, 1)),
        ),
    )  # fmt: skip
