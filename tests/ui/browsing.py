"""How a test moves about in the front end, served as `mcda app` serves it, in headless Chromium."""

import subprocess
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Page

from mcda.locale import text

ROOT = Path(__file__).parents[2]
STUDY = ROOT / "data" / "nordallianz"
PATIENCE_S = 60
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update"),
)


def wait_until_served(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
            return
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"the server ended with {server.wait(0.1)}: {log.read_text()[-2000:]}")
    raise AssertionError(f"the server did not answer in time: {log.read_text()[-2000:]}")


def settled(page: Page) -> None:
    """The script has run and nothing is under way."""
    page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]")
    page.wait_for_selector("[data-test-script-state=notRunning]")


def go(page: Page, name: str, language: str = "de") -> None:
    """Open a page by its link, as a click does: the session stays."""
    page.get_by_role("link", name=text(f"ui.page.{name}.title", language), exact=True).click()
    if name == "live":
        page.wait_for_selector("tbody tr[data-id]")
    else:
        heading = text(f"ui.page.{name}.title", language)
        page.get_by_role("heading", level=1, name=heading).wait_for()
    settled(page)


def open_live(page: Page, address: str) -> None:
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_selector("tbody tr[data-id]")
    settled(page)


def download(page: Page, key: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator(f".st-key-download_{key} button").click()
    return Path(waiting.value.path()).read_bytes()
