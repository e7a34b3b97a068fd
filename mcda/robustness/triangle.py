"""Geometry of a triangle of weightings: its grid, regions cut from it, their outlines, areas and depths.

Points are barycentric: three parts that sum to 1. In the plane the first corner is the top one, the second lower left,
the third lower right, sides of length 1; outlines run counter-clockwise, holes clockwise.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mcda.result import Array

Labels = NDArray[np.int64]
Key = tuple[int, int]
"""A corner of an outline: (i, i) is grid point i, (i, j) lies between i and j, (-1, t) in the middle of triangle t."""

PLANE = np.array([[0.5, np.sqrt(0.75)], [0.0, 0.0], [1.0, 0.0]])
"""Where the three corners lie in the plane (x, y)."""

AREA = np.sqrt(3) / 4

SCAN = 61
"""Points along a side among which the deepest of a region is looked for."""

_SAME = 1e-12
_STRAIGHT = 1e-15
"""Points nearer than the one are the same, turns that enclose less than the other are none."""


def grid(side: int) -> Array:
    """All points (k, 3) of a triangular grid with `side` points along each side, k = side (side + 1) / 2."""
    last = side - 1
    steps = [(i, j, last - i - j) for i in range(side) for j in range(side - i)]
    return np.array(steps, dtype=np.float64) / last


def clipped(polygon: Array, lead: Array) -> Array:
    """What is left of a convex polygon (k, 3) where the linear `lead` (3,) is not negative.

    Source: Sutherland & Hodgman 1974, Communications of the ACM 17, 32-42.
    """
    heights = polygon @ lead
    kept: list[Array] = []
    for i, (height, after) in enumerate(zip(heights, np.roll(heights, -1), strict=True)):
        if height >= 0:
            kept.append(polygon[i])
        if height * after < 0:
            share = height / (height - after)
            kept.append(polygon[i] + share * (polygon[(i + 1) % len(polygon)] - polygon[i]))
    return np.array(kept) if len(kept) > 2 else np.empty((0, 3))


def size_and_centre(polygons: Sequence[Array]) -> tuple[float, Array]:
    """Share of the triangle within the outlines, holes taken off, and the mean of the points there."""
    area, moment = 0.0, np.zeros(2)
    for x, y in ((polygon @ PLANE).T for polygon in polygons):
        cross = x * np.roll(y, -1) - np.roll(x, -1) * y
        area += cross.sum() / 2
        moment += np.array([(x + np.roll(x, -1)) @ cross, (y + np.roll(y, -1)) @ cross]) / 6
    inverse = np.linalg.inv(np.vstack([PLANE.T, np.ones(3)]))
    centre = inverse @ np.append(moment / area, 1.0) if area > 0 else np.full(3, 1 / 3)
    return float(area / AREA), np.asarray(centre)


def deepest(polygons: Sequence[Array], aside: Array | None = None) -> tuple[Array, float]:
    """The point (of a grid, or the centre) furthest inside the outlines, and its distance from them.

    `aside` (3,): a point to be kept away from like an outline.
    """
    points = np.vstack([grid(SCAN), size_and_centre(polygons)[1], *(p.mean(axis=0) for p in polygons)])
    at = points @ PLANE
    inside, distance = np.zeros(len(at), dtype=bool), np.full(len(at), np.inf)
    for polygon in polygons:
        start = polygon @ PLANE
        for a, b in zip(start, np.roll(start, -1, axis=0), strict=True):
            inside ^= _crossed(at, a, b)
            distance = np.minimum(distance, _distance(at, a, b))
    if aside is not None:
        distance = np.minimum(distance, np.sqrt(((at - aside @ PLANE) ** 2).sum(axis=1)))
    depth = np.where(inside, distance, 0.0)
    best = int(np.argmax(depth))
    return points[best], float(depth[best])


def outlines(side: int, scores: Array) -> dict[int, tuple[Array, ...]]:
    """The outlines of where each column of `scores` (k, m), given at the points of `grid(side)`, is the highest.

    Between two neighbouring points with different leaders the border is where their difference, taken as straight, is
    zero. Equal scores at a point: the first column. The areas of all outlines sum to the triangle.
    """
    leaders = np.argmax(scores, axis=1)
    at: dict[Key, Array] = {(i, i): point for i, point in enumerate(grid(side))}
    edges: dict[int, dict[tuple[Key, Key], None]] = {}
    for number, triangle in enumerate(_triangles(side)):
        for owner, piece in _pieces(number, triangle, leaders, scores, at):
            own = edges.setdefault(owner, {})
            for start, end in zip(piece, piece[1:] + piece[:1], strict=True):
                if (end, start) in own:  # two pieces of one owner meet here: no border
                    del own[end, start]
                else:
                    own[start, end] = None
    return {owner: tuple(_outline(loop, at) for loop in _loops(edges[owner])) for owner in sorted(edges)}


def _triangles(side: int) -> Iterator[tuple[int, int, int]]:
    """The grid's small triangles as numbers of its points, counter-clockwise."""

    def number(i: int, j: int) -> int:
        return i * side - i * (i - 1) // 2 + j

    for i in range(side - 1):
        for j in range(side - 1 - i):
            yield number(i + 1, j), number(i, j + 1), number(i, j)
            if i + j < side - 2:
                yield number(i, j + 1), number(i + 1, j), number(i + 1, j + 1)


def _pieces(
    number: int, triangle: tuple[int, int, int], leaders: Labels, scores: Array, at: dict[Key, Array]
) -> Iterator[tuple[int, list[Key]]]:
    """A small triangle cut into one convex piece per leader of its corners; new corners are noted in `at`."""
    owners = [int(leaders[point]) for point in triangle]
    if len(set(owners)) == 1:
        yield owners[0], [(point, point) for point in triangle]
        return
    middle = (-1, number)
    cuts: list[Key | None] = []
    for i, j in ((0, 1), (1, 2), (2, 0)):
        cuts.append(_cut(triangle[i], triangle[j], leaders, scores, at) if owners[i] != owners[j] else None)
    if all(cuts):
        at[middle] = np.mean([at[cut] for cut in cuts if cut], axis=0)
    for owner in dict.fromkeys(owners):
        piece: list[Key] = []
        for i, point in enumerate(triangle):
            if owners[i] == owner:
                piece.append((point, point))
            if (cut := cuts[i]) and owner in (owners[i], owners[(i + 1) % 3]):
                piece.append(cut)
                if all(cuts) and owners[i] == owner:
                    piece.append(middle)
        yield owner, piece


def _cut(i: int, j: int, leaders: Labels, scores: Array, at: dict[Key, Array]) -> Key:
    """The point between two neighbours where their leaders are level."""
    i, j = min(i, j), max(i, j)
    a, b = leaders[i], leaders[j]
    near, far = scores[i, a] - scores[i, b], scores[j, b] - scores[j, a]
    share = near / (near + far) if near + far > 0 else 0.5
    at[i, j] = at[i, i] + share * (at[j, j] - at[i, i])
    return i, j


def _loops(edges: dict[tuple[Key, Key], None]) -> Iterator[list[Key]]:
    """Directed edges chained to closed loops."""
    ahead: dict[Key, list[Key]] = {}
    for start, end in edges:
        ahead.setdefault(start, []).append(end)
    while ahead:
        start = at = next(iter(ahead))
        loop: list[Key] = []
        while not loop or at != start:
            loop.append(at)
            ends = ahead[at]
            following = ends.pop()
            if not ends:
                del ahead[at]
            at = following
        yield loop


def _outline(loop: Sequence[Key], at: Mapping[Key, Array]) -> Array:
    """The outline's points, those that coincide once, without those on straight lines."""
    points = np.array([at[key] for key in loop])
    points = points[np.abs(points - np.roll(points, 1, axis=0)).max(axis=1) > _SAME]
    flat = points @ PLANE
    ahead, behind = np.roll(flat, -1, axis=0) - flat, flat - np.roll(flat, 1, axis=0)
    turns = behind[:, 0] * ahead[:, 1] - behind[:, 1] * ahead[:, 0]
    return np.asarray(points[np.abs(turns) > _STRAIGHT])


def _crossed(at: Array, a: Array, b: Array) -> NDArray[np.bool_]:
    """Whether a ray from each point to the right crosses the segment from `a` to `b`."""
    between = (a[1] > at[:, 1]) != (b[1] > at[:, 1])
    if a[1] == b[1]:
        return np.zeros(len(at), dtype=bool)
    return np.asarray(between & (at[:, 0] < a[0] + (at[:, 1] - a[1]) * (b[0] - a[0]) / (b[1] - a[1])))


def _distance(at: Array, a: Array, b: Array) -> Array:
    """The distance of each point from the segment from `a` to `b`."""
    way = b - a
    length = float(way @ way)
    share = np.clip((at - a) @ way / length, 0.0, 1.0) if length > 0 else np.zeros(len(at))
    gap = at - a - share[:, None] * way
    return np.asarray(np.sqrt((gap**2).sum(axis=1)))
