"""Flat lists as planners keep them, from the sheet to a ranking."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from flat_lists import DAY, book, build, codes, look, meanings, questions, refused, set_column
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.study.flat import FlatMapping, answered, flat_study, recognise, remembered, suggested
from mcda.study.read import read_study
from mcda.study.rules import check_study
from mcda.study.sheets import sheets_of
from mcda.study.write import workbook_bytes

SIMPLE = (
    "Nr;Maßnahme;Handlungsfeld;Kosten brutto (€);Relevanz (1-5);Machbarkeit (1-5);Bemerkung\n"
    "1;Rufbus;Mobilität;120.000,00;5;3;mit MVV\n"
    "2;Radkarte;Mobilität;20.000,00;3;5;\n"
    "3;Chatbot;Digitales;34.567,89 €;2;4;\n"
)


def test_the_simplest_list_ranks_without_a_question():
    found = look(SIMPLE)
    assert meanings(found) == ["id", "title", "theme", "capex", "rating", "rating", "remark"]
    assert questions(found) == {}
    study, notes = build(SIMPLE)
    assert [c.id for c in study.criteria] == ["relevance", "feasibility", "cost"]
    assert study.criterion_by_id["feasibility"].label_de == "Machbarkeit"
    assert study.measure_by_id["3"].capex_eur == Decimal("34567.89")
    assert study.measure_by_id["1"].remark == "mit MVV"
    assert study.measure_by_id["1"].extra_columns == ()
    assert [(t.id, t.label_de) for t in study.themes] == [("mobilitaet", "Mobilität"), ("digitales", "Digitales")]
    assert not [i for i in check_study(study) if i.level == "error"]
    assert [r.measure for r in evaluate(study).ranking] == ["2", "1", "3"]
    assert codes(notes) == ["flat_cost_bounds", "criterion_off_funding"]


def test_the_study_of_a_list_survives_its_round_trip():
    for content in (SIMPLE, WORKSHOP, FUNDED):
        study, _ = build(content)
        assert read_study(workbook_bytes(study)) == study


def test_titles_above_headers_over_two_rows_merged_themes_sums_and_notes():
    """A catalogue as an office prints it: nothing but the measures is read, and what was left out is told."""
    content = book(
        ["Maßnahmenkatalog IDEK, Entwurf"],
        [],
        ["Nr.", "Handlungsfeld", "Maßnahme", "Kosten", None, "Bewertung (1-5)", None, None, "Rang"],
        [None, None, None, "einmalig", "jährlich", "Relevanz", "Dringlichkeit", "Machbarkeit", None],
        [None, None, None, "in €", "in €", None, None, None, None],
        ["1.1", "Mobilität", "Rufbus", 150000, 20000, 4, 4, 3, 1],
        ["1.2", None, "Radkarte", 20000, None, 3, 3, 4, 3],
        ["2.1", "Digitales", "Chatbot", 35000, 5000, 2, 4, 4, 2],
        ["2.2", None, "WLAN", 15000, 1000, 2, 2, 4, 4],
        [None, None, "Summe", "=SUM(D6:D9)", "=SUM(E6:E9)"],
        [],
        ["* Schätzung der Verwaltung"],
        merged=("D3:E3", "F3:H3", "B6:B7", "B8:B9"),
        others={"Legende": [["Wert", "Bedeutung"], [1, "gering"], [5, "hoch"]]},
    )
    found = look(content)
    assert (found.sheet.name, found.header_row, found.measures, found.others) == ("Tabelle1", 4, 4, ("Legende",))
    assert questions(found) == {"Handlungsfeld": ["fill_down"], "einmalig": ["price_basis"], "Rang": ["rank"]}
    study, notes = build(content)
    assert [m.id for m in study.measures] == ["1-1", "1-2", "2-1", "2-2"]
    assert [m.theme for m in study.measures] == ["mobilitaet", "mobilitaet", "digitales", "digitales"]
    assert study.measure_by_id["1-1"].opex_eur_per_year == 20000
    assert study.children["relevance"] == ("relevanz", "dringlichkeit")
    assert (study.criterion_by_id["relevanz"].worst, study.criterion_by_id["relevanz"].best) == (1, 5)
    told = {note.code: (note.where.row, note.params.get("rows")) for note in notes}
    assert told["totals_row_skipped"] == (10, None)
    assert told["flat_rows_skipped"] == (None, ("12",))
    assert "flat_gross_assumed" in told
    assert evaluate(study).ranking[0].measure == "1-2"


WORKSHOP = book(
    ["ID", "Projekt", "Relevanz", "Nutzen", "Aufwand (1 = gering, 5 = hoch)", "Kosten in T€ brutto", "Summe"],
    ["Gewichtung", None, 0.3, 0.3, 0.2, 0.2, None],
    ["Handlungsfeld 1: Mobilität"],
    ["M1", "Rufbus", 4, 5, 3, 120, "=SUM(C4:E4)"],
    ["M2", "Radkarte", 3, 1, 2, 20, "=SUM(C5:E5)"],
    ["Handlungsfeld 2: Digitales"],
    ["M3", "Chatbot", 2, 4, 2, 35, "=SUM(C7:E7)"],
)


def test_a_weight_row_headings_between_rows_and_thousands():
    found = look(WORKSHOP)
    assert (found.weight_row, found.title_only) == (2, (3, 6))
    assert meanings(found) == ["id", "title", "rating", "rating", "rating", "capex", "ignore"]
    study, notes = build(WORKSHOP)
    assert [m.theme for m in study.measures] == ["mobilitaet", "mobilitaet", "digitales"]
    assert [m.capex_eur for m in study.measures] == [120_000, 20_000, 35_000]
    weights = {c.id: c.weight for c in study.criteria}
    assert weights == {"relevance": 60, "relevanz": 30, "nutzen": 30, "feasibility": 20, "cost": 20}
    effort = study.criterion_by_id["feasibility"]
    assert (effort.sense, effort.best, effort.worst, effort.label_de) == ("min", 1, 5, "Aufwand")
    assert {"flat_factor", "flat_rows_skipped"} <= set(codes(notes))
    weights_in_force = evaluate(study).weights
    assert weights_in_force.leaf == pytest.approx([0.3, 0.3, 0.2, 0.2])


def test_points_signs_and_one_column_for_each_municipality():
    content = (
        "Titel;Investition brutto €;laufende Kosten p.a.;Nutzen;Umsetzbarkeit;Ismaning;Garching b. München;Eching\n"
        "Rufbus;50 T€;5000;++;o;x;x;\n"
        "Radkarte;1,2 Mio. €;-;+;--;;X;-\n"
        "Chatbot;ca. 30.000 €;2500;-;+;x;✓;ja\n"
    )
    study, _ = build(content)
    assert [m.id for m in study.municipalities] == ["ismaning", "garching_b_muenchen", "eching"]
    assert [len(m.municipalities) for m in study.measures] == [2, 1, 3]
    assert [m.capex_eur for m in study.measures] == [50_000, 1_200_000, 30_000]
    assert [m.cost_quality for m in study.measures] == ["", "", "rough"]
    values = {(r.measure, r.criterion): r.value for r in study.ratings}
    assert [values[m, "relevance"] for m in ("M1", "M2", "M3")] == [5, 4, 2]
    assert [values[m, "feasibility"] for m in ("M1", "M2", "M3")] == [3, 1, 4]
    assert [(v.value, v.label_de) for v in study.levels if v.criterion == "relevance"] == [
        (2, "-"),
        (4, "+"),
        (5, "++"),
    ]
    assert evaluate(study).ranking[0].measure == "M1"


FUNDED = (
    "Projekt;Kosten in Tsd. €;Priorität;Aufwand;Kommunen;Förderquote\n"
    "Rufbus;ca. 120;hoch;mittel;Ismaning, Garching;60 %\n"
    "Radkarte;20;mittel;gering;alle;\n"
    "Chatbot;35,5;gering;hoch;Unterföhring und Garching;offen\n"
)


def test_words_for_levels_lists_of_municipalities_and_funding_rates():
    assert questions(look(FUNDED)) == {
        "Kosten in Tsd. €": ["price_basis"],
        "Priorität": ["priority"],
        "Förderquote": ["awarded"],
    }
    study, notes = build(FUNDED)
    assert [m.name for m in study.municipalities] == ["Ismaning", "Garching", "Unterföhring"]
    assert study.measures[1].municipalities == ("ismaning", "garching", "unterfoehring")
    assert study.criterion_by_id["feasibility"].best == 1  # little effort is better, without asking
    assert study.criterion_by_id["funding"].quantity == "funding_share"
    assert {p.id: p.rate_pct for p in study.programmes} == {"listed_60": 60, "listed": None}
    money = evaluate(study).money
    assert (money["M1"].grant_low, money["M1"].grant_high) == (0, 72_000)
    assert (money["M2"].grant_low, money["M2"].grant_high) == (0, 0)
    assert (money["M3"].grant_low, money["M3"].grant_high) == (0, 35_500)
    assert {"flat_grants_listed", "flat_grant_blank", "flat_gross_assumed"} <= set(codes(notes))


def test_promised_grants_in_euros_count_in_full():
    content = (
        "Maßnahme;Kosten brutto €;Bewilligter Zuschuss €;Relevanz 1-5\n"
        "Rufbus;100.000,00;60.000,00;5\nRadkarte;20.000,00;;1\nChatbot;35.000,00;k.A.;4\n"
    )
    assert questions(look(content)) == {}
    study, notes = build(content)
    money = evaluate(study).money
    assert (money["M1"].grant_low, money["M1"].grant_high) == (60_000, 60_000)
    assert money["M3"].grant_low == 0
    assert money["M3"].grant_high > 0
    assert {e.measure: (e.verdict, e.awarded_eur) for e in study.eligibility} == {
        "M1": ("yes", 60_000),
        "M3": ("check", None),
    }
    assert "flat_grants_promised" in codes(notes)


def test_an_unknown_cost_is_open_and_never_free():
    content = (
        "Maßnahme;Kosten brutto €;pro Jahr;Relevanz 1-5;Zuschuss €\n"
        "A;10.000,00;;3;5.000,00\nB;k.A.;-;3;\nC;0;;3;\nD;500.000,00;0;3;\nE;;20.000,00;3;\n"
    )
    study, notes = build(content)
    assert (study.measure_by_id["M2"].capex_eur, study.measure_by_id["M3"].capex_eur) == (None, 0)
    cost = study.criterion_by_id["cost"]
    assert (cost.kind, cost.best, cost.worst, cost.value_function) == ("computed", 10_000, 500_000, "logarithmic")
    ranked = {r.measure: r for r in evaluate(study).ranking}
    assert ranked["M2"].incomplete
    assert ranked["M2"].score_low < ranked["M2"].score < ranked["M2"].score_high
    assert ranked["M3"].score > ranked["M4"].score
    told = {n.code: n.params.get("rows") for n in notes}
    assert (told["flat_cost_unknown"], told["flat_investment_unknown"]) == (("3",), ("6",))


def test_without_costs_and_grants_a_list_still_ranks_and_says_what_would_help():
    content = "Was;Wie toll;Schulnote\nRufbus;3;2\nRadkarte;5;4\nChatbot;1;1\n"
    study, notes = build(content)
    assert [(c.id, c.sense, c.best, c.worst) for c in study.criteria] == [
        ("wie_toll", "max", 5, 1),
        ("schulnote", "min", 1, 6),
    ]
    off = [n for n in notes if n.code.startswith("criterion_off")]
    assert [n.code.rpartition("_")[2] for n in off] == ["relevance", "feasibility", "cost", "funding"]
    assert "Investition, laufende Kosten pro Jahr, MwSt.-Satz" in off[2].sentence("de")
    assert "legal form of the lead, kinds of cost, possible grant programmes" in off[3].sentence("en")
    assert len(evaluate(study).ranking) == 3


def test_rates_without_costs_are_rated_in_per_cent_amounts_are_not():
    rates = "Maßnahme;Förderquote (%);Relevanz 1-5\nA;60;5\nB;80;1\nC;offen;3\n"
    study, _ = build(rates)
    funding = study.criterion_by_id["funding"]
    assert (funding.kind, funding.unit, funding.best, funding.worst) == ("given", "%", 100, 0)
    assert [r.high for r in study.ratings if r.criterion == "funding"] == [60, 80]
    assert evaluate(study).ranking
    amounts = "Maßnahme;Zuschuss (€);Relevanz 1-5\nA;60.000,00;5\nB;8.000,00;1\n"
    study, notes = build(amounts)
    assert "funding" not in study.criterion_by_id
    assert {"flat_funding_needs_cost", "criterion_off_funding"} <= set(codes(notes))


def test_ratings_of_the_four_criteria_themselves():
    """Cost in classes, funding as yes, no or to be checked: given criteria under the ids everybody knows."""
    content = (
        "Maßnahme;Kosten;Förderfähig;Ampel Machbarkeit;Nutzen\n"
        "A;hoch;ja;grün;★★★\nB;gering;nein;gelb;★\nC;mittel;zu prüfen;rot;★★\n"
    )
    study, _ = build(content)
    assert [c.id for c in study.criteria] == ["relevance", "feasibility", "cost", "funding"]
    assert all(c.kind == "given" for c in study.criteria)
    assert study.criterion_by_id["cost"].sense == "min"
    rated = {(r.measure, r.criterion): r.value for r in study.ratings}
    assert ("M3", "funding") not in rated
    assert (rated["M1", "funding"], rated["M2", "funding"]) == (3, 1)
    assert next(r for r in evaluate(study).ranking if r.measure == "M3").incomplete


def test_dates_durations_staff_and_status():
    content = (
        "Maßnahme;Start;Dauer;Zeithorizont;VZÄ;Status;Federführung;Partner;Wirkung\n"
        "A;2026;2 Jahre;kurzfristig;0,5;Idee;Bauamt;MVV, Landkreis;sehr hoch\n"
        "B;Q3/2027;18 Monate;mittelfristig (bis 2030);0,25 VZÄ;;Kämmerei;;mittel\n"
        "C;01.03.2026;6 Monate;langfristig;k.A.;läuft;;;gering\n"
    )
    study, _ = build(content)
    a, b, c = study.measures
    assert [m.start_year for m in (a, b, c)] == [2026, 2027, 2026]
    assert [m.duration_months for m in (a, b, c)] == [24, 18, 6]
    assert [m.time_horizon for m in (a, b, c)] == ["short", "medium", "long"]
    assert [m.staff_fte for m in (a, b, c)] == [0.5, 0.25, None]
    assert [m.status for m in (a, b, c)] == ["idea", "idea", "running"]
    assert (a.lead, a.partners) == ("Bauamt", ("MVV", "Landkreis"))


def test_an_english_list_asks_for_what_german_offices_would_read_otherwise():
    content = 'Project,Cost (EUR),Priority,Feasibility\nBus,"50,000",1,3\nMap,"20,000",2,3\nChat,"35,000",3,1\n'
    assert questions(look(content)) == {"Cost (EUR)": ["decimal", "price_basis"], "Priority": ["direction", "priority"]}
    assert refused(content) == [("flat_direction_open", None, "Priority")]
    first = set_column("Priority", better="less")
    assert refused(content, first) == [("ambiguous_number", row, "Cost (EUR)") for row in (2, 3, 4)]
    study, _ = build(content, first, set_column("Cost (EUR)", decimal="."), language="en")
    assert [m.capex_eur for m in study.measures] == [50_000, 20_000, 35_000]
    assert study.criterion_by_id["relevance"].best == 1
    assert study.study.language == "en"


def test_a_list_without_a_header_row_loses_no_measure():
    content = "Rufbus;120000;4;5\nRadkarte;20000;3;2\nChatbot;35000;1;4\n"
    found = look(content)
    assert (found.header_row, found.measures) == (0, 3)
    assert [c.header for c in found.columns] == ["[A]", "[B]", "[C]", "[D]"]
    study, _ = build(content)
    assert [m.title for m in study.measures] == ["Rufbus", "Radkarte", "Chatbot"]


def test_rows_with_a_title_only_are_asked_about():
    content = "Maßnahme;Kosten €;Relevanz 1-5\nMobilität;;\nRufbus;50000;4\nDigitales;;\nChatbot;4000;2\nWLAN;9000;3\n"
    assert look(content).title_only == (2, 4)
    assert refused(content) == [("flat_title_only", 2, "Maßnahme"), ("flat_title_only", 4, "Maßnahme")]
    study, _ = build(content, lambda m: m.model_copy(update={"title_only": "heading"}))
    assert [(m.title, m.theme) for m in study.measures] == [
        ("Rufbus", "mobilitaet"),
        ("Chatbot", "digitales"),
        ("WLAN", "digitales"),
    ]
    study, _ = build(content, lambda m: m.model_copy(update={"title_only": "measure"}))
    assert len(study.measures) == 5


def test_every_bad_cell_is_named_at_once_with_the_planners_own_header_and_row():
    content = (
        "Übersicht 2026\n\n"
        "Maßnahme;Kosten (€);Relevanz 1-5;Start;Zuschuss €\n"
        "A;50.000 - 80.000;4;2026;\n"
        "B;ab 60.000;7;2026;\n"
        "C;4000 p.a.;sehr;1830;\n"
        "D;-5;3;bald;\n"
        ";1.000,00;3;;\n"
        "E;5.000,00;3;;90.000,00\n"
    )
    assert refused(content) == [
        ("flat_range", 4, "Kosten (€)"),
        ("flat_one_sided", 5, "Kosten (€)"),
        ("flat_off_scale", 5, "Relevanz 1-5"),
        ("flat_per_year", 6, "Kosten (€)"),
        ("not_a_number", 6, "Relevanz 1-5"),
        ("out_of_range", 6, "Start"),
        ("out_of_range", 7, "Kosten (€)"),
        ("not_a_number", 7, "Start"),
        ("cell_missing", 8, "Maßnahme"),
        ("flat_grant_above_cost", 9, "Zuschuss €"),
    ]


def test_what_a_spreadsheet_changed_or_could_not_count_is_refused():
    content = book(
        ["Nr", "Maßnahme", "Relevanz 1-5", "Kosten (T€)"],
        [1, "A", datetime(2026, 4, 3), 50],
        [1, "B", 4, "=B2*2"],
        [3, "C", "#DIV/0!", 20],
        [4, "D", 3, "20.000 €"],
        [5, "E", 2, 30],
        [6, "F", 2, 30],
    )
    assert refused(content) == [
        ("flat_day", 2, "Relevanz 1-5"),
        ("id_twice", 3, "Nr"),
        ("formula", 3, "Kosten (T€)"),
        ("cell_failed", 4, "Relevanz 1-5"),
        ("flat_unit_differs", 5, "Kosten (T€)"),
    ]


def test_doubled_titles_and_nearly_equal_names_are_told():
    content = (
        "Maßnahme;Relevanz 1-5;Kommunen\n"
        "Rufbus;5;Ismaning, Oberschleißheim\nRadkarte;1;Ismanning; \nRUFBUS;2;Unterschleißheim\n"
    ).replace("Ismanning; ", "Ismanning")
    study, notes = build(content)
    doubled = next(n for n in notes if n.code == "flat_title_twice")
    assert (doubled.where.row, doubled.params["row"]) == (4, "2")
    alike = [n.params for n in notes if n.code == "flat_names_alike"]
    assert [(p["value"], p["other"], p["rows"]) for p in alike] == [("Ismanning", "Ismaning", ("3",))]
    assert len({m.id for m in study.measures}) == 3


def test_a_measure_named_like_a_sum_is_a_measure():
    content = "Maßnahme;Kosten €;Relevanz 1-5\nGesamt-Radwegekonzept;50000;4\nRufbus;20000;2\nGesamt;70000;\n"
    study, notes = build(content)
    assert [m.title for m in study.measures] == ["Gesamt-Radwegekonzept", "Rufbus"]
    assert next((n.code, n.where.row) for n in notes) == ("totals_row_skipped", 4)


def test_a_repeated_header_and_an_unnamed_sum_are_no_measures():
    content = book(
        ["Maßnahme", "Kosten €", "Relevanz 1-5"],
        ["Rufbus", 50000, 4],
        ["Maßnahme", "Kosten €", "Relevanz 1-5"],
        ["Radkarte", 20000, 1],
        [None, "=SUM(B2:B4)", None],
    )
    study, notes = build(content)
    assert [m.title for m in study.measures] == ["Rufbus", "Radkarte"]
    told = {n.code: n.where.row or n.params.get("rows") for n in notes}
    assert (told["flat_rows_skipped"], told["totals_row_skipped"]) == (("3",), 5)


def test_last_months_answers_serve_this_months_file():
    stored = suggested(look(FUNDED)).model_dump_json()
    mapping = FlatMapping.model_validate_json(stored)
    next_month = (
        "Liste, Stand Juni\n\n"
        "Priorität;PROJEKT;Neu;Kosten in Tsd €;Kommunen;Aufwand \n"
        "hoch;Rufbus;a;ca. 120;Ismaning;mittel\nmittel;WLAN;b;20;Garching;hoch\n"
    )
    sheet = sheets_of(next_month.encode(), "juni.csv")[0]
    seen = remembered(mapping, ("Priorität", "PROJEKT", "Neu", "Kosten in Tsd €", "Kommunen", "Aufwand"))
    assert (seen.new, seen.gone, seen.similar) == (("Neu",), ("Förderquote",), ())
    with pytest.raises(InputError) as caught:
        flat_study(sheet, mapping, title="Juni", as_of=DAY)
    assert [(i.code, i.params["value"]) for i in caught.value.issues] == [("flat_column_gone", "Förderquote")]
    study, _ = flat_study(sheet, seen.mapping, title="Juni", as_of=DAY)
    assert [m.capex_eur for m in study.measures] == [120_000, 20_000]
    assert study.measures[0].extra_columns == (("Neu", "a"),)


def test_answers_are_put_into_the_mapping():
    column = next(c for c in look("Projekt;Risiko;Kosten\nA;1;50\nB;5;70\nC;3;80\n").columns if c.header == "Risiko")
    question = column.question
    assert question is not None
    assert (question.code, question.must) == ("direction_much", True)
    assert [choice.label("de") for choice in question.choices] == ["5 ist am besten", "1 ist am besten"]
    assert answered(column.assigned, question.choices[1]).better == "less"


def test_small_costs_without_a_unit_are_asked_about():
    content = "Projekt;Kosten;Relevanz 1-5\nA;50;1\nB;70;5\nC;120;3\n"
    assert questions(look(content))["Kosten"] == ["unit", "price_basis"]
    assert refused(content) == [("flat_unit_open", None, "Kosten")]
    study, _ = build(content, set_column("Kosten", factor=1000))
    assert study.measures[2].capex_eur == 120_000


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Maßnahme;Bemerkung\nA;x y\nB;z\n", "flat_no_criteria"),
        ("Maßnahme;Relevanz 1-5\nSumme;4\n", "flat_no_list"),
        ("", "flat_no_list"),
    ],
)
def test_what_is_no_list_is_refused(content, expected):
    with pytest.raises(InputError) as caught:
        build(content)
    assert [i.code for i in caught.value.issues] == [expected]


def test_meanings_that_contradict_are_refused_before_any_cell():
    content = "Maßnahme;Kosten €;Kosten 2 €;Relevanz 1-5\nA;viel;2000;5\nB;1000;2000;1\n"
    edits = (set_column("Kosten €", meaning="capex"), set_column("Kosten 2 €", meaning="capex"))
    assert refused(content, *edits) == [("flat_meaning_twice", None, "Kosten 2 €")]
    assert refused(content, set_column("Maßnahme", meaning="remark")) == [("flat_no_title", None, "")]
    scale = set_column("Relevanz 1-5", low=None)
    assert refused(content, scale) == [("flat_scale_open", None, "Relevanz 1-5")]


def test_a_column_the_mapping_does_not_find_offers_the_nearest():
    found = look(SIMPLE)
    mapping = set_column("Relevanz (1-5)", header="Relevanzen (1-5)")(suggested(found))
    with pytest.raises(InputError) as caught:
        flat_study(found.sheet, mapping, title="x", as_of=date(2026, 1, 1))
    issue = caught.value.issues[0]
    assert (issue.code, issue.params["nearest"]) == ("flat_column_gone", "Relevanz (1-5)")
    other = sheets_of(b"a;b\n1;2\n", "x.csv")[0]
    with pytest.raises(InputError) as caught:
        flat_study(other, suggested(found), title="x", as_of=date(2026, 1, 1))
    assert caught.value.issues[0].code == "flat_header_missing"


def test_weights_some_columns_lack_are_asked_about_and_cost_gets_its_part():
    content = book(
        ["Maßnahme", "Relevanz 1-5", "Machbarkeit 1-5", "Kosten €"],
        ["Gewicht", "30 %", None, None],
        ["A", 5, 2, 10000],
        ["B", 1, 4, 90000],
    )
    assert refused(content) == [("flat_weight_missing", 2, "Machbarkeit 1-5")]
    study, notes = build(content, set_column("Machbarkeit 1-5", weight=30))
    assert {c.id: c.weight for c in study.criteria} == {"relevance": 30, "feasibility": 30, "cost": 20}
    assert "flat_weight_assumed" in codes(notes)
    study, _ = build(content, lambda m: m.model_copy(update={"use_weights": False}))
    assert {c.id: c.weight for c in study.criteria} == {"relevance": 35, "feasibility": 25, "cost": 20}


def test_the_list_is_found_among_other_sheets():
    found = recognise(
        sheets_of(
            book(["Legende"], ["1", "gering"], others={"Liste": [["Maßnahme", "Relevanz"], ["A", 1], ["B", 5]]}),
            "x.xlsx",
        )
    )
    assert (found.sheet.name, found.others) == ("Liste", ("Tabelle1",))


@pytest.mark.parametrize("name", ["Gesamt", "Summe", "Gesamtkosten:", "Summe aller Maßnahmen"])
def test_a_sum_with_a_number_of_its_own_is_no_measure(name):
    study, notes = build(SIMPLE + f"4;{name};;174.567,89;;;\n")
    assert [m.title for m in study.measures] == ["Rufbus", "Radkarte", "Chatbot"]
    assert ("totals_row_skipped", 5) in [(note.code, note.where.row) for note in notes]


@pytest.mark.parametrize(
    ("cell", "told"), [("1200000", True), ("120000", True), ("99000", False), ("120 Mio. €", False)]
)
def test_whole_euros_in_a_column_of_thousands_are_told(cell, told):
    content = f"Maßnahme;Kosten in TEUR;Relevanz (1-5)\nRufbus;50;3\nPortal;{cell};5\n"
    if told:
        assert refused(content) == [("flat_too_dear", 3, "Kosten in TEUR")]
    else:
        build(content)


def test_rows_that_are_hidden_are_read_and_told():
    workbook = load_workbook(io.BytesIO(book(*(line.split(";") for line in SIMPLE.splitlines()))))
    workbook.active.row_dimensions[3].hidden = True
    stream = io.BytesIO()
    workbook.save(stream)
    study, notes = build(stream.getvalue())
    assert len(study.measures) == 3
    assert [note.params["rows"] for note in notes if note.code == "hidden_rows_read"] == [("3",)]
