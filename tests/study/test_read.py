import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from mcda.errors import InputError
from mcda.study.read import read_files, read_study
from mcda.study.rules import check_study

TABLES = {
    "study": "field,value\ntitle,Kleine Studie\nas_of,2025-06-30\n",
    "criteria": (
        "id,parent,label_de,sense,kind,quantity,best,worst,step,value_function,weight\n"
        "relevance,,Relevanz,max,given,,5,1,1,linear,60\n"
        "cost,,Kosten,min,computed,life_cycle_cost_eur,10000,1000000,,logarithmic,40\n"
    ),
    "measures": (
        "id,title,municipalities,capex_eur,vat_deductible\nA,Rufbus,ISM,100000,no\nB,Radkarte,ISM;GAR,20000,nein\n"
    ),
    "municipalities": "id,name,population\nISM,Ismaning,18043\nGAR,Garching,17577\n",
    "ratings": "measure,criterion,value\nA,relevance,4\nB,relevance,3\n",
}


def folder(tmp_path: Path, **changes: str) -> Path:
    for name, text in (TABLES | changes).items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def issues_of(tmp_path: Path, **changes: str):
    with pytest.raises(InputError) as caught:
        read_study(folder(tmp_path, **changes))
    return [(i.code, i.where.table, i.where.row, i.where.column) for i in caught.value.issues]


def test_a_folder_of_csv_files_reads(tmp_path):
    study = read_study(folder(tmp_path))
    assert [m.id for m in study.measures] == ["A", "B"]
    assert study.measures[1].municipalities == ("ISM", "GAR")
    assert study.study.as_of.isoformat() == "2025-06-30"
    assert len(study.input_hash) == len(study.file_hash) == 64


def test_order_of_rows_columns_and_files_does_not_change_the_hash(tmp_path):
    plain = read_study(folder(tmp_path))
    turned = (
        "capex_eur,id,vat_deductible,municipalities,title\n20000,B,nein,ISM;GAR,Radkarte\n100000.00,A,no,ISM,Rufbus\n"
    )
    other = read_study(folder(tmp_path, measures=turned))
    assert other.input_hash == plain.input_hash
    assert other == plain
    assert other.file_hash != plain.file_hash


def test_german_headers_semicolons_and_decimal_commas_mean_the_same(tmp_path):
    plain = read_study(folder(tmp_path))
    header = "Nr.;Titel;Kommunen;Investition EUR;vat_deductible\n"
    german = header + 'A;Rufbus;ISM;100.000,00;nein\nB;Radkarte;"ISM;GAR";20.000,00 €;no\n'
    (tmp_path / "measures.csv").unlink()
    (tmp_path / "Maßnahmen.csv").write_bytes(german.encode("cp1252"))
    assert read_study(tmp_path) == plain


def test_a_workbook_reads_to_an_equal_study(tmp_path):
    plain = read_study(folder(tmp_path))
    assert read_study(workbook_bytes()) == plain
    file = tmp_path / "studie.xlsx"
    file.write_bytes(workbook_bytes())
    assert read_study(file) == plain


def workbook_bytes() -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, text in TABLES.items():
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            cells = line.split(",")
            sheet.append([float(c) if c.replace(".", "", 1).isdigit() else c or None for c in cells])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_every_fault_is_told_at_once_with_its_place(tmp_path):
    found = issues_of(
        tmp_path,
        measures="id,title,municipalities,capex_eur\nA,Rufbus,ISM,viel\nA,Radkarte,ISM,-5\n",
        criteria=TABLES["criteria"].replace("linear", "krumm"),
    )
    assert found == [
        ("not_a_choice", "criteria", 2, "value_function"),
        ("not_a_number", "measures", 2, "capex_eur"),
        ("out_of_range", "measures", 3, "capex_eur"),
        ("id_twice", "measures", 3, "id"),
        ("unknown_id", "ratings", 3, "measure"),
    ]


def test_unknown_ids_offer_the_nearest(tmp_path):
    with pytest.raises(InputError) as caught:
        read_study(folder(tmp_path, ratings="measure,criterion,value\nA,relevence,4\nC,relevance,3\nB,relevance,9\n"))
    found = {(i.code, i.where.row, i.where.column): i.params.get("nearest") for i in caught.value.issues}
    assert found == {
        ("unknown_id", 2, "criterion"): "relevance",
        ("unknown_id", 3, "measure"): "",
        ("rating_off_scale", 4, "value"): None,
    }
    assert "Did you mean: relevance?" in str(caught.value)


def test_a_name_in_place_of_an_id_is_answered_by_the_id(tmp_path):
    measures = "id,title,municipalities\nA,Rufbus,Ismanning\nB,Radkarte,Garching\n"
    with pytest.raises(InputError) as caught:
        read_study(folder(tmp_path, measures=measures))
    assert [i.params["nearest"] for i in caught.value.issues] == ["ISM (Ismaning)", "GAR (Garching)"]


@pytest.mark.parametrize(
    ("table", "text", "code"),
    [
        ("measures", "id,title\n", "table_missing"),
        ("measures", "title\nRufbus\n", "column_missing"),
        ("measures", "id,id,title\nA,B,C\n", "column_twice"),
        ("criteria", TABLES["criteria"].replace("10000,1000000", "5,5"), "bounds_equal"),
        ("criteria", TABLES["criteria"].replace("10000,1000000", "1000000,10000"), "bounds_against_sense"),
        ("criteria", TABLES["criteria"].replace("10000,1000000", "0,10000"), "bounds_not_positive"),
        ("criteria", TABLES["criteria"].replace(",60", ",0").replace(",40", ",0"), "weights_all_zero"),
        ("criteria", TABLES["criteria"].replace(",60", ",-1"), "weight_negative"),
        ("measures", "id,title,depends_on\nA,Rufbus,B\nB,Radkarte,A\n", "circle"),
        ("ratings", "measure,criterion,value\nA,relevance,4\nA,relevance,3\n", "row_twice"),
        ("ratings", "measure,criterion,value\nA,cost,4\n", "rating_not_asked"),
        ("ratings", "measure,criterion,value,low\nA,relevance,3,4\n", "interval_reversed"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path, table, text, code):
    assert code in {issue[0] for issue in issues_of(tmp_path, **{table: text})}


def test_unknown_columns_are_kept_and_told(tmp_path):
    header = "id,title,municipalities,capex_eur,vat_deductible,Farbe\n"
    measures = header + "A,Rufbus,ISM,100000,no,rot\nB,Radkarte,ISM;GAR,20000,no,\n"
    study = read_study(folder(tmp_path, measures=measures))
    assert study.measures[0].extra_columns == (("Farbe", "rot"),)
    assert study == read_study(folder(tmp_path, measures=TABLES["measures"]))
    assert [i.code for i in check_study(study)] == ["column_unknown"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", b"\x00" * 100])
def test_bytes_that_are_no_workbook_are_an_input_error(content):
    with pytest.raises(InputError):
        read_study(content)


def test_missing_and_wrong_files_are_input_errors(tmp_path):
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for source in ("nowhere", "notes.txt", "empty"):
        with pytest.raises(InputError):
            read_study(tmp_path / source)


def test_a_rating_in_the_table_of_measures_is_named_where_it_stands(tmp_path):
    measures = "Mein Katalog,,\nid,title,Relevanz\nA,Rufbus,4\nB,Radkarte,9\nC,Bad,viel\n"
    assert issues_of(tmp_path, measures=measures, ratings="measure,criterion,value\n") == [
        ("not_a_number", "measures", 5, "Relevanz"),
        ("rating_off_scale", "measures", 4, "Relevanz"),
    ]
    measures = measures.replace("viel", "0")
    assert issues_of(tmp_path, measures=measures, ratings="measure,criterion,value\nA,relevance,3\n") == [
        ("row_twice", "measures", 3, "Relevanz"),
        ("rating_off_scale", "measures", 4, "Relevanz"),
        ("rating_off_scale", "measures", 5, "Relevanz"),
    ]


def test_a_field_of_the_study_is_named_by_its_own_row(tmp_path):
    study = "field,value\ntitle,Kleine Studie\n\nas_of,gestern\nhorizon_years,10\n"
    assert issues_of(tmp_path, study=study) == [("not_a_date", "study", 4, "as_of")]
    study = study.replace("gestern", "2025-06-30").replace("10", "-1")
    assert issues_of(tmp_path, study=study) == [("out_of_range", "study", 5, "horizon_years")]


def test_a_missing_column_is_told_at_the_header(tmp_path):
    assert issues_of(tmp_path, measures="Mein Katalog,\n\ntitle,capex_eur\nRufbus,1\n") == [
        ("column_missing", "measures", 3, "id")
    ]


def test_files_named_after_workbook_and_sheet_are_found(tmp_path):
    plain = read_study(folder(tmp_path))
    for name in TABLES:
        (tmp_path / f"{name}.csv").rename(tmp_path / f"Meine-Mappe-{name}.csv")
    assert read_study(tmp_path) == plain


def test_extensions_excel_writes_are_read_over_in_silence(tmp_path):
    extension = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="0" '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"/></ext></extLst></worksheet>'
    )
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as source, zipfile.ZipFile(saved, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"</worksheet>", extension))
    assert read_study(saved.getvalue()) == read_study(folder(tmp_path))


def test_faults_in_cells_and_across_tables_are_told_in_one_go(tmp_path):
    found = issues_of(
        tmp_path,
        measures="id,title,municipalities,capex_eur\nA,Rufbus,ISMM,viel\nB,Radkarte,GARR,20000\n",
        ratings="measure,criterion,value\nA,relevance,4\nB,relevance,drei\nB,relevanz,3\nC,relevance,9\n",
    )
    assert sorted(found) == [
        ("not_a_number", "measures", 2, "capex_eur"),
        ("not_a_number", "ratings", 3, "value"),
        ("rating_off_scale", "ratings", 5, "value"),
        ("unknown_id", "measures", 2, "municipalities"),
        ("unknown_id", "measures", 3, "municipalities"),
        ("unknown_id", "ratings", 4, "criterion"),
        ("unknown_id", "ratings", 5, "measure"),
    ]


def test_a_faulty_frame_still_has_its_other_tables_checked(tmp_path):
    found = issues_of(
        tmp_path,
        study="field,value\ntitle,Kleine Studie\nas_of,gestern\n",
        ratings="measure,criterion,value\nA,relevanz,4\nB,relevance,3\n",
    )
    assert sorted(found) == [("not_a_date", "study", 3, "as_of"), ("unknown_id", "ratings", 2, "criterion")]


def test_csv_files_handed_over_together_are_the_folder(tmp_path):
    path = folder(tmp_path)
    files = [(file.name, file.read_bytes()) for file in path.iterdir()]
    study, notes = read_files([*reversed(files), ("notes.csv", b"a;b\n")])
    assert study == read_study(path)
    assert [note.code for note in notes] == ["sheets_not_read"]
    with pytest.raises(InputError) as refused:
        read_files([*files, ("a.xlsx", b"PK")])
    assert [i.code for i in refused.value.issues] == ["files_mixed"]
    with pytest.raises(InputError) as nothing:
        read_files([("a.csv", b"x"), ("b.csv", b"x")])
    assert [i.code for i in nothing.value.issues] == ["no_tables"]
