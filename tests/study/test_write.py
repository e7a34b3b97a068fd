from datetime import date
from decimal import Decimal

import pytest

from mcda.study.model import Criterion, Programme, Study
from mcda.study.read import read_study
from mcda.study.write import workbook_bytes, write_study
from small import CRITERIA, measure, small_study


def odd_study() -> Study:
    study = small_study()
    first = measure(
        "M1",
        Decimal("34567.89"),
        title='=HYPERLINK("x"); "Anführung", Komma',
        description="zwei\nZeilen",
        units=(("ISM", Decimal("1.234")), ("GAR", Decimal(2))),
        vat_deductible=True,
        start_year=2026,
        extra_columns=(("Farbe", "rot"), ("Lfd. Zeichen", "007")),
    )
    stepped = Criterion(
        id="staff", label_de="Personal", sense="min", kind="computed", quantity="staff_fte", best=0, worst=4.125,
        value_function="piecewise", value_points=((0, 1), (1.125, 0.5), (4.125, 0)),
    )  # fmt: skip
    grant = Programme(
        id="P", name="Förderung", rate_pct=Decimal("62.5"), valid_to=date(2026, 12, 31), applicant_types=("gemeinde",)
    )
    return study.model_copy(
        update={
            "measures": (first, *study.measures[1:]),
            "criteria": (*CRITERIA, stepped),
            "programmes": (grant,),
            "study": study.study.model_copy(update={"tier_limits_pct": (20.5, 60.0), "discount_rate_pct": 1.5}),
        }
    )


@pytest.mark.parametrize("target", ["folder", "study.xlsx"])
@pytest.mark.parametrize("study", [small_study(), odd_study()], ids=["plain", "odd"])
def test_reading_what_was_written_gives_an_equal_study(tmp_path, study, target):
    write_study(study, tmp_path / target)
    again = read_study(tmp_path / target)
    assert again == study
    assert again.model_dump() == study.model_dump()
    assert again.measures[0].extra_columns == study.measures[0].extra_columns
    assert not list(tmp_path.rglob("*.part"))


def test_the_same_study_gives_the_same_bytes():
    assert workbook_bytes(odd_study()) == workbook_bytes(odd_study())
