"""The fact sheet: nobody's judgement is lost, money adds up, and a person's finding stands beside the computed one."""

from datetime import date
from decimal import Decimal

import pytest

from mcda.evaluate import evaluate
from mcda.report.exhibits.fact_sheet import FactSheet, fact_sheet
from mcda.study.model import Eligibility, Programme, Rating, ScaleLevel, Study
from mcda.ui.sheet import sheet_html
from small import CRITERIA, LEVELS, measure, ratings, small_study

VOICES = (
    Rating(measure="M1", criterion="goals", rater="ISM", value=5, reason="Liegt auf dem Weg", reason_en="On the way"),
    Rating(measure="M1", criterion="goals", rater="GAR", value=2, reason="<b>Kein</b> Bedarf"),
    Rating(measure="M1", criterion="goals", rater="planning_team", abstain=True),
)
PROGRAMME = Programme(
    id="P1",
    name="Probe-Richtlinie",
    rate_pct=Decimal(60),
    vat_rule="gross",
    applicant_types=("gemeinde",),
    prerequisites="Ratsbeschluss",
    valid_from=date(2024, 1, 1),
    valid_to=date(2026, 12, 31),
    source="Amtsblatt 1/2024",
    not_verified="Stapelung",
)


def study() -> Study:
    measures = [
        measure(m, level[3], lead_form="gemeinde", funding_candidates=("P1",) if m == "M1" else ())
        for m, level in LEVELS.items()
    ]
    others = tuple(
        r for m, level in LEVELS.items() for r in ratings(m, *level[:3]) if (m, r.criterion) != ("M1", "goals")
    )
    return small_study(
        measures=tuple(measures),
        ratings=(*VOICES, *others),
        levels=(
            ScaleLevel(criterion="goals", value=3, label_de="trägt etwas bei"),
            ScaleLevel(criterion="goals", value=4, label_de="trägt deutlich bei", label_en="clear contribution"),
        ),
        programmes=(PROGRAMME,),
        eligibility=(
            Eligibility(
                measure="M1",
                programme="P1",
                verdict="yes",
                reason="Beschluss liegt vor.",
                by="planning_team",
                date=date(2025, 6, 1),
                illustrative=True,
            ),
        ),
    )


@pytest.fixture(scope="module")
def sheet() -> FactSheet:
    return fact_sheet(evaluate(study()), "M1", "de")


def test_a_criterion_shows_its_value_wording_spread_and_every_voice(sheet: FactSheet) -> None:
    goals = next(line for line in sheet.criteria if line.label == "Ziele")
    assert goals.value == "3,5 von 5"
    assert goals.wording == "trägt etwas bei"
    assert goals.spread == "Bewertungen von 2 bis 5"
    assert goals.counts == (("1", 0), ("2", 1), ("3", 0), ("4", 0), ("5", 1))
    assert [(v.rater, v.value, v.reason) for v in goals.voices] == [
        ("Ismaning", "5", "Liegt auf dem Weg"),
        ("Garching", "2", "<b>Kein</b> Bedarf"),
        ("Planungsteam", "enthält sich", ""),
    ]


def test_an_equal_distance_between_two_wordings_takes_the_worse(sheet: FactSheet) -> None:
    goals = next(line for line in sheet.criteria if line.label == "Ziele")
    assert goals.wording != "trägt deutlich bei"


def test_computed_criteria_are_amounts_and_shares(sheet: FactSheet) -> None:
    by_label = {line.label: line for line in sheet.criteria}
    assert by_label["Kosten"].value == "60.000 €"
    assert by_label["Förderung"].value == "60,0 %"
    assert by_label["Kosten"].counts == ()


def test_money_runs_from_net_to_own_contribution_and_is_split_to_the_cent(sheet: FactSheet) -> None:
    facts = {fact.label: fact.value for fact in sheet.money}
    assert facts["Investition netto"] == "50.420,17 €"
    assert facts["Mehrwertsteuer"] == "9.579,83 €"
    assert facts["Investition brutto"] == "60.000,00 €"
    assert facts["Förderung"] == "− 36.000,00 €"
    assert facts["Eigenanteil"] == "24.000,00 €"
    assert [(fact.label, fact.value) for fact in sheet.shares] == [
        ("Ismaning", "12.000,00 €"),
        ("Garching", "12.000,00 €"),
    ]


def test_a_persons_finding_stands_beside_the_computed_verdict_with_all_reasons(sheet: FactSheet) -> None:
    programme = sheet.programmes[0]
    assert (programme.verdict, programme.computed, programme.role) == ("yes", "check", "bringt den sicheren Zuschuss")
    assert programme.finding == "Planungsteam, 01.06.2025, erfundenes Beispiel: förderfähig. Beschluss liegt vor."
    assert len(programme.reasons) >= 4
    assert any("Ratsbeschluss" in sentence for _, sentence in programme.reasons)
    assert programme.source == "Amtsblatt 1/2024"


def test_the_parts_of_the_score_sum_to_it(sheet: FactSheet) -> None:
    line = evaluate(study()).ranking[0]
    shown = fact_sheet(evaluate(study()), line.measure, "de")
    parts = sum(Decimal(fact.value.replace(",", ".")) for fact in shown.parts)
    assert abs(parts - Decimal(str(100 * line.score))) < Decimal("0.2")


def test_the_english_sheet_falls_back_to_the_studys_own_words() -> None:
    sheet = fact_sheet(evaluate(study()), "M1", "en")
    goals = next(line for line in sheet.criteria if line.label == "Ziele")
    assert goals.voices[0].reason == "On the way"
    assert goals.voices[1].reason == "<b>Kein</b> Bedarf"


def test_the_english_sheet_uses_every_english_twin() -> None:
    whole = study()
    first = whole.measures[0].model_copy(
        update={
            "lead": "Bauamt",
            "lead_en": "Building office",
            "partners": ("Betreiber",),
            "partners_en": ("Operator",),
        }
        | {"source_kind": "erfunden", "source_kind_en": "invented"}
    )
    twins = {"prerequisites_en": "Council resolution", "not_verified_en": "Stacking"}
    programme = PROGRAMME.model_copy(update=twins)
    whole = whole.model_copy(update={"measures": (first, *whole.measures[1:]), "programmes": (programme,)})
    english, german = (sheet_html(fact_sheet(evaluate(whole), "M1", each), each) for each in ("en", "de"))
    for word in ("Building office", "Operator", "invented", "Council resolution", "Stacking"):
        assert word in english
        assert word not in german
    for word in ("Bauamt", "Betreiber", "erfunden", "Ratsbeschluss", "Stapelung"):
        assert word in german
        assert word not in english


def test_what_the_study_says_of_a_measure_is_told_where_it_says_it() -> None:
    whole = study()
    said = {"goal": "Ziel <i>eins</i>", "goal_en": "Goal one", "milestones": ("Plan", "Bau"), "risks": "teuer"}
    said |= {"application_state": "planned", "status_date": date(2026, 10, 1)}
    first = whole.measures[0].model_copy(update=said)
    result = evaluate(whole.model_copy(update={"measures": (first, *whole.measures[1:])}))
    german, english = (
        {fact.label: fact.value for fact in fact_sheet(result, "M1", language).texts} for language in ("de", "en")
    )
    assert german == {
        "Ziel": "Ziel <i>eins</i>",
        "Arbeitsschritte": "• Plan\n• Bau",
        "Risiken und Hemmnisse": "teuer",
        "Stand": "Idee (01.10.2026)",
        "Stand des Förderantrags": "Antrag geplant",
    }
    assert (english["Goal"], english["Risks and obstacles"]) == ("Goal one", "teuer")
    page = sheet_html(fact_sheet(result, "M1", "de"), "de")
    assert "Ziel &lt;i&gt;eins&lt;/i&gt;" in page
    assert "Ausgangslage" not in page
    assert [fact.label for fact in fact_sheet(result, "M2", "de").texts] == ["Stand"]


def test_a_grant_stands_beside_the_programme_that_brings_it() -> None:
    other = PROGRAMME.model_copy(update={"id": "P2", "name": "Zweite", "rate_pct": Decimal(80)})
    whole = study()
    first = whole.measures[0].model_copy(update={"funding_candidates": ("P1", "P2")})
    whole = whole.model_copy(update={"measures": (first, *whole.measures[1:]), "programmes": (PROGRAMME, other)})
    sheet = fact_sheet(evaluate(whole), "M1", "de")
    note = next(fact.note for fact in sheet.money if fact.label == "Förderung")
    assert note.startswith("Probe-Richtlinie: 36.000 €; zu prüfen: Zweite bis 48.000 €. Gerechnet wird: die Mitte")
    assert [line.role for line in sheet.programmes] == [
        "bringt den sicheren Zuschuss",
        "bringt den höchstmöglichen Zuschuss",
    ]


def test_a_cost_nobody_stated_is_not_shown_as_zero() -> None:
    whole = study()
    first = whole.measures[0].model_copy(update={"capex_eur": None, "opex_eur_per_year": None})
    bare = whole.model_copy(update={"measures": (first, *whole.measures[1:])})
    sheet = fact_sheet(evaluate(bare), "M1", "de")
    facts = {fact.label: fact.value for fact in sheet.money}
    assert facts["Investition brutto"] == facts["Gesamtkosten brutto über die Laufzeit"] == "nicht angegeben"
    assert "Eigenanteil" not in facts
    assert sheet.shares == ()


def test_a_measure_outside_the_competition_says_why_and_still_has_its_money() -> None:
    barred = tuple(measure(m, level[3], knock_out="Kein Ort." if m == "M3" else "") for m, level in LEVELS.items())
    sheet = fact_sheet(evaluate(small_study(measures=barred)), "M3", "de")
    assert len(sheet.position) == 1
    assert "Kein Ort." in sheet.position[0].value
    assert sheet.parts == ()
    assert sheet.money[-1].value == "30.000,00 €"


def test_a_split_without_the_facts_says_what_is_missing() -> None:
    per_unit = tuple(measure(m, level[3], cost_key="per_unit") for m, level in LEVELS.items())
    sheet = fact_sheet(evaluate(small_study(measures=per_unit)), "M1", "de")
    assert sheet.shares == ()
    assert "Stückzahl" in sheet.share_note


def test_the_markup_escapes_what_people_wrote(sheet: FactSheet) -> None:
    markup = sheet_html(sheet, "de")
    assert "<b>Kein</b>" not in markup
    assert "&lt;b&gt;Kein&lt;/b&gt; Bedarf" in markup


def test_no_rating_at_all_is_shown_as_none() -> None:
    bare = small_study(criteria=CRITERIA, ratings=tuple(r for r in small_study().ratings if r.measure != "M1"))
    sheet = fact_sheet(evaluate(bare), "M1", "de")
    goals = next(line for line in sheet.criteria if line.label == "Ziele")
    assert goals.voices == ()
    assert goals.spread == ""
    assert sheet_html(sheet, "de")
