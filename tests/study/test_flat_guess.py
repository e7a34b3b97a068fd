"""What columns are taken for: by header, by content, and what is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flat_lists import DAY, look, questions
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, has_text, text
from mcda.study.cells import Formula, Percent
from mcda.study.flat import answered, assign, flat_study, recognise, suggested
from mcda.study.flat.headings import heading
from mcda.study.flat.scales import point_range, point_scale, word_scale
from mcda.study.sheets import Sheet


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Lfd. Nr.", "id"),
        ("Maßnahmen-Nr.", "id"),
        ("Massnahme", "title"),
        ("Projekttitel", "title"),
        ("Bezeichnung der Maßnahme", "title"),
        ("Kurzbeschreibung", "description"),
        ("Ausgangslage / Problem", "situation"),
        ("Ziel", "goal"),
        ("Zielgruppe(n)", "target_group"),
        ("Arbeitsschritte / Meilensteine", "milestones"),
        ("Indikator (KPI)", "indicator"),
        ("Synergien", "synergies"),
        ("Risiken und Hemmnisse", "risks"),
        ("Rechtsgrundlage", "legal_basis"),
        ("Zielbeitrag", "relevance"),
        ("Risikobewertung", "risks"),
        ("Handlungsfeld", "theme"),
        ("Maßnahmentyp", "category"),
        ("Federführung / Ansprechpartner", "lead"),
        ("Partnerkommunen", "municipalities"),
        ("Partner und Akteure", "partners"),
        ("Beteiligte Kommune(n)", "municipalities"),
        ("Gesamtkosten (brutto)", "capex"),
        ("Investitionskosten in €", "capex"),
        ("Projektkosten", "capex"),
        ("Folgekosten p.a.", "opex"),
        ("Laufende Kosten", "opex"),
        ("Zuschuss", "grant"),
        ("Fördersatz in %", "funding_rate"),
        ("Förderfähigkeit", "funding"),
        ("Fördermöglichkeiten", "programme"),
        ("Eigenanteil", "own"),
        ("Relevanz", "relevance"),
        ("Priorität", "relevance"),
        ("Strategischer Nutzen", "relevance"),
        ("Dringlichkeit", "relevance"),
        ("Umsetzbarkeit", "feasibility"),
        ("Machbarkeit", "feasibility"),
        ("Personalaufwand", "feasibility"),
        ("Zeithorizont", "time_horizon"),
        ("Projektstart", "start"),
        ("Umsetzungsdauer", "duration"),
        ("Personal (VZÄ)", "staff"),
        ("Bemerkungen", "remark"),
        ("Gesamtpunktzahl", "result"),
        ("Summe", "result"),
        ("Rang", "rank"),
        ("Measure", "title"),
        ("Field of action", "theme"),
        ("Running cost per year", "opex"),
        ("Feasibility", "feasibility"),
        ("Umsetzbarkiet", "feasibility"),
        ("Handlungsfled", "theme"),
        ("Wetter", ""),
    ],
)
def test_headers_mean_what_planners_mean(header, meaning):
    assert heading(header).key == meaning


@pytest.mark.parametrize(
    ("header", "basis", "factor", "scale"),
    [
        ("Kosten (€)", None, 1, None),
        ("Kosten in Tsd. € (netto)", "net", 1_000, None),
        ("Investition TEUR inkl. MwSt.", "gross", 1_000, None),
        ("Kosten [Mio. €]", None, 1_000_000, None),
        ("Kosten netto/brutto", None, None, None),
        ("Relevanz (1-5)", None, None, (1, 5)),
        ("Nutzen 0 bis 10", None, None, (0, 10)),
        ("Aufwand (1 = gering, 3 = hoch)", None, None, (1, 3)),
        ("Kosten 2026-2028", None, None, None),
    ],
)
def test_units_and_scales_are_read_from_headers(header, basis, factor, scale):
    found = heading(header)
    assert (found.basis, found.factor, found.scale) == (basis, factor, scale)


@pytest.mark.parametrize(
    ("header", "better"),
    [
        ("Aufwand (1 = gering, 5 = hoch)", "less"),
        ("Aufwand (1 = sehr hoch, 5 = gering)", "more"),
        ("Nutzen (1 = gering, 5 = hoch)", "more"),
        ("Priorität (1 = hoch, 3 = niedrig)", "less"),
        ("Bewertung (1 = sehr gut, 6 = ungenügend)", "less"),
        ("Aufwand (1 = schwer, 5 = leicht)", "more"),
        ("Nutzen (1-5)", None),
    ],
)
def test_a_header_that_words_its_ends_tells_the_better_one(header, better):
    assert heading(header).better == better


@pytest.mark.parametrize(
    ("cells", "low", "high", "levels"),
    [
        (["++", "o", "--", "+"], 1, 5, [5, 3, 1, 4]),
        (["+", "o", "–", "+"], 1, 3, [3, 2, 1, 3]),
        (["+++", "+", "++"], 1, 3, [3, 1, 2]),
        (["hoch", "Mittel", "gering"], 1, 3, [3, 2, 1]),
        (["sehr hoch", "mittel", "gering"], 1, 5, [5, 3, 2]),
        (["★★★", "★", "★★"], 1, 3, [3, 1, 2]),
        (["★★★☆☆", "★☆☆☆☆", "★★★★★"], 1, 5, [3, 1, 5]),
        (["grün", "gelb", "rot"], 1, 3, [3, 2, 1]),
        (["A", "B", "C"], 1, 3, [1, 2, 3]),
        (["ja", "nein", "zu prüfen", "ja"], 1, 3, [3, 1, None, 3]),
        (["leicht", "mittel", "schwer"], 1, 3, [3, 2, 1]),
        (["gut", "sehr gut", "schlecht"], 1, 5, [4, 5, 2]),
    ],
)
def test_scales_of_words_and_signs(cells, low, high, levels):
    from mcda.study.flat.values import level_word

    scale = word_scale(cells)
    assert scale is not None
    words = dict(scale.words)
    assert (scale.low, scale.high, [words[level_word(c)] for c in cells]) == (low, high, levels)


@pytest.mark.parametrize(
    "cells", [["Rufbus", "Radkarte"], [1, 2], ["-", "x"], ["-", "-"], [], ["hoch", "Rufbus", "WLAN"]]
)
def test_other_columns_are_no_scale_of_words(cells):
    assert word_scale(cells) is None


@pytest.mark.parametrize(
    ("columns", "low", "high", "sure"),
    [
        ([[1, 5, 3]], 1, 5, True),
        ([[2, 4, 3]], 1, 5, False),
        ([[1, 2, 3], [1, 5, 5]], 1, 5, True),
        ([[0, 3, 2]], 0, 3, True),
        ([[1, 6, 3]], 1, 6, True),
        ([[0, 10, 5]], 0, 10, True),
        ([["4 (dringend)", 1, "k.A."]], 1, 5, False),
    ],
)
def test_scales_of_points(columns, low, high, sure):
    points = [p for c in columns if (p := point_range(c)) is not None]
    scale = point_scale(points)
    assert (scale.low, scale.high, scale.sure) == (low, high, sure)


def test_a_point_far_out_is_not_taken_for_a_larger_scale():
    points = [n % 5 + 1 for n in range(19)]
    alone = look("Maßnahme;Relevanz\n" + "".join(f"Projekt {n};{p}\n" for n, p in enumerate([*points, 55])))
    assert alone.columns[1].question is not None
    assert (alone.columns[1].question.code, alone.columns[1].question.must) == ("scale", True)
    rows = "".join(f"Projekt {n};{p};{q}\n" for n, (p, q) in enumerate(zip([*points, 5], [*points, 55], strict=True)))
    beside = look("Maßnahme;Relevanz;Nutzen\n" + rows)
    assert [(c.assigned.low, c.assigned.high) for c in beside.columns[1:]] == [(1, 5), (1, 5)]


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ("Maßnahme;Bewertung 1-6\nA;1\nB;6\nC;3\n", {"Bewertung 1-6": ["direction", "rating"]}),
        ("Maßnahme;Risiko\nA;1\nB;5\nC;3\n", {"Risiko": ["direction_much"]}),
        ("Maßnahme;Aufwand\nA;++\nB;--\nC;o\n", {"Aufwand": ["direction_signs"]}),
        ("Maßnahme;Dauer\nA;12\nB;24\nC;6\n", {"Dauer": ["duration_unit"]}),
        ("Maßnahme;Förderquote\nA;0,6\nB;0,8\n", {"Förderquote": ["rate_unit", "awarded"]}),
        ("Maßnahme;Kosten brutto €\nA;50.000\nB;80.000\n", {"Kosten brutto €": ["decimal"]}),
        ("Maßnahme;Kosten brutto €;Nutzen\nA;50.000;3,5\nB;80.000;1\nC;1.000;5\n", {}),
        ("Maßnahme;Dabei A;Dabei B\nA;x;\nB;;x\n", {"Dabei A": ["municipality"], "Dabei B": ["municipality"]}),
        ("Maßnahme;Kosten brutto;pro Jahr\nA;90000;0\nB;70000;20.000,00\n", {}),
        ("Maßnahme;Personal\nA;1\nB;2\nC;3\n", {"Personal": ["staff"]}),
        ("Maßnahme;Gesamt;Rang\nA;12;1\nB;20;2\n", {"Gesamt": ["result"], "Rang": ["rank"]}),
    ],
)
def test_what_is_not_sure_is_asked(content, asked):
    assert questions(look(content)) == asked


def test_a_second_cost_column_is_kept_as_a_remark_gross_and_total_first():
    found = look(
        "Maßnahme;Planungskosten €;Kosten netto €;Gesamtkosten brutto €\nA;1000;9000;12000\nB;2000;8000;11000\n"
    )
    assert [c.meaning for c in found.columns] == ["title", "remark", "remark", "capex"]
    assert [c.why for c in found.columns] == ["header", "second", "second", "header"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Maßnahme;Beschluss\nA;x\nB;\n", ["title", "remark"]),
        ("Maßnahme;Beschluss da\nA;ja\nB;nein\n", ["title", "remark"]),
        ("Maßnahme;Eching;Neufahrn;Garching\nA;x;;ja\nB;;x;\n", ["title", *["municipality"] * 3]),
        ("Maßnahme;Pflichtaufgabe\nA;x\nB;\n", ["title", "mandatory"]),
    ],
)
def test_ticks_are_municipalities_only_side_by_side(content, expected):
    found = look(content)
    assert [c.meaning for c in found.columns] == expected


def test_yes_to_a_risk_is_worse_and_to_a_benefit_better():
    found = look("Maßnahme;Risiko;Umsetzbar\nA;ja;ja\nB;nein;nein\nC;ja;teilweise\n")
    assert [c.assigned.better for c in found.columns[1:]] == ["less", "more"]


def test_a_meaning_chosen_by_hand_brings_its_own_questions():
    found = look("Maßnahme;Rang;Was;Summe;Thema\nA;1;7;20;x\nB;2;70;30;y\nC;3;80;12;z\n")
    rank = assign(found, "Rang", "rating", "relevance")
    assert (rank.meaning, rank.assigned.parent, rank.why) == ("rating", "relevance", "chosen")
    assert (rank.assigned.low, rank.assigned.high) == (1, 3)
    cost = assign(found, "Was", "capex")
    assert (cost.meaning, [q.code for q in cost.questions]) == ("capex", ["unit", "price_basis"])
    words = assign(found, "Thema", "rating")
    assert (words.assigned.low, [q.code for q in words.questions if q.must]) == (None, ["scale", "direction"])
    assert assign(found, "Thema", "theme").meaning == "theme"
    with pytest.raises(KeyError):
        assign(found, "Nirgends", "theme")


def test_columns_show_where_they_stand_and_what_they_hold():
    column = look("Nr;Maßnahme;Relevanz\n1;Rufbus;1\n2;Rufbus;5\n3;WLAN;2\n4;App;2\n").columns[1]
    assert (column.header, column.letter, column.samples) == ("Maßnahme", "B", ("Rufbus", "WLAN", "App"))


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**6),
    st.floats(allow_nan=True, allow_infinity=True),
    st.dates(),
    st.sampled_from(
        [Percent(0.6), Formula("=A1"), "k.A.", "hoch", "gering", "mittel", "++", "-", "x", "ca. 50.000", "50 T€"]
    ),
    st.sampled_from(
        ["60 %", "1.234", "Ismaning, Garching", "alle", "Summe", "Gewicht", "2 Jahre", "3-4", "#NV", "4 (so)"]
    ),
    st.text(max_size=8),
)
HEADERS = st.one_of(
    st.sampled_from(
        ["Nr", "Maßnahme", "Kosten", "Kosten (T€)", "Relevanz", "Aufwand", "Ismaning", "Kommunen", "Förderquote"]
    ),
    st.sampled_from(
        ["Zuschuss €", "Förderfähig", "Start", "Dauer", "VZÄ", "Handlungsfeld", "Bemerkung", "", "Note", "Rang"]
    ),
)


@given(st.data())
def test_no_table_raises_anything_but_an_input_error(data):
    """Whatever stands on a sheet: a study that evaluates, or issues and questions with their sentences."""
    headers = data.draw(st.lists(HEADERS, min_size=1, max_size=6))
    rows = data.draw(st.lists(st.tuples(*(CELLS for _ in headers)), max_size=6))
    sheet = Sheet("Blatt", "liste.xlsx", [(n, tuple(row)) for n, row in enumerate([headers, *rows], start=1)])
    refusal: InputError | None = None
    try:
        found = recognise([sheet])
        for column in found.columns:
            for language in LANGUAGES:
                assert text(f"flat.why.{column.why}", language)
                assert text(f"flat.meaning.{column.meaning}", language)
            for question in column.questions:
                assert question.sentence("de")
                assert all(choice.label("en") and answered(column.assigned, choice) for choice in question.choices)
        study, notes = flat_study(found.sheet, suggested(found), title="Liste", as_of=DAY)
    except InputError as error:
        refusal = error
    told = notes if refusal is None else refusal.issues
    assert all(issue.sentence("de") and issue.sentence("en") for issue in told)
    assert refusal is not None or evaluate(study).ranking


def test_every_answer_to_a_meaning_has_its_text():
    for meaning in ("title", "rating", "remark", "ignore", "capex", "opex", "grant", "start", "time_horizon"):
        assert has_text(f"flat.answer.meaning_{meaning}", "de")
