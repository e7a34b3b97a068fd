"""The overview of cost and financing: every sum to the cent, in the document, the workbook and the CSV."""

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from example import ranked_example
from mcda.evaluate import evaluate
from mcda.locale.formats import money
from mcda.report.documents import kofi
from mcda.report.exhibits.finance_years import (
    financing_table,
    flows_table,
    own_by_year,
    payers_table,
    plan,
    remarks,
    shares_table,
    years_table,
)
from mcda.report.exports.kofi_xlsx import kofi_csv, kofi_xlsx
from mcda.report.exports.pdf_file import pdf_file
from mcda.report.request import Request
from mcda.result import Result
from pdf_tags import words_of
from small import small_study


@pytest.fixture(scope="module")
def result() -> Result:
    return ranked_example()


def total(rows: tuple[tuple[object, ...], ...], at: int) -> Decimal:
    return sum((cell for row in rows for cell in [row[at]] if isinstance(cell, Decimal)), Decimal(0))


def test_every_table_adds_up_to_the_own_contributions_of_the_ranking(result: Result) -> None:
    found = plan(result)
    own = sum((result.money[name].own_contribution for name in found.measures), Decimal(0))
    assert len(found.measures) == 40
    for table in (
        financing_table(found, "de"),
        years_table(found, "de"),
        payers_table(found, "de"),
        shares_table(found, "de"),
    ):
        *body, sums = table.listing.rows
        assert sums[-1] == own
        for at, cell in enumerate(sums):
            if isinstance(cell, Decimal):
                assert cell == total(tuple(body), at)
    assert sum((amount for _, amount in own_by_year(found)), Decimal(0)) == own


def test_a_row_of_years_is_its_sum_and_flows_leave_the_own_contribution(result: Result) -> None:
    found = plan(result)
    for row in (*years_table(found, "de").listing.rows, *payers_table(found, "de").listing.rows):
        amounts = [cell for cell in row if isinstance(cell, Decimal)]
        assert sum(amounts[:-1], Decimal(0)) == amounts[-1]
    cost, *parts = ([c for c in row if isinstance(c, Decimal)] for row in flows_table(found, "de").rows)
    assert cost == [sum(column, Decimal(0)) for column in zip(*parts, strict=True)]
    assert cost[-1] == sum((result.money[name].life_cycle_gross for name in found.measures), Decimal(0))


def test_one_municipality_sees_its_own_part_and_all_parts_are_the_whole(result: Result) -> None:
    sums = []
    for home in result.study.municipalities:
        found = plan(result, (), home.id)
        assert all(home.id in result.study.measure_by_id[name].municipalities for name in found.measures)
        sums.append(years_table(found, "de", home.id).listing.rows[-1][-1])
        assert sums[-1] == sum((m.shares.get(home.id, Decimal(0)) for m in result.money.values()), Decimal(0))
    split = [m.own_contribution for m in result.money.values() if m.shares]
    assert sum(sums, Decimal(0)) == sum(split, Decimal(0))


def test_the_workbook_holds_numbers_and_sums_that_carry_their_value(result: Result) -> None:
    content = kofi_xlsx(result, Request())
    assert content == kofi_xlsx(result, Request())
    found = plan(result)
    values, formulas = (load_workbook(io.BytesIO(content), data_only=kept) for kept in (True, False))
    sheet = values.worksheets[0]
    own = sum((result.money[name].own_contribution for name in found.measures), Decimal(0))
    assert Decimal(str(sheet.cell(42, 10).value)).quantize(Decimal("0.01")) == own
    assert formulas.worksheets[0].cell(42, 10).value == "=SUM(J2:J41)"
    for row, name in enumerate(found.measures, start=2):
        assert sheet.cell(row, 1).value == name
        assert sheet.cell(row, 10).value == float(result.money[name].own_contribution)


def test_the_csv_adds_up_too(result: Result) -> None:
    rows = list(csv.reader(io.StringIO(kofi_csv(result, Request()).decode("utf-8-sig")), delimiter=";"))
    body = rows[1 : rows.index([])]
    amounts = [Decimal(row[-1].replace(",", ".")) for row in body]
    assert sum(amounts[:-1], Decimal(0)) == amounts[-1]


def shares_by_hand(result: Result) -> dict[tuple[str, str], Decimal]:
    """What each municipality pays for each measure, by its name and the measure's number."""
    names = {home.id: home.name for home in result.study.municipalities}
    found = {name: result.money[name].shares for name in plan(result).measures}
    return {(names[home], name): part for name, shares in found.items() for home, part in shares.items()}


def test_every_sheet_of_the_workbook_is_the_result_to_the_cent(result: Result) -> None:
    book = load_workbook(io.BytesIO(kofi_xlsx(result, Request())), data_only=True)
    financing, years, payers, shares, flows, _ = (list(sheet.iter_rows(values_only=True)) for sheet in book)
    paid = shares_by_hand(result)
    purses = [result.money[name] for name in plan(result).measures]
    assert [row[0] for row in financing[1:-1]] == [row[0] for row in years[1:-1]] == list(plan(result).measures)
    assert [row[4] for row in financing[1:-1]] == [float(purse.life_cycle_gross) for purse in purses]
    assert [row[7] for row in financing[1:-1]] == [float(purse.grant) for purse in purses]
    assert [row[-1] for row in years[1:-1]] == [float(purse.own_contribution) for purse in purses]
    assert {row[:2]: row[-1] for row in shares[1:-1]} == {who: float(part) for who, part in paid.items()}
    for home, *_, amount in payers[1:-1]:
        assert amount == float(sum((part for who, part in paid.items() if who[0] == home), Decimal(0)))
    sums = {sheet[-1][-1] for sheet in (financing, years, payers, shares)}
    assert {Decimal(str(one)) for one in sums} == {sum((purse.own_contribution for purse in purses), Decimal(0))}
    assert flows[1][8] == float(sum((purse.life_cycle_gross for purse in purses), Decimal(0)))
    assert flows[2][8] == float(sum((purse.grant for purse in purses), Decimal(0)))


def test_the_csv_holds_every_share_to_the_cent(result: Result) -> None:
    rows = list(csv.reader(io.StringIO(kofi_csv(result, Request()).decode("utf-8-sig")), delimiter=";"))
    found = {(row[0], row[1]): Decimal(row[-1].replace(",", ".")) for row in rows[1 : rows.index([]) - 1]}
    assert found == shares_by_hand(result)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pdf_says_the_same_sums(result: Result, language: str) -> None:
    said = words_of(pdf_file(kofi.build(result, Request(language=language))))
    found = plan(result)
    for home in result.study.municipalities:
        paid = sum((result.money[name].shares.get(home.id, Decimal(0)) for name in found.measures), Decimal(0))
        assert money(paid, language) in said
    assert money(sum((result.money[n].grant for n in found.measures), Decimal(0)), language) in said


def test_a_study_without_cost_or_members_says_so_and_has_no_empty_table() -> None:
    study = small_study()
    bare = study.model_copy(
        update={
            "municipalities": (),
            "measures": tuple(m.model_copy(update={"municipalities": (), "cost_key": None}) for m in study.measures),
        }
    )
    result = evaluate(bare)
    document = kofi.build(result, Request())
    assert "NordAllianz" not in str(document)
    tables = [part.listing for part in document.parts if type(part).__name__ == "Table"]
    assert all(listing.rows for listing in tables)
    unsplit = [one for one in remarks(plan(result), "de") if one.startswith("Noch nicht auf die Kommunen aufgeteilt")]
    assert unsplit == [
        "Noch nicht auf die Kommunen aufgeteilt: M1, M3, M2, M4. Keine Aufteilung: Es ist keine beteiligte Kommune "
        "genannt."
    ]


def test_the_workbook_holds_population_and_its_date_as_such(result: Result) -> None:
    sheet = load_workbook(io.BytesIO(kofi_xlsx(result, Request()))).worksheets[2]
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads[:3] == ("Kommune", "Einwohner", "Stichtag")
    known = {home.name: home for home in result.study.municipalities}
    for name, heads_counted, when, *_ in rows[:-1]:
        assert (heads_counted, when.date()) == (known[name].population, known[name].population_date)
