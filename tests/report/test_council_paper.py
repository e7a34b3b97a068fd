"""The council paper: each council decides for itself, and all shares together are the alliance's to the cent."""

from decimal import Decimal
from math import ceil
from typing import Any

import pytest

from council_log import council_log
from example import ranked_example
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.locale.formats import money
from mcda.report.document import Bullets, Document, Facts, Heading, Paragraph, Table
from mcda.report.documents.council_paper import build
from mcda.report.documents.council_scope import scope_of
from mcda.report.exhibits.council_voice import voice_of
from mcda.report.exhibits.money_sums import money_sum, paid_measures, rounded_up
from mcda.report.exports.docx_file import docx_file
from mcda.report.exports.pdf_file import pdf_file
from mcda.report.request import Request
from mcda.result import Result
from mcda.study.model import Municipality, StudyInfo
from pdf_tags import pages_of, words_of
from rated import rated
from small import measure, ratings, small_study

HOMES = ("ECH", "GAR", "HBM", "ISM", "NEU", "OSH", "UFG", "USH")


@pytest.fixture(scope="module")
def example() -> Result:
    return ranked_example()


@pytest.fixture(scope="module")
def papers(example: Result) -> dict[str, Document]:
    """The papers of all eight councils and of the alliance ('') for the part that is not public."""
    return {home: build(example, Request(municipality=home, public=False)) for home in ("", *HOMES)}


def tables(document: Document) -> list[Table]:
    return [part for part in document.parts if isinstance(part, Table)]


def with_key(document: Document, key: str) -> list[Table]:
    return [table for table in tables(document) if key in [c.key for c in table.listing.columns]]


def column(table: Table, key: str) -> list[Any]:
    at = [c.key for c in table.listing.columns].index(key)
    return [row[at] for row in table.listing.rows]


def resolved(document: Document) -> str:
    """The draft resolution and its numbered items."""
    parts = list(document.parts)
    at = next(n for n, p in enumerate(parts) if isinstance(p, Paragraph) and p.look == "resolution")
    items = parts[at + 1]
    told = " ".join(items.items) if isinstance(items, Bullets) else ""
    return f"{parts[at].words} {told}"  # type: ignore[union-attr]


def by_hand(result: Result, home: str = "") -> Decimal:
    """What the first tier costs a member, or all of them, added up without the documents' code."""
    first = [line.measure for line in result.ranking if line.tier == 1]
    shares = [share for name in first for who, share in result.money[name].shares.items() if home in ("", who)]
    return sum(shares, Decimal(0))


def test_the_eight_councils_shares_are_the_alliance_s_to_the_cent(example: Result, papers: dict[str, Document]) -> None:
    totals = {home: column(with_key(papers[home], "share")[1], "share")[-1] for home in HOMES}
    assert totals == {home: by_hand(example, home) for home in HOMES}
    own = column(with_key(papers[""], "year")[0], "own")[-1]
    assert sum(totals.values()) == own == by_hand(example)
    every = {home: column(with_key(papers[home], "tier")[0], "share")[-1] for home in HOMES}
    assert sum(every.values()) == sum((m.own_contribution for m in example.money.values()), Decimal(0))


def test_the_measures_shares_and_the_years_add_up_to_the_same(papers: dict[str, Document]) -> None:
    for home in HOMES:
        measures, years, tiers = with_key(papers[home], "share")
        *single, total = column(measures, "share")
        assert sum(one for one in single if one is not None) == total
        *each, later = column(years, "share")
        assert (sum(each), later) == (total, total)
        assert column(tiers, "share")[0] == total


def test_the_resolution_speaks_of_the_council_s_own_share_alone(example: Result, papers: dict[str, Document]) -> None:
    for home in HOMES:
        told = resolved(papers[home])
        assert money(by_hand(example, home), "de") in told
        strangers = [m.name for m in example.study.municipalities if m.id != home]
        assert not [name for name in strangers if name in told]
        assert money(by_hand(example), "de") not in told


def test_the_voice_is_the_kind_s(papers: dict[str, Document]) -> None:
    assert resolved(papers["ISM"]).startswith("Der Gemeinderat nimmt die Rangliste")
    assert "beteiligt sich die Gemeinde Ismaning" in resolved(papers["ISM"])
    assert resolved(papers["USH"]).startswith("Der Stadtrat nimmt")
    assert "Der Anteil der Stadt Unterschleißheim" in resolved(papers["USH"])
    assert "empfiehlt den Räten, jeder für seine Kommune" in resolved(papers[""])


@pytest.mark.parametrize(
    ("kind", "name", "body", "of_home"),
    [
        ("markt", "Schwaben", "Marktgemeinderat", "des Marktes Schwaben"),
        ("stadt", "Stadt Rosenheim", "Stadtrat", "der Stadt Rosenheim"),
        ("landkreis", "Landkreis Freising", "Kreistag", "des Landkreises Freising"),
        ("dorf", "Weiler", "Rat", "der Kommune Weiler"),
    ],
)
def test_every_kind_has_its_council_and_no_word_twice(kind: str, name: str, body: str, of_home: str) -> None:
    study = small_study(municipalities=(Municipality(id="ISM", name=name, kind=kind), Municipality(id="GAR", name="G")))
    voice = voice_of(study, "ISM", "de")
    assert (voice.body, voice.of_home) == (body, of_home)


def test_without_a_municipality_the_alliance_or_the_only_one_speaks() -> None:
    both = small_study(study=StudyInfo(title="T", as_of="2025-06-30", region="Nordregion"))  # type: ignore[arg-type]
    assert voice_of(both, "", "de").of_home == "des Zusammenschlusses „Nordregion“"
    alone = both.model_copy(update={"municipalities": both.municipalities[:1]})
    assert voice_of(alone, "", "de").municipality == "ISM"
    assert voice_of(both.model_copy(update={"municipalities": ()}), "", "de").key == "body"


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_public_no_single_measure_s_money_is_told(example: Result, language: str) -> None:
    document = build(example, Request(municipality="ISM", language=language))
    told = words_of(pdf_file(document))
    keys = {c.key for table in tables(document) for c in table.listing.columns}
    assert not keys & {"life_cycle_cost_eur", "grant_low_eur", "grant_high_eur", "own_contribution_eur"}
    costs = {example.money[line.measure].life_cycle_gross for line in example.ranking if line.tier == 1}
    shown = {cell for table in tables(document) for row in table.listing.rows for cell in row}
    assert not costs & {cell for cell in shown if isinstance(cell, Decimal)}
    assert text("confidential.notice", language) not in told
    rounded = money(ceil(by_hand(example, "ISM") / 1000) * 1000, language, cents=False)
    assert rounded in resolved(document)


def test_papers_of_two_councils_side_by_side_tell_no_single_measure(example: Result) -> None:
    """Sums over what one council takes part in differ between councils by single measures: none of them is told."""
    for home in HOMES:
        document = build(example, Request(municipality=home))
        mine = [name for name in paid_measures(example) if home in example.study.measure_by_id[name].municipalities]
        by_tier = {line.measure: line.tier for line in example.ranking}
        told = words_of(pdf_file(document))
        for tier in set(by_tier.values()):
            sums = money_sum(example, [name for name in mine if by_tier.get(name) == tier])
            for amount in (sums.cost, sums.own, sums.grant):
                assert money(rounded_up(amount), "de", cents=False) not in told, (home, tier)
        shares = money_sum(example, [name for name in mine if by_tier.get(name) == 1]).shares
        assert money(rounded_up(shares[home]), "de", cents=False) in told


def test_the_other_part_is_marked_on_every_page_and_tells_each_measure(
    example: Result, papers: dict[str, Document]
) -> None:
    document = papers["ISM"]
    assert all(page.startswith("NICHT ÖFFENTLICH.") for page in pages_of(pdf_file(document)))
    table = with_key(document, "life_cycle_cost_eur")[0]
    first = [line for line in example.ranking if line.tier == 1 and "ISM" in example.money[line.measure].shares]
    *costs, total = column(table, "life_cycle_cost_eur")
    assert costs == [example.money[line.measure].life_cycle_gross for line in first]
    assert column(table, "rank")[:-1] == [line.rank for line in first]
    assert total == sum(costs)


def test_it_is_dated_by_hand_and_signed_by_hand(papers: dict[str, Document]) -> None:
    told = words_of(pdf_file(papers["ISM"]))
    for name in ("Sitzung am", "Vorlage Nummer", "Ja-Stimmen", "Nein-Stimmen", "Ort und Datum"):
        assert name in told
    assert docx_file(papers["ISM"]).startswith(b"PK")


def test_chosen_measures_take_the_first_tier_s_place(example: Result) -> None:
    chosen = tuple(line.measure for line in example.ranking[20:24])
    scope = scope_of(example, Request(municipality="ISM", measures=chosen))
    assert scope.first == tuple(name for name in chosen if "ISM" in example.study.measure_by_id[name].municipalities)


def test_a_workshop_s_decisions_decide_which_come_first() -> None:
    study = small_study()
    order = [line.measure for line in evaluate(study).ranking]
    points = {"relevance": 35.0, "feasibility": 25.0, "cost": 20.0, "funding": 20.0}
    room = council_log(study, [(order[3], 1, "eilt"), (order[0], 4, "später")], points)
    document = build(evaluate(study), Request(room=room, public=False))
    assert column(with_key(document, "life_cycle_cost_eur")[0], "title") == [f"Maßnahme {order[3]}"]
    assert "Die Liste wurde im Workshop beschlossen" in words_of(pdf_file(document))
    assert text("document.title.protocol", "de") in " ".join(
        item for part in document.parts if isinstance(part, Bullets) for item in part.items
    )


def test_a_council_without_a_measure_that_comes_first_only_takes_note() -> None:
    changed = {"M1": ("GAR",)}
    study = small_study(
        measures=tuple(
            measure(m, c, municipalities=changed.get(m, ("ISM", "GAR")))
            for m, c in (("M1", 60_000), ("M2", 250_000), ("M3", 30_000), ("M4", 2_000_000))
        )
    )
    document = build(evaluate(study), Request(municipality="ISM"))
    told = resolved(document)
    assert told.startswith("Der Gemeinderat nimmt die Rangliste")
    assert "beschließt" not in told
    assert text("council.heading.money", "de") not in [p.words for p in document.parts if isinstance(p, Heading)]


@pytest.mark.parametrize("public", [True, False])
def test_small_studies_have_no_empty_section_and_no_word_of_the_example(public: bool) -> None:
    bare = small_study(
        municipalities=(),
        measures=tuple(measure(m, 1000 * (n + 1), municipalities=()) for n, m in enumerate(("M1", "M2"))),
        ratings=(*ratings("M1", 5, 4, 4), *ratings("M2", 3, 5, 2)),
    )
    three = rated([[(r * 3 + c) % 5 / 4 for c in range(3)] for r in range(16)], [1.0] * 3)
    for result in (evaluate(small_study()), evaluate(bare), three):
        document = build(result, Request(public=public))
        parts = list(document.parts)
        for part, following in zip(parts, [*parts[1:], None], strict=True):
            deeper = isinstance(part, Heading) and isinstance(following, Heading) and following.level > part.level
            assert deeper or not (isinstance(part, Heading) and (following is None or isinstance(following, Heading)))
            assert not (isinstance(part, Table) and not part.listing.rows)
            assert not (isinstance(part, Bullets) and not part.items)
            assert not (isinstance(part, Facts) and not all(row.value for row in part.rows))
        told = words_of(pdf_file(document))
        assert "NordAllianz" not in told
        assert "Zuschüsse" not in told
        assert "Antragsfrist" not in told


def test_a_municipality_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        build(evaluate(small_study()), Request(municipality="ISN"))
    assert caught.value.issues[0].params["nearest"] == "ISM"
