"""The page Gewichte in a browser: eight stakeholders answer through all three doors, and Python computes the same."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from browsing import PATIENCE_S, download, settled
from example import the_example
from mcda.locale import text
from mcda.report.exhibits.questions import group_name
from mcda.scenario import GROUP, Scenario
from mcda.study.model import Judgement, Study
from mcda.study.read import read_study
from mcda.weights.ahp import priorities
from mcda.weights.comparisons import comparisons_of
from mcda.weights.rank_order import elicit_rank_order
from mcda.weights.stored import person_weights
from mcda.weights.swing import elicit_swing
from mcda.weights.tree import tree_weights

pytestmark = [pytest.mark.browser, pytest.mark.long]

BEFORE = the_example()
LABEL = {c.id: c.label_de for c in BEFORE.criteria}
GROUPS = {parent: group_name(BEFORE, parent, "de") for parent in BEFORE.children}
NEW = {
    "Bürgermeisteramt Ismaning": "buergermeisteramt_ismaning",
    "Kämmerei Garching": "kaemmerei_garching",
    "Bauamt Eching": "bauamt_eching",
    "Hauptamt Neufahrn": "hauptamt_neufahrn",
    "IT-Stelle Unterföhring": "it_stelle_unterfoehring",
}


def say(key: str, **params: object) -> str:
    return text(f"weights_page.{key}", "de", **params)


def open_weights(page: Page, address: str) -> None:
    page.goto(f"{address}/weights", wait_until="domcontentloaded")
    page.get_by_role("heading", level=1, name="Gewichte").wait_for()
    settled(page)


def choose_person(page: Page, name: str) -> None:
    """A redraw that is still under way may close the list again: open it until the name can be chosen."""
    option = page.get_by_role("option", name=name, exact=True)
    for _ in range(10):
        page.locator(".st-key-weights_who input").click()
        with suppress(TimeoutError):
            option.click(timeout=3_000)
            break
    expect(page.locator(".st-key-weights_who input")).to_have_value(name)
    settled(page)


def add_person(page: Page, name: str) -> None:
    choose_person(page, say("new_person"))
    page.locator(".st-key-weights_person_label input").fill(name)
    page.get_by_role("button", name=say("person_add")).click()
    expect(page.locator(".st-key-weights_who input")).to_have_value(name)
    settled(page)


def go_to(page: Page, who: str, parent: str, door: str, stored: bool) -> None:
    """Choose the group of criteria and the door; earlier answers of another kind may be replaced. Each time the page
    has to show the questions of this person and group before the next click: the widgets are others then."""
    asks = f"[class*='st-key-weights_asks_{who}_{parent or 'top'}_"
    page.locator(".st-key-weights_group").get_by_role("radio").filter(has_text=GROUPS[parent]).click()
    page.locator(f"{asks}']").wait_for()
    settled(page)
    word = say(f"door_{door}", count=1).split(":")[0]
    page.get_by_role("radio").filter(has_text=f"{word}:").click()
    page.locator(f"{asks}{door}']").wait_for()
    settled(page)
    if stored:
        page.get_by_role("button", name=say("replace")).click()
        expect(page.get_by_role("button", name=say("replace"))).to_have_count(0)


def shows(page: Page, expected: Mapping[str, float]) -> None:
    """The bars hold exactly these weights, to the last digit."""
    for criterion, weight in expected.items():
        bar = page.locator(f".rf-weights li[data-criterion='{criterion}']")
        expect(bar).to_have_attribute("data-weight", repr(weight))
    expect(page.locator(".rf-stored")).to_contain_text(say("stored", kind="", at="").split(":")[0])


def give_points(page: Page, parent: str, points: list[int]) -> dict[str, float]:
    items = BEFORE.children[parent]
    for criterion, number in zip(items, points, strict=True):
        box = page.locator(f".asked li[data-id='{criterion}'] input.box")
        box.fill(str(number))
        box.press("Enter")
    return dict(elicit_swing(dict(zip(items, map(float, points), strict=True)), items).local)


def give_order(page: Page, parent: str, moves: int) -> dict[str, float]:
    """The study's order first, then the last criterion up by so many places; the second is equal to the first."""
    items = list(BEFORE.children[parent])
    page.locator(".asked .confirm").click()
    for _ in range(moves):
        page.locator(f".asked li[data-id='{items[-1]}'] button.up").click()
    moved = items[:-1]
    moved.insert(len(items) - 1 - moves, items[-1])
    page.locator(f".asked li[data-id='{moved[1]}'] label.equal input").check()
    ranks = {name: 1 if place < 2 else place + 1 for place, name in enumerate(moved)}
    return dict(elicit_rank_order(ranks, tuple(items)).local)


def give_pairs(page: Page, parent: str, strength: int) -> dict[str, float]:
    """Every comparison by clicks: the one named first matters more, or both the same where it is the last."""
    items = BEFORE.children[parent]
    rows = []
    for done in range(len(items) * (len(items) - 1) // 2):
        progress = page.locator("[data-testid=stProgress]")
        expect(progress).to_contain_text(f"{done} von")
        cards = page.locator(".rf-card strong")
        a, b = (next(c for c in items if LABEL[c] == cards.nth(n).inner_text()) for n in (0, 1))
        if b == items[-1]:
            page.get_by_role("button", name=say("both_equal"), exact=True).click()
            rows.append(Judgement(stakeholder="x", parent=parent, a=a, b=b, value=1))
        else:
            page.get_by_role("button", name=say("this_one", name=LABEL[a]), exact=True).click()
            page.get_by_role("radio").filter(has_text=say(f"strength_{strength}")).click()
            rows.append(Judgement(stakeholder="x", parent=parent, a=a, b=b, value=strength))
        settled(page)
    found = priorities(comparisons_of(rows, items, parent)).weights
    return dict(zip(items, found.tolist(), strict=True))


@pytest.mark.long
def test_eight_stakeholders_answer_and_python_computes_the_same_weights(
    page: Page, address: str, tmp_path: Path
) -> None:
    open_weights(page, address)
    shown: dict[tuple[str, str], dict[str, float]] = {}
    earlier = {person.label_de: person.id for person in BEFORE.stakeholders}
    for turn, (name, who) in enumerate((earlier | NEW).items()):
        known = name in earlier
        if known:
            choose_person(page, name)
        else:
            add_person(page, name)
        for step, parent in enumerate(BEFORE.children):
            size = len(BEFORE.children[parent])
            door = "pairs" if (turn, step) in {(3, 1), (5, 0)} else ("swing", "order")[(turn + step) % 2]
            go_to(page, who, parent, door, known)
            if door == "swing":
                found = give_points(page, parent, [100, *(20 + 10 * turn - 5 * n for n in range(size - 1))])
            elif door == "order":
                found = give_order(page, parent, 1 + (turn + step) % (size - 1))
            else:
                found = give_pairs(page, parent, 3)
            shows(page, found)
            shown[name, parent] = found
    (tmp_path / "study.xlsx").write_bytes(download(page, "answers"))
    _compare(read_study(tmp_path / "study.xlsx"), shown)


def _compare(study: Study, shown: Mapping[tuple[str, str], Mapping[str, float]]) -> None:
    """The downloaded study, read as any file, gives every number that stood on the page."""
    ids = {person.label_de: person.id for person in study.stakeholders}
    assert len(ids) == 8
    for (name, parent), weights in shown.items():
        assert dict(person_weights(study, ids[name])[parent].local) == weights
    for name, who in ids.items():
        found = tree_weights(study, Scenario(profile=who))
        assert [s.people for s in found.sources] == [(who,)] * len(study.children)
        assert all(s.answered_at for s in found.sources)
        for parent in study.children:
            for criterion, weight in shown[name, parent].items():
                assert found.local[criterion] == pytest.approx(weight, abs=1e-15)
    assert len(tree_weights(study, Scenario(profile=GROUP)).sources[0].people) == 8


def test_on_a_phone_pairs_are_answered_by_touch_and_an_order_by_dragging(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="de-DE", has_touch=True)
    context.set_default_timeout(PATIENCE_S * 1000)
    page = context.new_page()
    try:
        open_weights(page, address)
        add_person(page, "Ortsteil Dietersheim")
        go_to(page, "ortsteil_dietersheim", "relevance", "pairs", stored=False)
        shows(page, give_pairs(page, "relevance", 5))
        go_to(page, "ortsteil_dietersheim", "", "order", stored=False)
        items = BEFORE.children[""]
        grip = page.locator(f".asked li[data-id='{items[-1]}'] .grip")
        top = page.locator(f".asked li[data-id='{items[0]}']")
        grip.scroll_into_view_if_needed()
        top.scroll_into_view_if_needed()
        grip.drag_to(top, target_position={"x": 20, "y": 10})
        expected = elicit_rank_order({c: n for n, c in enumerate((items[-1], *items[:-1]), 1)}, items).local
        shows(page, dict(expected))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    finally:
        context.close()


def test_what_is_no_number_of_points_is_told_beside_its_box_and_nothing_is_stored(page: Page, address: str) -> None:
    open_weights(page, address)
    add_person(page, "Probe")
    go_to(page, "probe", "", "swing", stored=False)
    box = page.locator(".asked li[data-id='cost'] input.box")
    for wrong in ("12,5", "101", "viel", "-3"):
        box.fill(wrong)
        box.press("Enter")
        expect(page.locator(".asked li[data-id='cost'] .fault")).to_have_text(say("list_points_fault"))
    settled(page)
    expect(page.locator(".rf-stored")).to_have_count(0)
