"""The funding matrix in a browser: headings stay in sight, and a phone shows a list without scrolling sideways."""

import pytest
from playwright.sync_api import Page

from browsing import go, open_live, settled

pytestmark = [pytest.mark.browser, pytest.mark.long]

HEAD = "() => document.querySelector('.rf-matrix thead th').getBoundingClientRect().{side}"


def test_headings_stay_while_the_matrix_scrolls_and_a_phone_shows_a_list(page: Page, address: str) -> None:
    open_live(page, address)
    go(page, "funding")
    page.wait_for_selector(".rf-matrix tbody tr")
    at = page.evaluate(HEAD.format(side="left"))
    page.evaluate("() => document.querySelector('.rf-matrix').scrollBy(400, 500)")
    assert page.evaluate("() => document.querySelector('.rf-matrix').scrollTop") > 100
    assert page.evaluate(HEAD.format(side="left")) == pytest.approx(at, abs=1)
    frame = page.evaluate("() => document.querySelector('.rf-matrix').getBoundingClientRect().top")
    assert page.evaluate(HEAD.format(side="top")) == pytest.approx(frame, abs=3)
    page.set_viewport_size({"width": 390, "height": 844})
    settled(page)
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert page.locator(".rf-programme-name").first.is_visible()
