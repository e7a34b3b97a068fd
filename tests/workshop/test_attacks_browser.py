"""The same texts in a real browser: on phone, projector, console and protocol no script runs but ours, and our script
puts nothing into the page as markup either."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import uvicorn

from attacking import Attacked, attacked, swing
from test_attacks_markup import EVIL, LONG_EVIL, wordy_study

pytestmark = [pytest.mark.browser, pytest.mark.long]
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")


@pytest.fixture
def served(sqlite_url: str) -> Iterator[tuple[Attacked, str]]:
    """A room full of evil words, at an address a browser can open."""
    room = attacked(sqlite_url, wordy_study(EVIL), title=EVIL[1], roles=EVIL)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(room.app, log_level="error", ws="none", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield room, f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(30)
    room.close()


def aside(work: Any, *arguments: Any) -> Any:
    """Do something in a thread of its own: Playwright keeps this one's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *arguments).result()


def test_no_text_runs_as_a_script(served: tuple[Attacked, str]) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    named = os.environ.get("CHROMIUM", "chromium chromium-browser google-chrome").split()
    chromium = next((path for name in named if (path := shutil.which(name))), None)
    if chromium is None:
        pytest.skip("no Chromium here: set CHROMIUM to the path of one")
    room, address = served
    link = room.join(role=EVIL[0])
    for words in EVIL:
        room.join(role=words)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page, screen = browser.new_page(), browser.new_page()
        faults: list[str] = []
        for one in (page, screen):
            one.on("pageerror", lambda error: faults.append(str(error)))
            one.on("dialog", lambda dialog: faults.append(dialog.message))
            one.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        screen.goto(f"{address}/w/{room.code}/screen")

        def look(*paths: str) -> None:
            for path in paths:
                page.goto(address + path)
                assert page.evaluate("window.pwned") is None, path
                assert page.locator("script").count() == 1, path
                assert page.locator("img[src=x], svg[onload], iframe, style, [onfocus], [onerror]").count() == 0, path

        look(f"/w/{room.code}", link, f"{link}/try", room.console, f"{room.console}/check")
        number = aside(room.ask_round, "approval", {"question": LONG_EVIL[:900]})
        look(link, room.console, f"{room.console}/ballots", f"{room.console}/paper?person=p2")
        for view in ("question", "progress"):
            aside(room.step, "shown", {"view": view, "round": str(number)})
            screen.wait_for_selector(f".view-{view}")  # put there by our script from what the server sent
        page.goto(address + link)
        page.fill("#reason", LONG_EVIL[:900])
        page.check("input[value=no]")
        page.click("form.vote button")
        page.wait_for_selector("[data-saved-line]:has-text('✓')")
        aside(room.step, "round_closed", {"round": str(number)})
        aside(room.step, "round_revealed", {"round": str(number)})
        aside(room.step, "shown", {"view": "reveal", "round": str(number)})
        screen.wait_for_selector(".reasons li")
        page.wait_for_selector(".reasons li")
        assert EVIL[0] in (screen.text_content(".reasons li") or "")
        aside(room.step, "snapshot_taken", {"name": EVIL[0]})
        aside(room.step, "weights_agreed", swing() | {"remark": LONG_EVIL})
        aside(room.step, "decided", {"measure": "M1", "rank": "4", "reason": LONG_EVIL})
        for view in ("compare", "what_if", "ranking", "decision"):
            aside(room.step, "shown", {"view": view})
            screen.wait_for_selector(f".view-{view}")
        look(link, room.console, f"{room.console}/protocol")
        assert screen.evaluate("window.pwned") is None
        assert screen.locator("script").count() == 1
        assert screen.locator("img[src=x], svg[onload], iframe, style, [onfocus], [onerror]").count() == 0
        assert faults == []
        browser.close()
