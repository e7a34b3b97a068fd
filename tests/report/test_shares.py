"""Shares never claim to be none or all where they are not."""

import pytest

from mcda.report.exhibits.shares import share_percent


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0 %"),
        (1e-9, "< 1 %"),
        (0.0049, "< 1 %"),
        (0.005, "< 1 %"),
        (0.0051, "1 %"),
        (0.37, "37 %"),
        (0.9951, "> 99 %"),
        (1.0, "100 %"),
    ],
)
def test_none_and_all_are_said_of_none_and_all(share: float, said: str) -> None:
    assert share_percent(share, "de") == said
