"""What was chosen stays chosen when its words change: another language, names kept off; columns also when the window is
closed. AppTest cannot see this."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browsing import settled

pytestmark = pytest.mark.browser

MEMBERS = "[class*='st-key-group_people'] [data-tag]"


def part(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)


def speak(page: Page, language: str) -> None:
    page.locator(".st-key-language").get_by_text(language, exact=True).click()
    expect(
        page.get_by_role("heading", level=1, name={"English": "Weights", "Deutsch": "Gewichte"}[language])
    ).to_be_visible()
    settled(page)


def pick(page: Page, key: str, option: str) -> None:
    box = page.locator(f"[class*='st-key-{key}'] input").first
    box.fill(option)
    box.press("Enter")
    expect(box).to_have_value(option)
    settled(page)


@pytest.mark.long
def test_choices_outlive_names_kept_off_and_another_language(page: Page, address: str) -> None:
    page.goto(f"{address}/weights", wait_until="domcontentloaded")
    page.get_by_role("heading", level=1, name="Gewichte").wait_for()
    settled(page)
    pick(page, "weights_who", "Kämmereien")
    speak(page, "English")
    expect(page.locator(".st-key-weights_who input")).to_have_value("Treasuries")
    part(page, "Group")
    expect(page.locator(MEMBERS)).to_have_count(3)
    page.locator(".st-key-group_without_names label").first.click()
    expect(page.locator(MEMBERS)).to_have_text(["A", "B", "C"])
    pick(page, "group_key", "declared voting weights")
    pick(page, "group_method", "everybody's answers, comparison by comparison")
    expect(page.locator(MEMBERS)).to_have_text(["A", "B", "C"])
    speak(page, "Deutsch")
    pick(page, "group_key", "eine Stimme je Person")
    expect(page.locator(".st-key-group_method input")).to_have_value("die Antworten aller, Vergleich für Vergleich")
    expect(page.locator(MEMBERS)).to_have_text(["A", "B", "C"])
    part(page, "Fragen")
    expect(page.locator(".st-key-weights_who input")).to_have_value("Kämmereien")


COLUMNS = ".st-key-export_columns"


def open_export(page: Page, address: str) -> None:
    page.goto(address, wait_until="domcontentloaded")
    page.locator(COLUMNS).wait_for()
    settled(page)


def test_columns_picked_are_there_again_in_a_new_window_and_another_language(
    page: Page, desk: BrowserContext, address: str
) -> None:
    open_export(page, f"{address}/export")
    page.locator(f"{COLUMNS} input").click()
    page.locator(f"{COLUMNS} input").fill("Eigenanteil")
    page.get_by_role("option", name="Eigenanteil", exact=True).click()
    page.wait_for_function("document.cookie.includes('rf_export_columns=own_contribution_eur')")
    page.close()
    later = desk.new_page()
    open_export(later, f"{address}/export?lang=en")
    expect(later.locator(f"{COLUMNS} [data-tag]")).to_have_text(["Own contribution"])
    later.locator(f"{COLUMNS} [data-tag] button").click()
    later.wait_for_function("!document.cookie.includes('rf_export_columns')")
