"""Guessing codes and keys, and tricks with the path: nobody learns which rooms exist, nobody is shut out of theirs."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from attacking import UNKNOWN, Answer, Attacked, Visitor, attacked, swing
from mcda.ui.workshop.guard import WINDOW_S, WRONG_IN_ALL, WRONG_PER_ADDRESS, Door

KEY = "A" * 32


class Clock:
    """Time that stands still until it is told to go on."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(sqlite_url: str, clock: Clock) -> Iterator[Attacked]:
    made = attacked(sqlite_url)
    made.place.door = Door(clock)
    yield made
    made.close()


def guesses(count: int) -> list[str]:
    return [f"/w/{UNKNOWN[:-2]}{a}{b}" for a in "ABCDEFGHJKMNPQRSTUVWXYZ" for b in "ABCDEFGHJKMNPQRSTUVWXYZ"][:count]


def test_an_address_may_be_wrong_so_often_and_is_told_to_wait(room: Attacked) -> None:
    guesser = Visitor(room.app, "10.6.6.6")
    assert {guesser.get(path).status for path in guesses(WRONG_PER_ADDRESS)} == {404}
    answer = guesser.get(f"/w/{UNKNOWN}")
    assert answer.status == 429
    assert int(answer.header("retry-after")) > 0
    assert "falsche Codes" in answer.text


def test_a_locked_out_guesser_does_not_learn_that_a_code_is_right(room: Attacked) -> None:
    guesser = Visitor(room.app, "10.6.6.6")
    for path in guesses(WRONG_PER_ADDRESS):
        guesser.get(path)
    tails = ("", "/screen", "/screen/view", "/qr.svg", "/stream", f"/p/{KEY}", f"/p/{KEY}/data.json", f"/f/{KEY}")
    for tail in tails:
        right, wrong = guesser.get(f"/w/{room.code}{tail}"), guesser.get(f"/w/{UNKNOWN}{tail}")
        assert right.status == wrong.status == 429, tail
        assert same(right, wrong), tail


def test_every_address_with_a_code_counts_what_was_wrong(room: Attacked) -> None:
    tails = ("", "/screen", "/screen/view", "/qr.svg", "/stream", f"/p/{KEY}", f"/p/{KEY}/data.json", f"/p/{KEY}/try")
    led = tuple(f"/f/{KEY}{end}" for end in ("", "/protocol", "/protocol.json", "/annex.docx", "/check", "/paper"))
    for number, tail in enumerate((*tails, *led)):
        guesser = Visitor(room.app, f"10.7.0.{number}")
        for _ in range(WRONG_PER_ADDRESS):
            assert guesser.get(f"/w/{UNKNOWN}{tail}").status == 404, tail
        assert guesser.get(f"/w/{UNKNOWN}{tail}").status == 429, tail
        room.place.door = Door(lambda: 0.0)


def test_posts_count_what_was_wrong(room: Attacked) -> None:
    for number, tail in enumerate(("", f"/p/{KEY}/vote", f"/p/{KEY}/erase", f"/f/{KEY}/step", f"/f/{KEY}/delete")):
        guesser = Visitor(room.app, f"10.8.0.{number}")
        for _ in range(WRONG_PER_ADDRESS):
            assert guesser.post(f"/w/{UNKNOWN}{tail}").status == 404, tail
        assert guesser.post(f"/w/{UNKNOWN}{tail}").status == 429, tail
        room.place.door = Door(lambda: 0.0)


def test_guessers_from_many_addresses_are_stopped_together(room: Attacked) -> None:
    answers = [Visitor(room.app, f"10.9.{n // 200}.{n % 200}").get(f"/w/{UNKNOWN}").status for n in range(WRONG_IN_ALL)]
    assert set(answers) == {404}
    assert Visitor(room.app, "10.10.0.1").get(f"/w/{UNKNOWN}").status == 429


def test_personal_links_and_the_room_work_while_guessers_are_locked_out(room: Attacked) -> None:
    me, number = room.join(), room.ask_round()
    for n in range(WRONG_IN_ALL):
        Visitor(room.app, f"10.9.{n // 200}.{n % 200}").get(f"/w/{UNKNOWN}")
    elsewhere = Visitor(room.app, "10.50.0.1")  # a phone whose address was never seen before
    assert elsewhere.get(f"/w/{room.code}").status == 429
    assert elsewhere.get(me).status == 200
    assert elsewhere.post(f"{me}/vote", {"round": str(number)} | swing()).status == 303
    assert elsewhere.get(f"/w/{room.code}/screen").status == 200  # let in by the personal link
    assert room.lead.get(room.console).status == 200


def test_a_guesser_with_a_link_of_one_room_gets_no_more_guesses_at_others(room: Attacked) -> None:
    guesser = Visitor(room.app, "10.6.6.6")
    me = Visitor(room.app, guesser.address).post(f"/w/{room.code}").location
    found = [guesser.get(path).status for path in guesses(WRONG_PER_ADDRESS + 5)]
    assert found == [404] * WRONG_PER_ADDRESS + [429] * 5
    keys = [guesser.get(f"/w/{room.code}/p/{n:032d}").status for n in range(3)]
    assert keys == [429] * 3
    assert guesser.get(me).status == 200


def test_old_mistakes_are_forgotten_one_by_one(room: Attacked, clock: Clock) -> None:
    slow = Visitor(room.app, "10.6.6.7")
    for _ in range(3 * WRONG_PER_ADDRESS):  # one in nine minutes is nobody's guessing
        assert slow.get(f"/w/{UNKNOWN}").status == 404
        clock.now += 0.9 * WINDOW_S


def test_the_lock_ends_with_its_window(room: Attacked, clock: Clock) -> None:
    guesser = Visitor(room.app, "10.6.6.6")
    for path in guesses(WRONG_PER_ADDRESS + 1):
        guesser.get(path)
    assert guesser.get(f"/w/{room.code}").status == 429
    clock.now += WINDOW_S + 1
    assert guesser.get(f"/w/{room.code}").status == 200


def test_a_header_does_not_make_another_address_of_a_guesser(room: Attacked) -> None:
    guesser = Visitor(room.app, "10.6.6.6")
    found = [
        guesser.get(
            f"/w/{UNKNOWN}", x_forwarded_for=f"10.1.1.{n}", forwarded=f"for=10.1.1.{n}", x_real_ip=f"10.1.1.{n}"
        )
        for n in range(WRONG_PER_ADDRESS + 1)
    ]
    assert found[-1].status == 429


TAILS = (
    *(f"/p/{{key}}{end}" for end in ("", "/data.json", "/try")),
    *(f"/f/{{key}}{end}" for end in ("", "/protocol", "/protocol.json", "/ballots", "/check", "/paper?person=p2")),
)
POSTED = (
    *(f"/p/{{key}}/{end}" for end in ("vote", "me", "leave", "return", "erase")),
    *(f"/f/{{key}}/{end}" for end in ("step", "preview", "rehearse", "delete")),
)


def test_an_unknown_code_and_a_wrong_key_are_told_alike(room: Attacked) -> None:
    """The same status, the same headers in the same order, the same bytes; as a page and for our script."""
    room.join()
    for accept in ("text/html", "application/json"):
        for method, tails in (("GET", TAILS), ("POST", POSTED)):
            for tail in tails:
                room.place.door = Door(lambda: 0.0)
                asker = replace(room.lead, address="10.6.6.6", sent={"accept": accept})
                ask = asker.get if method == "GET" else asker.post
                wrong_key = ask(f"/w/{room.code}{tail.format(key=KEY)}")
                unknown = ask(f"/w/{UNKNOWN}{tail.format(key=KEY)}")
                assert wrong_key.status == unknown.status == 404, tail
                assert same(wrong_key, unknown), tail


def test_an_unknown_code_and_a_wrong_key_cost_the_same_look_ups(
    room: Attacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the time an answer takes would tell codes apart, also to those who are told to wait."""
    store, calls = room.place.desk().store, list[str]()
    for name in ("room", "records", "participant_of", "study_text", "last_seq"):
        plain = getattr(store, name)
        monkeypatch.setattr(store, name, lambda *a, n=name, f=plain: calls.append(n) or f(*a))
    for tail in (f"/p/{KEY}", f"/f/{KEY}"):
        seen = []
        for code in (room.code, UNKNOWN):
            calls.clear()
            assert Visitor(room.app).get(f"/w/{code}{tail}").status == 404
            seen.append(tuple(calls))
        assert seen[0] == seen[1], tail


def test_a_language_of_the_room_does_not_show_in_a_refusal(sqlite_url: str) -> None:
    english = attacked(sqlite_url, language="en")
    asker = Visitor(english.app)
    assert same(asker.get(f"/w/{english.code}/p/{KEY}"), asker.get(f"/w/{UNKNOWN}/p/{KEY}"))
    english.close()


def test_a_refused_stream_has_the_headers_of_every_other_answer(room: Attacked) -> None:
    asker = Visitor(room.app)
    assert same(asker.get(f"/w/{UNKNOWN}/stream"), asker.get(f"/w/{UNKNOWN}/screen"))


def same(a: Answer, b: Answer) -> bool:
    """The same answer, apart from the random token of a form."""
    token = re.compile(rb'name="token" value="[^"]*"')
    return (a.status, a.headers, token.sub(b"", a.body)) == (b.status, b.headers, token.sub(b"", b.body))


TRICKS = (
    "%00",
    "..",
    "%2e%2e",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "A" * 100_000,
    "%F0%9F%92%A5" * 50,
    "%ff%fe",
    "%ED%A0%80",
    "%EF%BC%A1" * 6,  # full-width letters
    "%E2%80%AEABCDEF",
    "ABCDEF%00",
    "ABCDEF%0A",
    "ABCDEF;x=1",
    "%27%20OR%201=1--",
    "{{7*7}}",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%0D%0ASet-Cookie:%20a=b",
)


@pytest.mark.parametrize("trick", TRICKS, ids=lambda t: t[:24])
def test_tricks_in_the_path_find_nothing(room: Attacked, trick: str) -> None:
    code, asker = room.code, Visitor(room.app)
    paths = [f"/w/{trick}", f"/w/{trick}/screen", f"/w/{trick}/p/{KEY}", f"/w/{trick}/stream", f"/w/{trick}/qr.svg"]
    paths += [f"/w/{code}/p/{trick}", f"/w/{code}/f/{trick}", f"/w/{code}/p/{trick}/data.json"]
    paths += [f"/w/static/{trick}", f"/w/static/../{trick}", f"/w/{code}/{trick}"]
    for path in paths:
        answer = asker.get(path)
        assert answer.status == 404, path
        assert b"<script>" not in answer.body
        assert not [name for name, _ in answer.headers if name == "set-cookie"]


@pytest.mark.parametrize("name", ["../guard.py", "..%2fguard.py", "%2e%2e/templates/base.html", "workshop.js%00.css"])
def test_static_files_are_two_and_no_others(room: Attacked, name: str) -> None:
    assert Visitor(room.app).get(f"/w/static/{name}").status == 404


@pytest.mark.parametrize("typed", ["{code}", " {code} ", "{lower}", "{half}-{rest}", "{half} {rest}"])
def test_a_code_typed_otherwise_is_still_that_code(room: Attacked, typed: str) -> None:
    code = room.code
    given = typed.format(code=code, lower=code.lower(), half=code[:3], rest=code[3:])
    assert Visitor(room.app).post("/w", {"code": given}).location == f"/w/{code}"


@pytest.mark.parametrize("typed", ["//evil.example", "http://evil.example", "/../../evil", "ABCDEF\r\nX: y", "\0" * 6])
def test_a_code_leads_to_no_other_site(room: Attacked, typed: str) -> None:
    assert re.fullmatch(r"/w/[A-Za-z0-9]+", Visitor(room.app).post("/w", {"code": typed}).location)


HOSTS = (
    "evil.example",
    'a"><script>alert(1)</script>',
    "[",
    "[::1",
    "x:99999",
    "x:y",
    "h" * 5000,
    "",
    "a\\b",
    "@",
    "ä",
    "localhost:99999",
    "localhost:x",
)


@pytest.mark.parametrize("host", HOSTS, ids=lambda h: h[:12] or "empty")
def test_a_forged_host_header_breaks_nothing(room: Attacked, host: str) -> None:
    room.place.listens_at = "0.0.0.0"
    tails = (f"/w/{room.code}", f"/w/{room.code}/screen", f"/w/{room.code}/qr.svg", f"{room.console}/check")
    for path in tails:
        answer = Visitor(room.app).get(path, host=host)
        assert answer.status in (200, 400), path
        assert b"<script>alert" not in answer.body
