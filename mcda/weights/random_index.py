"""Random indices: how inconsistent comparison matrices are that were filled in by chance."""

from bisect import bisect

EXACT = {
    3: 0.5244574543,  # full enumeration of all 17^3 reciprocal matrices on the 1/9..9 scale
    4: 0.8841579994,  # full enumeration of all 17^6
}

ALONSO_LAMATA = dict(
    enumerate((1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838), start=5)
)
"""Alonso & Lamata 2006, Int. J. Uncertainty, Fuzziness and Knowledge-Based Systems 14(4) 445-459, 100,000 matrices."""

DONEGAN_DODD = {16: 1.5078, 17: 1.5153, 18: 1.5262, 19: 1.5313, 20: 1.5371, 25: 1.5619, 30: 1.5772, 40: 1.5976} | {
    50: 1.6102,
    60: 1.6178,
    70: 1.6237,
    80: 1.6277,
    90: 1.6213,
    100: 1.6339,
}
"""Donegan & Dodd 1991, Mathematical and Computer Modelling 15(10) 135-137; straight lines between the sizes given."""

SMALLEST, LARGEST = 3, max(DONEGAN_DODD)


def random_index(size: int, missing: int = 0) -> tuple[float, str]:
    """The mean consistency index of random matrices of `size` criteria, and the name of the table it is from.

    With `missing` pairs it is an estimate, RI(n, m) = (1 - 2m / ((n-1)(n-2))) RI(n, 0) (Ágoston & Csató 2022, Omega
    108), and its name says so; where only a spanning tree of pairs is answered it is 0. Sizes 3 to 100; smaller ones
    cannot contradict themselves and have index 0. Raises ValueError for larger ones.
    """
    if size < SMALLEST:
        return 0.0, "none"
    if size > LARGEST:
        raise ValueError(f"no random index for {size} criteria; at most {LARGEST}")
    index, name = _complete(size)
    if not missing:
        return index, name
    left = 1.0 - 2.0 * missing / ((size - 1) * (size - 2))
    return max(left, 0.0) * index, f"{name}; approximate for {missing} missing (Ágoston & Csató 2022)"


def _complete(size: int) -> tuple[float, str]:
    if size in EXACT:
        return EXACT[size], "exact enumeration"
    if size in ALONSO_LAMATA:
        return ALONSO_LAMATA[size], "Alonso & Lamata 2006"
    sizes = list(DONEGAN_DODD)
    upper = bisect(sizes, size)
    below = sizes[upper - 1]
    if below == size:
        return DONEGAN_DODD[size], "Donegan & Dodd 1991"
    above = sizes[upper]
    share = (size - below) / (above - below)
    return DONEGAN_DODD[below] + share * (DONEGAN_DODD[above] - DONEGAN_DODD[below]), "Donegan & Dodd 1991"
