"""Sentences of issues: how many choices are named, and what is said where there is none."""

import pytest

from mcda import InputError, Scenario, evaluate, run_batch
from mcda.errors import MOST_NAMED, Issue
from small import small_study


@pytest.mark.parametrize(
    ("count", "german", "english"),
    [
        (0, "Erlaubt: nichts.", "Allowed: nothing."),
        (2, "Erlaubt: A0, A1.", "Allowed: A0, A1."),
        (MOST_NAMED, f"A{MOST_NAMED - 1}.", f"A{MOST_NAMED - 1}."),
        (MOST_NAMED + 1, f"A{MOST_NAMED - 1} … und 1 weiteres.", f"A{MOST_NAMED - 1} … and 1 more."),
        (MOST_NAMED + 28, f"A{MOST_NAMED - 1} … und 28 weitere.", f"A{MOST_NAMED - 1} … and 28 more."),
    ],
)
def test_of_many_choices_it_is_told_how_many_more_there_are(count: int, german: str, english: str) -> None:
    issue = Issue("unknown_id", params={"value": "X", "allowed": tuple(f"A{n}" for n in range(count))})
    assert issue.sentence("de").endswith(german)
    assert issue.sentence("en").endswith(english)


def test_no_list_of_choices_is_cut_on_the_way() -> None:
    study = small_study()
    for scenario in (
        Scenario(measures=("X",)),
        Scenario(cells={"measures.M1.nope": 1}),
        Scenario(without_programmes=("X",)),
    ):
        with pytest.raises(InputError) as error:
            evaluate(study, scenario)
        assert "Allowed: ." not in error.value.issues[0].sentence("en")
    with pytest.raises(InputError) as error:
        evaluate(study, Scenario(cells={"measures.M1.nope": 1}))
    assert " more." in error.value.issues[0].sentence("en").partition(" Did you mean")[0]


def test_a_range_is_written_with_a_word() -> None:
    with pytest.raises(InputError) as error:
        run_batch(small_study(), draws=0)
    assert error.value.issues[0].sentence("de").endswith("Erlaubt: 1 bis 10.000.000.")
    assert error.value.issues[0].sentence("en").endswith("Allowed: 1 to 10,000,000.")
