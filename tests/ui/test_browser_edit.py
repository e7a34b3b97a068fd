"""Numbers as a German office writes them, pasted into the editing page: read as meant, told, and taken back."""

from contextlib import suppress
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from browsing import download, go, open_live, settled
from example import the_example
from mcda.locale import text
from mcda.study.columns import header
from mcda.study.read import read_study

pytestmark = pytest.mark.browser

COST = header("measures", "capex_eur", "de")
FIRST, SECOND = (m for m in the_example().measures[:2])
GRID = "[data-testid=stDataFrame] table[role=grid]"
CANVAS = "[data-testid=stDataFrame] canvas[data-testid=data-grid-canvas]"
TRIES, STEPS = 10, 60


def cell(page: Page, measure: str, heading: str) -> Locator:
    """A cell by its row's id and its column's heading, in the table that stands beside the drawn one."""
    grid = page.locator(GRID)
    titled = grid.get_by_role("columnheader", name=heading, exact=True, include_hidden=True)
    place = titled.get_attribute("aria-colindex")
    row = grid.locator("tbody tr").filter(has=page.get_by_text(measure, exact=True))
    return row.locator(f"td[aria-colindex='{place}']")


def selected(page: Page) -> tuple[int, int]:
    """Column and row of the selected cell, once there is one."""
    name = page.locator(f"{GRID} td[aria-selected=true]").first.get_attribute("id")
    assert name is not None
    _, _, column, row = name.split("-")
    return int(column), int(row)


def select(page: Page, target: Locator) -> None:
    """Go to a cell with the arrow keys: the drawn table does not take every click, but every key."""
    name = target.get_attribute("id")
    assert name is not None
    column, row = (int(part) for part in name.split("-")[2:])
    page.locator(CANVAS).focus()
    for _ in range(STEPS):
        at = selected(page)
        if at == (column, row):
            return
        key = ("ArrowRight" if at[0] < column else "ArrowLeft") if at[0] != column else ""
        page.keyboard.press(key or ("ArrowDown" if at[1] < row else "ArrowUp"))
        with suppress(AssertionError):  # the key may come before the table listens: look again where it stands
            here = page.locator(f"{GRID} #glide-cell-{at[0]}-{at[1]}[aria-selected=true]")
            expect(here).to_have_count(0, timeout=5_000)
    raise AssertionError(f"{name} cannot be reached; selected is {selected(page)}")


def paste(page: Page, target: Locator, *lines: str) -> None:
    """Paste lines from a cell downwards, as copied from a spreadsheet; until the cell shows the first.

    The table beside the drawn one is written anew only when the selection moves: so look after a step aside.
    """
    page.evaluate("(copied) => navigator.clipboard.writeText(copied)", "\r\n".join(lines))
    for _ in range(TRIES):
        select(page, target)
        page.keyboard.press("Control+V")
        for key in ("ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
            with suppress(AssertionError):
                expect(target).to_have_text(lines[0], timeout=2_000)
                return
    expect(target).to_have_text(lines[0])


def open_editor(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    open_live(page, address)
    go(page, "edit")
    page.locator(CANVAS).wait_for()


def click(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").click()


def costs_in(content: bytes) -> list[Decimal | None]:
    return [m.capex_eur for m in read_study(content).measures[:2]]


def test_pasted_german_numbers_are_read_as_meant_shown_and_taken_back(page: Page, address: str) -> None:
    open_editor(page, address)
    first, second = cell(page, FIRST.id, COST), cell(page, SECOND.id, COST)
    before = first.inner_text(), second.inner_text()
    paste(page, first, "12,5", "1.234,5")
    expect(second).to_have_text("1.234,5")
    click(page, "edit_apply")
    expect(page.get_by_text(text("edit.applied", "de"))).to_be_visible()
    applied = page.get_by_role("table", name=text("edit.applied_alt", "de")).locator("tbody tr")
    expect(applied).to_have_count(2)
    for line, old, new in zip(applied.all(), before, ("12,5", "1234,5"), strict=True):
        assert line.locator("td, th").all_inner_texts()[-3:] == [COST, old, new]
    settled(page)
    assert costs_in(download(page, "changed_study")) == [Decimal("12.5"), Decimal("1234.5")]

    go(page, "live")
    notice = page.locator(".rf-notice", has_text=text("changed.notice", "de", changed=2, added=0, deleted=0))
    expect(notice).to_be_visible()

    go(page, "edit")
    click(page, "edit_undo")
    expect(notice).to_have_count(0)
    settled(page)
    page.locator(CANVAS).focus()
    expect(cell(page, FIRST.id, COST)).to_have_text(before[0])
    expect(cell(page, SECOND.id, COST)).to_have_text(before[1])
    go(page, "live")
    expect(notice).to_have_count(0)


@pytest.mark.long
def test_a_pasted_number_of_two_readings_is_asked_about_and_nothing_changes(page: Page, address: str) -> None:
    open_editor(page, address)
    paste(page, cell(page, FIRST.id, COST), "1.234")
    click(page, "edit_apply")
    expect(page.get_by_text(text("edit.refused", "de", count=1))).to_be_visible()
    refused = page.get_by_role("table", name=text("edit.refused_alt", "de")).locator("tbody tr")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("1.234")
    expect(refused).to_contain_text(COST)
    expect(page.locator(".rf-notice")).to_have_count(0)
