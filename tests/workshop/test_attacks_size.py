"""Too much: bodies, fields and names without end are refused before they are read, and cost nobody else their turn."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.types import Message

from attacking import FORM, Attacked, Visitor, attacked, scope_of, swing
from mcda.errors import InputError
from mcda.study.model import Study
from mcda.ui.workshop.guard import MOST_BYTES, MOST_FIELDS
from mcda.workshop import ballots
from mcda.workshop import contents as c
from small import LEVELS, small_study, with_measure

MEGABYTE = 1024 * 1024
POSTED = ("/w", "/w/{code}", *(f"{{link}}/{end}" for end in ("vote", "me", "leave", "return", "erase")))
LED = tuple(f"{{console}}/{end}" for end in ("step", "preview", "rehearse", "delete"))


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Attacked]:
    made = attacked(sqlite_url)
    yield made
    made.close()


def paths(room: Attacked) -> list[str]:
    link = room.join()
    return [path.format(code=room.code, link=link, console=room.console) for path in (*POSTED, *LED)]


def ten_megabytes(chunk: int = 64 * 1024) -> Iterator[bytes]:
    yield b"round=1&reason="
    for _ in range(10 * MEGABYTE // chunk):
        yield b"x" * chunk


def test_ten_megabytes_are_refused_before_they_are_read(room: Attacked) -> None:
    for path in paths(room):
        headers = {"content_type": FORM, "content_length": str(10 * MEGABYTE)}
        answer = Visitor(room.app).ask("POST", path, ten_megabytes(), headers)
        assert answer.status == 413, path
        assert answer.taken == 0, path
        assert "groß" in answer.text or "lang" in answer.text, path
    assert len(room.events) == 2


def test_ten_megabytes_without_a_length_are_refused_at_the_limit(room: Attacked) -> None:
    for path in paths(room):
        headers = {"content_type": FORM, "transfer_encoding": "chunked"}
        answer = Visitor(room.app).ask("POST", path, ten_megabytes(), headers)
        assert answer.status == 413, path
        assert answer.taken <= MOST_BYTES + 2 * 64 * 1024, path
    assert len(room.events) == 2


@pytest.mark.parametrize("length", ["0", "1", "-1", "NaN", "1e9", "", "9" * 5000, " 5", "5 5", "٣", "+5"])
def test_a_length_that_lies_is_no_way_round(room: Attacked, length: str) -> None:
    headers = {"content_type": FORM, "content_length": length.encode().decode("latin-1")}
    answer = Visitor(room.app).ask("POST", f"{room.join()}/vote", ten_megabytes(), headers)
    assert answer.status == 413
    assert answer.taken <= MOST_BYTES + 2 * 64 * 1024


def test_a_body_in_single_bytes_is_read_once(room: Attacked) -> None:
    number, link = room.ask_round(), room.join()
    body = ("&".join(f"{k}={v}" for k, v in ({"round": str(number)} | swing()).items()) + "&x=" + "y" * 20_000).encode()
    answer = Visitor(room.app).ask("POST", f"{link}/vote", (bytes([b]) for b in body), {"content_type": FORM})
    assert answer.status == 303


def test_a_phone_that_leaves_in_the_middle_of_its_form_has_said_nothing(room: Attacked) -> None:
    number, link = room.ask_round(), room.join()
    left: list[Message] = [{"type": "http.request", "body": f"round={number}".encode(), "more_body": True}]
    left.append({"type": "http.disconnect"})

    async def receive() -> Message:
        return left.pop(0)

    async def send(message: Message) -> None:
        pass

    asyncio.run(room.app(scope_of("POST", f"{link}/vote", {"content_type": FORM}, "10.0.0.1"), receive, send))
    assert left == []
    assert len(room.events) == 3


def test_ten_thousand_fields_are_refused(room: Attacked) -> None:
    for path in paths(room):
        answer = Visitor(room.app).post(path, [(f"f{n}", "1") for n in range(10_000)])
        assert answer.status == 413, path
        assert Visitor(room.app).ask("POST", path, [b"&" * 10_000], {"content_type": FORM}).status == 413, path
    assert len(room.events) == 2


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "text/plain", "", "x" * 9999])
def test_other_kinds_of_body_say_nothing(room: Attacked, kind: str) -> None:
    number, link = room.ask_round(), room.join()
    part = f'--x\r\nContent-Disposition: form-data; name="round"\r\n\r\n{number}\r\n'.encode()
    for body in (part + b"--x--\r\n", b'{"round": 2}', b"\xff\xfe\x00", b"%", b"%zz=%u1234&=&==&%00=%00", b""):
        answer = Visitor(room.app).ask("POST", f"{link}/vote", [body], {"content_type": kind})
        assert answer.status == 422, body
    assert len(room.events) == 3


def large_study() -> Study:
    study = small_study()
    for n in range(200):
        study = with_measure(study, f"N{n}", LEVELS["M1"])
    return study


def test_thousands_of_unknown_names_are_not_each_pondered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody may have meant is looked for among all measures: for a few names only."""
    study, pondered = large_study(), []
    monkeypatch.setattr(ballots, "nearest", lambda value, allowed: pondered.append(value) or "")
    measures, many = tuple(study.measure_by_id), range(MOST_FIELDS - 10)
    votes: list[tuple[dict[str, object], dict[str, object]]] = [
        ({"kind": "weights", "asked": "swing"}, {"points": {f"relevance{n}": 1.0 for n in many}}),
        ({"kind": "weights", "asked": "rank_order"}, {"ranks": {f"relevance{n}": 1 for n in many}}),
        ({"kind": "weights", "asked": "pairwise"}, {"pairs": {f"cost|funding{n}": 1.0 for n in many}}),
        ({"kind": "top"}, {"top": tuple(f"N{n}x" for n in many)}),
        (
            {"kind": "ratings", "measures": measures, "criteria": ("goals",)},
            {"ratings": {f"N{n}x|goals": {"value": 3.0} for n in many}},
        ),
    ]
    for question, said in votes:
        asked, pondered[:] = c.RoundOpened.model_validate(question), []
        vote = c.Voted.model_validate({"round": 1, "participant": "p2"} | said)
        with pytest.raises(InputError) as refused:
            ballots.check_vote(study, asked, vote)
        assert len(pondered) == len(refused.value.issues) == ballots.MOST_STRANGERS, question


def test_as_many_answers_as_a_large_round_asks_for_fit(sqlite_url: str) -> None:
    """The limits leave room: 200 measures on three criteria, each with a reason of a hundred letters."""
    room = attacked(sqlite_url, large_study())
    measures = [f"N{n}" for n in range(200)]
    asked = [("measures", m) for m in measures] + [("criteria", k) for k in ("goals", "urgency", "feasibility")]
    number, link = room.ask_round("ratings", asked), room.join()
    cells = [f"{m}|{k}" for m in measures for k in ("goals", "urgency", "feasibility")]
    form = [("round", str(number)), *((f"value.{cell}", "3") for cell in cells)]
    form += [(f"reason.{cell}", "weil es so ist " * 7) for cell in cells]
    assert Visitor(room.app).post(f"{link}/vote", form).status == 303
    assert len(room.room.rounds[number].votes) == 1
    room.close()
