"""What weights say in plain amounts, and how people correct them by correcting an amount."""

from mcda.tradeoffs.check import FACTOR, cross_check
from mcda.tradeoffs.correction import correct
from mcda.tradeoffs.cost_per_point import cost_per_point
from mcda.tradeoffs.implied import TradeOff, trade_offs

__all__ = ["FACTOR", "TradeOff", "correct", "cost_per_point", "cross_check", "trade_offs"]
