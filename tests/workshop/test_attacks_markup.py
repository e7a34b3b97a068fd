"""Words people type are words on every page: whatever they hold, no tag and no attribute comes of it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from attacking import Attacked, Tags, Visitor, attacked, swing
from mcda.study.model import Study
from small import MEMBERS, small_study

EVIL = (
    "<script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "'><svg/onload=window.pwned=1>",
    "</title></textarea></script><h1>neu</h1>",
    "<style>body{display:none}</style>",
    "javascript:window.pwned=1",
    "{{7*7}}{%raw%}${7*7}#{7*7}<%=7*7%>",
    "{0}{name.__class__}%s%(x)s%n",
    "&lt;b&gt;&#60;b&#62;&amp;lt;b",
    '" autofocus onfocus=window.pwned=1 x="',
    "<!--<b>-->]]><![CDATA[<b>",
    "\u202egnitseretni\u2066\u200f\u200b\ufeff",
    "a\r\nSet-Cookie: b=c\r\n\r\n<b>",
    "\x00\x1b[2J\x07\x9b<b>",
    "http://evil.example/<b>",
)
HARMLESS = tuple(f"Text Nummer {n}" for n in range(len(EVIL)))
LONG_EVIL, LONG_HARMLESS = " ".join(EVIL), " ".join(HARMLESS)
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def wordy_study(words: tuple[str, ...]) -> Study:
    """The small study with these words wherever an author writes words."""
    study = small_study(municipalities=tuple(m.model_copy(update={"name": f"{m.id} {words[0]}"}) for m in MEMBERS))
    criteria = tuple(
        k.model_copy(update={"label_de": f"{k.id} {words[n]}", "label_en": f"{k.id} {words[n]}", "unit": words[n]})
        for n, k in enumerate(study.criteria)
    )
    measures = tuple(
        m.model_copy(update={"title": f"{m.id} {words[-n - 5]}", "title_en": "", "description": " ".join(words[:9])})
        for n, m in enumerate(study.measures)
    )
    return study.model_copy(update={"criteria": criteria, "measures": measures})


@contextmanager
def written(url: str, words: tuple[str, ...]) -> Iterator[Attacked]:
    """A room in which every field that takes words holds these, by way of the pages people use."""
    room = attacked(url, wordy_study(words), title=words[1], roles=words, rehearsal=True)
    for said in words:
        room.join(role=said, municipality="ISM")
        room.step("joined", {"role": said, "municipality": "GAR"})
        room.step("snapshot_taken", {"name": said})
    for n, person in enumerate(tuple(room.room.people)):
        if n % 2:
            room.step("described", {"participant": person, "role": words[n // 2 - 1]})
    try:
        yield room
    finally:
        room.close()


def pages(room: Attacked, words: tuple[str, ...], long: str) -> Iterator[tuple[str, str]]:
    """Every page in every state, with a name for it."""
    link = room.join(role=words[0])
    visitor = Visitor(room.app)

    def everywhere(state: str) -> Iterator[tuple[str, str]]:
        for end in ("", "/try"):
            yield f"phone{end} {state}", visitor.get(link + end).text
        for end in ("", "/protocol") if state == "decided" else ("/ballots", "/check") if state == "waiting" else ("",):
            yield f"console{end} {state}", room.lead.get(room.console + end).text
        yield f"paper {state}", room.lead.get(f"{room.console}/paper?person=p2").text

    def shown(state: str, fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        room.step("shown", fields)
        yield f"screen {state}", visitor.get(f"/w/{room.code}/screen").text

    yield "join", visitor.get(f"/w/{room.code}").text
    yield "join refused", visitor.post(f"/w/{room.code}", {"role": long[:500], "municipality": words[0]}).text
    yield from everywhere("waiting")
    for asked, what, fields in questions(long):
        number = room.ask_round(what, fields)
        yield from everywhere(f"{asked} open")
        yield from shown(f"{asked} question", {"view": "question", "round": str(number)})
        answer = {"round": str(number)} | answers(asked, words, long)
        yield f"refused {asked}", visitor.post(f"{link}/vote", answer | {"round": words[0]} | typed(asked, long)).text
        told = visitor.post(f"{link}/vote", answer | {f"top.{words[0]}": words[0], "top.1": words[0]})
        yield f"refused by name {asked}", told.text
        assert visitor.post(f"{link}/vote", answer).status == 303
        yield f"phone {asked} answered", visitor.get(link).text
        room.lead.post(f"{room.console}/step", {"kind": "voted", "participant": "p2", **answer})
        room.step("round_closed", {"round": str(number)})
        if asked == "ratings":
            room.step("weights_locked")
        room.step("round_revealed", {"round": str(number)})
        yield from everywhere(f"{asked} revealed")
        for view in ("reveal", "agenda"):
            yield from shown(f"{asked} {view}", {"view": view, "round": str(number)})
        if asked == "ratings":
            room.step("weights_unlocked", {"reason": long})
    room.step("weights_agreed", swing() | {"remark": long})
    room.step("decided", {"measure": "M1", "rank": "4", "reason": long})
    room.step("decision_taken", {"remark": long})
    room.step("council_decided", {"municipality": "ISM", "outcome": "changed", "day": "2026-03-01", "remark": long})
    room.step("status_set", {"measure": "M2", "status": "running", "remark": long})
    yield "view decided", visitor.get(f"/w/{room.code}/screen/view").text
    for view in ("ranking", "what_if", "compare", "decision", "sheet", "join", "blank", "progress"):
        yield from shown(view, {"view": view})
    yield from everywhere("decided")
    for kind, fields in (
        ("decided", {"measure": words[0]}),
        ("shown", {"view": words[0]}),
        ("pinned", {"measures": long}),
    ):
        yield f"refused {kind}", room.lead.post(f"{room.console}/step", {"kind": kind} | fields).text
    yield "sandbox refused", visitor.get(f"{link}/try?points.cost=%22%3E%3Cscript%3E").text


def questions(long: str) -> tuple[tuple[str, str, list[tuple[str, str]]], ...]:
    return (
        ("swing", "weights", []),
        ("pairwise", "weights", [("asked", "pairwise")]),
        ("ratings", "ratings", [("measures", "M1"), ("measures", "M2"), ("criteria", "goals")]),
        ("top", "top", []),
        ("approval", "approval", [("question", long[:900])]),
    )


def answers(asked: str, words: tuple[str, ...], long: str) -> dict[str, str]:
    tops = ("relevance", "feasibility", "cost", "funding")
    return {
        "swing": swing(),
        "pairwise": {f"pair.{a}|{b}": "3" for n, a in enumerate(tops) for b in tops[n + 1 :]},
        "ratings": {"value.M1|goals": "3", "reason.M1|goals": long[:900], "abstain.M2|goals": "1"}
        | {"reason.M2|goals": words[0]},
        "top": {"top.1": "M1"},
        "approval": {"answer": "no", "reason": long[:900]},
    }[asked]


def typed(asked: str, long: str) -> dict[str, str]:
    """The same fields with words that do not belong there: shown again in the form."""
    return {name: long for name in answers(asked, HARMLESS, LONG_HARMLESS) if not name.startswith("abstain")}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Every page twice: with evil words and with harmless ones."""
    folder = tmp_path_factory.mktemp("words")
    with written(f"sqlite:///{folder / 'evil'}", EVIL) as room:
        evil = dict(pages(room, EVIL, LONG_EVIL))
    with written(f"sqlite:///{folder / 'good'}", HARMLESS) as room:
        good = dict(pages(room, HARMLESS, LONG_HARMLESS))
    assert evil.keys() == good.keys()
    return {name: (evil[name], good[name]) for name in evil}


def test_words_change_no_tag_and_no_attribute(found: dict[str, tuple[str, str]]) -> None:
    assert len(found) > 60
    for name, (evil, good) in found.items():
        assert Tags(evil).tags == Tags(good).tags, name


def test_the_comparison_would_see_a_tag(found: dict[str, tuple[str, str]]) -> None:
    evil, good = found["join"]
    assert Tags(evil.replace("&lt;", "<")).tags != Tags(good).tags
    assert Tags(evil.replace("&#34;", '"')).tags != Tags(good).tags


def test_addresses_lead_nowhere_else(found: dict[str, tuple[str, str]]) -> None:
    for name, (evil, _) in found.items():
        for where in re.findall(r'\b(?:href|src|action|formaction|data-stream|data-view)="([^"]*)"', evil):
            assert re.match(r"(/w|\?lang=|#|data:|$)", where), (name, where)


def test_words_come_back_as_words(found: dict[str, tuple[str, str]]) -> None:
    protocol = "".join(Tags(found["console/protocol decided"][0]).words)
    for words in EVIL[:11]:
        assert words in protocol
    for name in ("screen approval question", "screen approval reveal", "screen decision", "phone approval open"):
        assert EVIL[0] in "".join(Tags(found[name][0]).words), name
    assert LONG_EVIL[:50] in "".join(Tags(found["refused approval"][0]).values)


def test_controls_and_turned_text_reach_no_page(found: dict[str, tuple[str, str]]) -> None:
    for name, (evil, _) in found.items():
        assert not CONTROLS.search(evil), (name, CONTROLS.search(evil))


def test_pages_hold_no_script_and_no_style_of_their_own(found: dict[str, tuple[str, str]]) -> None:
    for name, (evil, _) in found.items():
        for tag, attributes in Tags(evil).tags:
            assert tag not in ("iframe", "object", "embed", "base", "style"), name
            assert not [a for a in attributes if a.startswith("on") or a in ("style", "srcdoc")], name
        assert re.findall(r"<script[^>]*>", evil) in ([], ['<script src="/w/static/workshop.js" defer>']), name


def test_words_in_json_answers_are_json(sqlite_url: str) -> None:
    with written(sqlite_url, EVIL) as room:
        link = room.join(role=EVIL[0])
        for path in (f"{link}/data.json", f"{room.console}/protocol.json"):
            answer = Visitor(room.app).get(path)
            assert answer.header("content-type").startswith("application/json")
            assert answer.header("content-disposition").startswith("attachment")
            assert answer.json


@pytest.mark.parametrize(
    "path", ["/w", "/w/privacy", "/w/hello", "/w/{code}", "/w/{code}/screen", "{console}", "{link}"]
)
def test_every_page_forbids_what_it_does_not_need(sqlite_url: str, path: str) -> None:
    room = attacked(sqlite_url)
    answer = Visitor(room.app).get(path.format(code=room.code, console=room.console, link=room.join()))
    policy = answer.header("content-security-policy")
    assert answer.status == 200
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.header("cache-control") == "no-store"
    assert answer.header("referrer-policy") == "no-referrer"
    room.close()


@pytest.mark.parametrize("lang", ["%3Cscript%3E", "fr", "de%0d%0aSet-Cookie:%20a=b", "../en", "EN", ""])
def test_a_language_is_german_or_english(sqlite_url: str, lang: str) -> None:
    room = attacked(sqlite_url)
    answer = Visitor(room.app).get(f"/w/{room.code}?lang={lang}", cookie=f"rf_lang={lang[:9]}")
    assert answer.status == 200
    assert '<html lang="de">' in answer.text
    assert not answer.header("set-cookie")
    room.close()
