"""Studies without costs, without municipalities, or with a tie in front: no paper speaks of what they do not have."""

import re
from dataclasses import replace
from functools import cache

import pytest

from example import ranked_example
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.report.document import Facts, Paragraph
from mcda.report.documents import council_paper, ranked_list
from mcda.report.exhibits.challengers import challengers
from mcda.report.exhibits.label_list import considered, label_lines
from mcda.report.kinds import BUILDERS, report
from mcda.report.request import Request
from mcda.result import Result
from mcda.robustness.labels import SETTINGS, robustness_labels
from mcda.study.model import Criterion, Rating
from small import measure, ratings, small_study

PAPERS = ("list", "annex", "council", "kofi")
LEVELS = {"M1": (5, 4, 4), "M2": (3, 5, 2), "M3": (4, 4, 4)}


@cache
def costless() -> Result:
    """Measures nobody priced, compared by what is rated; one rating is left open."""
    kept = tuple(c for c in small_study().criteria if c.id in ("relevance", "goals", "urgency", "feasibility"))
    free = tuple(measure(name, 0, capex_eur=None, opex_eur_per_year=None) for name in LEVELS)
    rated = tuple(one for name, levels in LEVELS.items() for one in ratings(name, *levels))[:-1]
    return evaluate(small_study(criteria=kept, measures=free, ratings=rated))


@cache
def tied(measures: int = 4) -> Result:
    """One criterion, two measures level on rank 1, the others behind them."""
    goals = Criterion(id="goals", label_de="Ziele", best=5, worst=1, step=1, weight=100)
    names = tuple(f"M{n}" for n in range(1, measures + 1))
    rated = tuple(Rating(measure=name, criterion="goals", value=5 if at < 2 else 1) for at, name in enumerate(names))
    return evaluate(small_study(criteria=(goals,), measures=tuple(measure(n, 1e5) for n in names), ratings=rated))


@cache
def homeless() -> Result:
    """A study without municipalities."""
    rows = tuple(measure(name, 60_000, municipalities=()) for name in LEVELS)
    rated = tuple(one for name, levels in LEVELS.items() for one in ratings(name, *levels))
    return evaluate(small_study(municipalities=(), measures=rows, ratings=rated))


def told(result: Result, kind: str, language: str = "de") -> str:
    document = BUILDERS[kind](result, Request(language=language))
    return f"{document.subtitle} {document.parts}"


@pytest.mark.parametrize("kind", ["annex", "council", "list"])
def test_a_study_without_costs_does_not_speak_of_money(kind: str) -> None:
    found = costless()
    assert not any(one.cost_known for one in found.money.values())
    assert not re.search(r"Kosten|\bkostet|Zusch(uss|üss)|[Ee]igenanteil|€", told(found, kind))


def test_its_reasons_are_those_of_ratings() -> None:
    labels = robustness_labels(costless())
    assert not labels.priced
    assert not re.search("Kosten|Zuschüsse", considered(labels, SETTINGS, "de"))
    assert not any("Kosten" in line.why for line in label_lines(labels, "de"))


def test_its_overview_of_cost_says_that_there_is_none_and_what_to_do() -> None:
    document = BUILDERS["kofi"](costless(), Request())
    assert [type(part) for part in document.parts] == [Paragraph]
    assert document.parts == (Paragraph(text("kofi.nothing", "de"), "lead"),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_shares_rank_1_is_not_nearly_level_and_nobody_is_named_alone(language: str) -> None:
    found = tied()
    assert [line.rank for line in found.ranking] == [1, 1, 3, 3]
    said = told(found, "annex", language)
    assert text("annex.lead_tied", language, count=4, first="Maßnahme M1; Maßnahme M2") in said
    assert text("sure.tied", language, count=2) in said
    assert text("sure.group", language, count=2) not in said
    assert text("challengers.nobody", language, count=3, first="Maßnahme M1") not in said
    sentence = text("challengers.tied", language, count=2, names="Maßnahme M1; Maßnahme M2")
    assert challengers(found, language).sentence == sentence
    assert sentence in said


def test_where_all_share_rank_1_nobody_overtakes() -> None:
    expected = text("challengers.tied_all", "de", names="Maßnahme M1; Maßnahme M2")
    assert challengers(tied(2), "de").sentence == expected


def test_an_error_of_nothing_and_weights_that_cannot_vary_are_not_told() -> None:
    labels = robustness_labels(tied())
    sure = replace(labels, lines=tuple(replace(one, standard_error=0.0) for one in labels.lines))
    said = considered(sure, SETTINGS, "de")
    assert "0,0 Prozentpunkte" not in said
    assert text("labels.error_small", "de") in said
    assert "ein Gewicht von 25 %" not in said
    usual = considered(robustness_labels(evaluate(small_study())), SETTINGS, "de")
    assert "ein Gewicht von 25 %" in usual


@pytest.mark.parametrize("kind", PAPERS)
def test_a_study_without_municipalities_does_not_speak_of_them(kind: str) -> None:
    said = told(homeless(), kind)
    assert "fehlen im Anteil" not in said
    assert "Den Kommunen" not in said


def test_asking_for_one_of_no_municipalities_says_that_there_are_none() -> None:
    with pytest.raises(InputError) as caught:
        report(homeless(), "kofi", request=Request(municipality="all"))
    assert [issue.code for issue in caught.value.issues] == ["no_municipalities"]


def test_the_legend_of_labels_stands_where_they_do_and_names_those_that_occur() -> None:
    found = ranked_example()
    sealed, public = (str(council_paper.build(found, Request(public=public)).parts) for public in (False, True))
    assert "der betrachteten Fälle anders" not in sealed
    assert "der betrachteten Fälle anders" in public
    assert "unwahrscheinlich" not in public
    front = Request(measures=tuple(line.measure for line in found.ranking[:3]))
    facts = [part for part in _flat(ranked_list.build(found, front).parts) if isinstance(part, Facts)]
    assert "unwahrscheinlich" not in str(facts)


def _flat(parts: tuple[object, ...]) -> list[object]:
    return [one for part in parts for one in ((*part.left, *part.right) if hasattr(part, "left") else (part,))]
