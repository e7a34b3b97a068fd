"""The kinds of slips: how each changes a good table, and what must come of it. None: not possible in this cell."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from random import Random

from mcda.study.cells import Cell, Formula
from mcda.study.model import TABLES, Study
from mcda.study.sheets import Sheet
from mutations import (
    REFERENCES,
    Mutation,
    Spot,
    default_of,
    german,
    predicted,
    put,
    sheets_from,
    slip,
    sound,
    spots,
    value_at,
    with_rows,
)

Kind = Callable[[Study, Spot, Random], Mutation | None]

GROUP = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
"""A number that can be read in two ways."""

TEXTS = frozenset({"text", "texts", "choice", "shares", "points", "numbers"})
LIMITS: dict[str, tuple[float, ...]] = {
    "population": (-5, 0),
    "capex_eur": (-1,),
    "opex_eur_per_year": (-0.01,),
    "start_year": (25, 3025),
    "horizon_years": (0, 500),
    "voting_weight": (-1,),
    "step": (-1,),
    "lifetime_years": (0, 900),
    "decided_rank": (0, -2),
    "duration_months": (-6,),
}


def moved(study: Study, spot: Spot, cell: Cell, value: object) -> Mutation:
    """One cell changed: the study with that value; an issue if the model or a rule forbids it."""
    sheets = put(sheets_from(study), spot.table, spot.row, spot.column, cell)
    return Mutation(sheets, predicted(study, [(spot.table, spot.index, spot.field, value)]))


def unmoved(study: Study, spot: Spot, cell: Cell) -> Mutation:
    """One cell written in another way: the same study."""
    return Mutation(put(sheets_from(study), spot.table, spot.row, spot.column, cell), study)


def refused(study: Study, spot: Spot, cell: Cell, *codes: str) -> Mutation:
    """One cell changed into something that must be an issue at its place."""
    sheets = put(sheets_from(study), spot.table, spot.row, spot.column, cell)
    return Mutation(sheets, None, frozenset(codes), spot.place)


def deleted_cell(study: Study, spot: Spot, random: Random) -> Mutation | None:
    default = default_of(spot)
    return None if default == value_at(study, spot) else moved(study, spot, None, default)


def deleted_row(study: Study, spot: Spot, random: Random) -> Mutation | None:
    content = getattr(study, spot.table)
    sheets = with_rows(sheets_from(study), spot.table, lambda rows: rows.pop(spot.row - 1))
    if spot.table == "study":
        default = default_of(spot)
        is_plain = default == value_at(study, spot)
        return None if is_plain else Mutation(sheets, predicted(study, [("study", 0, spot.field, default)]))
    if len(content) == 1:
        return None
    return Mutation(
        sheets, sound(study.model_copy(update={spot.table: content[: spot.index] + content[spot.index + 1 :]}))
    )


def doubled_row(study: Study, spot: Spot, random: Random) -> Mutation:
    sheets = with_rows(sheets_from(study), spot.table, lambda rows: rows.insert(spot.row, rows[spot.row - 1]))
    return Mutation(sheets, None, frozenset({"id_twice", "row_twice", "column_twice"}), (spot.table, spot.row + 1))


def other_locale(study: Study, spot: Spot, random: Random) -> Mutation | None:
    if spot.is_number:
        text = german(spot.cell)
        grouped = spot.kind == "integer" and not text.endswith("000")
        if GROUP.fullmatch(text) and not grouped:
            return refused(study, spot, text, "ambiguous_number")
        return unmoved(study, spot, text)
    if isinstance(spot.cell, datetime):
        return unmoved(study, spot, f"{spot.cell:%d.%m.%Y}")
    return unmoved(study, spot, {"yes": "Ja", "no": "nein"}[str(spot.cell)]) if spot.kind == "bool" else None


def with_currency(study: Study, spot: Spot, random: Random) -> Mutation | None:
    if not spot.is_number:
        return None
    text = f"{german(spot.cell)},00 €" if isinstance(spot.cell, int) else f"{german(spot.cell)}0 EUR"
    if "eur" in spot.field:
        return unmoved(study, spot, text)
    return refused(study, spot, text, "not_money") if spot.kind == "integer" or "pct" in spot.field else None


def with_other_unit(study: Study, spot: Spot, random: Random) -> Mutation | None:
    words = (
        f"{spot.cell} T€",
        f"ca. {spot.cell}",
        f"{spot.cell} h",
        f"{spot.cell}?",
        f"~{spot.cell}",
        "viel",
        "k.A.",
        "-",
    )
    return (
        refused(study, spot, random.choice(words), "not_a_number", "not_stated", "not_money")
        if spot.is_number
        else None
    )


def out_of_scale(study: Study, spot: Spot, random: Random) -> Mutation | None:
    if not spot.is_number:
        return None
    if (spot.table, spot.field) == ("ratings", "value"):
        return refused(study, spot, random.choice((0, 6, 99, -3, 5.5)), "rating_off_scale")
    if spot.field.endswith("_pct"):
        return refused(study, spot, random.choice((140, -5, 0.4)), "out_of_range", "percent_below_one")
    return refused(study, spot, random.choice(LIMITS[spot.field]), "out_of_range") if spot.field in LIMITS else None


def factor_slipped(study: Study, spot: Spot, random: Random) -> Mutation | None:
    if not isinstance(spot.cell, int) or not spot.is_number or spot.cell == 0:
        return None
    cell = spot.cell * random.choice((10, 100, 1000, -1))
    return moved(study, spot, cell, float(cell) if spot.kind == "number" else cell)


def digit_slipped(study: Study, spot: Spot, random: Random) -> Mutation | None:
    if not isinstance(spot.cell, int) or not spot.is_number:
        return None
    if spot.field.endswith("_pct") and spot.cell == 0:
        return refused(study, spot, 1, "percent_below_one")
    return moved(study, spot, spot.cell + 1, float(spot.cell + 1) if spot.kind == "number" else spot.cell + 1)


def swapped_rows(study: Study, spot: Spot, random: Random) -> Mutation | None:
    same = (s for s in spots(study) if (s.table, s.field) == (spot.table, spot.field))
    others = [s for s in same if s.cell != spot.cell]
    if not others or spot.table == "study":
        return None
    other = random.choice(others)
    sheets = put(sheets_from(study), spot.table, spot.row, spot.column, other.cell)
    sheets = put(sheets, spot.table, other.row, other.column, spot.cell)
    content = list(getattr(study, spot.table))
    values = value_at(study, spot), value_at(study, other)
    content[spot.index] = content[spot.index].model_copy(update={spot.field: values[1]})
    content[other.index] = content[other.index].model_copy(update={spot.field: values[0]})
    return Mutation(sheets, sound(study.model_copy(update={spot.table: tuple(content)})))


def swapped_columns(study: Study, spot: Spot, random: Random) -> Mutation | None:
    """Two cells of a row: a text may stand in the other's place, seen in every list; a number, date or id may not."""
    row = (s for s in spots(study) if s.place == spot.place)
    others = [s for s in row if str(s.cell) != str(spot.cell)]
    if not others or spot.table == "study":
        return None
    other = random.choice(others)
    sheets = put(sheets_from(study), spot.table, spot.row, spot.column, other.cell)
    return Mutation(put(sheets, spot.table, other.row, other.column, spot.cell), None, moves=True)


def misspelt_reference(study: Study, spot: Spot, random: Random) -> Mutation | None:
    if spot.field not in REFERENCES.get(spot.table, ()):
        return None
    ids = str(spot.cell).split(";")
    place = random.randrange(len(ids))
    ids[place] = slip(ids[place], random)
    return refused(study, spot, ";".join(ids), "unknown_id")


def misspelt_rater(study: Study, spot: Spot, random: Random) -> Mutation | None:
    """A rater may be a role nobody declared: told, and their voice counts apart."""
    if (spot.table, spot.field) != ("ratings", "rater"):
        return None
    word = slip(str(spot.cell), random)
    return replace(moved(study, spot, word, word), told="rater_unknown")


def misspelt_id(study: Study, spot: Spot, random: Random) -> Mutation | None:
    word = slip(str(spot.cell), random)
    return moved(study, spot, word, word) if spot.field == "id" else None


def misspelt_choice(study: Study, spot: Spot, random: Random) -> Mutation | None:
    return refused(study, spot, f"{spot.cell}x", "not_a_choice") if spot.kind == "choice" else None


def misspelt_yes(study: Study, spot: Spot, random: Random) -> Mutation | None:
    return (
        refused(study, spot, random.choice(("jaa", "?", "vielleicht")), "not_yes_or_no")
        if spot.kind == "bool"
        else None
    )


def misspelt_text(study: Study, spot: Spot, random: Random) -> Mutation | None:
    refers = spot.field == "id" or spot.field in REFERENCES.get(spot.table, ()) or spot.field == "rater"
    word = f"{spot.cell} x"
    return moved(study, spot, word, word) if spot.kind == "text" and not refers else None


def misspelt_header(study: Study, spot: Spot, random: Random) -> Mutation | None:
    word = slip(spot.field, random)
    return None if word.casefold() == spot.field else _header(study, spot, word)


def foreign_header(study: Study, spot: Spot, random: Random) -> Mutation:
    return _header(study, spot, "Zzyzx")


def _header(study: Study, spot: Spot, word: str) -> Mutation:
    """A header nobody knows: an issue if it is nearly known or needed, else told, and its column rests."""
    sheets = _with_header(study, spot, word)
    codes = frozenset({"column_misspelt", "column_missing"})
    if spot.is_required:
        return Mutation(sheets, None, codes)
    column = [s for s in spots(study) if (s.table, s.field) == (spot.table, spot.field)]
    expected = predicted(study, [(s.table, s.index, s.field, default_of(s)) for s in column])
    return Mutation(sheets, expected, codes if expected else frozenset(), told="column_unknown", or_issue=True)


def deleted_header(study: Study, spot: Spot, random: Random) -> Mutation:
    return Mutation(_with_header(study, spot, None), None, frozenset({"column_nameless"}))


def _with_header(study: Study, spot: Spot, word: str | None) -> list[Sheet]:
    row, column = (spot.row, 0) if spot.table == "study" else (1, spot.column)
    return put(sheets_from(study), spot.table, row, column, word)


def failed_cell(study: Study, spot: Spot, random: Random) -> Mutation:
    return refused(study, spot, random.choice(("#DIV/0!", "#NV", "#REF!", "Err:502", "NaN")), "cell_failed")


def formula(study: Study, spot: Spot, random: Random) -> Mutation:
    return refused(study, spot, Formula("=1+1"), "formula")


def date_for_text(study: Study, spot: Spot, random: Random) -> Mutation | None:
    return refused(study, spot, datetime(2026, 2, 1), "changed_value") if spot.kind in TEXTS else None


def date_for_number(study: Study, spot: Spot, random: Random) -> Mutation | None:
    return refused(study, spot, datetime(2026, 2, 1), "not_a_number") if spot.is_number else None


def wrong_date(study: Study, spot: Spot, random: Random) -> Mutation | None:
    words = ("31.02.2026", "12/31/2026", "Ende 2026", 46387, "2026", "31.12.26.")
    return refused(study, spot, random.choice(words), "not_a_date") if spot.kind == "date" else None


def blanks_around(study: Study, spot: Spot, random: Random) -> Mutation | None:
    if isinstance(spot.cell, str) or (isinstance(spot.cell, int) and spot.is_number):
        return unmoved(study, spot, f"\u00a0 {spot.cell}\u200b ")
    return None


def shifted_row(study: Study, spot: Spot, random: Random) -> Mutation | None:
    """All cells of a row from this one on stand one column further right."""
    if spot.table == "study":
        return None

    def shift(rows: list[tuple[Cell, ...]]) -> None:
        cells = rows[spot.row - 1]
        rows[spot.row - 1] = (*cells[: spot.column], None, *cells[spot.column :])

    return Mutation(with_rows(sheets_from(study), spot.table, shift), None, moves=True)


def turned_columns(study: Study, spot: Spot, random: Random) -> Mutation | None:
    if spot.table == "study":
        return None
    order = list(range(len(next(s for s in sheets_from(study) if s.name == spot.table).rows[0][1])))
    random.shuffle(order)

    def turn(rows: list[tuple[Cell, ...]]) -> None:
        rows[:] = [tuple(cells[i] for i in order) for cells in rows]

    return Mutation(with_rows(sheets_from(study), spot.table, turn), study)


def sum_below(study: Study, spot: Spot, random: Random) -> Mutation | None:
    if not spot.is_number or spot.table == "study":
        return None

    def add(rows: list[tuple[Cell, ...]]) -> None:
        first = 0 if spot.column else 1
        rows.append(tuple("Summe" if i == first else 1 if i == spot.column else None for i in range(len(rows[0]))))

    # Below one name and one number nothing that is required stays empty: the row is then told as a wrong id.
    needed = {name for name, field in TABLES[spot.table].model_fields.items() if field.is_required()}
    told = needed == {"programme", spot.field}
    return Mutation(with_rows(sheets_from(study), spot.table, add), study, or_issue=told)


KINDS: Sequence[Kind] = (
    deleted_cell, deleted_row, doubled_row, other_locale, with_currency, with_other_unit, out_of_scale, factor_slipped,
    digit_slipped, swapped_rows, swapped_columns, misspelt_reference, misspelt_rater, misspelt_id, misspelt_choice,
    misspelt_yes, misspelt_text, misspelt_header, foreign_header, deleted_header, failed_cell, formula, date_for_text,
    date_for_number, wrong_date, blanks_around, shifted_row, turned_columns, sum_below,
)  # fmt: skip
