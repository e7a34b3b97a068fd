"""The live board under a quick hand: no answer turns back what a person is working on, and what holds it is said."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from browsing import open_live, settled
from example import the_example
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.report.exhibits.label_list import label_lines
from mcda.robustness.labels import robustness_labels
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.weights.direct import shift
from mcda.weights.tree import points_of

pytestmark = pytest.mark.browser

MOVES = "**/board/move"
BOARD = "[...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('.board')).shadowRoot"


BOTH_WAYS = pytest.mark.parametrize("is_direct", [True, pytest.param(False, marks=pytest.mark.long)])
"""By the board's own address as `mcda app` has it, and through Streamlit alone."""


def slider_of(page: Page, criterion: str) -> Locator:
    return page.locator(f"input[type=range][data-criterion={criterion}]")


def box_of(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=text("board.box", "de", name=name), exact=True)


def stored(page: Page) -> int:
    return int(page.evaluate(f"() => {BOARD}.querySelector('.board').dataset.stored"))


def await_stored(page: Page, before: int) -> None:
    page.wait_for_function(f"(n) => Number({BOARD}.querySelector('.board').dataset.stored) > n", arg=before)
    settled(page)


def hold_answers(page: Page) -> list[Route]:
    """From now on questions of the board wait in this list until the test lets them through."""
    held: list[Route] = []
    page.route(MOVES, lambda route: held.append(route))
    return held


def await_question(page: Page, held: list[Route], count: int) -> None:
    while len(held) < count:
        page.evaluate("() => new Promise(requestAnimationFrame)")


@BOTH_WAYS
def test_quick_presses_of_an_arrow_key_all_count(page: Page, address: str, is_direct: bool) -> None:
    if not is_direct:
        page.route(MOVES, lambda route: route.fulfill(status=404))
    open_live(page, address)
    slider = slider_of(page, "relevance")
    start = round(float(slider.input_value()))
    slider.focus()
    for _ in range(10):
        slider.press("ArrowRight")
    expect(box_of(page, "Relevanz")).to_have_value(str(start + 10))
    settled(page)
    assert float(slider.input_value()) == start + 10
    before = stored(page)
    slider.press("ArrowLeft")
    await_stored(page, before)
    expect(box_of(page, "Relevanz")).to_have_value(str(start + 9))


def test_an_answer_to_an_older_step_leaves_the_slider_where_the_hand_is(page: Page, address: str) -> None:
    open_live(page, address)
    slider = slider_of(page, "relevance")
    start = round(float(slider.input_value()))
    held = hold_answers(page)
    for _ in range(3):
        slider.press("ArrowRight")
    await_question(page, held, 1)
    held[0].continue_()
    await_question(page, held, 2)  # the next question goes out when the first answer is drawn
    assert float(slider.input_value()) == start + 3
    slider.press("ArrowRight")
    held[1].continue_()
    await_question(page, held, 3)
    assert float(slider.input_value()) == start + 4
    before = stored(page)
    held[2].continue_()
    await_stored(page, before)
    assert float(slider.input_value()) == start + 4
    expect(box_of(page, "Relevanz")).to_have_value(str(start + 4))


def test_an_answer_leaves_a_half_typed_number_alone(page: Page, address: str) -> None:
    open_live(page, address)
    slider, box = slider_of(page, "relevance"), box_of(page, "Relevanz")
    held = hold_answers(page)
    slider.press("ArrowRight")
    await_question(page, held, 1)
    box.focus()
    page.keyboard.type("4")
    before = stored(page)
    held[0].continue_()
    await_stored(page, before)
    expect(box).to_have_value("4")
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    await_question(page, held, 2)
    before = stored(page)
    held[1].continue_()
    await_stored(page, before)
    expect(box).to_have_value("48")
    assert float(slider.input_value()) == 48


def test_the_others_come_back_in_proportion_after_a_hundred(page: Page, address: str) -> None:
    open_live(page, address)
    boxes = [box_of(page, name) for name in ("Relevanz", "Umsetzbarkeit", "Kosten", "Förderfähigkeit")]
    start = [box.input_value() for box in boxes]
    for points in ("100", start[0]):
        before = stored(page)
        boxes[0].fill(points)
        boxes[0].press("Enter")
        await_stored(page, before)
    assert [box.input_value() for box in boxes] == start


def test_with_all_others_fixed_the_board_says_why_nothing_moves(page: Page, address: str) -> None:
    open_live(page, address)
    for name in ("Umsetzbarkeit", "Kosten", "Förderfähigkeit"):
        page.get_by_role("checkbox", name=text("board.lock", "de", name=name), exact=True).check()
    box = box_of(page, "Relevanz")
    start = box.input_value()
    box.fill("90")
    box.press("Enter")
    expect(page.get_by_text(text("board.all_fixed", "de"))).to_be_visible()
    expect(box).to_have_value(start)


def test_a_starting_point_frees_a_fixed_weight_and_says_so(page: Page, address: str) -> None:
    open_live(page, address)
    lock = page.get_by_role("checkbox", name=text("board.lock", "de", name="Kosten"), exact=True)
    lock.check()
    page.locator(".presets button").nth(3).click()
    expect(page.get_by_text(text("board.released", "de"))).to_be_visible()
    expect(lock).not_to_be_checked()
    expect(box_of(page, "Kosten")).to_be_enabled()


@BOTH_WAYS
def test_labels_follow_a_slider(page: Page, address: str, is_direct: bool) -> None:
    """Every row says how sure its place is, and after a move it is the label of the moved weights."""
    if not is_direct:
        page.route(MOVES, lambda route: route.fulfill(status=404))
    open_live(page, address)
    labels = f"() => [...{BOARD}.querySelectorAll('tbody .sure b')].map((e) => e.textContent)"
    counted = f"(n) => Number({BOARD}.querySelector('.board').dataset.sure ?? 0) > n"
    page.wait_for_function(counted, arg=0)
    words = {text(f"labels.word.{label}", "de") for label in ("secure", "likely", "contested", "unlikely")}
    assert set(page.evaluate(labels)) <= words
    assert page.locator(".hold polyline").count() == page.locator("input[type=range]").count()
    before, seen = stored(page), page.evaluate(f"() => Number({BOARD}.querySelector('.board').dataset.sure)")
    box = box_of(page, "Relevanz")
    box.fill("90")
    box.press("Enter")
    await_stored(page, before)
    page.wait_for_function(counted, arg=seen)
    page.wait_for_function(f"() => !{BOARD}.querySelector('.board').classList.contains('unsure')")
    study = the_example()
    found = label_lines(
        robustness_labels(evaluate(study, Scenario(weights=weights_with(study, "relevance", 90)))), "de"
    )
    assert page.evaluate(labels) == [line.word for line in found]


def weights_with(study: Study, criterion: str, to: float) -> dict[str, float]:
    points = points_of(study, evaluate(study).weights)
    siblings = {s: points[s] for s in study.children[study.criterion_by_id[criterion].parent]}
    return {**points, **shift(siblings, criterion, to)}
