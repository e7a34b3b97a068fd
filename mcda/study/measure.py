"""A measure: what is planned, what it costs, who pays and how far it is."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from mcda.study.record import MOST_MONEY, Day, Money, Record, Shares, Texts

CostKey = Literal[
    "equal",
    "per_capita",
    "per_unit",
    "benefit",
    "fixed",
    "base_plus_per_capita",
    "mixed_50_50",
    "mixed",
    "single_payer",
]

SHEET_TEXTS = (
    *("situation", "goal", "target_group", "milestones", "indicator", "synergies", "risks", "legal_basis", "remark"),
)
"""What a fact sheet says of a measure beyond its description; each has its English twin `*_en`."""

SHEET_FIELDS = (*SHEET_TEXTS, *(f"{name}_en" for name in SHEET_TEXTS), "status_date", "editor", "application_state")
"""Fields that tell more about a measure and never change a result."""


class Measure(Record):
    """Table `measures`: an alternative. Costs keep the figure and price basis they were given in.

    An empty cost is not stated, a written 0 is zero. With neither investment nor running cost stated, the cost is
    unknown; where only one is, the other counts as zero, and the result says so.
    Who pays: `cost_key` splits the own contribution, `running_cost_key` its running part where that differs.
    `key_mix_pct` names keys and their parts ('equal=30;per_capita=70'). `co_payer` bears `co_payer_pct` of what grants
    leave, or `co_payer_eur`, before the split. `share_caps_eur` limits a member, `opt_outs` pay nothing.
    `milestones` are the steps of the work in their order; `indicator` says how success is seen, with unit, target and
    year; `editor` is a role, not a person; `application_state` is how far the grant application is.
    `fulfilled`: prerequisites of programmes that are met (codes of `Programme.requires`; 'not_CODE' if surely not).
    """

    id: str
    title: str
    title_en: str = ""
    theme: str = ""
    category: str = ""
    description: str = ""
    description_en: str = ""
    situation: str = ""
    situation_en: str = ""
    goal: str = ""
    goal_en: str = ""
    target_group: str = ""
    target_group_en: str = ""
    milestones: Texts = ()
    milestones_en: Texts = ()
    indicator: str = ""
    indicator_en: str = ""
    synergies: str = ""
    synergies_en: str = ""
    risks: str = ""
    risks_en: str = ""
    legal_basis: str = ""
    legal_basis_en: str = ""
    remark: str = ""
    remark_en: str = ""
    lead: str = ""
    lead_en: str = ""
    lead_form: str = ""
    municipalities: Texts = ()
    partners: Texts = ()
    partners_en: Texts = ()
    time_horizon: str = ""
    start_year: int | None = Field(default=None, ge=1990, le=2100)
    duration_months: int | None = Field(default=None, ge=0, le=1200)
    lifetime_years: int | None = Field(default=None, ge=1, le=100)
    capex_eur: Money | None = Field(default=None, ge=0, le=MOST_MONEY)
    opex_eur_per_year: Money | None = Field(default=None, ge=0, le=MOST_MONEY)
    price_basis: Literal["net", "gross"] = "gross"
    vat_rate_pct: Money = Field(default=Decimal(19), ge=0, le=100)
    opex_vat_rate_pct: Money | None = Field(default=None, ge=0, le=100)
    vat_deductible: bool = False
    staff_fte: float | None = Field(default=None, ge=0)
    cost_quality: str = ""
    cost_categories: Texts = ()
    cost_source: str = ""
    cost_key: CostKey | None = None
    units: Shares = ()
    benefit_shares: Shares = ()
    fixed_shares_pct: Shares = ()
    base_share_pct: Money | None = Field(default=None, ge=0, le=100)
    key_mix_pct: Shares = ()
    payer: str = ""
    running_cost_key: CostKey | None = None
    running_payer: str = ""
    co_payer: str = ""
    co_payer_pct: Money | None = Field(default=None, ge=0, le=100)
    co_payer_eur: Money | None = Field(default=None, ge=0, le=MOST_MONEY)
    share_caps_eur: Shares = ()
    opt_outs: Texts = ()
    funding_themes: Texts = ()
    funding_candidates: Texts = ()
    fulfilled: Texts = ()
    depends_on: Texts = ()
    excludes: Texts = ()
    mandatory: bool = False
    knock_out: str = ""
    status: str = "idea"
    status_date: Day | None = None
    editor: str = ""
    application_state: str = ""
    decided_rank: int | None = Field(default=None, ge=1)
    decided_reason: str = ""
    location: str = ""
    source: str = ""
    source_kind: str = ""
    source_kind_en: str = ""
    illustrative: bool = False
