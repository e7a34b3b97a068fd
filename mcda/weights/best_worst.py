"""Best-worst method: the most and the least important criterion, each compared with all others."""

from collections.abc import Mapping, Sequence

import numpy as np

from mcda.errors import Finding, InputError, Issue, Param, Where
from mcda.result import Array, Quality, Source, Weights
from mcda.weights.answers import figure_issues
from mcda.weights.record import sibling_weights

LARGEST_ANSWER = 100.0
"""Far beyond the scale 1..9 people answer on, near enough for the linear program to stay exact."""

INPUT_LIMITS: Mapping[int, tuple[float, ...]] = {
    2: (0.0,) * 7,
    3: (0.1667,) * 7,
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}
"""Largest acceptable input consistency ratio by a_BW (rows) for n = 3..9 criteria: Liang, Brunelli & Rezaei (2020),
Omega 96, 102175, table of the input-based thresholds, as three independent programs reproduce it. Between whole
numbers the nearest row holds; beyond 9 the last row and column do (a product default, the table ends there)."""


def elicit_best_worst(
    best: str,
    worst: str,
    best_to_others: Mapping[str, float],
    others_to_worst: Mapping[str, float],
    items: Sequence[str],
    parent: str = "",
) -> Weights:
    """Weights of the siblings `items` from 2n-3 answers: how many times as important the best is as each other, and
    each other as the worst.

    Answers by criterion id, 1 (equal) or more; the best against itself and the worst against itself may be left out,
    best against worst may stand in either mapping. The weights minimise the largest contradiction xi of |w_B - a_Bj
    w_j| and |w_j - a_jW w_W| (linear model, Rezaei 2016, Omega 64, 126-130, eq. 6); the optimum is unique. Quality
    `bwm_xi` is that xi, `bwm_input_cr` = max_j |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW) (0 when a_BW = 1) with the limit
    of `INPUT_LIMITS` (Liang, Brunelli & Rezaei 2020); above it the finding `best_worst_contradiction` names the
    criterion whose answers fit least. Weights are in the order of `items`, none negative.
    One criterion has all the weight. Raises InputError with every issue: unknown or missing criterion, an answer
    below 1 or above 100, best and worst the same, two answers to the same question that differ.
    """
    others, towards = _complete(best, worst, best_to_others, others_to_worst)
    if issues := _issues(best, worst, others, towards, items):
        raise InputError(issues)
    from_best = np.array([others[key] for key in items], dtype=np.float64)
    to_worst = np.array([towards[key] for key in items], dtype=np.float64)
    weights, xi = _smallest_contradiction(items.index(best), items.index(worst), from_best, to_worst)
    off = np.abs(from_best * to_worst - others[worst])
    span = others[worst] ** 2 - others[worst]
    ratio = float(off.max() / span) if span > 0 else 0.0
    limit = input_limit(len(items), others[worst])
    found: tuple[Finding, ...] = ()
    if ratio > limit + 1e-9:
        least = items[int(off.argmax())]
        names: dict[str, Param] = {"parent": parent, "best": best, "worst": worst, "criterion": least}
        said = {"first": others[least], "second": towards[least], "direct": others[worst]}
        sums = {"product": others[least] * towards[least], "ratio": round(ratio, 3), "limit": limit}
        found = (Finding("best_worst_contradiction", "warning", Where("judgements"), names | said | sums),)
    quality = (Quality("bwm_input_cr", ratio, limit, parent), Quality("bwm_xi", xi, None, parent))
    return sibling_weights(items, weights, Source(parent, "best_worst"), quality=quality, findings=found)


def input_limit(size: int, best_over_worst: float) -> float:
    """The largest acceptable input consistency ratio for `size` criteria and a_BW; 0 where nothing can contradict
    (a_BW below 2.5 leaves no room in the published table, two criteria have one answer)."""
    if size < 3:
        return 0.0
    row = INPUT_LIMITS[int(min(max(round(best_over_worst), 2), 9))]
    return row[min(size, 9) - 3]


def _complete(
    best: str, worst: str, best_to_others: Mapping[str, float], others_to_worst: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    """Both vectors with what goes without saying: an end against itself is 1, best against worst counts in both."""
    others, towards = {best: 1.0} | dict(best_to_others), {worst: 1.0} | dict(others_to_worst)
    if best in towards:
        others.setdefault(worst, towards[best])
    if worst in others:
        towards.setdefault(best, others[worst])
    return others, towards


def _issues(
    best: str, worst: str, others: Mapping[str, float], towards: Mapping[str, float], items: Sequence[str]
) -> list[Issue]:
    """Everything wrong with the answers, each once."""
    at = Where("judgements")
    issues = figure_issues(others, items, smallest=1.0, largest=LARGEST_ANSWER)
    issues += [
        issue for issue in figure_issues(towards, items, smallest=1.0, largest=LARGEST_ANSWER) if issue not in issues
    ]
    if best == worst and len(items) > 1:
        return [*issues, Issue("best_is_worst", where=at, params={"value": best})]
    questions = [(best, key) for key in items if key not in others and key != worst]
    questions += [(key, worst) for key in items if key not in towards]
    issues += [Issue("judgement_missing", where=at, params={"a": a, "b": b}) for a, b in questions]
    if issues:
        return issues
    twice = [(best, best, others[best], 1.0), (worst, worst, towards[worst], 1.0)]
    for a, b, first, second in (*twice, (best, worst, others[worst], towards[best])):
        if first != second:
            said: dict[str, Param] = {"a": a, "b": b, "first": first, "second": second}
            issues.append(Issue("judgement_contradiction", where=at, params=said))
    return issues


def _smallest_contradiction(best: int, worst: int, from_best: Array, to_worst: Array) -> tuple[Array, float]:
    """Weights (n,) and xi of the linear program in the variables w_1..w_n, xi."""
    from scipy.optimize import linprog  # 0.3 s to import; only this elicitation needs it

    size = len(from_best)
    rows = np.zeros((2 * size, size))
    for j in range(size):
        rows[j, best] += 1.0
        rows[j, j] -= from_best[j]
        rows[size + j, j] += 1.0
        rows[size + j, worst] -= to_worst[j]
    bounded = np.column_stack([np.vstack([rows, -rows]), np.full(4 * size, -1.0)])
    total = np.append(np.ones(size), 0.0)[None, :]
    solved = linprog(
        np.append(np.zeros(size), 1.0), A_ub=bounded, b_ub=np.zeros(4 * size), A_eq=total, b_eq=[1.0], method="highs-ds"
    )
    assert solved.status == 0, solved.message  # any equal weights are feasible and xi >= 0: there is an optimum
    weights = np.clip(np.asarray(solved.x, dtype=np.float64)[:size], 0.0, None)
    weights = weights / weights.sum()
    xi = float(np.abs(rows @ weights).max())
    return weights, xi if xi > 1e-9 else 0.0
