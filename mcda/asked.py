"""What the command line asks of the sensitivity analysis, checked whole: every option that cannot be meant is told."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Any

from mcda.errors import InputError, Issue, Param, Where
from mcda.report.exports.sensitivity_file import QUESTIONS, Asked
from mcda.robustness.considered import Considered
from mcda.robustness.labels import SETTINGS, LabelSettings
from mcda.robustness.smaa import MOST_DRAWS
from mcda.robustness.uncertain_ratings import DOUBT
from mcda.robustness.weight_draws import SPREAD, WIDEST
from mcda.study.cells import CellError, convert
from mcda.study.model import Measure


def asked_of(options: argparse.Namespace) -> Asked:
    """The questions of the command line. Raises InputError with every option that cannot be meant."""
    spread, budget, secure, contested, cost, common, _ = together(
        lambda: _amount(options.spread, "--spread", SPREAD, below=WIDEST),
        lambda: _amount(options.budget, "--budget", None),
        lambda: _amount(options.secure, "--secure", 100 * SETTINGS.secure, most=100),
        lambda: _amount(options.contested, "--contested", 100 * SETTINGS.contested, most=100),
        lambda: _amount(options.cost_spread, "--cost-spread", 100 * DOUBT.cost_spread, most=200),
        lambda: _amount(options.common_cost, "--common-cost", 100 * DOUBT.common_cost, most=100),
        lambda: _check_counts(options),
    )
    if secure > contested:
        params: dict[str, Param] = {"value": f"{secure:g}", "allowed": f"0 ... {contested:g}"}
        raise InputError([Issue("out_of_range", where=Where("--secure"), params=params)])
    doubt = replace(DOUBT, cost_spread=cost / 100, common_cost=common / 100)
    considered = Considered(
        weightings="statements" if options.statement else options.weightings or "all",
        spread=spread,
        statements=tuple(options.statement),
        ratings=options.open_ratings,
        doubt=doubt,
        draws=options.draws,
    )
    labels = LabelSettings(
        first=options.first,
        budget_eur=budget,
        spread=spread,
        secure=secure / 100,
        contested=contested / 100,
        doubt=doubt,
        draws=options.draws,
        data_draws=min(options.draws, SETTINGS.data_draws),
    )
    return Asked((options.question,) if options.question else QUESTIONS, considered, labels)


def _check_counts(options: argparse.Namespace) -> None:
    counts = {"--draws": (options.draws, MOST_DRAWS), "--first": (options.first, None)}
    faults = [
        Issue(
            "out_of_range",
            where=Where(name),
            params={"value": str(count), "allowed": f"1 ... {most}" if most else "≥ 1"},
        )
        for name, (count, most) in counts.items()
        if count is not None and not 1 <= count <= (most or count)
    ]
    said = any(statement.strip() for statement in options.statement)
    if not said and (options.statement or options.weightings == "statements"):
        faults.append(Issue("statement_missing", where=Where("--statement")))
    if options.statement and options.weightings not in ("", "statements"):
        faults.append(Issue("options_exclusive", where=Where("--weightings"), params={"other": "--statement"}))
    if options.budget.strip() and options.plan:
        faults.append(Issue("options_exclusive", where=Where("--plan"), params={"other": "--budget"}))
    if options.budget.strip() and options.first is not None:
        faults.append(Issue("options_exclusive", where=Where("--first"), params={"other": "--budget"}))
    if faults:
        raise InputError(faults)


def _amount(entry: str, option: str, default: float | None, below: float = inf, most: float = inf) -> float | None:
    """A number of 0 or more as people write it, or the default. Raises InputError naming the option."""
    if not entry.strip():
        return default
    try:
        found = float(convert(Measure, "capex_eur", entry) or 0)
    except CellError as error:
        params: dict[str, Param] = {"value": entry, "allowed": error.allowed}
        raise InputError([Issue(error.code, where=Where(option), params=params)]) from None
    if not (0 <= found < below and found <= most):
        limit = min(below, most)
        allowed = "≥ 0" if limit == inf else f"0 ... {limit:.0f}"
        raise InputError([Issue("out_of_range", where=Where(option), params={"value": entry, "allowed": allowed})])
    return found


def together(*reads: Callable[[], Any]) -> tuple[Any, ...]:
    """The answers of all reads; when some fail, one InputError with the issues of all that failed."""
    answers: list[Any] = []
    issues: list[Issue] = []
    for read in reads:
        try:
            answers.append(read())
        except InputError as error:
            issues.extend(error.issues)
    if issues:
        raise InputError(issues)
    return tuple(answers)
