"""What a first hour with the pages brought to light: abstentions kept whole, ways back, languages, doors, sandboxes."""

from collections.abc import Iterator

import pytest

from attacking import UNKNOWN, Attacked, Visitor, attacked


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Attacked]:
    made = attacked(sqlite_url)
    yield made
    made.close()


def step(room: Attacked, kind: str, *more: tuple[str, str], **fields: str) -> int:
    answer = room.lead.post(f"{room.console}/step", [("kind", kind), *fields.items(), *more])
    assert answer.status == 303, answer.text
    return len(room.events)


def rated(room: Attacked) -> int:
    asked = [("measures", "M1"), ("measures", "M2"), ("criteria", "goals"), ("criteria", "urgency")]
    return step(room, "round_opened", *asked, what="ratings")


def test_who_abstains_from_a_measure_abstains_from_all_that_is_asked_of_it(room: Attacked) -> None:
    link, number = room.join(), rated(room)
    visitor = Visitor(room.app)
    form = {"round": str(number), "abstain.M1": "1", "value.M2|goals": "4", "reason.M1|goals": "eigenes Grundstück"}
    assert visitor.post(f"{link}/vote", form).status == 303
    (vote,) = room.room.rounds[number].votes.values()
    said = {key: (r.value, r.abstain, r.reason) for key, r in vote.answer.ratings.items()}
    assert said == {
        "M1|goals": (None, True, "eigenes Grundstück"),
        "M1|urgency": (None, True, ""),
        "M2|goals": (4.0, False, ""),
    }
    assert 'name="abstain.M1" value="1" checked' in visitor.get(link).text
    alone = Visitor(room.app).post(f"{link}/vote", {"round": str(number), "abstain.M1": "1"})
    assert alone.status == 303, "an abstention is an answer"


def test_an_abstention_typed_by_the_facilitator_counts_the_same(room: Attacked) -> None:
    step(room, "joined", role="ohne Telefon")
    person, number = next(iter(room.room.people)), rated(room)
    step(room, "voted", round=str(number), participant=person, **{"abstain.M2": "1"})
    assert all(r.abstain for r in room.room.rounds[number].votes[person].answer.ratings.values())


def test_an_address_that_leads_nowhere_is_a_small_page_of_ours(room: Attacked) -> None:
    for path in ("/w/x/y/z", f"/w/{room.code}/nothing", f"{room.join()}/nothing"):
        answer = Visitor(room.app).get(path)
        assert (answer.status, len(answer.body) < 3000) == (404, True)


def test_a_failure_is_told_in_the_rooms_language_and_without_a_room_in_the_browsers(sqlite_url: str) -> None:
    room = attacked(sqlite_url, language="en")
    room.join()
    assert "That did not work" in Visitor(room.app).get(f"/w/{room.code}/p/nobody").text
    assert "Das hat nicht geklappt" in Visitor(room.app).get(f"/w/{UNKNOWN}").text
    assert "That did not work" in Visitor(room.app).get(f"/w/{UNKNOWN}", accept_language="en-GB").text
    room.close()


def test_a_refused_detail_is_told_on_ones_own_page(sqlite_url: str) -> None:
    room = attacked(sqlite_url, anonymous=False)
    link = room.join(role="Amt")
    answer = Visitor(room.app).post(f"{link}/me", {"role": " ", "municipality": ""})
    assert answer.status == 422
    assert "Bitte geben Sie Ihre Funktion an." in answer.text
    assert f'action="{link}/me"' in answer.text
    room.close()


def test_a_closed_door_lets_nobody_in_by_code_and_those_inside_go_on(room: Attacked) -> None:
    link = room.join()
    step(room, "door_closed")
    refused = Visitor(room.app).post(f"/w/{room.code}", {"role": "spät", "token": "t"})
    assert refused.status == 422
    assert "niemand mehr beitreten" in refused.text
    assert Visitor(room.app).get(link).status == 200
    step(room, "door_opened")
    assert Visitor(room.app).post(f"/w/{room.code}", {"role": "spät", "token": "t2"}).status == 303


def test_the_ranking_is_to_be_tried_only_after_the_projector_showed_it(room: Attacked) -> None:
    link = room.join()
    assert "points." not in Visitor(room.app).get(f"{link}/try").text
    step(room, "shown", view="ranking")
    before = len(room.events)
    tried = Visitor(room.app).get(f"{link}/try?points.cost=90&points.relevance=10")
    assert "data-rank" in tried.text
    assert len(room.events) == before, "what is tried is nobody's step"


def test_a_question_may_go_to_the_projector_as_it_opens(room: Attacked) -> None:
    step(room, "round_opened", what="weights", asked="swing", show="1", token="a")
    number = room.room.open_round.id  # type: ignore[union-attr]
    assert (room.room.shown.view, room.room.shown.round) == ("question", number)
    room.lead.post(
        f"{room.console}/step", {"kind": "round_opened", "what": "weights", "asked": "swing", "show": "1", "token": "a"}
    )
    assert [e.kind for e in room.events].count("shown") == 1


def test_weights_are_not_asked_while_they_are_locked(room: Attacked) -> None:
    step(room, "weights_locked")
    answer = room.lead.post(f"{room.console}/step", {"kind": "round_opened", "what": "weights", "asked": "swing"})
    assert answer.status == 409


def test_ballots_are_printed_before_any_question_is_open(room: Attacked) -> None:
    for what in ("swing", "rank_order", "pairwise", "top", "approval"):
        answer = room.lead.get(f"{room.console}/ballots?what={what}")
        assert answer.text.count('class="ballot"') == 12


def test_the_protocol_says_what_was_decided_and_when(room: Attacked) -> None:
    assert "Noch nicht beschlossen." in room.lead.get(f"{room.console}/protocol").text
    step(room, "decision_taken", remark="einstimmig")
    page = room.lead.get(f"{room.console}/protocol").text
    assert "Beschlossen um" in page
    assert "einstimmig" in page
