"""Grant programmes as data: the rules of a programme, its rates, caps and calls, and what a person found."""

from typing import Literal

from pydantic import Field

from mcda.study.record import MOST_MONEY, Day, Money, Record, Texts

Verdict = Literal["yes", "check", "no"]
Instrument = Literal[
    "share", "fixed_capped_by_share", "fixed_amount", "per_unit", "degressive", "loan", "share_plus_loan"
]

Stacking = Literal[
    "exclusive", "state_exclusive", "subsidiary", "capped", "reduced_rate_when_combined", "free", "unknown"
]
"""May other grants stand beside it: none; none of the state; only what others leave open is paid (it gives way); up to
a common limit; at a lower rate; without limit; nobody knows (to be checked)."""

CapBasis = Literal["project", "project_year", "municipality", "unit"]
Condition = str
"""What a rate or a cap may hang on: 'intermunicipal', 'single_applicant', the form of the applicant (a code of
`applicant_types`), or a mark of the participants (`Municipality.areas`), such as 'financially_weak'."""


class Programme(Record):
    """Table `programmes`: the grant rules of one programme. Empty means unknown, never zero.

    One rate, one cap and one period of validity stand here; programmes with several have rows in the child tables
    `programme_rates`, `programme_caps` and `programme_calls`. `status` is what the source said on the day `as_of`, for
    programmes without dates. `requires` are codes a measure lists under `fulfilled`;
    `prerequisites` is the same in words, for people.
    """

    id: str
    name: str
    name_en: str = ""
    funder: str = ""
    level: str = ""
    themes: Texts = ()
    instrument: Instrument = "share"
    rate_pct: Money | None = Field(default=None, ge=0, le=100)
    rate_raised_pct: Money | None = Field(default=None, ge=0, le=100)
    rate_raised_condition: str = ""
    rate_raised_condition_en: str = ""
    max_grant_eur: Money | None = Field(default=None, ge=0, le=MOST_MONEY)
    max_grant_basis: CapBasis | None = None
    max_grant_note: str = ""
    max_eligible_cost_eur: Money | None = Field(default=None, ge=0, le=MOST_MONEY)
    min_eligible_cost_eur: Money | None = Field(default=None, ge=0, le=MOST_MONEY)
    min_grant_eur: Money | None = Field(default=None, ge=0, le=MOST_MONEY)
    min_own_share_pct: Money | None = Field(default=None, ge=0, le=100)
    vat_rule: Literal["gross", "net_only", "not_eligible", "follows_deduction"] | None = None
    applicant_types: Texts = ()
    intermunicipal: Literal["allowed", "required", "no", "unknown"] = "unknown"
    intermunicipal_note: str = ""
    area: str = ""
    area_note: str = ""
    population_max: int | None = Field(default=None, ge=0)
    population_min: int | None = Field(default=None, ge=0)
    eligible_costs: Texts = ()
    excluded_costs: Texts = ()
    running_cost_years: int = Field(default=0, ge=0, le=100)
    max_duration_months: int | None = Field(default=None, ge=0, le=1200)
    stacking: Stacking = "unknown"
    stacking_cap_pct: Money | None = Field(default=None, gt=0, le=100)
    combined_rate_pct: Money | None = Field(default=None, ge=0, le=100)
    stacking_note: str = ""
    pot_eur: Money | None = Field(default=None, ge=0, le=MOST_MONEY)
    early_start_allowed: bool = False
    requires: Texts = ()
    prerequisites: str = ""
    prerequisites_en: str = ""
    valid_from: Day | None = None
    valid_to: Day | None = None
    latest_project_end: Day | None = None
    status: Literal["open", "closed"] | None = None
    status_note: str = ""
    status_note_en: str = ""
    source: str = ""
    as_of: Day | None = None
    verified_fields: Texts = ()
    not_verified: str = ""
    not_verified_en: str = ""
    note: str = ""


class ProgrammeRate(Record):
    """Table `programme_rates`: one rate of a programme that has several.

    `rate_kind` 'rate': the rate in per cent of the eligible cost, 'bonus': points on top of it, 'loan': the part
    lent. `year`: holds in that project year only (1, 2, ...), for rates that fall. `above_eur`: holds for the part of
    the eligible cost above that sum. `condition`: holds only where it is met; if unknown, it opens an interval.
    """

    programme: str
    rate_kind: Literal["rate", "bonus", "loan"] = "rate"
    rate_pct: Money = Field(ge=0, le=100)
    year: int | None = Field(default=None, ge=1, le=100)
    above_eur: Money | None = Field(default=None, ge=0, le=MOST_MONEY)
    condition: Condition = ""
    note: str = ""


class ProgrammeCap(Record):
    """Table `programme_caps`: one highest grant of a programme that has several; of those met the highest holds."""

    programme: str
    max_grant_eur: Money = Field(ge=0, le=MOST_MONEY)
    basis: CapBasis = "project"
    condition: Condition = ""
    note: str = ""


class ProgrammeCall(Record):
    """Table `programme_calls`: days on which applications are taken. `yearly`: again every year on the same days."""

    programme: str
    first_day: Day
    last_day: Day
    yearly: bool = False
    note: str = ""


class Eligibility(Record):
    """Table `eligibility`: a person's finding on measure x programme; it overrides the computed verdict."""

    measure: str
    programme: str
    verdict: Verdict
    reason: str = ""
    reason_en: str = ""
    by: str = ""
    date: Day | None = None
    awarded_eur: Money | None = Field(default=None, ge=0, le=MOST_MONEY)
    illustrative: bool = False
