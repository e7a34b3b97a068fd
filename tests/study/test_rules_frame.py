import pytest

from mcda.study.rules import check_study
from small import small_study


@pytest.mark.parametrize(
    ("column", "limits"),
    [
        ("tier_limits_pct", (50, 25)),
        ("tier_limits_pct", (25, 120)),
        ("cost_class_limits_eur", (5, 5)),
        ("tier_limits_pct", (-1, 5)),
    ],
)
def test_limits_rise(column, limits):
    study = small_study(study=small_study().study.model_copy(update={column: limits}))
    assert [(i.code, i.where.column) for i in check_study(study)] == [("limits_not_rising", column)]


def test_a_decided_rank_is_a_place_that_exists():
    measures = small_study().measures
    study = small_study(measures=(measures[0].model_copy(update={"decided_rank": 5}), *measures[1:]))
    assert [(i.code, i.where.row, i.where.column) for i in check_study(study)] == [("out_of_range", 2, "decided_rank")]
    assert not check_study(small_study(measures=(measures[0].model_copy(update={"decided_rank": 4}), *measures[1:])))
