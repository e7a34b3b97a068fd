"""Nothing goes in wrong without a word: traps that a tolerant reader could fall into."""

from datetime import date
from decimal import Decimal

import pytest

from mcda.study.read import read_study
from mcda.study.write import write_study
from small import measure, small_study
from small_tables import SMALL, folder, places, rows_of, small_workbook


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
    assert ("changed_value", "measures", 2, "id") in places(small_workbook(measures=rows))
