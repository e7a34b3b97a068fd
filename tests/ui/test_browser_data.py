"""An own file in, as a planner brings it: twelve mistakes named and marked, corrected, ranked; a plain list mapped."""

import io
import zipfile
from contextlib import suppress

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page, TimeoutError, expect

from browsing import PATIENCE_S, download, go, open_live, settled
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.study.columns import header
from mcda.study.template import template_bytes
from small import small_study

pytestmark = pytest.mark.browser

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MISTAKES = (
    ("measures", 2, "capex_eur", "viel"),
    ("measures", 3, "capex_eur", -5),
    ("measures", 3, "id", "M1"),
    ("measures", 3, "municipalities", "Ismanning"),
    ("measures", 4, "title", None),
    ("measures", 4, "Ziele", 9),
    ("measures", 5, "Dringlichkeit", "sehr hoch"),
    ("measures", 5, "vat_deductible", "vielleicht"),
    ("criteria", 3, "weight", -3),
    ("criteria", 4, "parent", "relevanz-x"),
    ("municipalities", 2, "population", "viele"),
    ("municipalities", 3, "name", None),
)
"""Sheet, row, column and what somebody typed there."""


def book(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def saved(made: Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def column_of(made: Workbook, table: str, name: str) -> int:
    words = [cell.value for cell in made[text(f"table.{table}", "de")][1]]
    wanted = name if name in words else header(table, name, "de")
    return words.index(wanted) + 1


def with_mistakes(content: bytes) -> bytes:
    made = book(content)
    for table, row, name, value in MISTAKES:
        made[text(f"table.{table}", "de")].cell(row, column_of(made, table, name)).value = value
    return saved(made)


def hand_over(page: Page, *files: tuple[str, bytes]) -> None:
    kinds = {"xlsx": XLSX, "csv": "text/csv"}
    payload = [{"name": n, "mimeType": kinds[n.rpartition(".")[2]], "buffer": content} for n, content in files]
    page.locator("[data-testid=stFileUploader] input[type=file]").first.set_input_files(payload)  # type: ignore[arg-type]


def heading(page: Page, key: str) -> None:
    page.get_by_role("heading", name=text(f"data.{key}", "de"), exact=True).wait_for()
    settled(page)


def test_twelve_mistakes_are_named_marked_corrected_and_ranked(page: Page, address: str) -> None:
    good = template_bytes("de", small_study())
    open_live(page, address)
    go(page, "data")
    hand_over(page, ("liste.xlsx", with_mistakes(good)))
    heading(page, "rejected")
    shown = page.locator(".rf-table tbody tr")
    expect(shown).to_have_count(len(MISTAKES))

    copy = book(download(page, "marked"))
    commented = {
        (sheet.title, cell.row, cell.column)
        for sheet in copy.worksheets
        for line in sheet.iter_rows(min_row=2)
        for cell in line
        if cell.comment is not None and cell.comment.text.startswith("Rangfolge:")
    }
    expected = {(text(f"table.{t}", "de"), row, column_of(copy, t, name)) for t, row, name, _ in MISTAKES}
    assert commented == expected

    clean = book(good)
    for table, row, name, _ in MISTAKES:
        at = (row, column_of(copy, table, name))
        title = text(f"table.{table}", "de")
        copy[title].cell(*at).value = clean[title].cell(*at).value
    hand_over(page, ("liste-berichtigt.xlsx", saved(copy)))
    heading(page, "opened")
    expect(page.get_by_text("sehr hoch")).to_have_count(0)
    page.get_by_role("link", name=text("data.to_live", "de")).click()
    page.wait_for_selector("tbody tr[data-id]")
    settled(page)
    ranked = [line.measure for line in evaluate(small_study()).ranking]
    shown = page.locator("tbody tr[data-id]")
    assert [row.get_attribute("data-id") for row in shown.all()] == ranked
    for measure in small_study().measures:
        expect(page.locator(f"tbody tr[data-id={measure.id}]")).to_contain_text(measure.title)


def choose(page: Page, column: str, question: str, answer: str) -> None:
    """Pick an answer for a question of a column's card."""
    card = page.locator("[class*=st-key-map_card]").filter(has=page.get_by_text(column, exact=True))
    option = page.get_by_role("option", name=answer, exact=True)
    for patience_ms in (3_000, 6_000, 1_000 * PATIENCE_S):  # a page still drawing itself closes the list again
        card.get_by_role("combobox", name=question).click()
        with suppress(TimeoutError):
            option.click(timeout=patience_ms)
            break
    settled(page)


@pytest.mark.long
def test_a_plain_list_becomes_a_ranking(page: Page, address: str) -> None:
    rows = (
        "Nr.;Maßnahme;Handlungsfeld;Nutzen (1-5);Aufwand (1-5);Kosten\n"
        "1;Rufbus;Verkehr;4;2;120.000,00 €\n2;Radkarte;Verkehr;3;1;20.000,00 €\n"
        "3;Serverraum;Verwaltung;5;5;340.000,00 €\n4;Schulungen;Verwaltung;4;3;45.000,00 €\n"
    )
    open_live(page, address)
    go(page, "data")
    hand_over(page, ("Ideen 2026.csv", rows.encode("cp1252")))
    heading(page, "map")
    take_over = page.get_by_role("button", name=text("data.take_over", "de"))
    expect(take_over).to_be_disabled()
    question = text("flat.question.direction_much", "de", low="1", high="5")
    choose(page, "Aufwand (1-5)", question, text("flat.answer.less", "de", low="1"))
    expect(page.locator(".rf-table tbody tr")).to_have_count(4)
    take_over.click()
    heading(page, "opened")
    page.get_by_role("link", name=text("data.to_live", "de")).click()
    page.wait_for_selector("tbody tr[data-id]")
    settled(page)
    for title in ("Rufbus", "Radkarte", "Serverraum", "Schulungen"):
        expect(page.locator("tbody tr[data-id]").filter(has_text=title)).to_have_count(1)


def bomb() -> bytes:
    """A workbook of some 100 kB that unpacks to 100 MB."""
    stream = io.BytesIO(template_bytes("de"))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", b" " * (100 * 2**20))
    return stream.getvalue()


@pytest.mark.long
def test_a_bomb_is_refused_with_its_reason_and_nothing_changes(page: Page, address: str) -> None:
    open_live(page, address)
    go(page, "data")
    hand_over(page, ("bombe.xlsx", bomb()))
    heading(page, "rejected")
    expect(page.locator(".rf-table tbody tr")).to_have_count(1)
    go(page, "live")
    assert page.locator("tbody tr[data-id]").count() == 40


@pytest.mark.long
def test_faults_and_mapping_fit_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="de-DE")
    context.set_default_timeout(PATIENCE_S * 1000)
    page = context.new_page()
    page.goto(f"{address}/data", wait_until="domcontentloaded")
    heading(page, "opened")
    for key, name, content in (
        ("rejected", "a.xlsx", with_mistakes(template_bytes("de", small_study()))),
        ("map", "b.csv", b"Titel;Nutzen;Kosten\nRufbus;4;100000\nRadkarte;3;20000\n"),
    ):
        hand_over(page, (name, content))
        heading(page, key)
        wide = page.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth }"
        )
        assert wide <= 0, key
    context.close()
