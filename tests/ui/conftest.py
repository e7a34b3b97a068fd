"""The front end served once for all browser tests of a process, and a fresh page for each test.

Every run of a page in Streamlit's test bench makes a runtime, and each looks through all installed packages for
components: here the first alone does.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from streamlit.components.v2 import manifest_scanner

from browsing import FLAGS, PATIENCE_S, ROOT, STUDY, wait_until_served

expect.set_options(timeout=PATIENCE_S * 1000)  # machines differ: nothing fails for being slow
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example, served on a free port by the command people type."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mcda", "app", str(STUDY), "--port", str(port), "--no-browser"]
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_served(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    named = os.environ.get("CHROMIUM", "chromium chromium-browser google-chrome").split()
    found = next((path for name in named if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium here: set CHROMIUM to the path of one")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A German desktop's browser: what it has loaded once it does not load again, a page in it is a session of its
    own."""
    context = browser.new_context(viewport={"width": 1600, "height": 1000}, locale="de-DE", accept_downloads=True)
    context.set_default_timeout(PATIENCE_S * 1000)
    yield context
    context.close()


@pytest.fixture
def page(desk: BrowserContext) -> Iterator[Page]:
    opened = desk.new_page()
    yield opened
    for left in desk.pages:
        left.close()
    desk.clear_cookies()
