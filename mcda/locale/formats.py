"""Numbers, money and dates as people of each language write them (Babel; money by DIN 5008)."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

LARGEST_WRITTEN_OUT = 10**15
"""From here on a number's digits no longer fit what Babel rounds with, and nobody counts them."""


def money(amount: Decimal | float, language: str, *, cents: bool = True) -> str:
    """An amount in EUR: '34.567,89 €' in German, '€34,567.89' in English; without cents when asked."""
    pattern = None if cents else ("#,##0 ¤" if language == "de" else "¤#,##0")
    return format_currency(amount, "EUR", format=pattern, locale=language, currency_digits=cents).replace("\xa0", " ")


def number(value: float | Decimal, language: str, digits: int = 2) -> str:
    """A plain number with up to `digits` decimals."""
    return format_decimal(value.__round__(digits), format=f"#,##0.{'#' * digits}", locale=language)


def fixed(value: float | Decimal, language: str, digits: int = 2) -> str:
    """A number with exactly `digits` decimals, for columns."""
    return format_decimal(value, format="#,##0." + "0" * digits if digits else "#,##0", locale=language)


def percent(fraction: float | Decimal, language: str, digits: int = 0) -> str:
    """A fraction 0..1 as a percentage, with the space German asks for."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + ("\xa0%" if language == "de" else "%")
    return format_percent(fraction, format=pattern, locale=language).replace("\xa0", " ")


def day(value: date, language: str) -> str:
    """A date: 30.06.2025 in German, 30 Jun 2025 in English."""
    return format_date(value, format="dd.MM.yyyy" if language == "de" else "d MMM yyyy", locale=language)


def plain(value: object, language: str) -> str:
    """Any message parameter as text: numbers and dates localised, tuples joined, the rest as it is."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float | Decimal):
        return number(value, language, 4) if -LARGEST_WRITTEN_OUT < value < LARGEST_WRITTEN_OUT else str(value)
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, tuple | list):
        return ", ".join(plain(item, language) for item in value)
    return str(value)
