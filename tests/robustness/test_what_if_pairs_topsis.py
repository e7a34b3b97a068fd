"""What would have to be true, for every ordered pair of the example under topsis; a file of its own: it takes long."""

import pytest

from pair_statements import check_a_sample_as_a_whole, check_every_statement

pytestmark = pytest.mark.long


def test_every_statement_is_true_and_nine_tenths_of_it_are_not_enough() -> None:
    check_every_statement("topsis")


def test_a_whole_evaluation_agrees_with_a_sample() -> None:
    check_a_sample_as_a_whole("topsis")
