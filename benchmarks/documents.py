"""How long the documents take for 200 measures, and how much memory: the ranked list as .xlsx, all fact sheets as PDF.

The example's 40 measures five times over, each copy a little dearer. Every document is made in a process of its own,
whose peak memory is read at its end. Baselines in the same run: for the list, pandas writing the same rows without any
layout; for the sheets, as many PDFs of one sheet each.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from mcda.evaluate import evaluate
from mcda.report.documents import fact_sheets
from mcda.report.exports.pdf_file import pdf_file
from mcda.report.kinds import report
from mcda.report.request import Request
from mcda.result import Result
from mcda.study.model import Study
from mcda.study.read import read_study

STUDY = Path(__file__).parents[1] / "data" / "nordallianz"
COPIES = 5
SINGLE = 10
"""So many PDFs of one sheet are made; all of them would take too long."""


def large_study(copies: int) -> Study:
    """The example with every measure several times, dearer each time, with its ratings."""
    study = read_study(STUDY)
    measures, ratings = [], []
    for copy in range(copies):
        factor = Decimal(1) + Decimal(copy) / 10
        for m in study.measures:
            prices = {"capex_eur": m.capex_eur, "opex_eur_per_year": m.opex_eur_per_year}
            dearer = {k: None if v is None else (v * factor).quantize(Decimal("0.01")) for k, v in prices.items()}
            measures.append(m.model_copy(update={"id": f"{m.id}-{copy}", "depends_on": (), "excludes": (), **dearer}))
        ratings += [r.model_copy(update={"measure": f"{r.measure}-{copy}"}) for r in study.ratings]
    return study.model_copy(update={"measures": tuple(measures), "ratings": tuple(ratings), "eligibility": ()})


def measured(make: Callable[[Result], int], copies: int) -> tuple[float, int, float]:
    """Seconds, bytes and peak memory of one document, in this process."""
    result = evaluate(large_study(copies))
    start = time.perf_counter()
    size = make(result)
    seconds = time.perf_counter() - start
    return seconds, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(make: Callable[[Result], int], copies: int) -> tuple[float, int, float]:
    """The same in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as child:
        return child.submit(measured, make, copies).result()


def list_xlsx(result: Result) -> int:
    """The ranked list as a workbook."""
    return len(report(result, "list", "xlsx"))


def list_pandas(result: Result) -> int:
    """The same rows by pandas, without any layout."""
    buffer = BytesIO()
    result.frame().to_excel(buffer, engine="openpyxl", index=False)
    return len(buffer.getvalue())


def sheets_pdf(result: Result) -> int:
    """All fact sheets as one PDF."""
    return len(report(result, "factsheets", "pdf"))


def sheets_single(result: Result) -> int:
    """Some fact sheets, a PDF each."""
    names = [line.measure for line in result.ranking[:SINGLE]]
    return sum(len(pdf_file(fact_sheets.build(result, Request(measures=(name,))))) for name in names)


def main() -> int:
    """Print a table for people and, as the last line, the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=COPIES)
    copies = parser.parse_args().copies
    found = {make.__name__: apart(make, copies) for make in (list_xlsx, list_pandas, sheets_pdf, sheets_single)}
    print(f"{40 * copies} measures            seconds       kB  peak MB")
    for name, (seconds, size, peak) in found.items():
        print(f"{name:<22} {seconds:>9.2f} {size / 1024:>8.0f} {peak:>8.0f}")
    single = found["sheets_single"][0] / SINGLE * 40 * copies
    figures = {
        "xlsx_s": round(found["list_xlsx"][0], 2),
        "sheets_pdf_s": round(found["sheets_pdf"][0], 2),
        "peak_mb": round(max(found["list_xlsx"][2], found["sheets_pdf"][2])),
        "ratio_xlsx_pandas": round(found["list_xlsx"][0] / found["list_pandas"][0], 2),
        "ratio_sheets_single": round(single / found["sheets_pdf"][0], 2),
        "measures": 40 * copies,
    }
    met = figures["xlsx_s"] < 3 and figures["sheets_pdf_s"] < 30 and figures["peak_mb"] < 500
    print(f"goal: list under 3 s, sheets under 30 s, both under 500 MB: {'met' if met else 'missed'}")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
