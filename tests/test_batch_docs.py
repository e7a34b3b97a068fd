"""docs/batch.md: every block runs in order, prints what stands below it, and the words state only what comes out."""

import contextlib
import io
import re
import runpy
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import mcda
from mcda.batch import Batch
from mcda.batch.compare import rank_ranges, regrets
from mcda.cli import main

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
SCRIPT = ROOT / "examples" / "batch.py"
BLOCK = re.compile(r"^```(\w+)( not-executed)?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """What came of the page: what each Python block printed (by the place of its block), its names, its folder."""

    printed: dict[int, str]
    names: dict[str, Any]
    folder: Path


def blocks(*kinds: str) -> list[tuple[int, str, str]]:
    """Place, kind and text of the blocks that are executed or shown."""
    return [
        (n, kind, text)
        for n, (kind, left_out, text) in enumerate(BLOCK.findall(PAGE))
        if kind in kinds and not left_out
    ]


def python() -> list[str]:
    return [text for _, _, text in blocks("python")]


def project(folder: Path) -> Path:
    for name in ("data", "examples"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def plain(printed: str) -> str:
    return "\n".join(line.rstrip() for line in printed.splitlines())


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = project(tmp_path_factory.mktemp("page"))
    done = Run({}, {"__name__": "__main__"}, folder)
    with contextlib.chdir(folder):
        for place, kind, text in blocks("python", "sh"):
            if kind == "python":
                with contextlib.redirect_stdout(io.StringIO()) as out:
                    exec(compile(text, f"docs/batch.md, block {place}", "exec"), done.names)  # the page's own code
                done.printed[place] = plain(out.getvalue())
                continue
            for command in text.splitlines():
                assert command.startswith("mcda ")
                assert main(shlex.split(command)[1:]) == 0
        yield done


def test_every_block_prints_what_stands_below_it(run: Run) -> None:
    below = {place - 1: plain(text) for place, _, text in blocks("text")}
    assert len(below) > 9
    assert run.printed == {place: below.get(place, "") for place in run.printed}


def test_the_files_shown_are_the_files(run: Run) -> None:
    assert [text for _, _, text in blocks("toml")] == [(ROOT / "examples" / "scenarios.toml").read_text("utf-8")]


def test_the_only_blocks_left_out_need_a_cluster() -> None:
    left_out = [text for _, mark, text in BLOCK.findall(PAGE) if mark]
    assert len(left_out) == 2
    assert all("tcp://" in text for text in left_out)


def test_the_commands_wrote_what_python_computed(run: Run) -> None:
    written = Batch(path=run.folder / "build" / "twelve.parquet")
    for name in ("ranking", "summary"):
        pd.testing.assert_frame_equal(written.table(name), run.names["batch"].table(name), check_exact=True)
    assert set(mcda.read_batch(run.folder / "build" / "regions.parquet", "summary")["study"]) == {
        "nordallianz",
        "climate",
    }


def stated(names: dict[str, Any]) -> Iterator[str]:
    """The sentences of the page that state what came out, made from the tables."""
    summary = names["batch"].summary.set_index("scenario")
    first, own = summary["first"], summary["own_contribution_eur"] / 1_000_000
    yield (
        f"As the study stands, {first[0]} is first. Without grants it is {first[3]}, and if everything costs more it "
        f"is {first[6]}. Own contributions rise by {own[3] - own[0]:.1f} million euros without grants and by "
        f"{own[6] - own[0]:.1f} million with costs risen."
    )
    ranges = names["ranges"].set_index("id").astype(object)
    high, safe = ranges.loc["WS-04"], ranges.loc["DO-02"]
    assert summary.loc[high["worst_in"], "name"].startswith("all grants close")
    yield f"WS-04 ranks in all {high['scenarios']}, DO-02 in {safe['scenarios']}: it is no housing measure"
    yield (
        f"WS-04 reaches from place {high['best']} down to place {high['worst']}, there without grants; DO-02 never "
        f"falls below place {safe['worst']}."
    )
    least = regrets(names["whole"]).set_index("id")["largest"] * 100
    yield (
        f"Safe to begin with in these {len(names['whole'].summary)} scenarios is {least.index[0]}: in none of them "
        f"does it lack more than {least.iloc[0]:.1f} points of a hundred. The leader of today, {first[0]}, "
        f"may lack {least[first[0]]:.1f}."
    )
    swapped = names["apart"].set_index("scenario")["swapped"]
    yield (
        f"It is the grants: without them {swapped[3]} pairs are swapped, with costs risen {swapped[6]}, both under the "
        "study's own weights."
    )
    yield from of_other_studies(names)


def of_other_studies(names: dict[str, Any]) -> Iterator[str]:
    views = names["views"].summary
    who = views["name"].str.extract(r"profile=(\w+)")[0]
    firsts = views.groupby(who)["first"].agg(lambda one: ";".join(sorted(set(one))))
    lost = (views["grant_eur"].max() - views["grant_eur"].min()) / 1_000_000
    trees = rank_ranges(names["views"]).set_index("id").astype(object).loc["K-10"]
    yield (
        f"The council puts {firsts['council']} first, the treasury {firsts['treasury']}, on both days. With the "
        f"programme {lost:.1f} million euros of grants end, and K-10 falls from place {trees['best']} "
        f"to place {trees['worst']}."
    )
    prices = {m.id: int(m.capex_eur or 0) for m in names["offers"].measures}
    yield f"Five offers between {min(prices.values()):,} and {max(prices.values()):,} euros."
    summary = names["tender"].summary
    cheapest = min(prices, key=lambda name: prices[name])
    winners = list(dict.fromkeys(summary["first"]))
    assert winners[1:] == [cheapest]
    turn = int((summary["first"] == cheapest).argmax())
    share = summary["name"].str.removeprefix("price ")
    yield (
        f"{winners[0]} wins while the price counts at most {share[turn - 1]}; from {share[turn]} on the cheapest "
        f"offer, {cheapest}, wins. The other {len(prices) - len(winners)} never do."
    )


def test_the_words_state_what_came_out_and_no_other_number(run: Run) -> None:
    words = " ".join(BLOCK.sub("", PAGE).split())
    for sentence in stated(run.names):
        assert sentence in words
        words = words.replace(sentence, "")
    assert re.findall(r"\S*\d\S*", re.sub(r"`[^`]+`", "", words)) == []


def test_what_the_page_points_to_exists() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", PAGE) if "://" not in link]
    assert len(links) > 4
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_the_script_holds_the_same_cells() -> None:
    cells = re.split(r"^# %%.*\n", SCRIPT.read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert [cell.strip() for cell in cells if cell.strip()] == [text.strip() for text in python()]


@pytest.mark.long
def test_the_script_prints_what_the_page_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Run) -> None:
    with contextlib.chdir(project(tmp_path)):
        runpy.run_path("examples/batch.py", run_name="__main__")
    assert plain(capsys.readouterr().out) == "\n".join(text for text in run.printed.values() if text)
