"""Grants: may a measure apply, which programmes pay together, what is left, and who pays it. Money is Decimal cents.

>>> import mcda
>>> from mcda.funding import measure_money
>>> money = measure_money(mcda.read_study("data/nordallianz"))["MV-08"]
>>> money.grant_low, money.own_contribution, money.shares["ISM"]
(Decimal('72000.00'), Decimal('114000.00'), Decimal('14250'))
>>> [(found.programme, found.verdict) for found in money.assessments if found.candidate]
[('STADT_LAND', 'yes'), ('MFUND1', 'no'), ('NKI_RAD', 'no')]
>>> refused = next(found for found in money.assessments if found.programme == "NKI_RAD")
>>> [reason.sentence("en") for reason in refused.reasons if reason.verdict == "no"]
['The eligible cost of €96,000.00 is below the minimum of €200,000.00.']

One call does all: `measure_money(study, as_of, without)` gives a `MeasureMoney` per measure, with an `Assessment`
(verdict and every `Reason`) per programme, the sure and the possible `Bundle`, what was `LeftOut` of it, loans, shares.
Its parts can be used alone: `rules_of` gathers a study's programmes, `best_bundle` finds the permitted set of
`Offer`s that pays most (each with the `Scope` it looks at), `cost_shares` reads a measure's cost key, `split` and
`split_within` divide an amount to the cent. `mcda.evaluate` calls the same functions; `Result.money` holds the answer.
What a ranking owes to grants is asked in `mcda.robustness.grants`.
"""

from mcda.funding.bundles import Offer, best_bundle
from mcda.funding.grants import Scope
from mcda.funding.money import measure_money
from mcda.funding.records import Assessment, Bundle, LeftOut, MeasureMoney, Part, Reason
from mcda.funding.rulebook import Rules, rules_of
from mcda.funding.split import cost_shares, split, split_within

__all__ = [
    # the whole question
    "measure_money",
    # its parts
    "rules_of",
    "best_bundle",
    "cost_shares",
    "split",
    "split_within",
    # what comes out
    "MeasureMoney",
    "Assessment",
    "Reason",
    "Bundle",
    "Part",
    "LeftOut",
    # what `best_bundle` takes
    "Rules",
    "Offer",
    "Scope",
]
