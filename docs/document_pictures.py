"""Pictures of one document of each kind for the documentation: `python docs/document_pictures.py`.

The first page of each in German, of the example; the minutes are those of a rehearsed workshop.
"""

from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from mcda.evaluate import evaluate
from mcda.portfolio import PlanTask, plan
from mcda.report import BUILDERS, Request
from mcda.report.exports.pdf_file import page_images
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.study.read import read_study
from mcda.workshop.contents import Joined, RoundOpened
from mcda.workshop.desk import FACILITATOR, Desk, Opening
from mcda.workshop.log_file import RoomLog
from mcda.workshop.rehearsal import simulated_answer, simulated_people
from mcda.workshop.store import open_store

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "img"
DOTS = 90
SEED = 7
ROLES = ("Bürgermeisteramt", "Kämmerei", "Bauamt")
WISHES = {
    "list": Request(),
    "kofi": Request(),
    "factsheets": Request(measures=("MV-01",)),
    "dossier": Request(measures=("MV-02",)),
    "council": Request(municipality="ISM"),
    "annex": Request(),
}
"""What is asked of each kind; minutes need a workshop, a plan's paper a plan, and are pictured with them."""


def main() -> None:
    """Write docs/img/document_<kind>.png."""
    result = evaluate(read_study(ROOT / "data" / "nordallianz"))
    planned = Request(plan=plan(result, PlanTask(years=5, schedule=True, budget_eur=Decimal(1_000_000))))
    for kind, wish in (*WISHES.items(), ("plan", planned), ("protocol", Request(room=rehearsed(result)))):
        page = next(iter(page_images(BUILDERS[kind](result, wish), DOTS)))
        (IMAGES / f"document_{kind}.png").write_bytes(page)


def rehearsed(result: Result) -> RoomLog:
    """The log of an evening with twelve simulated people: weights agreed after a question, two decisions."""
    study, minutes, generator = result.study, count(), np.random.default_rng(SEED)
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/rooms.sqlite3")
        desk = Desk(store, lambda: f"2026-03-01T{18 + (now := next(minutes)) // 60}:{now % 60:02d}:00.000Z")
        code, _ = desk.open_room(
            study, Scenario(), Opening(title="Zukunftswerkstatt", rehearsal=True), "2027-01-01T00:00:00.000Z"
        )

        def step(kind: str, /, **said: Any) -> int:
            return desk.act(code, "facilitator", FACILITATOR, kind, said).seq

        step("started")
        people = [desk.join(code, Joined.model_validate(one))[0] for one in simulated_people(study, ROLES)]
        asked = step("round_opened", kind="weights")
        for who in people:
            answer = simulated_answer(study, RoundOpened(kind="weights"), generator)
            desk.act(code, "participant", who, "voted", {"round": asked, "participant": who, **answer})
        step("round_closed", round=asked)
        step("round_revealed", round=asked)
        points = dict(zip(study.children[""], (35, 30, 20, 15), strict=True))
        step("weights_agreed", points=points, round=asked, remark="nach Aussprache")
        step("weights_locked")
        first = result.ranking
        step("decided", measure=first[3].measure, rank=1, reason="Die Vorarbeiten laufen schon.")
        step("decided", measure=first[0].measure, rank=4, reason="Personal steht erst im Herbst bereit.")
        step("decision_taken", remark="einstimmig")
        step("ended")
        events = desk.load(code).events
        store.close()
    return RoomLog(study, events)


if __name__ == "__main__":
    main()
