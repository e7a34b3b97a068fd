"""What the command line asks of the sensitivity analysis, checked whole: every option that cannot be meant is told."""

import argparse
from collections.abc import Callable
from typing import Any

from mcda.errors import InputError, Issue, Param, Where
from mcda.report.exports.sensitivity_file import QUESTIONS, Asked
from mcda.robustness.considered import Considered
from mcda.robustness.labels import SETTINGS, LabelSettings
from mcda.robustness.weight_draws import SPREAD, WIDEST
from mcda.study.cells import CellError, convert
from mcda.study.model import Measure


def asked_of(options: argparse.Namespace) -> Asked:
    """The questions of the command line. Raises InputError with every option that cannot be meant."""
    spread, budget, _ = together(
        lambda: _amount(options.spread, "--spread", WIDEST),
        lambda: _amount(options.budget, "--budget"),
        lambda: _check_counts(options),
    )
    points = SPREAD if spread is None else spread
    considered = Considered(
        weightings="statements" if options.statement else options.weightings,
        spread=points,
        statements=tuple(options.statement),
        ratings=options.open_ratings,
        draws=options.draws,
    )
    labels = LabelSettings(
        first=options.first,
        budget_eur=budget,
        spread=points,
        draws=options.draws,
        data_draws=min(options.draws, SETTINGS.data_draws),
    )
    return Asked((options.question,) if options.question else QUESTIONS, considered, labels)


def _check_counts(options: argparse.Namespace) -> None:
    counts = {"--draws": options.draws, "--first": options.first}
    faults = [
        Issue("out_of_range", where=Where(name), params={"value": str(count), "allowed": "≥ 1"})
        for name, count in counts.items()
        if count is not None and count < 1
    ]
    if options.weightings == "statements" and not options.statement:
        faults.append(Issue("statement_missing", where=Where("--statement")))
    if faults:
        raise InputError(faults)


def _amount(entry: str, option: str, below: float = float("inf")) -> float | None:
    """A number as people write it, or None when none was given. Raises InputError naming the option."""
    try:
        found = convert(Measure, "capex_eur", entry) if entry.strip() else None
    except CellError as error:
        params: dict[str, Param] = {"value": entry, "allowed": error.allowed}
        raise InputError([Issue(error.code, where=Where(option), params=params)]) from None
    if found is not None and not 0 <= float(found) < below:
        allowed = "≥ 0" if below == float("inf") else f"0 ... {below:.0f}"
        raise InputError([Issue("out_of_range", where=Where(option), params={"value": entry, "allowed": allowed})])
    return None if found is None else float(found)


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
