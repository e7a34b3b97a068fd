"""Slips in single cells of good tables: each raises an issue or moves the study as predicted, none passes unnoticed.

RANGFOLGE_FUZZ sets how many (120 otherwise). The kinds, each with what must happen, stand in mutation_kinds.
"""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest

from example import the_example
from mcda.errors import InputError, Issue
from mcda.evaluate import prepare
from mcda.study.model import Study
from mcda.study.read import read_sheets
from mcda.study.rules import check_study
from mcda.study.sheets import Sheet, sheets_of
from mutation_kinds import KINDS, Kind, digit_slipped
from mutations import Mutation, Spot, as_workbook, sheets_from, spots, value_at
from small import small_study

COUNT = int(os.environ.get("RANGFOLGE_FUZZ", "120"))
THROUGH_BYTES, WHOLE_EXAMPLE = 0.1, 0.03
"""Shares of the mutations that go through the bytes of a workbook, and that start from the whole example."""


def few_measures(study: Study) -> Study:
    """The example cut down to some measures and programmes, everything still referring to something."""
    chosen = {m.id for m in study.measures[::12]}
    candidates = {p for m in study.measures if m.id in chosen for p in m.funding_candidates}
    programmes = [p for p in study.programmes if p.id in candidates][:5]
    ids = {p.id for p in programmes}

    def within(names: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name in known)

    measures = [
        m.model_copy(
            update={
                "depends_on": within(m.depends_on, chosen),
                "excludes": within(m.excludes, chosen),
                "funding_candidates": within(m.funding_candidates, ids),
            }
        )
        for m in study.measures
        if m.id in chosen
    ]
    return study.model_copy(
        update={
            "measures": tuple(measures),
            "programmes": tuple(programmes),
            "programme_rates": tuple(r for r in study.programme_rates if r.programme in ids),
            "programme_caps": tuple(c for c in study.programme_caps if c.programme in ids),
            "programme_calls": tuple(c for c in study.programme_calls if c.programme in ids),
            "ratings": tuple(r for r in study.ratings if r.measure in chosen),
            "eligibility": tuple(e for e in study.eligibility if e.measure in chosen and e.programme in ids),
        }
    )


WHOLE = the_example()
STUDIES = (small_study(), few_measures(WHOLE))


def read(sheets: Sequence[Sheet]) -> tuple[Study | None, tuple[Issue, ...]]:
    """The study and what is told about it, or None and the issues."""
    try:
        study = read_sheets(sheets)
    except InputError as error:
        return None, error.issues
    return study, check_study(study)


def verdict(mutation: Mutation, unchanged: Study, sheets: Sequence[Sheet]) -> str:
    """'issue' or 'as predicted'; AssertionError where a slip has passed unnoticed or was told in the wrong place."""
    study, told = read(sheets)
    if study is None:
        assert mutation.expected is None or mutation.or_issue, f"refused without need: {[i.sentence() for i in told]}"
        assert not mutation.codes or mutation.codes & {i.code for i in told}, f"other issues: {told}"
        assert mutation.at is None or mutation.at in {(i.where.table, i.where.row) for i in told}, f"elsewhere: {told}"
        return "issue"
    if mutation.moves:
        assert study != unchanged, "nothing moved and nothing was told"
        return "moved"
    assert mutation.expected is not None, "passed unnoticed"
    assert study == mutation.expected, "moved otherwise than predicted"
    assert not mutation.told or mutation.told in {i.code for i in told}, f"not told: {told}"
    return "as written" if study == unchanged else "as predicted"


def test_good_tables_read_as_they_are():
    for study in (*STUDIES, WHOLE):
        assert read_sheets(sheets_from(study)) == study
        assert read_sheets(sheets_of(as_workbook(sheets_from(study)), "a.xlsx")) == study


def test_no_slip_passes_unnoticed():
    verdicts: Counter[tuple[str, str]] = Counter()
    for number in range(COUNT):
        random = Random(f"slip {number}")
        study = WHOLE if random.random() < WHOLE_EXAMPLE else random.choice(STUDIES)
        kind = KINDS[number % len(KINDS)]
        spot, mutation = mutated(study, kind, random)
        sheets = mutation.sheets
        if random.random() < THROUGH_BYTES:
            sheets = sheets_of(as_workbook(sheets), "study.xlsx")
        try:
            verdicts[kind.__name__, verdict(mutation, study, sheets)] += 1
        except AssertionError as error:
            error.add_note(f"slip {number}: {kind.__name__} at {spot}")
            raise
    lines = [f"{kind:20} {found:13} {times}" for (kind, found), times in sorted(verdicts.items())]
    sys.stdout.write("\n" + "\n".join(lines) + f"\n{COUNT} slips, none unnoticed\n")
    assert {kind for kind, _ in verdicts} == {kind.__name__ for kind in KINDS}


def mutated(study: Study, kind: Kind, random: Random) -> tuple[Spot, Mutation]:
    """A mutation of this kind somewhere in the study; tables small and large have the same chance."""
    places = spots(study)
    tables = sorted({spot.table for spot in places})
    for _ in range(2_000):
        table = random.choice(tables)
        spot = random.choice([spot for spot in places if spot.table == table])
        mutation = kind(study, spot, random)
        if mutation is not None:
            return spot, mutation
    return mutated(STUDIES[1], kind, random)


def test_a_changed_rating_moves_its_own_cell_of_the_decision_matrix():
    study = STUDIES[0]
    before = prepare(study, study.study.as_of).matrix
    for spot in spots(study):
        mutation = digit_slipped(study, spot, Random(1)) if (spot.table, spot.field) == ("ratings", "value") else None
        if mutation is None or mutation.expected is None:
            continue
        changed = read_sheets(mutation.sheets)
        after = prepare(changed, changed.study.as_of).matrix
        rating = study.ratings[spot.index]
        place = before.measures.index(rating.measure), before.leaves.index(rating.criterion)
        difference = after.raw - before.raw
        assert difference[place] == pytest.approx(1)
        difference[place] = 0
        assert not difference.any()
        assert value_at(changed, spot) == value_at(study, spot) + 1


def test_a_reader_that_overlooks_a_slip_fails_this_test():
    study = STUDIES[0]
    spot = next(s for s in spots(study) if s.field == "capex_eur")
    overlooked = Mutation(sheets_from(study), None, at=spot.place)
    with pytest.raises(AssertionError, match="unnoticed"):
        verdict(overlooked, study, overlooked.sheets)
    with pytest.raises(AssertionError, match="nothing moved"):
        verdict(Mutation(sheets_from(study), None, moves=True), study, overlooked.sheets)
