"""What a measure costs: net, VAT, gross, once and per year, and over its life. Decimal, to the cent."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from mcda.study.model import Measure, StudyInfo

CENT = Decimal("0.01")
ZERO = Decimal(0)
HUNDRED = Decimal(100)


def cents(amount: Decimal) -> Decimal:
    """The amount rounded half up to the cent, as invoices are (DIN 1333)."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Price:
    """One price in its three figures; `net + vat == gross` to the cent."""

    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class Costs:
    """All cost of one measure: `investment` once, `running` per year for `years` years, `life_cycle` together.

    `life_cycle` is discounted at the study's rate, year-end payments; `recoverable_vat` is the part of it that
    comes back as input tax (zero unless the measure may deduct). `known` is false where no cost was stated at all:
    then every amount is zero and means nothing.
    """

    investment: Price
    running: Price
    years: int
    life_cycle: Price
    recoverable_vat: Decimal
    deductible: bool
    known: bool = True
    discount_rate_pct: float = 0.0


def price(given: Decimal, basis: str, vat_rate_pct: Decimal) -> Price:
    """Net, VAT and gross from the figure given (`basis` 'net' or 'gross'), which is kept; VAT rate 19 means 19 %.

    560,000.00 gross at 19 % is 470,588.24 net; going back would give 560,000.01, so only the other side is derived.
    """
    amount = cents(given)
    factor = 1 + vat_rate_pct / HUNDRED
    net, gross = (amount, cents(amount * factor)) if basis == "net" else (cents(amount / factor), amount)
    return Price(net, gross - net, gross)


def cost_of(measure: Measure, info: StudyInfo) -> Costs:
    """The measure's costs over its own lifetime, or the study's horizon where it states none.

    Running cost has its own VAT rate where one is given (staff carries none), else the investment's.
    """
    running_rate = measure.vat_rate_pct if measure.opex_vat_rate_pct is None else measure.opex_vat_rate_pct
    investment = price(measure.capex_eur or ZERO, measure.price_basis, measure.vat_rate_pct)
    running = price(measure.opex_eur_per_year or ZERO, measure.price_basis, running_rate)
    years = measure.lifetime_years or info.horizon_years
    life = _life_cycle(investment, running, annuity(years, info.discount_rate_pct))
    recoverable = life.vat if measure.vat_deductible else ZERO
    known = measure.capex_eur is not None or measure.opex_eur_per_year is not None
    return Costs(investment, running, years, life, recoverable, measure.vat_deductible, known, info.discount_rate_pct)


def annuity(years: int, rate_pct: float) -> Decimal:
    """Present value of 1 paid at the end of each of `years` years at `rate_pct` per cent; `years` at 0 %."""
    if not rate_pct:
        return Decimal(years)
    rate = Decimal(str(rate_pct)) / HUNDRED
    return (1 - (1 + rate) ** -years) / rate


@lru_cache(maxsize=256)
def present_values(years: int, rate_pct: float) -> tuple[Decimal, ...]:
    """What 1 paid at the end of each year is worth today: 1 each at 0 %."""
    growth = 1 + Decimal(str(rate_pct)) / HUNDRED
    return tuple(1 / growth**year for year in range(1, years + 1)) if rate_pct else (Decimal(1),) * years


def _life_cycle(investment: Price, running: Price, factor: Decimal) -> Price:
    net = investment.net + cents(running.net * factor)
    gross = investment.gross + cents(running.gross * factor)
    return Price(net, gross - net, gross)
