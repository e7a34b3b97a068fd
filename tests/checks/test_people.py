"""Groups that do not agree, or fall into camps, are told; groups of one mind are not."""

import numpy as np

from mcda.checks.people import disagreeing, divided
from mcda.locale import LANGUAGES
from mcda.weights.clusters import clusters
from mcda.weights.consensus import consensus


def test_disagreement_in_the_amounts_is_told_with_both_figures() -> None:
    (finding,) = disagreeing("relevance", consensus([[0.9, 0.1], [0.1, 0.9]]))
    assert finding.code == "group_disagrees"
    assert (finding.params["percent"], finding.params["concordance"]) == (0, 0)
    assert all("0" in finding.sentence(language) for language in LANGUAGES)


def test_disagreement_in_the_order_alone_is_told() -> None:
    (finding,) = disagreeing("", consensus([[0.34, 0.33, 0.33], [0.33, 0.33, 0.34]]))
    assert (finding.params["percent"], finding.params["concordance"]) == (100, 25)


def test_people_who_agree_are_not_bothered() -> None:
    assert list(disagreeing("", consensus([[0.6, 0.3, 0.1], [0.5, 0.3, 0.2]]))) == []


def test_camps_are_told_with_their_members() -> None:
    stack = np.repeat([[0.8, 0.1, 0.1], [0.1, 0.1, 0.8]], 5, axis=0)
    (finding,) = divided(clusters(stack, list("abcdefghij"), "xyz"))
    assert finding.params["clusters"] == ("a + b + c + d + e", "f + g + h + i + j")
    assert all("f + g" in finding.sentence(language) for language in LANGUAGES)
    assert list(divided(clusters(stack[:5], list("abcde"), "xyz"))) == []
