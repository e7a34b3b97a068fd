"""A workshop from the first code to the protocol: a facilitator, a projector and twelve phones in real browsers.

Every number on the projector is computed again here from the stored log, with the engine and numpy alone.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browsing import PATIENCE_S, ROOT, STUDY, settled, wait_until_served
from example import the_example
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.locale.formats import percent
from mcda.report.exhibits.shares import whole_percents
from mcda.report.exhibits.what_if_sentence import what_if_steps
from mcda.robustness.what_if import what_if
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.workshop.log_file import read_log
from mcda.workshop.replay import replay
from mcda.workshop.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.long]

TOPS = ("relevance", "feasibility", "cost", "funding")
PEOPLE = 12
TABS = 4
"""Phones that share a window: a window each would cost more than all they do, and six streams are a browser's most."""
SECRET = "77"
"""A number of points only the first person gives: nobody may meet it before the reveal."""


def de(key: str, **params: object) -> str:
    return text(f"workshop.{key}", "de", **params)


@dataclass
class Workshop:
    """The pages of one workshop, and the store behind them."""

    address: str
    store: Store
    code: str
    console: Page
    screen: Page
    phones: list[Page]

    def press(self, section: str, words: str) -> None:
        """Press a button of the console and wait until the step is stored and the console shows it."""
        with self.console.expect_response(lambda answer: answer.url.endswith("/step")):
            self.console.locator(f"#{section}").get_by_role("button", name=words, exact=True).first.click()
        self.console.wait_for_selector(f"[data-step='{self.last()}']")

    def press_in(self, section: str, summary: str, words: str) -> None:
        """Open a folded part of the console and press a button in it, as `press`."""
        summaries = self.console.locator("summary", has_text=summary)
        folded = self.console.locator(f"#{section} details", has=summaries).first
        folded.evaluate("part => { part.open = true; }")
        with self.console.expect_response(lambda answer: answer.url.endswith("/step")):
            folded.get_by_role("button", name=words, exact=True).click()
        self.console.wait_for_selector(f"[data-step='{self.last()}']")

    def last(self) -> int:
        """The number of the last step stored."""
        return int(self.events()[-1].seq)

    def show(self, view: str) -> None:
        """Put a view on the projector and wait until it is there with everything stored so far."""
        self.press("screen", text(f"room.view.{view}", "de"))
        self.screen.wait_for_selector(f".view-{view}[data-seq='{self.last()}']")
        assert self.screen.evaluate("document.querySelector('.view').scrollHeight <= innerHeight"), f"{view} is cut off"

    def events(self) -> list[Any]:
        row = self.store.room(self.code)
        assert row is not None
        return list(self.store.records(row.id))

    def votes(self, asked: int) -> dict[str, dict[str, Any]]:
        """The last answer of everybody to a round, from the stored log."""
        contents = [json.loads(e.content) for e in self.events() if e.kind == "voted"]
        return {c["participant"]: c for c in contents if c["round"] == asked}


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """The walk takes long: the other database is put through everything else."""
    return sqlite_url


@pytest.fixture
def served(store_url: str, tmp_path: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mcda", "app", str(STUDY), "--port", str(port), "--no-browser"]
    log = tmp_path / "log.txt"
    with log.open("wb") as output:
        told = os.environ | {"MCDA_DATABASE_URL": store_url}
        server = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env=told)
    try:
        wait_until_served(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def test_twelve_phones_one_projector_nothing_lost(browser: Browser, served: str, store: Store) -> None:
    study = the_example()
    room = open_workshop(browser, served, store)
    first = weigh(room)
    assert shares_on_screen(room) == pytest.approx(joined(room, first), abs=1e-12)
    ask_again(room, first)
    assert shares_on_screen(room) == pytest.approx(joined(room, first), abs=1e-12)
    agree(room)
    weights = {top: 100 * share for top, share in joined(room, first).items()}
    compare_ranking(room, study, Scenario(weights=weights))
    decide(room, study, Scenario(weights=weights))
    compare_protocol(room, study)


def open_workshop(browser: Browser, served: str, store: Store) -> Workshop:
    """Open a room on the page, its console and projector, and let twelve people join by its code."""
    desk = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="de-DE")
    desk.set_default_timeout(PATIENCE_S * 1000)
    wall = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="de-DE")
    wall.set_default_timeout(PATIENCE_S * 1000)
    page = desk.new_page()
    page.goto(f"{served}/workshop", wait_until="domcontentloaded")
    settled(page)
    page.get_by_role("button", name=text("workshop_page.button", "de")).click()
    link = page.get_by_role("link", name=text("workshop_page.console", "de")).get_attribute("href") or ""
    code = link.split("/")[2]
    console, screen = page, wall.new_page()  # a window of its own: a page behind another one is slowed down
    console.goto(served + link)
    screen.goto(f"{served}/w/{code}/screen")
    room = Workshop(served, store, code, console, screen, [])
    held = None
    for number in range(PEOPLE):
        if number % TABS == 0:
            held = browser.new_context(viewport={"width": 390, "height": 844}, locale="de-DE")
            held.set_default_timeout(PATIENCE_S * 1000)
        assert held is not None
        held.clear_cookies()  # another person's device
        room.phones.append(joined_phone(held, room, number))
    screen.locator("[data-count=people]", has_text=str(PEOPLE)).wait_for()
    assert screen.locator(".code").inner_text() == code
    return room


def joined_phone(held: BrowserContext, room: Workshop, number: int) -> Page:
    phone = held.new_page()
    phone.goto(f"{room.address}/w")
    phone.fill("#code", room.code.lower())
    phone.get_by_role("button", name=de("go_on")).click()
    phone.fill("#role", "Bürgermeister/in" if number % 2 else "Bauamt")
    phone.select_option("#municipality", index=1 + number % 8)
    phone.get_by_role("button", name=de("join")).click()
    phone.get_by_role("heading", name=de("waiting_title")).wait_for()
    return phone


def points_of(number: int) -> tuple[str, ...]:
    """What a person gives: nobody like another, the first with a number nobody else has."""
    if number == 0:
        return ("100", SECRET, "5", "10")
    return tuple(str(points) for points in (100 - number % 3 * 20, 30 + 5 * number, 90 - 6 * number, 20 + 3 * number))


def vote(phone: Page, points: tuple[str, ...]) -> None:
    for place, typed in enumerate(points, start=1):
        phone.fill(f"#points-{place}", typed)
    phone.locator("form.vote button").click()
    phone.locator(".saved", has_text="✓").wait_for()


def weigh(room: Workshop) -> int:
    """The swing round: hidden until it is turned over. The round's number."""
    room.press_in("ask", de("ask_weights"), de("open_round"))
    asked = next(e.seq for e in reversed(room.events()) if e.kind == "round_opened")
    room.show("progress")
    for number, phone in enumerate(room.phones):
        phone.bring_to_front()
        phone.locator("#points-1").wait_for()
        vote(phone, points_of(number))
        room.screen.wait_for_selector(f"[data-count=voted][data-value='{number + 1}'][data-people='{PEOPLE}']")
    for page in (room.screen, room.console, *room.phones[1:]):
        assert SECRET not in page.locator("main").inner_text()
        assert f'value="{SECRET}"' not in page.content()
    room.press("rounds", de("close"))
    room.phones[0].get_by_role("heading", name=de("closed_title")).wait_for()
    turn_over(room)
    return asked


def turn_over(room: Workshop) -> None:
    room.press("rounds", de("reveal"))
    room.show("reveal")
    room.phones[3].locator("ul.bars").wait_for()


def joined(room: Workshop, asked: int) -> dict[str, float]:
    """The group's weights: geometric mean of everybody's normalised swing points."""
    votes = room.votes(asked)
    assert len(votes) == PEOPLE
    rows = np.array([[votes[who]["points"][top] for top in TOPS] for who in votes], dtype=float)
    rows /= rows.sum(axis=1, keepdims=True)
    mean = np.exp(np.log(rows).mean(axis=0))
    return dict(zip(TOPS, (mean / mean.sum()).tolist(), strict=True))


def shares_on_screen(room: Workshop) -> dict[str, float]:
    """The exact numbers behind the projector's bars, after what is written beside them was compared."""
    found = room.screen.locator(".value[data-key]")
    shares = {one.get_attribute("data-key") or "": float(one.get_attribute("data-value") or 0) for one in found.all()}
    whole = whole_percents(list(shares.values()))
    assert [one.inner_text() for one in found.all()] == [percent(n / 100, "de") for n in whole]
    for one, low, high in zip(room.screen.locator(".reach-words").all(), *ends(room), strict=True):
        assert float(one.get_attribute("data-low") or 0) == pytest.approx(low)
        assert float(one.get_attribute("data-high") or 0) == pytest.approx(high)
    return shares


def ends(room: Workshop) -> tuple[list[float], list[float]]:
    asked = next(e.seq for e in reversed(room.events()) if e.kind == "round_opened")
    votes = room.votes(asked)
    rows = np.array([[v["points"][top] for top in TOPS] for v in votes.values()], dtype=float)
    rows /= rows.sum(axis=1, keepdims=True)
    return rows.min(axis=0).tolist(), rows.max(axis=0).tolist()


def ask_again(room: Workshop, asked: int) -> None:
    """The first point of the agenda is asked again; one person changes their mind."""
    room.show("agenda")
    title = room.screen.locator("ol.agenda strong").first.inner_text()
    before = room.votes(asked)
    room.press("rounds", de("ask_again"))
    phone = room.phones[4]
    phone.bring_to_front()
    phone.locator("#points-1").wait_for()
    assert all(name in phone.locator(".note").inner_text() for name in title.split(" gegen "))
    assert phone.locator("#points-2").input_value() == points_of(4)[1], "the answer given before is there"
    vote(phone, ("100", "60", "50", "40"))
    after = room.votes(asked)
    assert sum(before[who] != after[who] for who in after) == 1
    room.press("rounds", de("close"))
    turn_over(room)


def agree(room: Workshop) -> None:
    room.console.fill("#name", "Anfang")
    room.press("snapshots", de("take_snapshot"))
    room.press("rounds", de("agree_group"))
    room.press("weights", de("lock"))


def compare_ranking(room: Workshop, study: Study, scenario: Scenario) -> None:
    """Ranking, arrows, "B beats A if" and the slope graph, row by row."""
    now, then = evaluate(study, scenario), evaluate(study)
    was = {line.measure: line.rank for line in then.ranking}
    room.show("ranking")
    rows = room.screen.locator("table.ranking tbody tr").all()
    seen = [tuple(row.get_attribute(f"data-{name}") for name in ("measure", "rank", "score", "move")) for row in rows]
    told = [(x.measure, str(x.rank), str(x.score), str(was[x.measure] - x.rank)) for x in now.ranking[:10]]
    assert seen == told
    shares = [float(one.get_attribute("data-value") or 0) for one in room.screen.locator("ul.weights li").all()]
    assert shares == pytest.approx([now.weights.local[top] for top in TOPS], abs=1e-15)
    room.show("what_if")
    second, leader = now.ranking[1].measure, now.ranking[0].measure
    steps = what_if_steps(now, what_if(now, second, leader), "de")
    assert tuple(one.inner_text() for one in room.screen.locator("ul.steps li").all()) == steps
    room.show("compare")
    for line in room.screen.locator(".slope li").all():
        measure = line.get_attribute("data-measure") or ""
        rank = next(x.rank for x in now.ranking if x.measure == measure)
        assert (line.get_attribute("data-before"), line.get_attribute("data-rank")) == (str(was[measure]), str(rank))


def decide(room: Workshop, study: Study, scenario: Scenario) -> None:
    """A place that differs, with its reason; an approval; the decision."""
    last = evaluate(study, scenario).ranking[-1].measure
    console = room.console
    console.locator("#decision details").first.evaluate("part => { part.open = true; }")
    console.select_option("#measure", last)
    console.locator("#decision input[name=rank]").fill("1")
    console.locator("#decision form").first.locator("input[name=reason]").fill("Pflichtaufgabe, Beschluss vom Mai")
    room.press("decision", de("decide"))
    room.press_in("ask", de("ask_approval"), de("open_round"))
    for number, phone in enumerate(room.phones):
        phone.bring_to_front()
        phone.locator(f"input[value={'no' if number == 5 else 'yes'}]").check()
        phone.locator("form.vote button").click()
        phone.locator(".saved", has_text="✓").wait_for()
    console.reload()
    room.press("rounds", de("close"))
    turn_over(room)
    heads = {o.get_attribute("data-key"): o.inner_text() for o in room.screen.locator(".value[data-key]").all()}
    assert heads == {"yes": "11", "no": "1", "abstain": "0"}
    room.press("decision", de("take_decision"))
    room.show("decision")
    rows = room.screen.locator("table.decision tbody tr")
    assert rows.first.get_attribute("data-measure") == last
    assert "Pflichtaufgabe" in rows.first.inner_text()
    ranks = {line.measure: line.rank for line in evaluate(study, scenario).ranking}
    for row in rows.all():
        assert row.get_attribute("data-rank") == str(ranks[row.get_attribute("data-measure") or ""])


def compare_protocol(room: Workshop, study: Study) -> None:
    """The exported log, stripped of everything computed, gives it all back; one altered vote is named."""
    with room.console.expect_download() as waiting:
        room.console.get_by_role("link", name=de("protocol_file")).click()
    content = json.loads(Path(waiting.value.path()).read_bytes())
    kept = [event["effect"] for event in content["events"]]
    for event in content["events"]:
        event["effect"] = None
    log = read_log(json.dumps(content).encode())
    found = replay(log.study, log.events, log.hidden)
    assert found.issues == ()
    assert [json.loads(event.effect) for event in found.events] == kept
    assert log.study == study
    place = next(n for n, event in enumerate(content["events"]) if event["kind"] == "voted")
    content["events"][place]["content"]["points"]["cost"] += 1
    log = read_log(json.dumps(content).encode())
    altered = replay(log.study, log.events, log.hidden)
    assert ("log_content_changed", place + 1) in [(i.code, i.where.row) for i in altered.issues]
    page = room.console.context.new_page()
    page.goto(room.console.url.split("#")[0].split("?")[0] + "/protocol")
    assert found.events[-1].hash in page.locator("main").inner_text()
