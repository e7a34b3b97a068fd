"""What votes come to, against figures worked out by hand or with numpy alone."""

import numpy as np
import pytest

from hall import TOPS, Hall
from mcda.errors import InputError
from mcda.workshop.tally import ApprovalTally, RatingsTally, TopTally, WeightsTally, plain, tally

SWINGS = ((100, 60, 40, 20), (100, 80, 20, 50), (40, 100, 60, 30))


def found(hall: Hall, asked: int) -> object:
    return tally(hall.study, hall.room, hall.room.rounds[asked])


def test_swing_weights_are_joined_by_the_geometric_mean(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.join(3)
    asked = hall.ask()
    hall.swing(asked, *SWINGS)
    got = found(hall, asked)
    assert isinstance(got, WeightsTally)
    rows = np.array(SWINGS, dtype=float)
    rows /= rows.sum(axis=1, keepdims=True)
    joined = np.exp(np.log(rows).mean(axis=0))
    joined /= joined.sum()
    assert [got.group[top] for top in TOPS] == pytest.approx(joined, abs=1e-12)
    assert got.spreads["relevance"].lowest == pytest.approx(rows[:, 0].min())
    assert got.spreads["relevance"].median == pytest.approx(np.median(rows[:, 0]))
    assert got.agreement is not None
    pairs = [np.abs(rows[i] - rows[j]).sum() / 2 for i, j in ((0, 1), (0, 2), (1, 2))]
    assert got.agreement.difference == pytest.approx(np.mean(pairs))
    first = got.disputes[0]
    spread = {
        (a, b): np.log(rows[:, i] / rows[:, j]).std() * (rows[:, i] + rows[:, j]).mean()
        for i, a in enumerate(TOPS)
        for j, b in enumerate(TOPS)
        if i < j
    }
    assert (first.a, first.b) == max(spread, key=lambda pair: spread[pair])
    assert first.importance == pytest.approx(max(spread.values()))


def test_a_municipality_has_one_vote_however_many_come(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.join(3, homes=("ISM", "ISM", "GAR"))
    asked = hall.ask(key="municipality")
    hall.swing(asked, *SWINGS)
    got = found(hall, asked)
    assert isinstance(got, WeightsTally)
    rows = np.array(SWINGS, dtype=float)
    rows /= rows.sum(axis=1, keepdims=True)
    joined = np.exp(np.array([0.25, 0.25, 0.5]) @ np.log(rows))
    assert [got.group[top] for top in TOPS] == pytest.approx(joined / joined.sum(), abs=1e-12)


def test_votes_may_be_counted_otherwise_when_they_are_turned_over(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.join(3, homes=("ISM", "ISM", "GAR"))
    asked = hall.ask()
    hall.swing(asked, *SWINGS)
    equal = found(hall, asked)
    hall.reveal(asked, key="population")
    by_people = found(hall, asked)
    assert isinstance(equal, WeightsTally)
    assert isinstance(by_people, WeightsTally)
    rows = np.array(SWINGS, dtype=float)
    rows /= rows.sum(axis=1, keepdims=True)
    ism, gar = 18_043 / 35_620, 17_577 / 35_620
    joined = np.exp(np.array([ism / 2, ism / 2, gar]) @ np.log(rows))
    assert [by_people.group[top] for top in TOPS] == pytest.approx(joined / joined.sum(), abs=1e-12)
    assert by_people.group != equal.group


def test_nobody_with_a_vote_is_told(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.join(2, homes=())
    asked = hall.ask(key="population")
    hall.swing(asked, *SWINGS)
    with pytest.raises(InputError):
        found(hall, asked)


def test_below_three_votes_no_spread_tells_who_said_what(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.join(2)
    asked = hall.ask()
    hall.swing(asked, *SWINGS)
    got = found(hall, asked)
    assert isinstance(got, WeightsTally)
    assert (got.spreads, got.agreement, got.disputes) == ({}, None, ())


def test_rank_order_and_pairs_give_the_weights_of_their_method(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    who = hall.join()[0]
    asked = hall.ask(asked="rank_order")
    hall.vote(who, asked, ranks=dict(zip(TOPS, (1, 2, 3, 4), strict=True)))
    got = found(hall, asked)
    assert isinstance(got, WeightsTally)
    roc = [(1 + 1 / 2 + 1 / 3 + 1 / 4) / 4, (1 / 2 + 1 / 3 + 1 / 4) / 4, (1 / 3 + 1 / 4) / 4, 1 / 16]
    assert list(got.group.values()) == pytest.approx(roc)  # Barron & Barrett 1996
    hall.step("round_closed", round=asked)
    asked = hall.ask(asked="pairwise")
    exact = {"relevance": 8, "feasibility": 4, "cost": 2, "funding": 1}
    pairs = {f"{a}|{b}": exact[a] / exact[b] for i, a in enumerate(TOPS) for b in TOPS[i + 1 :]}
    hall.vote(who, asked, pairs=pairs)
    got = found(hall, asked)
    assert isinstance(got, WeightsTally)
    assert list(got.group.values()) == pytest.approx([8 / 15, 4 / 15, 2 / 15, 1 / 15])
    assert got.contradictory == 0


def test_ratings_are_means_of_those_who_do_not_abstain_and_disputes_come_by_spread_and_weight(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.join(3)
    asked = hall.ask("ratings", measures=["M1", "M2"], criteria=["goals", "urgency"])
    said = (
        {"M1|goals": {"value": 5}, "M1|urgency": {"value": 1}, "M2|goals": {"abstain": True, "reason": "eigenes Haus"}},
        {"M1|goals": {"value": 4}, "M1|urgency": {"value": 5}, "M2|goals": {"value": 2}},
        {"M1|goals": {"value": 3}, "M1|urgency": {"value": 3}, "M2|goals": {"value": 3, "reason": "gut"}},
    )
    for who, answers in zip(hall.people, said, strict=True):
        hall.vote(who, asked, ratings=answers)
    got = found(hall, asked)
    assert isinstance(got, RatingsTally)
    cells = {(cell.measure, cell.criterion): cell for cell in got.cells}
    assert [cells["M1", "goals"].mean, cells["M1", "urgency"].mean, cells["M2", "goals"].mean] == [4, 3, 2.5]
    assert (cells["M2", "goals"].abstained, cells["M2", "goals"].spread) == (1, None)
    assert cells["M2", "urgency"].mean is None
    assert cells["M2", "goals"].reasons == ("eigenes Haus", "gut")
    # standard deviation / span x overall weight: urgency 1.633/4 x .35 x .4, goals .816/4 x .35 x .6
    assert got.disputes == (("M1", "urgency"), ("M1", "goals"))
    assert cells["M1", "urgency"].importance == pytest.approx(np.std([1, 5, 3]) / 4 * 0.14)


def test_gut_votes_are_counted_and_approval_has_heads_and_a_share(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.join(4, homes=("ISM", "ISM", "ISM", "GAR"))
    asked = hall.ask("top")
    for who, names in zip(hall.people, (("M1", "M2"), ("M2",), ("M1", "M3", "M2"), ("M4",)), strict=True):
        hall.vote(who, asked, top=names)
    got = found(hall, asked)
    assert isinstance(got, TopTally)
    assert dict(got.named) == {"M2": 3, "M1": 2, "M4": 1, "M3": 1}
    assert got.first == {"M2": 1, "M1": 2, "M4": 1, "M3": 0}
    hall.step("round_closed", round=asked)
    asked = hall.ask("approval", question="Einverstanden?", key="municipality")
    for who, answer in zip(hall.people, ("yes", "no", "abstain", "yes"), strict=True):
        hall.vote(who, asked, answer=answer)
    got = found(hall, asked)
    assert isinstance(got, ApprovalTally)
    assert (got.yes, got.no, got.abstain) == (2, 1, 1)
    assert got.share == pytest.approx(0.5 / 2 + 0.5)


def test_a_tally_as_the_log_keeps_it_is_plain_json(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.join(3)
    asked = hall.ask()
    hall.swing(asked, *SWINGS)
    kept = plain(found(hall, asked))  # type: ignore[arg-type]
    assert kept["kind"] == "weights"
    assert kept["group"]["relevance"] == round(kept["group"]["relevance"], 12)


def test_a_revealed_result_stays_what_everybody_saw(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.join(3, homes=("ISM", "ISM", "GAR"))
    asked = hall.ask(key="municipality")
    hall.swing(asked, *SWINGS)
    hall.reveal(asked)
    seen = found(hall, asked)
    first = hall.people[0]
    hall.desk.act(hall.code, "participant", first, "described", {"participant": first, "municipality": "GAR"})
    hall.desk.act(hall.code, "participant", first, "withdrawn", {"participant": first})
    assert found(hall, asked) == seen
    hall.step("round_reopened", round=asked)
    again = found(hall, asked)
    assert isinstance(again, WeightsTally)
    assert again.votes == 2
