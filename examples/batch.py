"""Many scenarios: the cells of docs/batch.md as a script. Run it in the project's folder, whole or cell by cell."""

# ruff: noqa: T201 - it shows what it finds

# %% Scenarios in a file
from pathlib import Path

import pandas as pd

import mcda
from mcda.batch.compare import (
    check_comparable,
    departures,
    rank_ranges,
    regions,
    regret_coverage,
    regrets,
    themes_by_study,
)
from mcda.batch.lessons import lessons
from mcda.batch.side_by_side import side_by_side
from mcda.report.exhibits.region_lessons import lesson_sentence


def show(table: pd.DataFrame) -> None:
    """Print a table without its row numbers."""
    print(table.to_string(index=False, float_format="{:,.2f}".format))


study = mcda.read_study("data/nordallianz")
scenarios = mcda.read_scenarios("examples/scenarios.toml", study)
print(len(scenarios), "scenarios, the first:", scenarios[0].name)

# %% One call
batch = mcda.run_batch(study, scenarios, what=("ranking", "robustness"), draws=200, backend="serial")
show(batch.summary[["scenario", "name", "first", "measures", "own_contribution_eur", "secure"]])

# %% One call, continued
show(batch.ranking[["scenario", "id", "rank", "tier", "score", "label", "share_above", "mean_rank"]].head(3))
print("failed:", int(batch.summary["error"].notna().sum()))

# %% One call, continued
told = batch.summary.iloc[4]
alone = mcda.evaluate(study, scenarios[4].model_copy(update={"seed": int(told["seed"])}))
rows = batch.ranking[batch.ranking["scenario"] == 4]
print(told["name"], "|", [line.score for line in alone.ranking] == list(rows["score"]))

# %% What stays
ranges = rank_ranges(batch)
show(ranges[["id", "scenarios", "best", "median", "worst", "best_in", "worst_in", "share_first"]].head(6))

# %% What can be regretted least
whole = mcda.run_batch(study, [one for one in scenarios if not one.themes], backend="serial")
show(regret_coverage(whole))
show(regrets(whole)[["id", "largest", "mean", "largest_in"]].head(4))

# %% What decides
apart = departures(batch, base=0)
show(apart[["scenario", "name", "first", "moved", "furthest", "swapped", "out_of_first_tier"]])

# %% Large runs, and going on after a stop
heard = []
asked = {"what": ("ranking", "robustness"), "draws": 200, "backend": "serial", "to": "build/twelve", "resume": True}
mcda.run_batch(study, scenarios, **asked)
Path("build/twelve/part-00000.json").unlink()
mcda.run_batch(study, scenarios, told=lambda done, of: heard.append(f"{done} of {of}"), **asked)
again = mcda.run_batch(study, scenarios, told=lambda done, of: heard.append(f"{done} of {of}"), **asked)
print(heard, again.ranking.equals(batch.ranking))

# %% Regions side by side
both = {"alliance": study, "town": mcda.read_study("examples/climate")}
found = mcda.run_batch(both, what=("ranking", "robustness"), draws=200, backend="serial")
table = regions(found, both)
show(table[["study", "measures", "people", "own_per_head_eur", "grant_share", "secure"]])
show(themes_by_study(found, both)[["study", "theme", "measures", "first_tier", "first_tier_share"]])

# %% Regions side by side, continued
side = side_by_side(found, both)
grants = side.programmes.groupby("programme", as_index=False)[["named", "check", "counted", "grant_eur"]].sum()
show(grants.sort_values("grant_eur", ascending=False).head(3))
show(side.labels[["study", "secure", "likely", "contested", "unlikely"]])
for lesson in lessons(side)[:4]:
    print("-", lesson_sentence(side, lesson, "en"))

# %% Regions side by side, continued
try:
    check_comparable({**both, "tender": mcda.read_study("examples/tender")})
except mcda.InputError as error:
    for issue in error.issues:
        print(issue.sentence("en"))

# %% A town's climate measures
town = both["town"]
views = mcda.run_batch(town, mcda.read_scenarios("examples/views.toml", town), backend="serial")
show(views.summary[["name", "first", "grant_eur", "own_contribution_eur"]])
show(rank_ranges(views)[["id", "best", "worst", "share_first", "share_first_tier"]].head(4))

# %% Offers in a tender
offers = mcda.read_study("examples/tender")
sweep = [mcda.Scenario(name=f"price {p} %", weights={"price": p, "quality": 100 - p}) for p in range(20, 81, 10)]
tender = mcda.run_batch(offers, sweep, backend="serial")
show(tender.summary[["name", "first", "rank_groups"]])
show(rank_ranges(tender)[["id", "best", "worst", "best_in", "worst_in", "share_first"]])
show(regrets(tender)[["id", "largest", "mean", "largest_in"]])

# %% The best plan in every scenario
money = [mcda.Scenario(name=f"{eur:,} EUR", budget_eur=eur) for eur in (250_000, 500_000, 1_000_000)]
planned = mcda.run_batch(study, money, plan=mcda.PlanTask(years=5), backend="serial")
show(planned.summary[["name", "plan_status", "plan_value", "plan_gap", "plan_own_eur", "plan_measures"]])
always = planned.ranking.groupby("id", sort=False)["in_plan"].all()
print("in every plan:", ", ".join(always[always].index))
