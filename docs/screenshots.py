"""Pictures of every page for the documentation: German, on a projector (1920 x 1080) and on a phone (390 x 844).

Serves the example as `mcda app` does, opens each page in headless Chromium and writes docs/img/<page>-<width>.png.
"""

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, sync_playwright

from mcda.locale import text
from mcda.study.template import template_bytes

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "img"
SIZES = ((1920, 1080), (390, 844))
READY = {
    "live": "tbody tr[data-id]",
    "weights": ".rf-weights li",
    "weights_order": ".rf-weights li",
    "weights_trade": ".rf-weights li",
    "weights_compare": ".rf-weights li",
    "weights_group": ".rf-weights li",
    "catalogue": "tbody tr .open",
    "fact_sheet": "tbody tr .open",
    "funding": ".rf-matrix tbody tr",
    "funding_sheet": ".rf-matrix tbody tr",
    "sensitivity": ".rf-sure tbody tr",
    "sensitivity_what_if": ".rf-sure tbody tr",
    "sensitivity_one": ".rf-sure tbody tr",
    "sensitivity_many": ".rf-sure tbody tr",
    "sensitivity_drivers": ".rf-sure tbody tr",
    "sensitivity_methods": ".rf-sure tbody tr",
    "budget": ".rf-plan dl",
    "budget_schedule": ".rf-plan dl",
    "budget_money": ".rf-plan dl",
    "workshop": ".st-key-workshop_title input",
    "compare": "table >> nth=1",
    "export": ".st-key-download_xlsx button",
    "data": ".st-key-data_sizes table",
    "data_faults": ".st-key-data_sizes table",
    "data_mapping": ".st-key-data_sizes table",
}
"""What must be there before a page is a picture; the fact sheet is the catalogue with its first measure open, faults
and mapping are the page Daten after an upload, the funding sheet is a part of Förderung, and Gewichte has parts."""

LIST = """Nr.;Maßnahme;Handlungsfeld;Federführung;Nutzen (1-5);Aufwand (1-5);Dringlichkeit;Kosten (T€);Kommunen
1;Rufbus am Abend;Verkehr;Landratsamt;4;2;hoch;120;Ismaning, Garching
2;Digitale Radkarte;Verkehr;Tourismus;3;1;mittel;20;Ismaning
3;Gemeinsamer Serverraum;Verwaltung;IT-Zweckverband;5;5;hoch;340;Ismaning, Garching
4;Schulungen;Verwaltung;VHS;4;3;niedrig;45;Garching
"""

PATHS = {
    "live": "",
    "fact_sheet": "catalogue",
    "funding_sheet": "funding",
    "data_faults": "data",
    "data_mapping": "data",
} | {f"weights_{part}": "weights" for part in ("order", "trade", "compare", "group")}
_QUESTIONS = ("what_if", "one", "many", "drivers", "methods")
PATHS |= {f"sensitivity_{part}": "sensitivity" for part in _QUESTIONS}
PATHS |= {"budget_schedule": "budget", "budget_money": "budget"}
WHOLE = {("sensitivity", 390), ("funding_sheet", 390)} | {
    (f"weights{part}", width) for part in ("", "_order", "_trade", "_compare", "_group") for width in (1920, 390)
}
WHOLE |= {(f"sensitivity_{part}", width) for part in _QUESTIONS for width in (1920, 390)}
WHOLE |= {(f"budget_{part}", width) for part in ("schedule", "money") for width in (1920, 390)} | {("budget", 390)}
"""Pages shown from top to bottom: what they are about lies below the first screen."""

PHONE = 390
PATIENCE_S = 60
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")


def main() -> None:
    """Make all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with served(ROOT / "data" / "nordallianz") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for width, height in SIZES:
            for name in READY:
                take(browser, address, name, width, height)
        take_workshop(browser, address)
        browser.close()


def take_workshop(browser: Browser, address: str) -> None:
    """A rehearsal: projector and console on a large screen, a question on a phone."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="de-DE")
    console, screen = context.new_page(), context.new_page()
    console.goto(f"{address}/workshop", wait_until="domcontentloaded")
    console.get_by_text(text("workshop_page.rehearsal", "de")).click()
    console.get_by_role("button", name=text("workshop_page.button", "de")).click()
    link = console.get_by_role("link", name=text("workshop_page.console", "de")).get_attribute("href") or ""
    code = link.split("/")[2]
    console.goto(address + link)
    screen.goto(f"{address}/w/{code}/screen")
    held = browser.new_context(viewport={"width": PHONE, "height": 844}, locale="de-DE")
    phone = held.new_page()
    phone.goto(f"{address}/w/{code}")
    phone.get_by_role("button", name=text("workshop.join", "de")).click()

    def press(section: str, key: str) -> None:
        console.locator(f"#{section}").get_by_role("button", name=text(key, "de"), exact=True).first.click()
        at_rest_plain(console)

    press("people", "workshop.simulate_people")
    screen.wait_for_timeout(500)
    screen.screenshot(path=IMAGES / "workshop_join-1920.png")
    console.locator("#ask summary").first.click()
    press("ask", "workshop.open_round")
    phone.locator("#points-1").wait_for()
    phone.screenshot(path=IMAGES / "workshop_phone-390.png", full_page=True)
    press("rounds", "workshop.simulate_votes")
    for key in ("workshop.close", "workshop.reveal"):
        press("rounds", key)
    for view in ("reveal", "agenda"):
        shot(console, screen, press, view)
    press("rounds", "workshop.agree_group")
    for view in ("ranking", "what_if"):
        shot(console, screen, press, view)
    console.screenshot(path=IMAGES / "workshop_console-1920.png")


def shot(console: Page, screen: Page, press: Callable[[str, str], None], view: str) -> None:
    """One view of the projector."""
    press("screen", f"room.view.{view}")
    screen.wait_for_selector(f".view-{view}")
    screen.wait_for_timeout(300)
    screen.screenshot(path=IMAGES / f"workshop_{view}-1920.png")


def at_rest_plain(page: Page) -> None:
    """The page after a step: a stream stays open, so the network never falls silent."""
    page.wait_for_load_state("load")
    page.wait_for_timeout(300)


def take(browser: Browser, address: str, name: str, width: int, height: int) -> None:
    """One page at one size, as it looks after it has come to rest."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="de-DE")
    context.set_default_timeout(PATIENCE_S * 1000)
    page = context.new_page()
    path = PATHS.get(name, name)
    page.goto(f"{address}/{path}", wait_until="domcontentloaded")
    page.wait_for_selector(READY[name])
    page.wait_for_selector("[data-test-script-state=notRunning]")
    if name == "fact_sheet":
        page.locator(READY[name]).first.click()
        page.wait_for_selector("[role=dialog] h2")
    if name == "funding_sheet":
        open_funding_sheet(page, width)
    if name.startswith("weights"):
        open_weights(page, name.partition("_")[2])
    if name.startswith("sensitivity_"):
        open_question(page, name.partition("_")[2])
    if name.startswith("budget_"):
        open_plan(page, name.partition("_")[2])
    if name in ("data_faults", "data_mapping"):
        hand_over(page, faulty() if name == "data_faults" else ("Ideen 2026.csv", LIST.encode()))
    at_rest(page)
    if (name, width) in WHOLE:
        page.set_viewport_size({"width": width, "height": content_height(page)})
        at_rest(page)
    if name == "funding" and width <= PHONE:
        page.locator(".rf-matrix").scroll_into_view_if_needed()
        page.mouse.move(width // 2, height // 2)
        page.mouse.wheel(0, height // 2)
        at_rest(page)
    page.screenshot(path=IMAGES / f"{name}-{width}.png")
    context.close()
    print(f"{name}-{width}.png")


def open_question(page: Page, part: str) -> None:
    """A part of the page Sensitivität."""
    page.get_by_role("radio", name=text(f"sensitivity_page.parts.{part}", "de"), exact=True).click()
    last = {"what_if": ".rf-levers", "methods": ".rf-table >> nth=4"}
    page.locator(last.get(part, ".js-plotly-plot >> nth=0")).wait_for()
    page.wait_for_timeout(500)
    page.wait_for_selector("[data-test-script-state=notRunning]")


def open_plan(page: Page, part: str) -> None:
    """A part of the page Budget; the curve is drawn at the click, the second time at once."""
    page.get_by_role("radio", name=text(f"budget_page.parts.{part}", "de"), exact=True).click()
    button, chart = page.locator(".st-key-budget_ask_frontier button"), page.locator(".js-plotly-plot")
    button.or_(chart).first.wait_for()
    if button.count():
        button.click()
    chart.wait_for()
    page.wait_for_timeout(500)
    page.wait_for_selector("[data-test-script-state=notRunning]")


def open_funding_sheet(page: Page, width: int) -> None:
    """One measure's grants: one with several programmes where its id can be typed, the first one on a phone."""
    page.get_by_role("radio", name=text("funding.parts.sheet", "de")).click()
    page.wait_for_selector(".rf-sheet")
    if width > PHONE:
        box = page.locator(".st-key-funding_measure input").first
        box.fill("MV-02")
        box.press("Enter")
        page.locator(".rf-sheet h2", has_text=text("funding.sheet.left_out", "de")).wait_for()


def open_weights(page: Page, part: str) -> None:
    """A part of the page Gewichte; 'order' is the quick door, and without a part one question of the careful one."""
    if part in ("trade", "compare", "group"):
        page.get_by_role("radio", name=text(f"weights_page.parts.{part}", "de")).click()
        last = {"trade": ".rf-asked", "compare": ".rf-profiles", "group": ".st-key-group_into_live button"}
        page.locator(last[part]).wait_for()
    elif part == "order":
        page.get_by_role("radio").filter(has_text=text("weights_page.door_order", "de", count=1).split("(")[0]).click()
        page.locator(".asked .confirm").click()
        page.locator(".rf-weights li small").first.wait_for()
    else:
        page.get_by_text(text("weights_page.your_answers", "de", count=6)).click()
        page.get_by_role("button", name=text("weights_page.again", "de")).nth(1).click()
        page.locator(".rf-card").first.wait_for()


def hand_over(page: Page, file: tuple[str, bytes]) -> None:
    """Upload a file and move to what came of it."""
    name, content = file
    box = page.locator("[data-testid=stFileUploader] input[type=file]").first
    box.set_input_files([{"name": name, "mimeType": "", "buffer": content}])
    page.get_by_role("heading", name=re.compile("3. (Was zu ändern ist|Spalten zuordnen)")).scroll_into_view_if_needed()
    page.wait_for_timeout(1_500)
    page.mouse.move(*(int(side / 2) for side in (page.viewport_size or {}).values()))
    page.mouse.wheel(0, 700)


def faulty() -> tuple[str, bytes]:
    """The template as a planner might return it: a few cells that cannot be read."""
    book = load_workbook(io.BytesIO(template_bytes("de")))
    sheet = book["Maßnahmen"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    for row, column, value in (
        (2, "Investition (EUR)", "ca. viel"),
        (3, "Titel", None),
        (2, "Kommunen", "Musterstatt"),
    ):
        sheet.cell(row, columns[column]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return "Rückmeldung.xlsx", stream.getvalue()


def content_height(page: Page) -> int:
    """How high the page would have to be to show all of itself: it scrolls inside its own frame."""
    return int(page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight"))


def at_rest(page: Page) -> None:
    """Fonts are there, animations are over and nothing is being fetched."""
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.wait_for_timeout(800)


@contextmanager
def served(study: Path) -> Iterator[str]:
    """The study on a free port, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mcda", "app", str(study), "--port", str(port), "--no-browser"]
    told = os.environ | {"MCDA_DATABASE_URL": f"sqlite:///{tempfile.mkdtemp()}/workshop.sqlite3"}
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, env=told)
    address = f"http://127.0.0.1:{port}"
    try:
        await_health(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def await_health(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait for the server's first answer; raise RuntimeError if it ends or stays silent."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
            return
        with suppress(subprocess.TimeoutExpired):
            raise RuntimeError(f"the server ended by itself: {server.wait(0.1)}")
    raise RuntimeError("the server did not answer in time")


def chromium() -> str:
    """A Chromium on this machine; raises RuntimeError where there is none."""
    named = os.environ.get("CHROMIUM", "chromium chromium-browser google-chrome").split()
    found = next((path for name in named if (path := shutil.which(name))), None)
    if found is None:
        raise RuntimeError("no Chromium here: set CHROMIUM to the path of one")
    return found


if __name__ == "__main__":
    main()
