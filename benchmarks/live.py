"""How long the ranking takes to follow a hand: input event to painted ranking, in headless Chromium.

Starts the front end as `mcda app` does, moves a weight 50 times while dragging and lets go of it 50 times (a key
press moves and lets go at once), on the study, and again on the same study with one measure left: the machine's
floor. A sample runs from the browser's event time to the moment after the first frame that holds the changed ranking.
`stored` ends when the session holds the move, `sure` when the labels (rank acceptability from 10,000 weightings and
10,000 open ratings) of that very ranking are painted. `engine_ms` is the share of the ranking itself, `sure_engine_ms`
that of the labels. Prints a table for
people and, as its last line, one JSON object.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, sync_playwright

from mcda.evaluate import evaluate
from mcda.scenario import Scenario
from mcda.study.read import read_study
from mcda.study.write import write_study
from mcda.ui.board.payload import board_payload
from mcda.ui.board.sureness import sure_payload

ROOT = Path(__file__).resolve().parents[1]
MOVES = 50
PATIENCE_S = 60
MEDIAN_GOAL_MS, P95_GOAL_MS = 80.0, 120.0
SURE_GOAL_MS = 250.0
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update"),
)
PROBE = """() => {
  const host = [...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('.board'));
  const root = host.shadowRoot;
  const probe = {
    samples: [], stored: [], sure: [], from: null, released: null, began: null, event: 'input', waiting: [],
  };
  const keep = (list, value) => {
    probe[list].push(value);
    probe.waiting = probe.waiting.filter(([name, count, done]) => probe[name].length < count || done());
  };
  probe.until = (name, count) =>
    new Promise((done) => (probe[name].length < count ? probe.waiting.push([name, count, done]) : done()));
  const arm = (event) => {
    if (event.target.type !== 'range') return;
    if (event.type === probe.event) probe.from = event.timeStamp;
    if (event.type === 'change') probe.released = event.timeStamp;
    if (event.type === 'input') probe.began = event.timeStamp;
  };
  root.addEventListener('input', arm, true);
  root.addEventListener('change', arm, true);
  new MutationObserver(() => {
    if (probe.from === null) return;
    const from = probe.from;
    probe.from = null;
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => keep('samples', performance.now() - from);
      painted.port2.postMessage(0);
    });
  }).observe(root.querySelector('tbody'), { subtree: true, childList: true, attributes: true, characterData: true });
  new MutationObserver(() => {
    if (probe.released === null) return;
    keep('stored', performance.now() - probe.released);
    probe.released = null;
  }).observe(root.querySelector('.board'), { attributes: true, attributeFilter: ['data-stored'] });
  new MutationObserver(() => {
    if (probe.began === null) return;
    const began = probe.began;
    probe.began = null;
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => keep('sure', performance.now() - began);
      painted.port2.postMessage(0);
    });
  }).observe(root.querySelector('.board'), { attributes: true, attributeFilter: ['data-sure'] });
  window.probe = probe;
}"""


def main() -> None:
    """Measure, print, and end with one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("study", nargs="?", default=str(ROOT / "data" / "nordallianz"))
    study = Path(parser.parse_args().study)
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "one_measure"
        empty.mkdir()
        leave_one_measure(study, empty)
        board = measured(study)
        floor = measured(empty)
        session = measured(study, direct=False)
    figures = rounded(
        {
            "median_ms": board["drag_median"],
            "p95_ms": board["drag_p95"],
            "release_median_ms": board["release_median"],
            "release_p95_ms": board["release_p95"],
            "stored_median_ms": board["stored_median"],
            "sure_median_ms": board["sure_median"],
            "sure_p95_ms": board["sure_p95"],
            "floor_median_ms": floor["drag_median"],
            "floor_p95_ms": floor["drag_p95"],
            "floor_release_median_ms": floor["release_median"],
            "floor_release_p95_ms": floor["release_p95"],
            "session_median_ms": session["drag_median"],
            "session_p95_ms": session["drag_p95"],
            **engine_share(study),
            "moves": MOVES,
        }
    )
    print_table({"board": board, "floor (one measure)": floor, "through the session": session}, figures)
    print(json.dumps(figures))


def measured(study: Path, direct: bool = True) -> dict[str, float]:
    """Median and 95th percentile in ms, dragging and letting go; `direct=False` closes the short way."""
    with served(study) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1600, "height": 1000}, locale="de-DE")
        if not direct:
            page.route("**/board/move", lambda route: route.fulfill(status=404))
        page.goto(url, wait_until="domcontentloaded")
        page.wait_for_selector("tbody tr[data-id]", timeout=PATIENCE_S * 1000)
        page.wait_for_function("document.querySelector('[data-test-script-state=notRunning]')")
        page.evaluate(PROBE)
        slider = page.locator("input[type=range]").first
        let_go(page, slider, 5)  # warm
        page.evaluate("Object.assign(window.probe, {samples: [], stored: []})")
        drag(page, slider, "samples")
        dragging = page.evaluate("window.probe.samples")
        sure = labels_after_moves(page, slider) if direct else [0.0]
        page.evaluate("Object.assign(window.probe, {samples: [], stored: [], event: 'change'})")
        let_go(page, slider, MOVES)
        releasing, stored = page.evaluate("[window.probe.samples, window.probe.stored]")
        browser.close()
    spread = {"drag": dragging, "release": releasing, "stored": stored, "sure": sure}
    return {f"{name}_{k}": v for name, samples in spread.items() for k, v in summary(samples).items()}


def labels_after_moves(page: Page, slider: Locator) -> list[float]:
    """Move again, waiting for the labels of every step."""
    page.wait_for_function("() => !window.probe.waiting.length")
    page.evaluate("Object.assign(window.probe, {samples: [], stored: [], sure: [], began: null})")
    drag(page, slider, "sure")
    return [float(ms) for ms in page.evaluate("window.probe.sure")][:MOVES]


def drag(page: Page, slider: Locator, until: str) -> None:
    """Hold the thumb and move it, waiting after each step for the ranking (`samples`) or its labels (`sure`)."""
    box = track(slider)
    page.mouse.move(*at(slider, box))
    page.mouse.down()
    for number in range(MOVES):
        page.mouse.move(box["x"] + box["width"] * place(number), box["y"] + box["height"] / 2)
        wait_for(page, until, number + 1)
    page.mouse.up()
    wait_for(page, "stored", 1)


def let_go(page: Page, slider: Locator, times: int) -> None:
    """Move by a key, which lets go at once, waiting for the ranking and until the session has stored it."""
    slider.focus()
    for number in range(times):
        page.keyboard.press("PageUp" if number % 6 < 3 else "PageDown")
        wait_for(page, "samples", number + 1)
        wait_for(page, "stored", number + 1)


def place(number: int) -> float:
    """Where on the track the thumb goes next: there and back between 15 and 75 of 100, never twice the same."""
    return (15 + 7 * (number % 9) if number % 18 < 9 else 78 - 7 * (number % 9)) / 100


def track(slider: Locator) -> Any:
    """The slider's box on the page."""
    return slider.bounding_box()


def at(slider: Locator, box: Any) -> tuple[float, float]:
    """The middle of the thumb, which is as wide as 1.7 rem."""
    share = float(slider.input_value()) / 100
    thumb = slider.evaluate("() => 1.7 * parseFloat(getComputedStyle(document.documentElement).fontSize)")
    return box["x"] + thumb / 2 + share * (box["width"] - thumb), box["y"] + box["height"] / 2


def wait_for(page: Page, list_name: str, count: int) -> None:
    """Wait until a list of the probe holds so many samples."""
    page.evaluate("([name, count]) => window.probe.until(name, count)", [list_name, count])


def engine_share(study_path: Path) -> dict[str, float]:
    """Median ms of one ranking, and of writing it down as texts and numbers for the screen."""
    study = read_study(study_path)
    top = study.children[""][0]
    baseline = evaluate(study)
    ranking, writing, sure = [], [], []
    sure_payload(baseline, (), "de")
    for number in range(MOVES):
        start = time.perf_counter()
        result = evaluate(study, Scenario(weights={top: 100 * place(number) + number / 97}))
        done = time.perf_counter()
        board_payload(result, baseline, "de")
        ranking.append(1000 * (done - start))
        writing.append(1000 * (time.perf_counter() - done))
        done = time.perf_counter()
        sure_payload(result, (), "de")
        sure.append(1000 * (time.perf_counter() - done))
    return {
        "engine_ms": statistics.median(ranking),
        "payload_ms": statistics.median(writing),
        "sure_engine_ms": statistics.median(sure),
    }


def leave_one_measure(source: Path, target: Path) -> None:
    """Write the study with its first competing measure only."""
    study = read_study(source)
    kept = evaluate(study).ranking[0].measure
    one = study.model_copy(
        update={
            "measures": tuple(
                m.model_copy(update={"depends_on": (), "excludes": ()}) for m in study.measures if m.id == kept
            ),
            "ratings": tuple(r for r in study.ratings if r.measure == kept),
            "eligibility": tuple(e for e in study.eligibility if e.measure == kept),
        }
    )
    write_study(one, target)


@contextmanager
def served(study: Path) -> Iterator[str]:
    """The front end on a free port, started as `mcda app` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mcda", "app", str(study), "--port", str(port), "--no-browser"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_until_alive(f"http://127.0.0.1:{port}/health", server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(30)


def wait_until_alive(url: str, server: subprocess.Popen[bytes]) -> None:
    """Ask until the server answers; a server that has died raises RuntimeError."""
    for _ in range(PATIENCE_S * 5):
        if server.poll() is not None:
            raise RuntimeError(f"the front end ended with exit code {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no answer from {url}")


def chromium() -> str:
    """The browser: environment variable CHROMIUM, else Debian's."""
    return os.environ.get("CHROMIUM", "/usr/bin/chromium")


def summary(samples: list[float]) -> dict[str, float]:
    """Median and 95th percentile (the smallest sample at least 95 % are not above)."""
    ordered = sorted(samples)
    return {"median": statistics.median(ordered), "p95": ordered[-(-95 * len(ordered) // 100) - 1]}


def rounded(figures: dict[str, float]) -> dict[str, float]:
    """Figures to a tenth of a millisecond."""
    return {name: round(value, 1) for name, value in figures.items()}


def print_table(rows: dict[str, dict[str, float]], figures: dict[str, float]) -> None:
    """The table for people."""
    print(f"{'ms, median / 95 of 100':28}{'dragging':>16}{'letting go':>16}{'stored':>16}")
    for name, row in rows.items():
        pairs = (f"{row[f'{step}_median']:.0f} / {row[f'{step}_p95']:.0f}" for step in ("drag", "release", "stored"))
        print(f"{name:28}" + "".join(f"{pair:>16}" for pair in pairs))
    sure = f"{figures['sure_median_ms']:.0f} / {figures['sure_p95_ms']:.0f} ms after the move"
    print(
        f"labels from 10,000 draws {sure} (goal {SURE_GOAL_MS:.0f}), of which {figures['sure_engine_ms']} ms computing"
    )
    print(f"the ranking itself {figures['engine_ms']} ms, its texts and numbers {figures['payload_ms']} ms")
    slow = figures["median_ms"] > MEDIAN_GOAL_MS or figures["p95_ms"] > P95_GOAL_MS
    slow |= figures["release_median_ms"] > MEDIAN_GOAL_MS or figures["release_p95_ms"] > P95_GOAL_MS
    print(f"goal {MEDIAN_GOAL_MS:.0f} / {P95_GOAL_MS:.0f} ms: {'MISSED' if slow else 'met'}")


if __name__ == "__main__":
    main()
