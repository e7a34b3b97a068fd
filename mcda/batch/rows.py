"""What one scenario says, as rows of tidy tables: a row per measure, per share, per finding, and one for itself."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from mcda.batch.asked import Asked
from mcda.batch.planned import plan_rows
from mcda.errors import Finding, InputError, Issue, MethodError
from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.result import Array, Ranked, Result
from mcda.robustness.labels import LabelSettings, Robustness, has_labels, robustness_labels
from mcda.robustness.smaa import rank_acceptability
from mcda.robustness.weight_draws import weights_around
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.version import __version__

TEXT, WHOLE, REAL, YES = "string", "Int64", "float64", "boolean"
_WHO: Mapping[str, str] = {"study": TEXT, "scenario": WHOLE, "name": TEXT}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "ranking": {
        **_WHO,
        "id": TEXT,
        "rank": WHOLE,
        "rank_group": WHOLE,
        "tier": WHOLE,
        "score": REAL,
        "incomplete": YES,
        "cost_eur": REAL,
        "grant_eur": REAL,
        "own_contribution_eur": REAL,
        "label": TEXT,
        "reasons": TEXT,
        "share_above": REAL,
        "standard_error": REAL,
        "share_first": REAL,
        "mean_rank": REAL,
        "in_plan": YES,
        "plan_start": WHOLE,
    },
    "shares": {**_WHO, "id": TEXT, "municipality": TEXT, "own_contribution_eur": REAL},
    "findings": {**_WHO, "level": TEXT, "code": TEXT, "params": TEXT},
    "summary": {
        **_WHO,
        "first": TEXT,
        "measures": WHOLE,
        "outside": WHOLE,
        "rank_groups": WHOLE,
        "method": TEXT,
        "as_of": TEXT,
        "cost_eur": REAL,
        "grant_eur": REAL,
        "own_contribution_eur": REAL,
        "secure": WHOLE,
        "contested": WHOLE,
        "plan_status": TEXT,
        "plan_value": REAL,
        "plan_gap": REAL,
        "plan_own_eur": REAL,
        "plan_measures": WHOLE,
        "plan_chosen": TEXT,
        "plan_task": TEXT,
        "error": TEXT,
        "seed": WHOLE,
        "draws": WHOLE,
        "input_hash": TEXT,
        "version": TEXT,
        "settings": TEXT,
    },
}
"""The tables with the kind of every column, in order. Amounts are EUR to the cent; what was not asked is missing."""

Rows = dict[str, list[dict[str, Any]]]


def rows_of(study: Study, where: Mapping[str, Any], scenario: Scenario, seed: int, asked: Asked) -> Rows:
    """The rows of one scenario, `where` (study, scenario, name) before each. What goes wrong becomes rows, too."""
    seeded = scenario.model_copy(update={"seed": seed})
    found: Rows = {name: [] for name in COLUMNS}
    try:
        result = evaluate(study, seeded)
        sure = _sure(result, asked) if "robustness" in asked.what and has_labels(result) else {}
        best = plan_rows(result, asked)
    except Exception as error:  # noqa: BLE001 - whatever fails is told of this scenario and stops no other
        issues = _issues(error)
        found["findings"] = [{**where, "level": "error", **_told(issue)} for issue in issues]
        found["summary"] = [{**where, "error": issues[0].code, **_origin(study, seeded, asked)}]
        return found
    found["ranking"] = [
        {**where, **_ranked(result, line), **sure.get(line.measure, {}), **best.measures.get(line.measure, {})}
        for line in result.ranking
    ]
    found["findings"] = [{**where, "level": one.level, **_told(one)} for one in (*result.findings, *best.findings)]
    found["summary"] = [{**where, **_summary(result, sure), **best.summary, **_origin(study, seeded, asked)}]
    if "funding" in asked.what:
        found["shares"] = [{**where, **row} for row in _shares(result)]
    return found


def frames_of(rows: Rows) -> dict[str, pd.DataFrame]:
    """The rows as frames with the same columns and kinds always, however few there are."""
    return {
        name: pd.DataFrame.from_records(rows[name], columns=list(kinds)).astype(dict(kinds))
        for name, kinds in COLUMNS.items()
    }


def _issues(error: Exception) -> tuple[Issue, ...]:
    if isinstance(error, InputError):
        return error.issues
    if isinstance(error, MethodError):
        return (error.issue,)
    return (Issue("scenario_failed", params={"why": f"{type(error).__name__}: {error}"}),)


def _told(one: Issue | Finding) -> dict[str, str]:
    where = {name: value for name in ("table", "row", "column") if (value := getattr(one.where, name))}
    params = dict(one.params) | ({"where": where} if where else {})
    return {"code": one.code, "params": json.dumps(params, ensure_ascii=False, sort_keys=True, default=str)}


def _origin(study: Study, scenario: Scenario, asked: Asked) -> dict[str, Any]:
    settings = {name: value for name, value in scenario.canonical().items() if value and name not in ("name", "seed")}
    return {
        "seed": scenario.seed,
        "draws": asked.draws if "robustness" in asked.what else None,
        "input_hash": study.input_hash,
        "version": __version__,
        "settings": json.dumps(settings, ensure_ascii=False, sort_keys=True),
    }


def _ranked(result: Result, line: Ranked) -> dict[str, Any]:
    money = result.money[line.measure]
    known = money.cost_known
    return {
        "id": line.measure,
        "rank": line.rank,
        "rank_group": line.rank_group,
        "tier": line.tier,
        "score": line.score,
        "incomplete": line.incomplete,
        "cost_eur": float(money.life_cycle_gross) if known else None,
        "grant_eur": float(money.grant) if known else None,
        "own_contribution_eur": float(money.own_contribution) if known else None,
    }


def _summary(result: Result, sure: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    known = [money for line in result.ranking if (money := result.money[line.measure]).cost_known]
    labels = [one["label"] for one in sure.values()]
    return {
        "first": ";".join(line.measure for line in result.ranking if line.rank == 1),
        "measures": len(result.ranking),
        "outside": len({one.measure for one in result.gated}),
        "rank_groups": len({line.rank_group for line in result.ranking}),
        "method": result.method,
        "as_of": result.provenance.as_of,
        "cost_eur": float(sum(money.life_cycle_gross for money in known)),
        "grant_eur": float(sum(money.grant for money in known)),
        "own_contribution_eur": float(sum(money.own_contribution for money in known)),
        "secure": labels.count("secure") if sure else None,
        "contested": labels.count("contested") if sure else None,
    }


def _shares(result: Result) -> Iterator[dict[str, Any]]:
    for line in result.ranking:
        for who, amount in result.money[line.measure].shares.items():
            yield {"id": line.measure, "municipality": who, "own_contribution_eur": float(amount)}


def _sure(result: Result, asked: Asked) -> dict[str, dict[str, Any]]:
    """By measure its label with reasons, how often it is above the line, first, and its mean rank when weights move."""
    settings = LabelSettings(draws=asked.draws, data_draws=asked.draws, budget_eur=result.scenario.budget_eur)
    around = weights_around(result.study, result.weights, settings.spread)
    accepted = rank_acceptability(
        result.matrix, METHODS[result.method], around, draws=asked.draws, seed=result.scenario.seed
    )
    first, mean = accepted.shares[:, 0], accepted.expected_ranks()
    place = {name: at for at, name in enumerate(accepted.measures)}
    return {
        one.measure: _label(one, first, mean, place[one.measure]) for one in robustness_labels(result, settings).lines
    }


def _label(one: Robustness, first: Array, mean: Array, at: int) -> dict[str, Any]:
    return {
        "label": one.label,
        "reasons": ";".join(one.reasons),
        "share_above": one.share_above,
        "standard_error": one.standard_error,
        "share_first": float(first[at]),
        "mean_rank": float(mean[at]),
    }
