"""What would have to be true, for ordered pairs under the weighted sum: one in seven, and all of them in a long run."""

import pytest

from pair_statements import check_a_sample_as_a_whole, check_every_statement

SOME, ALL = 7, 1
"""7 has no factor in common with the example's 40 measures, so every measure is asked about."""
EVERY = pytest.mark.parametrize("every", [SOME, pytest.param(ALL, marks=pytest.mark.long)])


@EVERY
def test_every_statement_is_true_and_nine_tenths_of_it_are_not_enough(every: int) -> None:
    check_every_statement("weighted_sum", every)


@EVERY
def test_a_whole_evaluation_agrees_with_a_sample(every: int) -> None:
    check_a_sample_as_a_whole("weighted_sum", every)
