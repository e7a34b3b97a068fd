"""A German desk with LibreOffice: files are opened, texts typed into cells, and the result saved as offices save."""

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

DRIVER = Path(__file__).with_name("drive.py")
CSV = "Text - txt - csv (StarCalc)"
FORMATS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "pdf": "writer_pdf_Export"}

ALL_SHEETS_1252 = "59,34,ANSI,1,,0,false,true,false,false,false,-1"
"""Export as CSV: semicolon, quotes, Windows-1252, cells as shown, every sheet in a file of its own."""

ALL_SHEETS_EXACT = "59,34,76,1,,0,false,false,false,false,false,-1"
"""The same in UTF-8, numbers with all their digits whatever the cell shows of them."""

Typed = tuple[str, str, str]
"""Sheet, cell and what is typed there."""


class Desk:
    """What a person does with a file: type, save, close."""

    def __init__(self, orders: IO[str], answers: IO[str]) -> None:
        self.orders, self.answers = orders, answers

    def fill(
        self,
        source: Path,
        typed: Iterable[Typed],
        *saved: Path,
        empty: Sequence[tuple[str, str]] = (),
        unlock: Sequence[str] = (),
    ) -> None:
        """Open a file, take the protection off sheets, empty parts of them, type, save as named; close.

        A name ending in .csv saves every sheet as NAME-SHEET.csv.
        """
        save = [(str(path), *_filter(path)) for path in saved]
        self._do({"open": str(source), "unlock": unlock, "empty": empty, "type": list(typed), "save": save})

    def print_out(self, source: Path, target: Path) -> None:
        """Open a text document and save it as PDF."""
        self._do({"open": str(source), "save": [(str(target), FORMATS["pdf"], "")]})

    def calculate(self, source: Path, target: Path) -> None:
        """Open a workbook, calculate every formula anew, save every sheet as NAME-SHEET.csv with numbers in full."""
        self._do({"open": str(source), "calculate": True, "save": [(str(target), CSV, ALL_SHEETS_EXACT)]})

    def _do(self, job: Mapping[str, object]) -> None:
        self.orders.write(json.dumps(job) + "\n")
        self.orders.flush()
        assert self.answers.readline() == "done\n", "LibreOffice did not carry that out"


def _filter(path: Path) -> tuple[str, str]:
    kind = path.suffix.removeprefix(".")
    return (CSV, ALL_SHEETS_1252) if kind == "csv" else (FORMATS[kind], "")


@contextmanager
def opened_desk(bridge: str, soffice: str, folder: Path) -> Iterator[Desk]:
    """LibreOffice running with a profile of its own in `folder`, until the block is left."""
    command = [bridge, str(DRIVER), soffice, str(folder / f"desk-{folder.name}")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdin is not None
        assert driver.stdout is not None
        yield Desk(driver.stdin, driver.stdout)
        driver.stdin.close()
