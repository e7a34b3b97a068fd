"""Being somebody else: replayed links, forged keys, other people's numbers and tokens, steps that are not one's own."""

from collections.abc import Callable, Iterator

import pytest

from attacking import Attacked, Visitor, attacked, sentences, swing
from mcda.workshop import contents as c
from mcda.workshop.desk import FACILITATOR
from mcda.workshop.events import Role
from mcda.workshop.rules import Forbidden

KINDS = tuple(kind for kind in c.CONTENTS if kind != "opened")


@pytest.fixture
def room(store_url: str) -> Iterator[Attacked]:
    made = attacked(store_url)
    yield made
    made.close()


def person_of(link: str, room: Attacked) -> str:
    """The id of whose link it is, as the log has it."""
    found = room.place.desk().participant(room.place.load(room.code).row, link.rsplit("/", 1)[1])
    assert found is not None
    return found


def votes_of(room: Attacked, number: int) -> dict[str, dict[str, float]]:
    return {name: dict(vote.answer.points) for name, vote in room.room.rounds[number].votes.items()}


def test_a_link_on_another_device_is_the_same_person_with_one_vote(room: Attacked) -> None:
    link, number = room.join(role="Rat"), room.ask_round()
    phone, tablet = Visitor(room.app, "10.1.0.1"), Visitor(room.app, "10.1.0.2", {"user_agent": "another"})
    phone.post(f"{link}/vote", {"round": str(number), "token": "a"} | swing(cost="10"))
    assert 'value="10"' in tablet.get(link).text
    tablet.post(f"{link}/vote", {"round": str(number), "token": "b"} | swing(cost="20"))
    assert len(room.room.people) == 1
    assert votes_of(room, number) == {person_of(link, room): {k: float(v) for k, v in _points(cost="20").items()}}
    assert 'value="20"' in phone.get(link).text


def _points(**points: str) -> dict[str, str]:
    return {name.removeprefix("points."): value for name, value in swing(**points).items()}


def test_a_vote_sent_again_is_stored_once(room: Attacked) -> None:
    link, number = room.join(), room.ask_round()
    form = {"round": str(number), "token": "again"} | swing()
    told = [Visitor(room.app).post(f"{link}/vote", form, accept="application/json").json["seq"] for _ in range(3)]
    assert len(set(told)) == 1
    assert [e.kind for e in room.events].count("voted") == 1


def test_another_answer_under_a_used_token_is_stored_too(room: Attacked) -> None:
    """A page from the browser's memory holds the token of an answer that was stored long ago."""
    link, number = room.join(), room.ask_round()
    for cost in ("10", "20", "20"):
        answer = Visitor(room.app).post(f"{link}/vote", {"round": str(number), "token": "old"} | swing(cost=cost))
        assert answer.location.endswith("?saved=1")
    assert votes_of(room, number)[person_of(link, room)]["cost"] == 20


def test_joining_twice_with_one_token_is_one_person(room: Attacked) -> None:
    """The answer to the first was lost on its way: the second is as good a link to the same person."""
    first, second = room.join(role="Rat", token="once"), room.join(role="Rat", token="once")
    assert len(room.room.people) == 1
    assert person_of(first, room) == person_of(second, room)
    assert Visitor(room.app).get(first).status == Visitor(room.app).get(second).status == 200


def test_a_token_of_another_kind_of_step_lets_nobody_in_as_that_person(room: Attacked) -> None:
    link, number = room.join(token="mine"), room.ask_round()
    Visitor(room.app).post(f"{link}/vote", {"round": str(number), "token": "voted"} | swing())
    answer = Visitor(room.app, "10.6.6.6").post(f"/w/{room.code}", {"token": "voted"})
    assert answer.status in (403, 409, 422)
    assert len(room.room.people) == 1


FORGED: tuple[Callable[[str], str], ...] = (
    lambda key: key[:-1] + ("A" if key[-1] != "A" else "B"),
    lambda key: key[:-1],
    lambda key: key + "A",
    lambda key: key.swapcase(),
    lambda key: f" {key}",
    lambda key: f"{key}%00",
    lambda key: f"{key}%20",
    lambda key: "p2",
    lambda key: "p3",
    lambda key: "facilitator",
    lambda key: "",
)


def test_a_forged_key_is_nobodys(room: Attacked) -> None:
    link, number = room.join(), room.ask_round()
    base, key = link.rsplit("/", 1)
    for n, forge in enumerate(FORGED):
        thief = Visitor(room.app, f"10.6.6.{n}")
        for address in (f"{base}/{forge(key)}", f"/w/{room.code}/f/{forge(room.key)}"):
            assert thief.get(address).status == 404, forge(key)
        assert thief.post(f"{base}/{forge(key)}/vote", {"round": str(number)} | swing()).status == 404
        assert thief.post(f"/w/{room.code}/f/{forge(room.key)}/step", {"kind": "ended"}).status == 404
    assert votes_of(room, number) == {}
    assert not room.room.ended_at


def test_a_hash_from_the_database_is_no_key(room: Attacked) -> None:
    assert Visitor(room.app).get(f"/w/{room.code}/f/{room.place.load(room.code).row.facilitator_hash}").status == 404


def test_a_key_of_one_room_opens_no_other(room: Attacked, store_url: str) -> None:
    other = attacked(store_url)
    key = room.join().rsplit("/", 1)[1]
    assert Visitor(other.app).get(f"/w/{other.code}/p/{key}").status == 404
    assert Visitor(other.app).get(f"/w/{other.code}/f/{room.key}").status == 404
    assert Visitor(other.app).get(f"/w/{other.code}", cookie=f"rf_{other.code}={key}").status == 200  # asks to join
    other.close()


def test_nobody_votes_for_somebody_else_by_any_field(room: Attacked) -> None:
    me, you, number = room.join(), room.join(), room.ask_round()
    mine, yours = person_of(me, room), person_of(you, room)
    Visitor(room.app).post(f"{you}/vote", {"round": str(number)} | swing(cost="11"))
    key = you.rsplit("/", 1)[1]
    names = ("participant", "person", "actor", "who", "id", "role", "key", "kind", "p", "user", "participant[]")
    for name in names:
        for value in (yours, key, f'{{"participant":"{yours}"}}', "facilitator"):
            form = [("round", str(number)), (name, value), *swing(cost="99").items(), (name, value)]
            answer = Visitor(room.app).post(f"{me}/vote?{name}={value}", form, cookie=f"rf_{room.code}={key}")
            assert answer.status == 303
    assert votes_of(room, number)[yours]["cost"] == 11
    assert votes_of(room, number)[mine]["cost"] == 99
    assert {e.actor for e in room.events if e.kind == "voted"} == {mine, yours}


def test_nobody_describes_withdraws_returns_or_erases_somebody_else(room: Attacked) -> None:
    me, you, number = room.join(), room.join(role="Bürgermeisterin"), room.ask_round()
    mine, yours = person_of(me, room), person_of(you, room)
    Visitor(room.app).post(f"{you}/vote", {"round": str(number)} | swing(cost="11"))
    for end in ("me", "leave", "return", "erase"):
        form = {"participant": yours, "role": "gekapert", "seqs": "1", "person": yours}
        Visitor(room.app).post(f"{me}/{end}?participant={yours}", form)
    assert room.room.people[yours].role == "Bürgermeisterin"
    assert not room.room.people[yours].withdrawn
    assert room.room.people[mine].withdrawn
    assert votes_of(room, number)[yours]["cost"] == 11
    assert "gekapert" not in room.lead.get(room.console).text
    assert all(e.content for e in room.events if e.actor != mine)


def test_a_participant_takes_no_step_by_the_desk_either(room: Attacked) -> None:
    """Whatever the pages might pass on: steps of the facilitator, and steps about others, are refused at the desk."""
    mine, yours = person_of(room.join(), room), person_of(room.join(), room)
    said = {"participant": yours, "round": 1, "step": 1, "seqs": (1,), "points": {"cost": 1.0}, "measure": "M1"}
    said |= {"kind": "top", "view": "blank", "reason": "x", "name": "x", "snapshot": 1, "measures": ("M1",)}
    said |= {"municipality": "ISM", "outcome": "noted", "day": "2026-01-01", "status": "idea"}
    for kind in KINDS:
        fields = {k: v for k, v in said.items() if k in c.CONTENTS[kind].model_fields}
        fields |= {"ratings": ()} if kind == "ratings_agreed" else {}
        with pytest.raises(Forbidden):
            room.place.desk().act(room.code, "participant", mine, kind, fields)
    for told in ({"paper": True}, {"simulated": True}):
        with pytest.raises(Forbidden):
            room.place.desk().join(room.code, c.Joined.model_validate(told))
    assert len(room.events) == 3


@pytest.mark.parametrize("role", ["participant", "facilitator"])
def test_erasing_takes_all_of_ones_own_words_and_nobody_elses(room: Attacked, role: Role) -> None:
    me, you, number = room.join(), room.join(), room.ask_round()
    mine = person_of(me, room)
    for link in (me, you):
        Visitor(room.app).post(f"{link}/vote", {"round": str(number)} | swing())
    actor = mine if role == "participant" else FACILITATOR
    for seqs in ((1,), (3,), tuple(range(1, len(room.events) + 1))):
        with pytest.raises(Forbidden):
            room.place.desk().act(room.code, role, actor, "erased", {"participant": mine, "seqs": seqs})
    assert all(e.content for e in room.events)
    room.place.desk().act(room.code, role, actor, "erased", {"participant": mine, "seqs": ()})
    assert [(e.kind, e.actor) for e in room.events if not e.content] == [("joined", mine), ("voted", mine)]
    assert list(room.room.rounds[number].votes) == [person_of(you, room)]


def test_a_participants_key_opens_nothing_of_the_facilitator(room: Attacked) -> None:
    link = room.join()
    led = f"/w/{room.code}/f/{link.rsplit('/', 1)[1]}"
    thief = Visitor(room.app, "10.1.0.1")
    for end in ("", "/protocol", "/protocol.json", "/ballots", "/check", "/paper?person=p2"):
        assert thief.get(f"{led}{end}").status == 404
    for kind in KINDS:
        assert thief.post(f"{led}/step", {"kind": kind, "round": "1", "participant": "p2"}).status in (404, 429)
    for end in ("preview", "rehearse", "delete"):
        assert thief.post(f"{led}/{end}", {"confirm": room.code}).status in (404, 429)
    assert len(room.events) == 2


def test_the_facilitators_key_is_no_participants(room: Attacked) -> None:
    for end in ("", "/data.json", "/try"):
        assert Visitor(room.app).get(f"/w/{room.code}/p/{room.key}{end}").status == 404
    assert Visitor(room.app).post(f"/w/{room.code}/p/{room.key}/vote", {"round": "2"} | swing()).status == 404


def test_a_token_of_another_person_gives_and_takes_nothing(room: Attacked) -> None:
    me, you, number = room.join(), room.join(), room.ask_round()
    form = {"round": str(number), "token": "shared"} | swing(cost="11")
    Visitor(room.app).post(f"{you}/vote", form)
    answer = Visitor(room.app).post(f"{me}/vote", form | swing(cost="99"))
    assert answer.status in (303, 403)
    assert "11" not in sentences(answer.text)
    assert votes_of(room, number)[person_of(you, room)]["cost"] == 11
    assert room.lead.post(f"{room.console}/step", {"kind": "ended", "token": "shared"}).status in (303, 403)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_posts_nothing(room: Attacked, site: str) -> None:
    link, number = room.join(), room.ask_round()
    before = len(room.events)
    posts = [("/w", {"code": room.code}), (f"/w/{room.code}", {}), (f"{link}/vote", {"round": str(number)} | swing())]
    posts += [(f"{link}/{end}", {}) for end in ("me", "leave", "return", "erase")]
    posts += [
        (f"{room.console}/{end}", {"kind": "ended", "confirm": room.code})
        for end in ("step", "preview", "rehearse", "delete")
    ]
    for path, form in posts:
        assert Visitor(room.app).post(path, form, sec_fetch_site=site).status == 403, path
    assert len(room.events) == before


def test_a_step_is_no_get(room: Attacked) -> None:
    link = room.join()
    for path in (*(f"{link}/{end}" for end in ("vote", "me", "leave", "return", "erase")), f"{room.console}/step"):
        answer = Visitor(room.app).get(f"{path}?kind=ended&round=1")
        assert (answer.status, answer.location) == (303, path.rsplit("/", 1)[0]), "back to the page the form stands on"
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"):
        assert (
            Visitor(room.app).ask(method, f"{room.console}/delete", [b"confirm=" + room.code.encode()], {}).status
            == 405
        )
    assert len(room.events) == 2


def test_who_has_withdrawn_or_had_all_erased_does_not_vote(room: Attacked) -> None:
    number = room.ask_round()
    for end in ("leave", "erase"):
        link = room.join(role="Rat")
        Visitor(room.app).post(f"{link}/{end}")
        assert Visitor(room.app).post(f"{link}/vote", {"round": str(number)} | swing()).status == 409
    taken_out = room.join()
    room.step("withdrawn", {"participant": person_of(taken_out, room)})
    assert Visitor(room.app).post(f"{taken_out}/vote", {"round": str(number)} | swing()).status == 409
    assert votes_of(room, number) == {}


def test_a_deleted_room_is_an_unknown_room(room: Attacked) -> None:
    link, number = room.join(role="Geheimnisrat"), room.ask_round()
    assert room.lead.post(f"{room.console}/delete", {"confirm": "falsch"}).status == 422
    assert room.lead.post(f"{room.console}/delete", {"confirm": room.code}).status == 200
    visitor = Visitor(room.app)
    for path in (f"/w/{room.code}", f"/w/{room.code}/screen", f"/w/{room.code}/stream", link, f"{link}/data.json"):
        answer = visitor.get(path)
        assert answer.status == 404
        assert b"Geheimnisrat" not in answer.body
    assert visitor.post(f"{link}/vote", {"round": str(number)} | swing()).status == 404
    assert visitor.post(f"/w/{room.code}", {}).status == 404
    assert room.lead.get(room.console).status == room.lead.post(f"{room.console}/step", {"kind": "ended"}).status == 404
