"""The front end as people meet it: served as `mcda app` serves it, driven in headless Chromium."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browsing import PATIENCE_S, STUDY, download, go, open_live, settled
from example import the_example
from mcda.cli import main
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.scenario import Scenario

pytestmark = pytest.mark.browser

ROWS = (
    "() => [...ROWS()].map((r) => [r.dataset.id, r.querySelector('.rank').innerText.trim(), Number(r.dataset.score)])"
)
BOARD = "[...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('.board')).shadowRoot"


def rows(page: Page) -> list[list[Any]]:
    """What the board shows: id, rank and score of each row, top down."""
    script = ROWS.replace("ROWS()", f"{BOARD}.querySelectorAll('tbody tr[data-id]')")
    shown: list[list[Any]] = page.evaluate(script)
    return shown


def stored(page: Page) -> int:
    """How many orders of the board the session has carried out."""
    return int(page.evaluate(f"() => {BOARD}.querySelector('.board').dataset.stored"))


def await_stored(page: Page, before: int) -> None:
    page.wait_for_function(f"(n) => Number({BOARD}.querySelector('.board').dataset.stored) > n", arg=before)
    settled(page)


def set_weight(page: Page, criterion: str, points: str) -> None:
    before = stored(page)
    box = page.get_by_role("textbox", name=text("board.box", "de", name=criterion), exact=True)
    box.fill(points)
    box.press("Enter")
    await_stored(page, before)


def set_method(page: Page, method: str) -> None:
    before = stored(page)
    page.locator("label.method select").select_option(method)
    await_stored(page, before)


def listed(content: bytes) -> list[tuple[str, int]]:
    """Id and rank of each line of the Excel list."""
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    top = next(i for i, line in enumerate(lines) if text("export.column.rank", "de") in line)
    rank, name = (lines[top].index(text(f"export.column.{key}", "de")) for key in ("rank", "id"))
    return [(str(line[name]), int(line[rank])) for line in lines[top + 1 :] if isinstance(line[rank], int)]


def ranked_by_command(scenario: Scenario, tmp_path: Path) -> Any:
    """What `mcda rank --to json` writes for the scenario."""
    file = tmp_path / "rank.json"
    weights = [f"--weights={','.join(f'{k}={v!r}' for k, v in scenario.weights.items())}"] if scenario.weights else []
    method = ["--method", scenario.method] if scenario.method else []
    assert main(["rank", str(STUDY), *weights, *method, "--to", "json", "-o", str(file)]) == 0
    return json.loads(file.read_text(encoding="utf-8"))


def test_a_weight_moves_the_order_changes_and_the_download_agrees_with_command_and_python(
    page: Page, address: str, tmp_path: Path
) -> None:
    open_live(page, address)
    start = rows(page)
    assert len(start) == 40
    before = stored(page)
    slider = page.locator("input[type=range][data-criterion=cost]")
    slider.focus()
    slider.press("End")
    await_stored(page, before)
    moved = rows(page)
    assert [row[0] for row in moved] != [row[0] for row in start]

    go(page, "export")
    content = json.loads(download(page, "json"))
    scenario = Scenario.model_validate(content["provenance"]["scenario"])
    assert scenario.weights["cost"] == 100
    result = evaluate(the_example(), scenario)
    command = ranked_by_command(scenario, tmp_path)
    ranks = [(line.measure, line.rank) for line in result.ranking]
    assert listed(download(page, "xlsx")) == ranks
    assert [(entry["id"], entry["rank"]) for entry in command["ranking"]] == ranks
    assert [(row[0], int(row[1])) for row in moved] == ranks
    assert content["ranking"] == command["ranking"]
    for key in ("csv_office", "csv_machine"):
        assert result.ranking[0].measure.encode() in download(page, key)


@pytest.mark.parametrize("method", ["topsis", pytest.param("weighted_sum", marks=pytest.mark.long)])
def test_screen_command_and_python_agree_to_the_last_digit_under_three_weightings(
    page: Page, address: str, tmp_path: Path, method: str
) -> None:
    open_live(page, address)
    for criterion, points in (("", ""), ("Relevanz", "62,5"), ("Förderfähigkeit", "5")):
        if criterion:
            set_weight(page, criterion, points)
        if method != "topsis":
            set_method(page, method)
        shown = [(measure, int(rank), score) for measure, rank, score in rows(page)]
        go(page, "export")
        scenario = Scenario.model_validate(json.loads(download(page, "json"))["provenance"]["scenario"])
        go(page, "live")
        python = [(line.measure, line.rank, line.score) for line in evaluate(the_example(), scenario).ranking]
        command = [(e["id"], e["rank"], e["score"]) for e in ranked_by_command(scenario, tmp_path)["ranking"]]
        assert (scenario.method or "topsis") == method
        assert shown == python == command


FIGURES = {"what_if": 0, "one": 1, "many": 1, "drivers": 2, "methods": 0, "sure": 0}
"""The parts of the page Sensitivity, and how many pictures each has."""
DRAWN = tuple(part for part, figures in FIGURES.items() if figures)


@pytest.mark.parametrize("parts", [DRAWN, pytest.param(tuple(FIGURES), marks=pytest.mark.long)], ids=("drawn", "all"))
def test_a_click_through_all_pages_asks_no_host_but_the_own_one(
    page: Page, address: str, parts: tuple[str, ...]
) -> None:
    asked: set[str] = set()
    faults: list[str] = []
    page.on("request", lambda request: asked.add(request.url))
    page.on("websocket", lambda socket: asked.add(socket.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    open_live(page, address)
    set_weight(page, "Kosten", "33")

    go(page, "catalogue")
    first = page.locator("tbody tr .open").first
    expect(first).to_be_visible()
    first.click()
    page.get_by_role("dialog").get_by_role("heading", name=text("ui.sheet.programmes", "de")).wait_for()
    page.locator(".st-key-close_measure button").click()
    expect(page.get_by_role("dialog")).to_have_count(0)

    go(page, "sensitivity")
    for part in parts:
        open_part(page, part)
        expect(page.locator(".js-plotly-plot")).to_have_count(FIGURES[part])
        expect(page.get_by_role("figure")).to_have_count(FIGURES[part])

    go(page, "export")
    assert download(page, "xlsx").startswith(b"PK")

    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    page.get_by_role("heading", level=1, name=text("ui.page.export.title", "en")).wait_for()
    go(page, "live", "en")

    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in ("data", "blob")}
    assert hosts == {urlsplit(address).netloc}
    assert faults == []


def test_a_step_back_on_the_board_also_turns_the_day_in_the_sidebar(page: Page, address: str) -> None:
    open_live(page, address)
    day = page.get_by_role("textbox", name=text("ui.sidebar.as_of", "de"))
    day.fill("1.2.2027")
    day.press("Enter")
    expect(day).to_have_value("01.02.2027")
    settled(page)
    page.get_by_role("button", name=text("board.text.undo", "de"), exact=True).click()
    expect(day).to_have_value("30.06.2025")


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A German phone's browser; what it has loaded once it does not load again."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="de-DE")
    yield context
    context.close()


@pytest.mark.parametrize("name", ["live", "catalogue", "export", pytest.param("sensitivity", marks=pytest.mark.long)])
def test_nothing_overflows_on_a_phone(phone: BrowserContext, address: str, name: str) -> None:
    page = phone.new_page()
    page.goto(f"{address}/{name}" if name != "live" else address, wait_until="domcontentloaded")
    page.wait_for_selector("tbody tr", timeout=PATIENCE_S * 1000)
    settled(page)
    wide = {name: overflow(page)}
    for part in FIGURES if name == "sensitivity" else ():
        open_part(page, part)
        wide[part] = overflow(page)
    page.close()
    assert max(wide.values()) <= 0, wide


def open_part(page: Page, part: str) -> None:
    page.get_by_role("radio", name=text(f"sensitivity_page.parts.{part}", "de"), exact=True).click()
    settled(page)
    if FIGURES[part]:
        expect(page.locator(".js-plotly-plot")).to_have_count(FIGURES[part])


def overflow(page: Page) -> int:
    return int(
        page.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]');"
            " return Math.max(m.scrollWidth - m.clientWidth, document.documentElement.scrollWidth - innerWidth) }"
        )
    )
