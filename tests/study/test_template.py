"""The Excel template reads back to what it shows, in both languages, and helps where it is filled in."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from example import the_example
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.methods import METHODS
from mcda.study.columns import column_name, table_name
from mcda.study.model import TABLES, Criterion, Programme, Rating, Study
from mcda.study.read import read_study
from mcda.study.rules import check_study
from mcda.study.template import template_bytes
from mcda.study.template_columns import OWN_METHODS, SHOWN, rating_columns, scale_levels
from mcda.study.template_example import example_study
from small import CRITERIA, measure, small_study

DESIGN = {
    "study": "title region as_of horizon_years discount_rate_pct currency cost_key method language",
    "criteria": "id parent label_de label_en sense unit kind best worst value_function weight minimum",
    "levels": "criterion value label_de label_en",
    "measures": "id title theme category description lead municipalities partners time_horizon start_year"
    " duration_months capex_eur price_basis vat_rate_pct vat_deductible opex_eur_per_year staff_fte cost_quality"
    " cost_categories depends_on excludes cost_key status decided_rank decided_reason location source",
    "ratings": "measure criterion rater value low high reason",
    "municipalities": "id name ags population population_date voting_weight latitude longitude",
    "programmes": "id name funder instrument rate_pct max_grant_eur applicant_types valid_from valid_to",
    "eligibility": "measure programme verdict reason by date",
    "stakeholders": "id label_de",
    "judgements": "stakeholder parent a b value",
    "weights": "stakeholder criterion points",
}
"""The columns of design section 5, by the model's names."""


def book_of(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def sheet_of(book: Workbook, table: str):
    return next(sheet for sheet in book if table_name(sheet.title) == table)


def headers(book: Workbook, table: str) -> dict[str, int]:
    """Column number by field; a column that rates a criterion by its header."""
    cells = sheet_of(book, table)[1]
    return {column_name(table, cell.value) or cell.value: cell.column for cell in cells}


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def odd_study() -> Study:
    """A study with rare columns, own columns, small percentages, a formula-like title and criteria named as columns."""
    study = small_study()
    first = measure(
        "M1", Decimal("34567.89"), title='=HYPERLINK("x"); "Anführung"', description="zwei\nZeilen", category="Eigene",
        units=(("ISM", Decimal("1.234")), ("GAR", Decimal(2))), vat_deductible=True, opex_vat_rate_pct=Decimal("0.5"),
        base_share_pct=Decimal(20), illustrative=True, extra_columns=(("Farbe", "rot"),),
        cost_categories=("planning", "x"),
    )  # fmt: skip
    criteria = (
        *CRITERIA,
        Criterion(id="partners", label_de="Partner", best=10, worst=0, weight=5),
        Criterion(id="same", label_de="Umsetzbarkeit", best=3, worst=0.5, step=0.5, weight=5),
        Criterion(
            id="odd", label_de="Zwei  Blanks", best=1, worst=6, sense="min", step=1, weight=5, description_de="?"
        ),
    )
    ratings = (
        *study.ratings,
        Rating(measure="M1", criterion="partners", value=7.5),
        Rating(measure="M1", criterion="same", value=1.5),
        Rating(measure="M1", criterion="odd", value=2, illustrative=True),
        Rating(measure="M2", criterion="odd", rater="ISM", abstain=True, reason="befangen"),
        Rating(measure="M2", criterion="odd", value=2, low=1, high=3),
    )
    return study.model_copy(
        update={
            "measures": (first, *study.measures[1:]),
            "criteria": criteria,
            "ratings": ratings,
            "programmes": (Programme(id="P", name="Förderung", rate_pct=Decimal("62.5"), stacking_note="ü"),),
            "study": study.study.model_copy(update={"tier_limits_pct": (20.5, 60.0), "interval_point": 0.25}),
        }
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_reads_back_without_issues_to_the_same_study_in_every_language(language):
    study = read_study(template_bytes(language))
    assert study.model_dump() == example_study().model_dump()
    assert check_study(study) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("study", [small_study(), odd_study(), the_example()], ids=["small", "odd", "nordallianz"])
def test_a_study_in_the_template_reads_back_equal(study, language):
    again = read_study(template_bytes(language, study))
    assert again == study
    assert [m.extra_columns for m in again.measures] == [m.extra_columns for m in study.measures]


def test_the_same_call_gives_the_same_bytes():
    assert template_bytes("de") == template_bytes("de")
    assert template_bytes("en", small_study()) == template_bytes("en", small_study())


def test_an_unknown_language_is_an_error():
    with pytest.raises(ValueError, match="fr"):
        template_bytes("fr")


def test_the_example_can_be_ranked_and_raises_only_that_its_grants_are_not_approved_yet():
    result = evaluate(example_study())
    assert [line.measure for line in result.ranking] == ["M1", "M3", "M2"]
    assert [finding.code for finding in result.findings] == ["grants_unapproved"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_the_design_is_there_with_help(language):
    book = book_of(template_bytes(language))
    for table, fields in DESIGN.items():
        sheet = sheet_of(book, table)
        if table == "study":
            shown = {column_name(table, row[0].value): row[2].value for row in sheet.iter_rows(min_row=2)}
            assert set(fields.split()) <= set(shown)
            assert all(shown.values())
        else:
            assert set(fields.split()) <= set(headers(book, table))
            assert all(cell.comment and cell.comment.text for cell in sheet[1])


def test_every_table_of_the_model_has_a_sheet_and_the_first_one_is_for_people():
    book = book_of(template_bytes("de"))
    assert set(SHOWN) == set(TABLES)
    assert book.sheetnames[:2] == ["Anleitung", "Studie"]
    assert {table_name(name) for name in book.sheetnames} == {*TABLES, None}
    assert book["Auswahllisten"].sheet_state == "hidden"


def offered(book: Workbook, table: str, field: str) -> tuple[str, list[object], str]:
    """What a column's cells offer: the name, the entries that stand in cells, and whether others are refused."""
    sheet = sheet_of(book, table)
    cell = sheet.cell(2, headers(book, table)[field]).coordinate
    rule = next(r for r in sheet.data_validations.dataValidation if cell in r.sqref and r.type == "list")
    name = rule.formula1
    target = book.defined_names[name].attr_text
    entries = [] if "INDEX" in target else [c.value for (c,) in book["Auswahllisten"][target.rpartition("!")[2]]]
    return name, entries, rule.errorStyle or "stop" if rule.showErrorMessage else "free"


def test_drop_down_lists_offer_words_levels_and_ids():
    book = book_of(template_bytes("de"))
    assert offered(book, "measures", "vat_deductible")[1:] == (["ja", "nein"], "stop")
    assert offered(book, "criteria", "sense")[1:] == (["mehr ist besser", "weniger ist besser"], "stop")
    assert offered(book, "programmes", "instrument")[1][0] == "Anteil an den Kosten"
    assert offered(book, "measures", "category")[1][0] == "Sofortmaßnahme"
    assert offered(book, "measures", "category")[2] == "free"
    assert offered(book, "measures", "time_horizon")[1] == ["kurzfristig", "mittelfristig", "langfristig"]
    assert offered(book, "measures", "Dringlichkeit")[1:] == ([1, 2, 3, 4, 5], "warning")
    assert offered(book, "ratings", "measure") == ("ids_measures", [], "warning")
    assert offered(book, "ratings", "criterion")[0] == "ids_criteria"
    assert offered(book, "measures", "municipalities") == ("ids_municipalities", [], "free")
    assert offered(book, "judgements", "a")[0] == "ids_criteria"
    assert set(OWN_METHODS) <= set(METHODS)


def test_lists_of_ids_reach_as_far_as_their_sheet_is_filled():
    names = book_of(template_bytes("de")).defined_names
    assert names["ids_measures"].attr_text.startswith("'Maßnahmen'!$A$2:INDEX('Maßnahmen'!$A$2:$A$")
    assert set(names) >= {f"ids_{table}" for table in TABLES if table != "study"}


def test_the_wording_of_the_scale_stands_beside_each_rating_column():
    book = book_of(template_bytes("de"))
    sheet, column = sheet_of(book, "measures"), headers(book, "measures")["Dringlichkeit"]
    assert "5 = Beginn sofort nötig" in sheet.cell(1, column).comment.text
    rule = next(r for r in sheet.data_validations.dataValidation if sheet.cell(2, column).coordinate in r.sqref)
    assert all(f"{level} = " in rule.prompt for level in range(1, 6))


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_in_cells_keeps_to_the_limits_of_excel(language):
    for sheet in book_of(template_bytes(language, the_example())):
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.prompt) <= 255
            assert len(rule.promptTitle) <= 32


def test_numbers_and_days_are_real_ones_and_no_text_is_a_formula():
    book = book_of(template_bytes("de", odd_study()))
    sheet, at = sheet_of(book, "measures"), headers(book, "measures")
    assert sheet.cell(2, at["capex_eur"]).value == 34567.89
    assert sheet.cell(2, at["capex_eur"]).number_format == "#,##0.00"
    assert sheet.cell(2, at["title"]).data_type == "s"
    day = next(row[1] for row in sheet_of(book, "study").iter_rows(min_row=2) if row[0].value == "Stichtag")
    assert (day.value.date(), day.number_format) == (date(2025, 6, 30), "dd.mm.yyyy")


def test_plain_agreed_ratings_stand_with_the_measures_and_all_others_in_their_own_sheet():
    book = book_of(template_bytes("de"))
    at = headers(book, "measures")
    rows = {r[at["id"] - 1].value: r for r in sheet_of(book, "measures").iter_rows(min_row=2, max_row=4)}
    assert rows["M1"][at["Dringlichkeit"] - 1].value == 4
    assert rows["M3"][at["Dringlichkeit"] - 1].value is None
    assert [r[2] for r in sheet_of(book, "ratings").iter_rows(min_row=2, max_row=3, values_only=True)] == ["BEI", "MUS"]


def test_a_criterion_named_as_a_column_or_as_another_one_gets_another_header():
    columns = rating_columns(odd_study(), ["Titel"], "de")
    assert {c.criterion: c.header for c in columns} == {
        "goals": "Ziele",
        "urgency": "Dringlichkeit",
        "feasibility": "feasibility",
        "same": "Umsetzbarkeit",
        "odd": "odd",
    }


@pytest.mark.parametrize(
    ("best", "worst", "step", "levels"),
    [(5, 1, 1, (1, 2, 3, 4, 5)), (1, 3, 0.5, (1, 1.5, 2, 2.5, 3)), (1, 0, 0, ()), (1, 0, 1e-12, ()), (None, 1, 1, ())],
)
def test_levels_of_a_scale(best, worst, step, levels):
    assert scale_levels(Criterion(id="c", label_de="c", best=best, worst=worst, step=step)) == levels


def test_a_row_typed_into_the_template_is_read_as_typed():
    book = book_of(template_bytes("de"))
    sheet, at = sheet_of(book, "measures"), headers(book, "measures")
    typed = {"id": "M4", "title": "Neu", "category": "Prüfauftrag", "vat_deductible": "Ja", "capex_eur": "12.500,50 €"}
    typed |= {"municipalities": "MUS;BEI", "cost_categories": "Planung", "status": "Idee", "Dringlichkeit": 5}
    for field, value in typed.items():
        sheet.cell(5, at[field], value)
    found = read_study(saved(book))
    new = found.measure_by_id["M4"]
    assert (new.category, new.vat_deductible, new.capex_eur) == ("study_task", True, Decimal("12500.50"))
    assert (new.municipalities, new.cost_categories, new.status) == (("MUS", "BEI"), ("planning",), "idea")
    assert Rating(measure="M4", criterion="urgency", value=5) in found.ratings


def test_a_fault_typed_into_the_template_is_named_where_it_stands():
    book = book_of(template_bytes("de"))
    sheet, at = sheet_of(book, "measures"), headers(book, "measures")
    sheet.cell(3, at["Dringlichkeit"], 7)
    sheet.cell(4, at["municipalities"], "MUS; BEH")
    with pytest.raises(InputError) as caught:
        read_study(saved(book))
    places = {(i.code, i.where.table, i.where.row, i.where.column) for i in caught.value.issues}
    assert places == {
        ("rating_off_scale", "measures", 3, "Dringlichkeit"),
        ("unknown_id", "measures", 4, "municipalities"),
    }


def test_with_the_example_rows_deleted_only_the_measures_are_missing():
    book = book_of(template_bytes("de"))
    for table in set(TABLES) - {"study", "criteria", "levels"}:
        sheet_of(book, table).delete_rows(2, 30)
    with pytest.raises(InputError) as caught:
        read_study(saved(book))
    assert [(i.code, i.where.table) for i in caught.value.issues] == [("table_missing", "measures")]
