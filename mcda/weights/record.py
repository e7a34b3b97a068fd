"""The weights of one sibling group as a record: what every elicitation returns."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from mcda.errors import Finding
from mcda.result import Consistency, Quality, Source, Weights


def sibling_weights(
    items: Sequence[str],
    amounts: ArrayLike,
    source: Source,
    *,
    consistency: Sequence[Consistency] = (),
    quality: Sequence[Quality] = (),
    findings: Sequence[Finding] = (),
) -> Weights:
    """Amounts (n,) in the order of `items` as fractions summing to 1, with where they come from.

    Amounts are not negative and not all zero; the callers say so in their own words before.
    """
    given = np.asarray(amounts, dtype=np.float64)
    leaf = given / given.sum()
    leaf.flags.writeable = False
    local: Mapping[str, float] = dict(zip(items, leaf.tolist(), strict=True))
    return Weights(local, local, leaf, tuple(consistency), (source,), tuple(quality), tuple(findings))
