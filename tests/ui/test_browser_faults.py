"""Phones and the projector when the server is killed: they go on by themselves, and what was typed is saved once."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from mcda.locale import text
from phones import CRITERIA, Meeting, open_meeting, stored_events
from serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.long]

TYPED = {"relevance": "100", "feasibility": "62,5", "cost": "35", "funding": "0"}
MEANT = {"relevance": 100.0, "feasibility": 62.5, "cost": 35.0, "funding": 0.0}


def de(key: str, **params: object) -> str:
    return text(f"workshop.{key}", "de", **params)


@pytest.fixture
def server(sqlite_url: str) -> Iterator[Server]:
    made = Server(sqlite_url)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def meeting(sqlite_url: str) -> Meeting:
    return open_meeting(sqlite_url)


@pytest.fixture
def phone(page: Page, server: Server, meeting: Meeting) -> Page:
    """A phone on its own page, with the question on it."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.address}/w/{meeting.code}")
    page.get_by_role("button", name=de("join"), exact=True).click()
    page.wait_for_selector("form[data-vote]")
    return page


def type_points(phone: Page) -> None:
    for name, points in TYPED.items():
        phone.locator(f"input[name='points.{name}']").fill(points)


def typed(phone: Page) -> dict[str, str]:
    return {name: phone.locator(f"input[name='points.{name}']").input_value() for name in CRITERIA}


def press(phone: Page) -> None:
    phone.locator("form[data-vote] button").click()


def assert_saved_once(phone: Page, server: Server, meeting: Meeting) -> None:
    expect(phone.locator("[data-saved-line]")).to_contain_text(de("saved_short"))
    expect(phone.locator("#lost")).to_be_hidden()
    assert votes_stored(server, meeting) == [MEANT]


def votes_stored(server: Server, meeting: Meeting) -> list[dict[str, Any]]:
    events = stored_events(server.database, meeting.code)
    return [json.loads(event.content)["points"] for event in events if event.kind == "voted"]


def test_a_phone_goes_on_where_it_was_and_what_was_typed_is_still_there(
    phone: Page, server: Server, meeting: Meeting
) -> None:
    address = phone.url
    type_points(phone)
    server.kill()
    expect(phone.locator("#lost")).to_have_text(de("lost"))
    server.start()
    expect(phone.locator("#lost")).to_be_hidden()
    assert phone.url == address
    assert typed(phone) == TYPED
    press(phone)
    assert_saved_once(phone, server, meeting)
    assert typed(phone) == TYPED


def test_an_answer_sent_while_the_server_is_away_is_saved_when_it_is_back(
    phone: Page, server: Server, meeting: Meeting
) -> None:
    server.kill()
    type_points(phone)
    press(phone)
    expect(phone.locator("[data-saved-line]")).to_have_text(de("saving"))
    expect(phone.locator("#lost")).to_have_text(de("lost"))
    server.start()
    assert_saved_once(phone, server, meeting)


def test_an_answer_that_was_stored_but_never_acknowledged_is_stored_once(
    phone: Page, server: Server, meeting: Meeting
) -> None:
    def store_and_die(route: Route) -> None:
        route.fetch()
        server.kill()
        route.abort()

    phone.route("**/vote", store_and_die, times=1)
    type_points(phone)
    press(phone)
    expect(phone.locator("#lost")).to_have_text(de("lost"))
    assert votes_stored(server, meeting) == [MEANT]
    server.start()
    assert_saved_once(phone, server, meeting)


def test_a_page_opened_again_sends_what_was_not_acknowledged(phone: Page, server: Server, meeting: Meeting) -> None:
    address = phone.url
    server.kill()
    type_points(phone)
    press(phone)
    expect(phone.locator("#lost")).to_have_text(de("lost"))
    phone.goto("about:blank")
    assert votes_stored(server, meeting) == []
    server.start()
    phone.goto(address)
    assert_saved_once(phone, server, meeting)


def test_the_projector_goes_on_counting(page: Page, server: Server, meeting: Meeting, phone: Page) -> None:
    screen = page.context.new_page()
    screen.goto(f"{server.address}/w/{meeting.code}/screen")
    expect(screen.locator("[data-count=voted]")).to_have_attribute("data-value", "0")
    server.kill()
    expect(screen.locator("#lost")).to_have_text(de("lost"))
    server.start()
    expect(screen.locator("#lost")).to_be_hidden()
    type_points(phone)
    press(phone)
    assert_saved_once(phone, server, meeting)
    expect(screen.locator("[data-count=voted]")).to_have_attribute("data-value", "1")


def test_a_stream_that_was_refused_is_taken_up_again(page: Page, server: Server, meeting: Meeting) -> None:
    streams: list[int] = []

    def refuse_twice(route: Route) -> None:
        streams.append(1)
        if len(streams) > 2:
            route.continue_()
        else:
            route.fulfill(status=503, body="")

    page.route("**/stream*", refuse_twice)
    page.goto(f"{server.address}/w/{meeting.code}/screen")
    page.wait_for_event("response", lambda answer: "/stream" in answer.url and answer.ok)
    expect(page.locator("#lost")).to_be_hidden()
    assert len(streams) == 3
