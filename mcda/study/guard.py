"""Turn away files that are meant to hurt, or too large to be a study, before they cost memory.

The container is judged by its directory, each sheet by one pass of an event parser in constant memory.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from mcda.errors import InputError, Issue, Param, Where

MAX_FILE_BYTES = 20 * 2**20
MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 150 * 2**20
MAX_RATIO = 300
RATIO_COUNTS_FROM_BYTES = 4 * 2**20
MAX_ROWS = 200_000
MAX_COLUMNS = 702
MAX_CELLS = 2_000_000
MAX_TEXT = 33_000
"""Limits of a file: one sheet of Excel holds more rows and columns, one of its cells no longer text."""
MAX_ELEMENTS = 3 * MAX_CELLS
MAX_TAG_BYTES = 2**20
"""Older parsers take quadratic time over a tag that does not end."""

PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MANIFEST = "META-INF/manifest.xml"

CHUNK = 2**16
ROW_TAGS = frozenset({"row", "table-row"})
CELL_TAGS = frozenset({"c", "si", "table-cell", "covered-table-cell"})
BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error),
    *(EOFError, OSError, RuntimeError, ValueError, LookupError),
)


def guard_workbook(content: bytes, file: str) -> None:
    """Raise InputError naming why a workbook's bytes are refused; return nothing when they may be opened."""
    refuse = _refusal(file)
    if len(content) > MAX_FILE_BYTES:
        refuse("file_too_large", {"allowed": f"{MAX_FILE_BYTES // 2**20} MB"})
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        refuse("old_or_locked_workbook", {})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _guard_members(archive, refuse)
            for member in archive.infolist():
                if _is_content(member.filename):
                    _guard_xml(archive, member, refuse)
    except BROKEN:
        refuse("not_a_workbook", {"path": file})


def _refusal(file: str) -> Callable[[str, dict[str, Param]], None]:
    def refuse(code: str, params: dict[str, Param]) -> None:
        raise InputError([Issue(code, where=Where(file), params=params)])

    return refuse


def _guard_members(archive: zipfile.ZipFile, refuse: Callable[[str, dict[str, Param]], None]) -> None:
    members = archive.infolist()
    unpacked = sum(m.file_size for m in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES:
        refuse("unpacks_too_large", {"allowed": f"{MAX_UNPACKED_BYTES // 2**20} MB"})
    for m in members:
        name = m.filename
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
            refuse("path_in_archive", {"value": name})
        if m.file_size > RATIO_COUNTS_FROM_BYTES and m.file_size > MAX_RATIO * max(m.compress_size, 1):
            refuse("unpacks_too_large", {"allowed": f"{MAX_UNPACKED_BYTES // 2**20} MB"})
        if m.compress_type not in PACKED:
            refuse("not_a_workbook", {"path": name})
        if m.flag_bits & 1 or (name == MANIFEST and b"encryption-data" in archive.read(m)):
            refuse("old_or_locked_workbook", {})
        if (
            name.lower().endswith("vbaproject.bin")
            or name.lower().startswith("xl/macrosheets/")
            or (name.startswith(("Basic/", "Scripts/")) and m.file_size > 2_000)
        ):
            refuse("has_macros", {})
        if name.lower().startswith("xl/externallinks/"):
            refuse("has_external_links", {})


def _is_content(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


@dataclass(slots=True)
class _Counter:
    """Counts rows, cells and text of one sheet while the parser passes over it. Rows and cells ascend."""

    refuse: Callable[[str, dict[str, Param]], None]
    part: str
    elements: int = 0
    row: int = 0
    column: int = 0
    cells: int = 0
    text: int = 0
    in_sheet: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.text = 0
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            self.refuse("too_many_cells", {"allowed": str(MAX_CELLS)})
        if name in ROW_TAGS:
            self.start_row(attributes.get("r"))
        elif name in CELL_TAGS:
            self.cells += 1
            if self.cells > MAX_CELLS:
                self.refuse("too_many_cells", {"allowed": str(MAX_CELLS)})
            if name == "c" and self.in_sheet:
                self.start_cell(attributes.get("r"))
        elif name in {"table", "sheetData"}:
            self.row, self.in_sheet = 0, name == "sheetData"

    def start_row(self, number: str | None) -> None:
        before, self.column = self.row, 0
        self.row = before + 1 if number is None or not self.in_sheet else _number(number)
        if self.row > MAX_ROWS:
            self.refuse("too_many_rows", {"allowed": str(MAX_ROWS)})
        if self.row <= before:
            self.refuse("not_a_workbook", {"path": self.part})

    def start_cell(self, reference: str | None) -> None:
        before = self.column
        self.column = before + 1 if reference is None else _column(reference)
        if self.column > MAX_COLUMNS:
            self.refuse("too_many_columns", {"allowed": str(MAX_COLUMNS)})
        if self.column <= before or (reference and reference.lstrip(LETTERS) != str(self.row)):
            self.refuse("not_a_workbook", {"path": self.part})

    def data(self, data: str) -> None:
        self.text += len(data)
        if self.text > MAX_TEXT:
            self.refuse("cell_too_long", {"allowed": str(MAX_TEXT)})


def _guard_xml(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, refuse: Callable[[str, dict[str, Param]], None]
) -> None:
    def doctype(*_: object) -> None:
        refuse("not_a_workbook", {"path": member.filename})

    counter, parser = _Counter(refuse, member.filename), expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler = counter.start, counter.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        with archive.open(member) as stream:
            read = 0
            while block := stream.read(CHUNK):
                parser.Parse(block, False)
                read += len(block)
                if read - parser.CurrentByteIndex > MAX_TAG_BYTES:
                    refuse("cell_too_long", {"allowed": str(MAX_TEXT)})
            parser.Parse(b"", True)
    except expat.ExpatError:
        refuse("not_a_workbook", {"path": member.filename})


def _number(digits: str) -> int:
    """A row's number; 0, which no row has, for what is none."""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def _column(reference: str) -> int:
    """The column number of a cell reference such as AB12; 0, which no column has, for what is none."""
    letters = reference.rstrip("0123456789")
    if letters.strip(LETTERS) or not letters:
        return 0
    if len(letters) > 3:
        return MAX_COLUMNS + 1
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
