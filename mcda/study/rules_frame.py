"""What must hold in the frame of a study: limits rise, a decided rank is a place that exists, places are on earth."""

from collections.abc import Iterator
from itertools import pairwise

from mcda.errors import Issue, Param, Where
from mcda.study.model import Study
from mcda.study.rules_ids import RowOf


def limits_rise(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Limits of tiers and of cost classes rise, and tiers are limits in percent of the list."""
    frame = study.study
    for column, limits in (
        ("tier_limits_pct", frame.tier_limits_pct),
        ("cost_class_limits_eur", frame.cost_class_limits_eur),
    ):
        rising = all(low < high for low, high in pairwise(limits))
        if (
            not rising
            or any(limit < 0 for limit in limits)
            or (column.endswith("_pct") and max(limits, default=0) > 100)
        ):
            params: dict[str, Param] = {"value": ";".join(f"{limit:g}" for limit in limits)}
            yield Issue("limits_not_rising", where=Where("study", row_of("study", 0), column), params=params)


def decided_ranks(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """A decided rank is at most the number of measures."""
    for index, measure in enumerate(study.measures):
        if measure.decided_rank is not None and measure.decided_rank > len(study.measures):
            params: dict[str, Param] = {"value": measure.decided_rank, "allowed": f"1 – {len(study.measures)}"}
            yield Issue(
                "out_of_range", where=Where("measures", row_of("measures", index), "decided_rank"), params=params
            )


def places_on_earth(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Latitudes lie within 90 degrees and longitudes within 180: 48.226.700 has lost its decimal sign."""
    for index, member in enumerate(study.municipalities):
        for column, most in (("latitude", 90), ("longitude", 180)):
            degrees = getattr(member, column)
            if degrees is not None and not -most <= degrees <= most:
                params: dict[str, Param] = {"value": degrees, "allowed": f"-{most} – {most}"}
                yield Issue(
                    "out_of_range",
                    where=Where("municipalities", row_of("municipalities", index), column),
                    params=params,
                )
