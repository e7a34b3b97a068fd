"""What the funding rules conclude, as records. Money is Decimal, rounded to the cent.

Parameters of a reason carry facts; their names say how a sentence shows them: `*_eur` is money, `*_day` an ISO
date, `forms`, `themes`, `kinds` and `refused` (of cost), `area`, `mark` (a condition) and `needs` (prerequisites)
are codes. `NAME_en` is the English version of what somebody wrote under NAME.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mcda.errors import Param
from mcda.locale import formats, label, text
from mcda.study.model import Eligibility, Verdict

ZERO = Decimal(0)

LABEL_GROUPS: Mapping[str, tuple[str, ...]] = {
    "forms": ("applicant",),
    "themes": ("grant_theme",),
    "kinds": ("cost_kind",),
    "refused": ("cost_kind",),
    "area": ("grant_area",),
    "mark": ("grant_condition", "applicant", "grant_area"),
    "needs": ("prerequisite",),
}


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
        return ", ".join(_word(LABEL_GROUPS[name], code, language) for code in codes)
    if name.endswith("_eur") and isinstance(value, int | float):
        return formats.money(value, language)
    if name.endswith("_day"):
        return formats.day(date.fromisoformat(str(value)), language)
    return value


def _word(groups: tuple[str, ...], code: str, language: str) -> str:
    return next((word for group in groups if (word := label(group, code, language)) != code), code)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A measure against one programme: verdict, every reason, and the grant as an interval [low, high].

    `candidate`: the planners listed the programme for this measure (or listed none); only candidates count.
    `verdict` is the one in force; `computed_verdict` is the rules' own, before a person's `finding`.
    `grant_low` is sure if the verdict is yes (0 where the rate is unknown), `grant_high` is the most possible.
    `bound` names the term that limited the grant: rate, cap, own_share, awarded, unknown_rate, unknown_units,
    loan, none (a verdict of no). With verdict no both ends are 0. `loan_eur` is lent, not given. `closes` is the last
    day to apply where the programme is open, `opens` the next first day where it is closed for now.
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
    loan_eur: Decimal = ZERO
    closes: date | None = None
    opens: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One programme's grant within a bundle: `alone` is what it would pay without the others."""

    programme: str
    verdict: Verdict
    grant: Decimal
    alone: Decimal
    once: Decimal = ZERO

    @property
    def running(self) -> Decimal:
        """The part of the grant that pays running cost; `once` pays investment."""
        return self.grant - self.once


@dataclass(frozen=True, slots=True)
class Bundle:
    """The best permitted set of programmes for one measure: what each pays, and together.

    `bound` names the rule that limits the sum (own_share, common_limit, cost; '' where none does) and `bound_by` the
    programme it belongs to. `to_check`: whether these programmes may stand together at all is not known.
    """

    parts: tuple[Part, ...] = ()
    total: Decimal = ZERO
    bound: str = ""
    bound_by: str = ""
    to_check: bool = False

    @property
    def programmes(self) -> tuple[str, ...]:
        """The ids of the programmes, the largest grant first."""
        return tuple(part.programme for part in self.parts)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A programme that would pay but stands outside the bundle. `code` with the prefix 'left_out.' says why:
    exclusive, state_exclusive, subsidiary (gives way), stacking_unknown, no_more. `other` is the one in its way."""

    programme: str
    code: str
    other: str = ""
    alone: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class MeasureMoney:
    """All money of one measure. Gross life-cycle cost - recoverable VAT = grant + co-payment + own contribution.

    `grant_low` counts the best permitted bundle of sure programmes, `grant_high` also those to be checked, `grant` is
    the point of that interval the study declares (its middle unless set). `sure` is the bundle that brings `grant_low`,
    `possible` the one that brings `grant_high`; None where the amount is zero, and `possible` also where it brings no
    more than is sure. `best` is the assessment of the largest grant in them, sure ones first; None when none brings a
    grant (a loan is financing, not a saving). `left_out` says why other paying programmes are not in the last bundle,
    `alternatives` are the best bundles with one of those instead. `loans` are what could finance the own contribution.
    `co_payment` is borne by somebody outside before the split; `own_investment` + `own_running` = `own_contribution`;
    `grant_investment` is the part of `grant` that pays investment, the rest of it pays running cost.
    `shares` splits `own_contribution` over the municipalities to the cent by the measure's cost key, `shares_running`
    its running part where that has a key of its own; `share_issue` (a key with prefix 'share_issue.') says why there is
    no split.
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
    sure: Bundle | None = None
    possible: Bundle | None = None
    cost_known: bool = True
    left_out: tuple[LeftOut, ...] = ()
    alternatives: tuple[Bundle, ...] = ()
    loans: tuple[tuple[str, Decimal], ...] = ()
    co_payment: Decimal = ZERO
    own_investment: Decimal = ZERO
    own_running: Decimal = ZERO
    grant_investment: Decimal = ZERO
    running_cost_key: str = ""
    shares_running: Mapping[str, Decimal] = field(default_factory=dict)
