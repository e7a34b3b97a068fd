"""Comparison matrices with open pairs: weights from what was answered, and the completion that agrees best."""

import numpy as np

from mcda.result import Array
from mcda.weights.comparisons import Flags
from mcda.weights.perron import perron

_ROUNDS = 500
_SETTLED = 1e-14
_NEARLY = 1e-9


def least_squares_weights(matrix: Array, answered: Flags) -> Array:
    """Weights (n,) summing to 1 that fit the answered pairs best in logarithms: min sum (ln a_ij - ln w_i + ln w_j)^2.

    The solution of a linear system with the Laplacian of the graph of answers (Bozóki, Fülöp & Rónyai 2010,
    Mathematical and Computer Modelling 52, 318-333, section 5). Without open pairs it is the row geometric mean.
    The answers connect all criteria.
    """
    logs = logarithmic_map(answered) @ _upper(np.log(matrix), answered)
    weights = np.exp(logs - logs.max())
    found: Array = weights / weights.sum()
    return found


def logarithmic_map(answered: Flags) -> Array:
    """The matrix (n, p) that takes the logarithms of the p answered pairs (above the diagonal, row by row) to the
    logarithms of the weights, up to a constant."""
    rows, columns = np.nonzero(np.triu(answered, 1))
    size, pairs = len(answered), len(rows)
    incidence = np.zeros((pairs, size))
    incidence[np.arange(pairs), rows], incidence[np.arange(pairs), columns] = 1.0, -1.0
    found: Array = np.linalg.pinv(incidence.T @ incidence) @ incidence.T
    return found


def complete(matrix: Array, answered: Flags) -> Array:
    """The matrix with its open pairs filled so that the largest eigenvalue is least: the best case for its answers.

    lambda_max is convex in the logarithms of the open entries, with derivative proportional to l_i a_ij r_j -
    l_j a_ji r_i for left and right Perron vectors l, r (Bozóki, Fülöp & Rónyai 2010); at the optimum
    a_ij^2 = l_j r_i / (l_i r_j), which is iterated from the least-squares weights. `matrix` may be a stack (k, n, n)
    with `answered` (k, n, n). The answers connect all criteria.
    """
    size = matrix.shape[-1]
    stack, open_pairs = matrix.reshape(-1, size, size), ~answered.reshape(-1, size, size)
    if not open_pairs.any():
        return matrix
    fitted = np.stack([least_squares_weights(m, ~o) for m, o in zip(stack, open_pairs, strict=True)])
    filled = np.where(open_pairs, fitted[:, :, None] / fitted[:, None, :], stack)
    for _ in range(_ROUNDS):
        following = np.where(open_pairs, _balanced(filled), stack)
        moved = np.abs(np.log(following / filled)).max()
        filled = following
        if moved < _SETTLED:
            break
    if moved > _NEARLY:
        filled = np.stack([_descended(m, o, s) for m, o, s in zip(filled, open_pairs, stack, strict=True)])
    return filled.reshape(matrix.shape)


def _balanced(filled: Array) -> Array:
    """What every entry would be if the optimum held with the present Perron vectors."""
    right, _ = perron(filled)
    left, _ = perron(np.swapaxes(filled, -1, -2))
    half = np.sqrt(right / left)
    found: Array = half[:, :, None] / half[:, None, :]
    return found


def _descended(filled: Array, open_pairs: Flags, matrix: Array) -> Array:
    """The optimum by a quasi-Newton search, where the iteration came to rest too slowly."""
    from scipy.optimize import minimize  # 0.3 s to import; seldom needed

    rows, columns = np.nonzero(np.triu(open_pairs, 1))

    def placed(logs: Array) -> Array:
        trial = matrix.copy()
        trial[rows, columns], trial[columns, rows] = np.exp(logs), np.exp(-logs)
        return trial

    def value_and_slope(logs: Array) -> tuple[float, Array]:
        trial = placed(logs)
        right, value = perron(trial)
        left, _ = perron(trial.T)
        slope = left[rows] * trial[rows, columns] * right[columns] - left[columns] * trial[columns, rows] * right[rows]
        return float(value), slope / float(left @ right)

    found = minimize(value_and_slope, np.log(filled[rows, columns]), jac=True, method="BFGS", options={"gtol": 1e-12})
    return placed(found.x)


def _upper(matrix: Array, answered: Flags) -> Array:
    found: Array = matrix[np.triu(answered, 1)]
    return found
