"""What the funding rules conclude, as records. Money is Decimal, rounded to the cent.

Parameters of a reason carry facts; their names say how a sentence shows them: `*_eur` is money, `*_day` an ISO
date, `forms`, `themes`, `kinds` (of cost) and `area` are codes with a label in the catalogue. `NAME_en` is the English
version of what somebody wrote under NAME.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mcda.errors import Param
from mcda.locale import formats, label, text
from mcda.study.model import Eligibility, Verdict

LABEL_GROUPS = {"forms": "applicant", "themes": "grant_theme", "kinds": "cost_kind", "area": "grant_area"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One gate's answer. `code` with the prefix 'reason.' is a key of the message catalogue."""

    gate: str
    verdict: Verdict
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        """The reason as a sentence a clerk can act on, with codes, money and dates in the reader's words."""
        params = dict(self.params)
        twins = {name: params.pop(f"{name}_en") for name in self.params if f"{name}_en" in params}
        words = params | {name: twin for name, twin in twins.items() if twin and language == "en"}
        shown = {name: _shown(name, value, language) for name, value in words.items()}
        return text(f"reason.{self.code}", language, **shown)


def _shown(name: str, value: Param, language: str) -> Param:
    if name in LABEL_GROUPS:
        codes = value if isinstance(value, tuple) else (str(value),)
        return ", ".join(label(LABEL_GROUPS[name], code, language) for code in codes)
    if name.endswith("_eur") and isinstance(value, int | float):
        return formats.money(value, language)
    if name.endswith("_day"):
        return formats.day(date.fromisoformat(str(value)), language)
    return value


@dataclass(frozen=True, slots=True)
class Assessment:
    """A measure against one programme: verdict, every reason, and the grant as an interval [low, high].

    `candidate`: the planners listed the programme for this measure (or listed none); only candidates count.
    `verdict` is the one in force; `computed_verdict` is the rules' own, before a person's `finding`.
    `grant_low` is sure if the verdict is yes (0 where the rate is unknown), `grant_high` is the most possible.
    `bound` names the term that limited the grant: rate, cap, own_share, awarded, unknown_rate, unknown_units,
    loan, none (a verdict of no). With verdict no both ends are 0.
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
    that interval the study declares (its middle unless set). `best` is the candidate that brings most at that
    point among yes, else among check; None when none brings a grant (a loan is financing, not a saving).
    `sure` is the candidate that brings `grant_low`, `possible` the one that brings `grant_high`; None where the
    amount is zero, and `possible` also where it brings no more than is sure. Both may be the same programme.
    `shares` splits `own_contribution` over the municipalities to the cent by the measure's cost key;
    `share_issue` (a key with prefix 'share_issue.') says why there is no split.
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
    sure: Assessment | None = None
    possible: Assessment | None = None
    cost_known: bool = True
