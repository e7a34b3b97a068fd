"""A thousand measures before sixty programmes: verdicts with reasons, bundles, own contribution and its split.

    python benchmarks/funding.py [--measures 1000] [--programmes 60] [--runs 7]

The study is the example repeated, every copy with its own costs, seven leads and five first years for each measure.
The baseline is the plain route: the same pairs, each judged by itself, remembering nothing that a programme has
answered to a measure of the same kind. Last line: one JSON object with median_ms, best_ms, collecting_ms (with the
search for garbage), per_pair_us, plain_ms and ratio_plain.
"""

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from mcda.funding.assess import assess
from mcda.funding.facts import facts_of
from mcda.funding.money import measure_money
from mcda.funding.rulebook import rules_of
from mcda.study.model import Study
from mcda.study.read import read_study

EXAMPLE = Path(__file__).parents[1] / "data" / "nordallianz"


def main() -> None:
    """Time both routes in turn and print a table for people and a line for machines."""
    parser = argparse.ArgumentParser(description="Time the grant rules.")
    parser.add_argument("--measures", type=int, default=1000)
    parser.add_argument("--programmes", type=int, default=60)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    study = enlarged(read_study(EXAMPLE), options.measures, options.programmes)
    whole, plain, collected = [], [], []
    for _ in range(options.runs):
        whole.append(seconds(lambda: measure_money(study)))
        plain.append(seconds(lambda: one_by_one(study)))
        collected.append(seconds(lambda: measure_money(study), collecting=True))
    found = measure_money(study)
    pairs = len(study.measures) * len(study.programmes)
    figures = {
        "measures": len(study.measures),
        "programmes": len(study.programmes),
        "paying_bundles": sum(1 for money in found.values() if money.sure or money.possible),
        "median_ms": round(1000 * statistics.median(whole), 1),
        "best_ms": round(1000 * min(whole), 1),
        "collecting_ms": round(1000 * statistics.median(collected), 1),
        "per_pair_us": round(1e6 * statistics.median(whole) / pairs, 2),
        "plain_ms": round(1000 * statistics.median(plain), 1),
        "ratio_plain": round(statistics.median(p / w for p, w in zip(plain, whole, strict=True)), 2),
    }
    for name, figure in figures.items():
        print(f"{name:16} {figure:>12,}")
    print(json.dumps(figures))


def enlarged(study: Study, measures: int, programmes: int) -> Study:
    """The study repeated until it has so many measures and programmes; copies cost a little more each."""
    kinds = len(study.programmes)

    def twin(name: str, number: int) -> str:
        return f"{name}-{number}" if number else name

    rows, children = [], {"programme_rates": [], "programme_caps": [], "programme_calls": []}
    for n in range(programmes):
        row, copy = study.programmes[n % kinds], n // kinds
        rows.append(row.model_copy(update={"id": twin(row.id, copy)}))
        for table, found in children.items():
            found += [
                c.model_copy(update={"programme": twin(row.id, copy)})
                for c in getattr(study, table)
                if c.programme == row.id
            ]
    names = {row.id for row in rows}
    many = []
    for n in range(measures):
        row, copy = study.measures[n % len(study.measures)], n // len(study.measures)
        candidates = (twin(c, k) for c in row.funding_candidates for k in range(programmes // kinds + 1))
        update = {
            "id": twin(row.id, copy),
            "capex_eur": (row.capex_eur or Decimal(0)) + 17 * copy,
            "lead": f"{row.lead} {copy % 7}",
            "start_year": 2025 + copy % 5,
            "funding_candidates": tuple(name for name in candidates if name in names),
            "depends_on": (),
            "excludes": (),
        }
        many.append(row.model_copy(update=update))
    tables = {table: tuple(found) for table, found in children.items()}
    return study.model_copy(update={"measures": tuple(many), "programmes": tuple(rows), **tables})


def one_by_one(study: Study) -> int:
    """The plain route: every pair with rules that remember nothing."""
    count = 0
    for facts in facts_of(study).values():
        for rules in rules_of(study):
            assess(rules, facts, study.study.as_of)
            count += 1
    return count


def seconds(work: Callable[[], object], *, collecting: bool = False) -> float:
    """Processor time of one call: other work on the machine does not count. Like timeit, without the search for
    garbage unless asked for; what was there before is never searched, as in the server."""
    gc.collect()
    gc.freeze()
    if not collecting:
        gc.disable()
    start = time.process_time()
    work()
    took = time.process_time() - start
    gc.enable()
    return took


if __name__ == "__main__":
    main()
