"""Weights drawn uniformly from a region: hit-and-run, many chains side by side."""

from collections.abc import Callable

import numpy as np

from mcda.result import Array
from mcda.robustness.weight_region import Region

CHAINS = 512
"""Chains walked at once; it divides the chunk in which weights are scored."""

THINNING = 2
"""Steps between two draws of a chain, times n: a draw and the chain's next one then correlate by 0.1 to 0.3."""

FORGET = 3
"""Draws of every chain thrown away in each call, so that calls do not remember where all chains started."""

SETTLE = 40
"""Draws of every chain thrown away once, when the region is made."""


def region_draw(region: Region) -> Callable[[np.random.Generator, int], Array]:
    """A way to draw weights (k, n), uniform over the region in the dimensions it has; rows sum to 1.

    A step goes from a point to a uniform point of the chord in a random one of the directions from corner to corner
    and from one criterion to another (these span the region, and fit its shape however thin it is; compared with
    directions from the sphere they forget two to three times as fast).
    Chains start from points that were settled once with a stream of their own, forget them in each call, and give a
    draw each by turns: row i comes from chain i mod `CHAINS`. The same state of the generator gives the same rows,
    and more rows begin with the fewer; but two calls of a and b rows are not one call of a + b.
    Source: Smith 1984, Operations Research 32, 1296-1308; any spanning directions: Belisle, Romeijn & Smith 1993,
    Mathematics of Operations Research 18, 255-266.
    """
    size, dimensions = region.basis.shape
    if not dimensions:
        return lambda _, count: np.tile(_weights(region, np.zeros((0, 1))), (count, 1))
    steps = THINNING * size
    ways = _between(region.corners), _between(region.basis)
    start = _walk(region, ways, np.zeros((dimensions, CHAINS)), np.random.default_rng(0), SETTLE * steps)
    start.setflags(write=False)

    def draw(generator: np.random.Generator, count: int) -> Array:
        points = _walk(region, ways, start, generator, FORGET * steps)
        drawn = [_weights(region, points)[:count]]
        for begin in range(CHAINS, count, CHAINS):
            points = _walk(region, ways, points, generator, steps)
            drawn.append(_weights(region, points)[: count - begin])
        return np.vstack(drawn)

    return draw


def _between(points: Array) -> Array:
    """The directions (d, pairs) from each of the points (p, d) to each later one."""
    first, second = np.triu_indices(len(points), 1)
    return np.asarray((points[first] - points[second]).T)


def _walk(
    region: Region, ways: tuple[Array, Array], points: Array, generator: np.random.Generator, steps: int
) -> Array:
    """Points (d, chains) that many steps on; both kinds of ways by turns. All chains step together."""
    closings = [region.slopes @ way for way in ways]
    closings = [np.where(np.abs(closing) < 1e-12, 0.0, closing) for closing in closings]
    room = np.maximum(region.slopes @ points - region.floors[:, None], 0.0)
    moved = np.zeros_like(points)
    for step in range(steps):
        way, closing = ways[step % 2], closings[step % 2]
        pick = generator.integers(0, way.shape[1], points.shape[1])
        at = closing[:, pick]
        length = _chord(room, at, generator.random(points.shape[1:]))
        moved += way[:, pick] * length
        room = np.maximum(room + at * length, 0.0)
    return np.asarray(points + moved)


def _chord(room: Array, closing: Array, share: Array) -> Array:
    """How far each chain goes (chains,): that share of the way from the backward to the forward end of its chord.

    `room` (r, chains) is what is left of each condition, `closing` what a unit step adds to it. No chord, no step.
    """
    reach = np.divide(-room, closing, out=np.zeros_like(room), where=closing != 0)
    back = np.where(closing > 0, reach, -np.inf).max(axis=0)
    ahead = np.where(closing < 0, reach, np.inf).min(axis=0)
    chord = np.isfinite(back) & np.isfinite(ahead)
    back, ahead = np.where(chord, back, 0.0), np.where(chord, ahead, 0.0)
    return np.asarray(back + share * (ahead - back))


def _weights(region: Region, points: Array) -> Array:
    """Weights (chains, n) of points (d, chains), without the last bits below 0."""
    weights = np.maximum(region.centre[:, None] + region.basis @ points, 0.0)
    return np.asarray((weights / weights.sum(axis=0)).T)
