"""What else the page Compare takes in: states kept, a workshop's weightings, a file; and what it gives out again."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from example import EXAMPLE, the_example
from mcda.batch import run_batch
from mcda.cli import main
from mcda.errors import InputError
from mcda.locale import LANGUAGES, text
from mcda.report.exhibits.alternatives import alternatives, states_to_compare
from mcda.scenario import Scenario
from mcda.scenario_set import distinct, read_scenarios, scenarios_in, scenarios_json, scenarios_toml
from mcda.study.model import Study
from mcda.ui.board import direct
from mcda.ui.workshop import place as places
from mcda.workshop import contents as c
from mcda.workshop.desk import FACILITATOR, Opening
from small import small_study
from test_pages import opened, words

TOPS = ("relevance", "feasibility", "cost", "funding")
COSTLY = Scenario(weights={"cost": 90.0}, method="weighted_sum")


def shown(app: AppTest) -> str:
    said = [element.value for group in (app.subheader, app.info, app.error, app.warning) for element in group]
    return f"{words(app)} {' '.join(said)}".replace("\\", "")


def put(app: AppTest, name: str, content: str) -> AppTest:
    (box,) = app.file_uploader
    box.upload(name, content.encode()).run()
    assert not app.exception
    return app


def options(app: AppTest) -> list[str]:
    return next(box for box in app.selectbox if box.key.startswith("compare_left")).options


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_state_is_kept_compared_and_put_away(language: str) -> None:
    app = opened("compare", language, study=small_study(), scenario=COSTLY)
    app.text_input(key="compare_keep_name").set_value("Haushalt  knapp").run()
    app.button(key="compare_keep").click().run()
    assert not app.exception
    kept = app.session_state["rangfolge"].kept
    assert [one.name for one in kept] == ["Haushalt knapp"]
    assert kept[0].model_copy(update={"name": ""}) == COSTLY
    assert "Haushalt knapp" not in options(app)  # the scenario in force is the same
    app = opened("compare", language, study=small_study(), kept=kept)
    assert "Haushalt knapp" in options(app)
    app.button(key="compare_forget_0").click().run()
    assert not app.session_state["rangfolge"].kept
    assert "Haushalt knapp" not in options(app)


def test_states_without_a_name_are_numbered() -> None:
    app = opened("compare", study=small_study())
    for _ in range(2):
        app.button(key="compare_keep").click().run()
    assert [one.name for one in app.session_state["rangfolge"].kept] == ["Stand 1", "Stand 2"]


def test_the_studys_own_settings_and_the_live_comparison_stand_beside_a_changed_scenario() -> None:
    other = Scenario(method="weighted_sum")
    app = opened("compare", study=small_study(), scenario=COSTLY, settled=COSTLY, baseline=other)
    assert {"wie die Studie es vorgibt", "Vergleich der Seite Live"} <= set(options(app))


def test_each_state_is_compared_once_and_never_with_itself() -> None:
    kept = (COSTLY.model_copy(update={"name": "a"}), Scenario(name="b"), COSTLY.model_copy(update={"name": "c"}))
    assert [one.name for one in states_to_compare(COSTLY, Scenario(), kept, "de")] == ["b"]
    assert [one.name for one in states_to_compare(Scenario(), COSTLY, kept, "de")] == ["a"]
    assert states_to_compare(Scenario(), Scenario(), (), "de") == ()


FILE = """
[[scenarios]]
name = "Kosten hoch"
weights = { cost = 90 }
[[scenarios]]
name = "ohne Förderung"
without_programmes = ["*"]
"""


def test_a_files_scenarios_are_compared_with_the_one_in_force() -> None:
    app = put(opened("compare", study=small_study()), "wir.toml", FILE)
    assert {"Kosten hoch", "ohne Förderung"} <= set(options(app))
    assert text("compare_more.file_taken", "de", name="wir.toml", count=2) in shown(app)
    app.button(key="compare_file_forget").click().run()
    assert "Kosten hoch" not in options(app)
    put(app, "wir.json", json.dumps({"name": "aus JSON", "weights": {"cost": 70}}))
    assert "aus JSON" in options(app)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('include = ["/etc/passwd"]', ("wir.toml, include", "keine anderen einbinden")),
        (
            "[grid]\nweights.kost = [1, 2]\nmethode = [1]",
            ("wir.toml, grid.weights.kost", "funding", "wir.toml, grid.methode", "method?"),
        ),
        ("[grid]\nseed = [" + ",".join(str(n) for n in range(201)) + "]", ("201", "höchstens 200")),
        ("name = 'halb", ("Das ist keine gültige TOML-Datei",)),
    ],
)
def test_every_fault_of_a_file_is_told_and_the_rest_still_compared(content: str, told: tuple[str, ...]) -> None:
    app = put(opened("compare", study=small_study()), "wir.toml", content)
    assert [word for word in told if word not in shown(app)] == []
    assert "wir.toml" in app.error[0].value.replace("\\", "")
    assert len(options(app)) > 1


def test_more_cases_than_can_be_waited_for_are_offered_as_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcda.ui.pages.compare.MOST_LIVE", 1)
    app = opened("compare", study=small_study())
    assert text("compare_more.too_many", "de", count=2, most=1) in shown(app)
    assert not [box for box in app.selectbox if str(box.key).startswith("compare_left")]
    assert len(app.get("download_button")) == 2


def test_changed_data_are_to_be_taken_along() -> None:
    study = small_study()
    app = opened("compare", study=study)
    assert text("compare_more.again_edited", "de") not in shown(app)
    renamed = study.measures[0].model_copy(update={"title": "Anders"})
    changed = study.model_copy(update={"measures": (renamed, *study.measures[1:])})
    app = opened("compare", study=changed, origin=study)
    assert text("compare_more.again_edited", "de") in shown(app)


def test_the_two_orders_can_be_chosen() -> None:
    app = opened("compare")
    left = next(box for box in app.selectbox if box.key.startswith("compare_left"))
    right = next(box for box in app.selectbox if box.key.startswith("compare_right"))
    assert left.value == text("compare.scenario.present", "de")
    assert right.value != left.value
    right.set_value(left.value).run()
    assert text("compare.slope_same", "de", left=left.value, right=left.value) in shown(app)


def test_the_comparison_as_a_file_gives_the_screens_numbers_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = the_example()
    cases = distinct(alternatives(study, COSTLY, ("grants", "cost", "people", "methods"), "de"))
    screen = run_batch({"": study}, cases, backend="serial").ranking
    for name, content in (("v.toml", scenarios_toml(cases)), ("v.json", scenarios_json(cases))):
        (tmp_path / name).write_bytes(content)
        assert read_scenarios(tmp_path / name, study) == cases
        assert main(["compare", str(EXAMPLE), str(tmp_path / name), "--to", "json"]) == 0
        told = pd.DataFrame(json.loads(capsys.readouterr().out)["ranking"])
        pd.testing.assert_frame_equal(told[["name", "id", "rank"]], screen[["name", "id", "rank"]], check_dtype=False)
        assert list(told["score"]) == pytest.approx(list(screen["score"]), abs=1e-9)


def test_what_is_written_is_read_again_and_emptied_cells_only_in_json() -> None:
    odd = Scenario(
        name='"Zitat" \\ \x7f', cells={"measures.M1.capex_eur": 5, "study.horizon_years": 7}, cost_factors={"*": 1.3},
        as_of="2026-01-01", seed=3, budget_eur=1e6, people=("a", "b"), group_method="aij",
    )  # fmt: skip
    assert scenarios_in(scenarios_toml((odd, Scenario())), "x.toml") == (odd, Scenario(name="2"))
    assert scenarios_in(scenarios_json((odd, Scenario())), "x.json") == (odd, Scenario(name="2"))
    empty = Scenario(name="leer", cells={"measures.M1.capex_eur": None})
    assert scenarios_in(scenarios_json((empty,)), "x.json") == (empty,)
    with pytest.raises(ValueError, match="None"):
        scenarios_toml((empty,))
    assert [one.name for one in distinct((odd, odd, odd))] == [odd.name, f"{odd.name} (2)", f"{odd.name} (3)"]


def test_bytes_that_are_no_file_of_scenarios_are_told() -> None:
    for name, written, code in (
        ("x.toml", b"\xff\xfe", "not_text"),
        ("x.json", b"[1]", "not_a_table"),
        ("x.json", b'{"a":' * 100_000, "not_json"),
        ("x.toml", b"a=" + b"[" * 100_000, "not_toml"),
    ):
        with pytest.raises(InputError) as raised:
            scenarios_in(written, name)
        assert [issue.code for issue in raised.value.issues] == [code]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(direct, "_served", True)
    here = places.Place(f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    monkeypatch.setattr("mcda.ui.workshop.by_link.place", lambda: here)
    yield here
    here.desk().store.close()


def voted(here: Any, study: Study, *answers: tuple[float, ...]) -> str:
    """The facilitator's link to a room in which these weights were revealed."""
    desk = here.desk()
    code, key = desk.open_room(study, Scenario(), Opening(title="Probe"), "2100-01-01T00:00:00.000Z")
    people = [desk.join(code, c.Joined(role=f"Rolle {n}", municipality="ISM"))[0] for n in range(len(answers))]
    asked = desk.act(code, "facilitator", FACILITATOR, "round_opened", {"kind": "weights"}).seq
    for who, row in zip(people, answers, strict=True):
        said = {"round": asked, "participant": who, "points": dict(zip(TOPS, row, strict=True))}
        desk.act(code, "participant", who, "voted", said)
    for kind in ("round_closed", "round_revealed"):
        desk.act(code, "facilitator", FACILITATOR, kind, {"round": asked})
    return f"http://127.0.0.1/w/{code}/f/{key}"


def fetch(app: AppTest, link: str) -> AppTest:
    app.text_input(key="compare_room_link").set_value(link)
    next(b for b in app.button if b.label == text("compare_more.room_take", "de")).click().run()
    assert not app.exception
    return app


def test_a_workshops_weightings_are_compared_without_names_and_without_keeping_the_link(room: Any) -> None:
    study = small_study()
    link = voted(room, study, (100, 60, 40, 20), (100, 80, 20, 50), (40, 100, 60, 30))
    app = fetch(opened("compare", study=study), link)
    assert {"Workshop: Gruppe", *(f"Workshop: Gewichtung {n}" for n in (1, 2, 3))} <= set(options(app))
    assert not [word for word in ("Rolle 0", "Rolle 1", "Rolle 2", "ISM") if word in shown(app)]
    assert link.rpartition("/")[2] not in f"{shown(app)} {app.session_state['compare_room_taken']!r}"
    app.button(key="compare_room_forget").click().run()
    assert not [name for name in options(app) if "Workshop" in name]


def test_two_answers_show_the_group_alone_and_say_why(room: Any) -> None:
    study = small_study()
    app = fetch(opened("compare", study=study), voted(room, study, (100, 60, 40, 20), (100, 80, 20, 50)))
    assert [name for name in options(app) if "Workshop" in name] == ["Workshop: Gruppe"]
    assert text("compare_more.room_few", "de", fewest=3) in shown(app)


def test_a_wrong_link_and_a_workshop_on_other_criteria_are_told(room: Any) -> None:
    app = fetch(opened("compare", study=small_study()), "http://x/w/ABCDEF/f/none")
    assert [e.value for e in app.error] == [text("workshop_page.take_wrong", "de")]
    app = fetch(opened("compare"), voted(room, small_study(), *[(1, 2, 3, 4)] * 3))
    assert "andere Kriterien" in app.error[0].value
    assert not [name for name in options(app) if "Workshop" in name]


def test_without_the_server_there_is_no_workshop() -> None:
    assert text("compare_more.room_unserved", "de") in shown(opened("compare", study=small_study()))
