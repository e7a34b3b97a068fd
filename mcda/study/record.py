"""What every row of a table shares: frozen records, amounts of money, lists and days."""

import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

Money = Annotated[Decimal, PlainSerializer(lambda d: format(d.normalize(), "f"), when_used="json")]
Texts = tuple[str, ...]
Shares = tuple[tuple[str, Money], ...]
"""Amounts by municipality id, e.g. charge points: (("ECH", 4), ("GAR", 4)); in a cell `ECH=4;GAR=4`."""

MOST_MONEY = Decimal(10) ** 12
"""No measure of a municipality costs more than a trillion euros; beyond that cents are lost."""

Day = Annotated[datetime.date, Field(ge=datetime.date(1900, 1, 1), le=datetime.date(2200, 12, 31))]
"""A day that a plan can mean."""


class Record(BaseModel):
    """A row of a table. `extra_columns` keeps what the model does not know; it never changes a result."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    extra_columns: tuple[tuple[str, str], ...] = Field(default=(), exclude=True, repr=False)
