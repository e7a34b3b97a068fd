"""Nothing goes in wrong without a word: traps that a tolerant reader could fall into."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from mcda.errors import InputError
from mcda.study.model import Rating
from mcda.study.read import read_study, read_with_notes
from mcda.study.rules import check_study
from mcda.study.write import workbook_bytes, write_study
from small import measure, small_study
from small_tables import SMALL, folder, places, rows_of, small_workbook, workbook


def measures(*costs: str, column: str = "capex_eur", separator: str = ",") -> str:
    quoted = [f'"{cost}"' if separator in cost else cost for cost in costs]
    rows = "".join(f"{name}{separator}{name}{separator}{cost}\n" for name, cost in zip("AB", quoted, strict=False))
    return separator.join(("id", "title", column)) + "\n" + rows


def costs(study) -> list[Decimal]:
    return [m.capex_eur for m in study.measures]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("cost", ["1.234", "1,234"])
def test_one_sign_before_three_digits_is_asked_about_in_every_dialect(tmp_path, separator, cost):
    found = places(folder(tmp_path, measures=measures(cost, "20000", separator=separator)))
    assert found == [("ambiguous_number", "measures", 2, "capex_eur")]


@pytest.mark.parametrize(("other", "meant"), [("1.234,50", 1234), ("0,5", 1234), ("1,234.50", 1.234), ("0.5", 1.234)])
def test_the_column_decides_what_a_sign_means(tmp_path, other, meant):
    study = read_study(folder(tmp_path, measures=measures("1.234", other, separator=";")))
    assert costs(study)[0] == Decimal(str(meant))


def test_other_columns_of_a_text_file_decide_where_the_column_does_not(tmp_path):
    text = "id;title;capex_eur;staff_fte\nA;Rufbus;100.000;0,5\nB;Radkarte;20.000;1\n"
    assert costs(read_study(folder(tmp_path, measures=text))) == [100000, 20000]
    rows = [cell.split(";") for cell in text.splitlines()]
    typed_by_hand = small_workbook(measures=[[c or None for c in row] for row in rows])
    assert [p[0] for p in places(typed_by_hand)] == ["ambiguous_number", "ambiguous_number"]


def test_columns_of_a_text_file_that_contradict_decide_nothing(tmp_path):
    text = "id;title;capex_eur;staff_fte;opex_eur_per_year\nA;Rufbus;100.000;0,5;2.5\nB;Radkarte;20000;1;3\n"
    assert [p[0] for p in places(folder(tmp_path, measures=text))] == ["ambiguous_number"]


def test_inhabitants_are_whole_so_the_sign_groups(tmp_path):
    text = "id;name;population\nISM;Ismaning;18.043\nGAR;Garching;17.000\n"
    study = read_study(folder(tmp_path, municipalities=text))
    assert [m.population for m in study.municipalities] == [18043, 17000]


def test_wide_ratings_follow_their_columns_decimal_sign(tmp_path):
    wide = "id;title;capex_eur;Relevanz\nA;Rufbus;1;3,25\nB;Radkarte;2;4,125\n"
    study = read_study(folder(tmp_path, measures=wide, ratings=""))
    assert [r.value for r in study.ratings] == [3.25, 4.125]


def test_written_numbers_with_three_decimals_read_back(tmp_path):
    study = small_study(measures=(measure("M1", Decimal("1.125"), staff_fte=1.125),), ratings=())
    write_study(study, tmp_path / "folder")
    assert read_study(tmp_path / "folder") == study


def test_a_date_made_of_an_id_is_told():
    rows = rows_of(SMALL["measures"])
    rows[1][0] = date(2025, 10, 1)
    assert places(small_workbook(measures=rows)) == [("changed_value", "measures", 2, "id")]


def measures_of(study) -> list[tuple[str, str, int]]:
    return [(m.id, m.title, int(m.capex_eur)) for m in study.measures]


PLAIN = [("A", "Rufbus", 100000), ("B", "Radkarte", 20000)]


@pytest.mark.parametrize("column", ["", "  ", "\u200b"])
def test_a_column_without_a_header_is_told(tmp_path, column):
    text = f"id,title,{column}\nA,Rufbus,\nB,Radkarte,20000\n"
    assert places(folder(tmp_path, measures=text)) == [("column_nameless", "measures", 3, "C")]


def test_a_row_shifted_by_a_decimal_comma_is_told(tmp_path):
    text = "id,title,capex_eur\nA,Rufbus,100000\nB,Radkarte,20000,50\n"
    assert places(folder(tmp_path, measures=text)) == [("column_nameless", "measures", 3, "D")]


def test_a_header_nearly_known_is_told_and_a_foreign_one_kept(tmp_path):
    text = "id,title,Investiton EUR,Bearbeiter\nA,Rufbus,100000,MK\nB,Radkarte,20000,MK\n"
    assert places(folder(tmp_path, measures=text)) == [("column_misspelt", "measures", 1, "Investiton EUR")]
    study = read_study(folder(tmp_path, measures=text.replace("Investiton", "Investition")))
    assert measures_of(study) == PLAIN
    assert study.measures[0].extra_columns == (("Bearbeiter", "MK"),)


def test_a_field_of_the_study_nearly_known_is_told(tmp_path):
    text = SMALL["study"] + "horizon_yeers,15\n"
    assert places(folder(tmp_path, study=text)) == [("column_misspelt", "study", 4, "horizon_yeers")]


def test_two_foreign_columns_of_one_name_are_both_kept(tmp_path):
    text = "id,title,Notiz,Notiz\nA,Rufbus,eins,zwei\n"
    extra = read_study(folder(tmp_path, measures=text, ratings="")).measures[0].extra_columns
    assert extra == (("Notiz", "eins"), ("Notiz (2)", "zwei"))


def test_of_two_columns_of_remarks_the_first_is_the_remark_and_both_are_kept(tmp_path):
    text = "id,title,Bemerkung,Bemerkung\nA,Rufbus,eins,zwei\n"
    study = read_study(folder(tmp_path, measures=text, ratings=""))
    assert (study.measures[0].remark, study.measures[0].extra_columns) == ("eins", (("Bemerkung", "zwei"),))
    again = read_study(workbook_bytes(study)).measures[0]
    assert (again.remark, again.extra_columns) == ("eins", (("Bemerkung", "zwei"),))


@pytest.mark.parametrize("name", ["Bewertung", "Bewertungen Workshop", "ratigns", "ratings_2026"])
def test_a_sheet_nearly_named_as_a_missing_table_is_told(name):
    tables = {table: rows_of(text) for table, text in SMALL.items()}
    tables[name] = tables.pop("ratings")
    assert [p[:2] for p in places(workbook(tables))] == [("sheet_unknown", name)]


def test_a_file_nearly_named_as_a_missing_table_is_told(tmp_path):
    folder(tmp_path, ratings="")
    (tmp_path / "ratings (1).csv").write_text(SMALL["ratings"], encoding="utf-8")
    assert places(tmp_path) == [("sheet_unknown", "ratings (1)", None, "")]


def test_other_sheets_and_sums_are_left_out_with_a_note():
    rows = rows_of(SMALL["measures"])
    content = small_workbook(measures=[*rows, ["Summe", None, None, 120000]], Anleitung=[["Bitte lesen"]], Leer=[])
    study, notes = read_with_notes(content)
    assert measures_of(study) == PLAIN
    assert [(n.code, n.level, n.where.row) for n in notes] == [
        ("sheets_not_read", "note", None), ("totals_row_skipped", "note", 4)
    ]  # fmt: skip
    assert notes[0].params["sheets"] == ("Anleitung",)


def test_a_measure_whose_title_begins_like_a_sum_is_a_measure(tmp_path):
    text = "title,id,capex_eur\nGesamt-Verkehrskonzept,A,100000\nTotal digital,B,20000\nGesamtsumme:,,120000\n"
    assert [m.title for m in read_study(folder(tmp_path, measures=text)).measures] == [
        "Gesamt-Verkehrskonzept", "Total digital"
    ]  # fmt: skip
    text = text.replace("Gesamt-Verkehrskonzept,A", "Gesamt-Verkehrskonzept,")
    assert ("cell_missing", "measures", 2, "id") in places(folder(tmp_path, measures=text))


def test_the_header_repeated_on_every_page_is_passed_over(tmp_path):
    text = "id,title,capex_eur\nA,Rufbus,100000\nid,title,capex_eur\nB,Radkarte,20000\n"
    assert measures_of(read_study(folder(tmp_path, measures=text))) == PLAIN


def test_a_second_table_on_the_sheet_is_told(tmp_path):
    text = "id,title,capex_eur,,\nA,Rufbus,100000,,\nid,title,theme,lead,capex_eur\nB,Radkarte,M,ISM,20000\n"
    assert ("header_twice", "measures", 3, "") in places(folder(tmp_path, measures=text))


def test_texts_merged_downwards_hold_for_every_row_and_numbers_are_told():
    def merged(cells: str) -> bytes:
        book = load_workbook(io.BytesIO(small_workbook()))
        sheet = book["measures"]
        for n, word in enumerate(("id", "title", "theme", "capex_eur"), start=1):
            sheet.cell(1, n, word)
        sheet["C2"], sheet["C3"], sheet["D2"], sheet["E1"] = "Verkehr", None, 100000, None
        sheet["E2"], sheet["E3"] = None, None
        sheet.merge_cells(cells)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    assert [m.theme for m in read_study(merged("C2:C3")).measures] == ["Verkehr", "Verkehr"]
    assert places(merged("D2:D3")) == [("merged_cells", "measures", 2, "capex_eur")]


def test_a_column_of_costs_named_as_the_computed_criterion_is_told(tmp_path):
    text = "id,title,Kosten\nA,Rufbus,100000\nB,Radkarte,20000\n"
    assert places(folder(tmp_path, measures=text)) == [("rating_not_asked", "measures", 1, "Kosten")]


def test_a_rating_column_named_as_a_column_of_the_table_is_told(tmp_path):
    criteria = SMALL["criteria"].replace("Relevanz", "Standort")
    text = "id,title,location\nA,Rufbus,4\nB,Radkarte,2\n"
    assert places(folder(tmp_path, measures=text, criteria=criteria, ratings="")) == []
    criteria = criteria.replace("Standort", "location")
    assert places(folder(tmp_path, measures=text, criteria=criteria, ratings="")) == [
        ("column_ambiguous", "measures", 1, "location")
    ]
    assert places(folder(tmp_path, measures=text.replace(",4", ",Garching"), criteria=criteria, ratings="")) == []


def test_two_columns_for_one_criterion_are_told(tmp_path):
    text = "id,title,Relevanz,relevance\nA,Rufbus,4,2\nB,Radkarte,2,1\n"
    assert places(folder(tmp_path, measures=text, ratings="")) == [("column_twice", "measures", 1, "relevance")]


def test_ratings_with_one_column_per_criterion_mean_the_same(tmp_path):
    wide = "Maßnahme;Bewertet von;Relevanz\nA;ISM;4,5\nB;ISM;3\n"
    long = "measure,rater,criterion,value\nA,ISM,relevance,4.5\nB,ISM,relevance,3\n"
    assert read_study(folder(tmp_path, ratings=wide)) == read_study(folder(tmp_path, ratings=long))
    assert places(folder(tmp_path, ratings=wide.replace("4,5", "7").replace("B;ISM", "C;ISM"))) == [
        ("unknown_id", "ratings", 3, "Relevanz"), ("rating_off_scale", "ratings", 2, "Relevanz")
    ]  # fmt: skip


def test_a_study_written_in_any_column_and_with_a_title_reads_the_same(tmp_path):
    plain = read_study(folder(tmp_path, study=SMALL["study"] + "horizon_years,15\n"))
    for text in (
        ";Angaben;;\n;title;Kleine Studie;\n;as_of;30.06.2025;bitte prüfen\n;horizon_years;15;Jahre\n",
        "Unsere Studie;;\nFeld;Hinweis;Wert\nTitel;kurz;Kleine Studie\nStichtag;;30.06.2025\nhorizon_years;;15\n",
        "title;as_of;horizon_years\nKleine Studie;30.06.2025;15\n",
        "Unsere Studie;;\ntitle;as_of;horizon_years\nKleine Studie;30.06.2025;15\n",
    ):
        assert read_study(folder(tmp_path, study=text)) == plain, text


def test_a_second_study_is_told(tmp_path):
    text = "title;as_of;region\nKleine Studie;30.06.2025;Nord\nAlte Studie;30.06.2024;Nord\n"
    assert places(folder(tmp_path, study=text)) == [("study_twice", "study", 3, "")]


def test_faults_that_only_follow_from_another_are_not_told(tmp_path):
    levels = "criterion,value,label_de\nrelevance,,hoch\nrelevance,9,zu hoch\n"
    assert places(folder(tmp_path, levels=levels)) == [
        ("cell_missing", "levels", 2, "value"), ("rating_off_scale", "levels", 3, "value")
    ]  # fmt: skip
    criteria = SMALL["criteria"].replace("10000,", "viel,")
    assert places(folder(tmp_path, levels="", criteria=criteria)) == [("not_a_number", "criteria", 3, "best")]


def test_a_missing_column_does_not_hide_other_faults(tmp_path):
    text = "title,capex_eur\nRufbus,viel\n"
    found = places(folder(tmp_path, measures=text))
    assert found == [("column_missing", "measures", 1, "id"), ("not_a_number", "measures", 2, "capex_eur")]


def test_fields_the_study_does_not_know_are_told(tmp_path):
    study = read_study(folder(tmp_path, study=SMALL["study"] + "Bearbeiter,MK\n"))
    assert study.study.extra_columns == (("Bearbeiter", "MK"),)
    assert [(i.code, i.where.table) for i in check_study(study)] == [("column_unknown", "study")]


def test_a_criterion_below_itself_is_told_and_not_followed_forever(tmp_path):
    criteria = SMALL["criteria"] + "relevance,relevance,Relevanz,max,given,,5,1,1,linear,60\n"
    found = {p[0] for p in places(folder(tmp_path, criteria=criteria))}
    assert {"id_twice", "circle"} <= found


def test_a_role_misspelt_once_among_many_ratings_is_told():
    raters = ("planning_team", "planning_team", "planning_team", "Planning_teem")
    ratings = tuple(Rating(measure=f"M{n}", criterion="goals", rater=who, value=3) for n, who in enumerate(raters, 1))
    assert [i.params["raters"] for i in check_study(small_study(ratings=ratings)) if i.code == "rater_unknown"] == [
        ("Planning_teem",)
    ]
    jury = tuple(replace_rater(r, f"jury_{n % 2}") for n, r in enumerate(ratings))
    assert "rater_unknown" not in {i.code for i in check_study(small_study(ratings=jury))}


def replace_rater(rating: Rating, rater: str) -> Rating:
    return rating.model_copy(update={"rater": rater})


@pytest.mark.parametrize("text", ["population\nISM,Ismaning,18.043 €\n", "voting_weight\nISM,Ismaning,2 EUR\n"])
def test_money_where_none_belongs_is_told(tmp_path, text):
    found = places(folder(tmp_path, municipalities=f"id,name,{text}GAR,Garching,1\n"))
    assert [p[0] for p in found] == ["not_money"]


def test_a_value_of_the_study_without_its_field_is_told(tmp_path):
    assert places(folder(tmp_path, study=SMALL["study"] + ",15\n")) == [("column_nameless", "study", 4, "")]


def test_an_empty_sheet_of_a_table_is_no_fault():
    assert places(small_workbook(ratings=[], programmes=[])) == []
    assert places(small_workbook(measures=[])) == [("table_missing", "measures", None, "")]


@pytest.mark.parametrize(("cost", "staff"), [("120.000", "0.5"), ("120,000", "0,5")])
def test_no_other_column_makes_decimals_of_grouped_thousands(tmp_path, cost, staff):
    text = f"id;title;capex_eur;staff_fte\nA;Rufbus;{cost};{staff}\nB;Radkarte;20000;1\n"
    assert places(folder(tmp_path, measures=text)) == [("ambiguous_number", "measures", 2, "capex_eur")]


def test_inhabitants_stay_thousands_beside_a_latitude_with_a_point(tmp_path):
    text = "id;name;population;latitude\nISM;Ismaning;18.000;48.2267\nGAR;Garching;17.000;48.249\n"
    found = places(folder(tmp_path, municipalities=text))
    assert [place[0] for place in found] == ["ambiguous_number", "ambiguous_number"]


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\ufeff", "\u00ad"])
def test_what_is_not_seen_makes_no_other_id(tmp_path, unseen):
    text = SMALL["measures"].replace("A,Rufbus,ISM", f"A{unseen},Ruf{unseen}bus,I{unseen}SM")
    study = read_study(folder(tmp_path, measures=text))
    assert (study.measures[0].id, study.measures[0].title, study.measures[0].municipalities) == (
        "A",
        "Rufbus",
        ("ISM",),
    )


def test_a_header_behind_a_byte_order_mark_is_the_header_again(tmp_path):
    header = SMALL["measures"].splitlines()[0]
    study = read_study(folder(tmp_path, measures=SMALL["measures"] + f"\ufeff{header}\n"))
    assert len(study.measures) == 2


@pytest.mark.parametrize("separator", [", ", " / ", " und ", " + "])
def test_ids_between_other_signs_are_answered_with_semicolons(tmp_path, separator):
    text = SMALL["measures"].replace("ISM;GAR", f'"ISM{separator}Garching"')
    with pytest.raises(InputError) as told:
        read_study(folder(tmp_path, measures=text))
    assert [i.params["nearest"] for i in told.value.issues] == ["ISM;GAR"]


@pytest.mark.parametrize(
    ("written", "code", "meant"),
    [
        ("ca. 50.000,00 €", "not_a_number", "50000"),
        ("1,2 Mio. €", "not_a_number", "1200000"),
        ("34,5 TEUR", "not_a_number", "34500"),
        ("120.000 TEUR", "not_a_number", ""),
        ("50-60 T€", "not_a_number", ""),
        ("(34.567,89)", "not_a_number", ""),
        ("k. A.", "not_stated", ""),
        ("n/a", "not_stated", ""),
        ("–", "not_stated", ""),
    ],
)
def test_a_cost_that_is_no_number_is_answered_with_what_it_means(tmp_path, written, code, meant):
    with pytest.raises(InputError) as told:
        read_study(folder(tmp_path, measures=measures(written, "20000", separator=";")))
    assert [(i.code, i.params["nearest"]) for i in told.value.issues] == [(code, meant)]
