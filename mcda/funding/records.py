"""What the funding rules conclude, as records. Money is Decimal, rounded to the cent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mcda.errors import Param
from mcda.study.model import Eligibility, Verdict


@dataclass(frozen=True, slots=True)
class Reason:
    """One gate's answer. `code` with the prefix 'reason.' is a key of the message catalogue."""

    gate: str
    verdict: Verdict
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A measure against one programme: verdict, every reason, and the grant as an interval [low, high].

    `candidate`: the planners listed the programme for this measure (or listed none); only candidates count.
    `verdict` is the one in force; `computed_verdict` is the rules' own, before a person's `finding`.
    `grant_low` is sure if the verdict is yes (0 where the rate is unknown), `grant_high` is the most possible.
    `bound` names the term that limited the grant: rate, cap, own_share, awarded, unknown_rate, loan, none.
    """

    measure: str
    programme: str
    candidate: bool
    verdict: Verdict
    computed_verdict: Verdict
    reasons: tuple[Reason, ...]
    eligible_cost: Decimal
    rate_pct: Decimal | None
    grant_low: Decimal
    grant_high: Decimal
    bound: str
    finding: Eligibility | None = None


@dataclass(frozen=True, slots=True)
class MeasureMoney:
    """All money of one measure. Own contribution = gross life-cycle cost - recoverable VAT - grant.

    `grant_low` counts sure programmes only, `grant_high` also those to be checked, `grant` is the point of
    that interval the study declares (its middle unless set). `best` is the programme behind `grant_high`
    among yes, else among check; None when no candidate is left. `shares` splits `own_contribution` over the
    municipalities to the cent by the measure's cost key; `share_issue` says why there is no split.
    """

    measure: str
    investment_net: Decimal
    investment_vat: Decimal
    investment_gross: Decimal
    running_gross_per_year: Decimal
    running_years: int
    life_cycle_gross: Decimal
    recoverable_vat: Decimal
    grant_low: Decimal
    grant: Decimal
    grant_high: Decimal
    own_contribution_low: Decimal
    own_contribution: Decimal
    own_contribution_high: Decimal
    best: Assessment | None
    assessments: tuple[Assessment, ...]
    cost_key: str
    shares: Mapping[str, Decimal]
    share_issue: str = ""
