"""Second opinions: every ranking method of pymcdm 1.4.0 that takes a matrix, weights and criterion types.

The package is imported when a method is first asked for (1.6 s). Orientation is made uniform (higher is better),
criteria without weight are left out, and a method that has no answer says so instead of returning NaN.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mcda.errors import InputError, Issue, MethodError, Param, nearest
from mcda.methods.inputs import Array, matrix_and_weights

MENU = ("VIKOR", "PROMETHEE_II", "MARCOS", "SPOTIS", "EDAS")
"""The short list for the screen: methods that cope with values of 0 and with a measure that is worst everywhere."""

NAMES = (
    *MENU,
    *(
        "ARAS",
        "AROMAN",
        "BalancedSPOTIS",
        "COCOSO",
        "CODAS",
        "COMET",
        "COPRAS",
        "ERVD",
        "LMAW",
        "LoPM",
        "MABAC",
        "MAIRCA",
    ),
    *("MOORA", "OCRA", "PROBID", "RAFSI", "RAM", "RIM", "SPROBID", "TOPSIS", "WASPAS", "WPM", "WSM"),
)

ON_BOUNDS = frozenset({"SPOTIS", "BalancedSPOTIS", "COMET", "RAFSI", "RIM"})
"""Methods that score on declared bounds: a newcomer never reorders the old measures."""

NEEDS_COST = frozenset({"COPRAS", "MOORA"})
"""Methods defined only where some criterion is a cost."""

_NEEDS_POSITIVE = frozenset({"ARAS", "CODAS", "COPRAS", "ERVD", "LoPM", "OCRA", "RAM", "WASPAS", "WPM", "WSM"})
_WRONG_WITH_COSTS = frozenset({"AROMAN", "COPRAS"})
"""In pymcdm 1.4.0 a higher cost raises the score of these two (COPRAS: the sums of its equation cancel out)."""

_ONE_MINUS = frozenset({"VIKOR", "SPOTIS", "BalancedSPOTIS"})
_NEGATED = frozenset({"MAIRCA", "LoPM"})
"""Lower is better in both sets; LoPM says otherwise in 1.4.0 because its flag is misspelt."""

PROMETHEE_SHARES = (0.05, 0.5)
"""Linear preference: up to a twentieth of a criterion's span is indifferent, from half the span on fully preferred.
A product default, no figure of the literature."""

COMET_OBJECTS = 3**9
"""Characteristic objects (three levels per criterion) up to which COMET answers in a fraction of a second."""


def score(
    name: str,
    x: ArrayLike,
    w: ArrayLike,
    senses: ArrayLike,
    *,
    bounds: ArrayLike | None = None,
    options: Mapping[str, Any] | None = None,
) -> Array:
    """Scores (k, m) of a pymcdm method, higher is better.

    `x` (m, n) figures, `w` (k, n) weights, normalised here, `senses` (n,) +1 or -1. `bounds` (n, 2) are the declared
    [low, high]; without them the data's own are taken. A criterion on which all figures are 0 is left out where the
    method divides by the data. `options` go to the method's constructor. VIKOR and SPOTIS
    are turned as 1 - Q and 1 - D, MAIRCA and LoPM change sign; the others keep their own scale.
    Raises InputError for an unknown name; MethodError when the method has no answer (zero weights, identical
    alternatives where it needs a span, one alternative where it compares pairs, values it cannot divide by), when a
    figure lies outside the bounds, or when the package's version is known to be wrong for such a problem.
    """
    if name not in NAMES:
        hint: dict[str, Param] = {"value": name, "allowed": NAMES, "nearest": nearest(name, NAMES)}
        raise InputError([Issue("unknown_method", params=hint)])
    matrix, weights = matrix_and_weights(x, w)
    types = np.asarray(senses, dtype=np.int64)
    if not len(matrix):
        return np.empty((len(weights), 0))
    limits = _limits(name, matrix, bounds)
    return np.array([_score_one(name, matrix, one, types, limits, options or {}) for one in weights]).reshape(
        len(weights), len(matrix)
    )


def _limits(name: str, matrix: Array, bounds: ArrayLike | None) -> Array:
    if bounds is None:
        return np.stack([matrix.min(axis=0), matrix.max(axis=0)], axis=1)
    limits = np.asarray(bounds, dtype=np.float64)
    if ((matrix < limits[:, 0]) | (matrix > limits[:, 1])).any():
        raise MethodError(Issue("method_outside_bounds", params={"method": name}))
    return limits


def _score_one(
    name: str, matrix: Array, weights: Array, types: Any, limits: Array, options: Mapping[str, Any]
) -> Array:
    """One weight vector: leave out what cannot count, refuse what cannot be answered, orient the answer."""
    kept = (weights > 0) & (np.any(matrix != 0, axis=0) | (name in ON_BOUNDS))
    if name == "VIKOR":
        kept &= np.ptp(matrix, axis=0) > 0
    if name in ON_BOUNDS:
        kept &= limits[:, 1] > limits[:, 0]
    if not kept.any():
        raise MethodError(Issue("method_no_answer", params={"method": name}))
    part, share, kinds = matrix[:, kept], weights[kept] / weights[kept].sum(), types[kept]
    _refuse(name, part, kinds)
    if name == "MARCOS" and (kinds == 1).all() and not part.min(axis=0).any():
        return _marcos_limit(part, share)
    chosen = {key: _cut(value, kept) for key, value in options.items()}
    arguments = _arguments(name, limits[kept], share, kinds) | chosen
    kernel = getattr(import_module("pymcdm.methods"), name)(**arguments)
    with np.errstate(all="ignore"):
        raw = np.asarray(kernel(part, share, kinds, validation=False), dtype=np.float64)
    if not np.isfinite(raw).all():
        raise MethodError(Issue("method_no_answer", params={"method": name}))
    return 1.0 - raw if name in _ONE_MINUS else -raw if name in _NEGATED else raw


def _marcos_limit(matrix: Array, weights: Array) -> Array:
    """MARCOS where the worst present sums to 0: with S_i, S_ideal = 1 and S_anti = a its equations reduce to
    S_i (a + 1) / (a^2 + a + 1); the package divides by a, the limit for a = 0 is S_i."""
    return np.asarray((matrix / matrix.max(axis=0)) @ weights)


def _refuse(name: str, matrix: Array, types: Any) -> None:
    """Raise MethodError with the reason when the method is not made for this problem."""
    code = ""
    if name in NEEDS_COST and (types == 1).all():
        code = "method_needs_cost"
    elif name in _WRONG_WITH_COSTS and (types == -1).any():
        code = "method_wrong_with_costs"
    elif name in _NEEDS_POSITIVE and (matrix <= 0).any():
        code = "method_needs_positive"
    elif name == "COMET" and 3 ** matrix.shape[1] > COMET_OBJECTS:
        code = "method_too_many_criteria"
    if code:
        raise MethodError(Issue(code, params={"method": name}))


def _arguments(name: str, limits: Array, weights: Array, types: Any) -> dict[str, Any]:
    """What the constructors want beyond their defaults, taken from bounds, weights and senses."""
    low, high = limits[:, 0], limits[:, 1]
    ideal = np.where(types == 1, high, low)
    match name:
        case "SPOTIS" | "RIM":
            return {"bounds": limits}
        case "BalancedSPOTIS":  # without an expected point of its own it equals SPOTIS
            return {"bounds": limits, "esp": ideal}
        case "RAFSI":
            return {"ideal": high, "anti_ideal": low}
        case "ERVD":
            return {"ref_point": (low + high) / 2}
        case "PROMETHEE_II":
            indifferent, preferred = PROMETHEE_SHARES
            span = np.where(high > low, high - low, 1.0)
            return {"preference_function": "vshape_2", "q": indifferent * span, "p": preferred * span}
        case "COMET":
            levels = [np.linspace(lowest, highest, 3) for lowest, highest in limits]
            return {"cvalues": levels, "expert_function": _expert(limits, weights, types)}
        case _:
            return {}


def _expert(limits: Array, weights: Array, types: Any) -> Callable[[Array], tuple[Array, None]]:
    """COMET's expert: ranks characteristic objects by the weighted sum on the bounds, equal ones rounded equal."""
    low, span = limits[:, 0], limits[:, 1] - limits[:, 0]

    def judge(objects: Array) -> tuple[Array, None]:
        share = (objects - low) / span
        return np.round(np.where(types == 1, share, 1 - share) @ weights, 12), None

    return judge


def _cut(value: Any, kept: Any) -> Any:
    """An option given per criterion, without the criteria left out."""
    return np.asarray(value)[kept] if np.ndim(value) > 0 and len(value) == len(kept) else value
