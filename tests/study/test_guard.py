"""Hostile and oversized files are refused with a reason, and before they cost memory."""

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from mcda.errors import InputError, Issue
from mcda.study.sheets import sheets_of
from raw_files import HEAD, MAIN, packed, raw_ods, raw_xlsx, unpacked
from small_tables import small_workbook

MEGABYTE = 2**20
ROOM_MB = 400
"""Address space a reading may take beyond what its imports took."""

CHILD = """
import json, resource, sys
from pathlib import Path
from mcda.errors import InputError
from mcda.study.sheets import sheets_of

held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
limit = held + int(sys.argv[1]) * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
found = {}
for file in map(Path, sys.argv[2:]):
    try:
        sheets_of(file.read_bytes(), file.name)
        found[file.name] = "read"
    except InputError as error:
        found[file.name] = error.issues[0].code
    except MemoryError:
        found[file.name] = "memory"
print(json.dumps(found))
"""


def codes(content: bytes, file: str = "a.xlsx") -> list[str]:
    issues: tuple[Issue, ...] = ()
    try:
        sheets_of(content, file)
    except InputError as error:
        issues = error.issues
    assert all(issue.sentence(language) for issue in issues for language in ("de", "en"))
    return [issue.code for issue in issues]


def streamed(path: Path, member: str, chunks: Iterable[bytes], level: int = 1) -> None:
    """A workbook whose one large part is written piece by piece."""
    frame = raw_xlsx("<sheetData/>") if path.suffix == ".xlsx" else raw_ods("")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in unpacked(frame).items():
            if name != member:
                archive.writestr(name, content)
        with archive.open(member, "w") as stream:
            for chunk in chunks:
                stream.write(chunk)


def sheet(*chunks: bytes) -> Iterable[bytes]:
    yield f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    yield from chunks
    yield b"</sheetData></worksheet>"


def million_rows() -> Iterable[bytes]:
    yield from sheet(
        *(
            b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in range(start, start + 50_000))
            for start in range(1, 1_000_001, 50_000)
        )
    )


def overlapping_bomb() -> bytes:
    """42 kB that claim to be 5 GB: 250 parts of 21 MB, all the same piece of the file (D. Fifield, 2019)."""
    size = 21 * MEGABYTE
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    kernel = packer.compress(b" " * size) + packer.flush()
    sum32 = zlib.crc32(b" " * size)
    body = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, sum32, len(kernel), size, 0, 0) + kernel
    names = [b"xl/worksheets/sheet%d.xml" % n for n in range(250)]
    entry = "<HHHHHHIIIHHHHHII"
    central = b"".join(
        b"PK\1\2" + struct.pack(entry, 20, 20, 0, 8, 0, 0, sum32, len(kernel), size, len(n), 0, 0, 0, 0, 0, 0) + n
        for n in names
    )
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(central), len(body), 0)
    return body + central + end


def filled_rows(count: int) -> bytes:
    cell = "<table:table-cell><text:p>x</text:p></table:table-cell>"
    return raw_ods(f'<table:table-row table:number-rows-repeated="{count}">{cell}</table:table-row>')


def long_cell() -> Iterable[bytes]:
    yield from sheet(b'<row r="1"><c t="inlineStr"><is><t>', *[b"x" * MEGABYTE] * 10, b"</t></is></c></row>")


def many_elements() -> Iterable[bytes]:
    yield from sheet(*[b"<a/>" * 250_000] * 60)


def one_long_attribute() -> Iterable[bytes]:
    yield from sheet(b'<row r="1" spans="', *[bytes(range(65, 91)) * 40_000] * 60, b'"/>')


HUGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "rows.xlsx": (lambda p: streamed(p, "xl/worksheets/sheet1.xml", million_rows()), "too_many_rows"),
    "spaces.xlsx": (
        lambda p: streamed(p, "xl/worksheets/sheet1.xml", sheet(*[b" " * MEGABYTE] * 60), 9),
        "unpacks_too_large",
    ),
    "overlap.xlsx": (lambda p: p.write_bytes(overlapping_bomb()), "unpacks_too_large"),
    "strings.xlsx": (
        lambda p: streamed(p, "xl/sharedStrings.xml", [b"<sst>", *[b"<si><t>ab</t></si>" * 60_000] * 120, b"</sst>"]),
        "too_many_cells",
    ),
    "elements.xlsx": (lambda p: streamed(p, "xl/worksheets/sheet1.xml", many_elements()), "too_many_cells"),
    "attribute.xlsx": (lambda p: streamed(p, "xl/worksheets/sheet1.xml", one_long_attribute()), "cell_too_long"),
    "cell.xlsx": (lambda p: streamed(p, "xl/worksheets/sheet1.xml", long_cell()), "cell_too_long"),
    "filled.ods": (lambda p: p.write_bytes(filled_rows(1_048_576)), "too_many_rows"),
    "quotes.csv": (lambda p: p.write_bytes(b'a;"' + b'""' * 15 * MEGABYTE + b'"\n'), "file_too_large"),
    "fewer_quotes.csv": (lambda p: p.write_bytes(b'a;"' + b'""' * 9 * MEGABYTE + b'"\n'), "cell_too_long"),
    "rows.csv": (lambda p: p.write_bytes(b"measure;criterion;value\n" + b"A;b;1\n" * 1_000_000), "too_many_rows"),
    "breaks.csv": (lambda p: p.write_bytes(b"\n" * 19 * MEGABYTE), "too_many_rows"),
    "open.csv": (lambda p: p.write_bytes(b'a;b\n"' + b"x\n" * 9 * MEGABYTE), "quotes_unmatched"),
}


@pytest.mark.long
def test_what_would_take_much_memory_is_refused_before_it_does(tmp_path):
    for name, (make, _) in HUGE.items():
        make(tmp_path / name)
    assert (tmp_path / "overlap.xlsx").stat().st_size < 45_000
    command = [sys.executable, "-c", CHILD, str(ROOM_MB), *(str(tmp_path / name) for name in HUGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {name: code for name, (_, code) in HUGE.items()}


def test_the_memory_limit_of_that_test_bites(tmp_path):
    (tmp_path / "plain.csv").write_bytes(b"x;y\n" * 4 * MEGABYTE)
    command = [sys.executable, "-c", CHILD, "8", str(tmp_path / "plain.csv")]
    assert json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) == {
        "plain.csv": "memory"
    }


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


def with_laughs(part: str) -> bytes:
    members = unpacked(raw_xlsx("<sheetData/>"))
    members[part] = (
        members[part].replace(b"?>", b"?>" + LAUGHS, 1) if b"?>" in members[part] else LAUGHS + members[part]
    )
    return packed(members)


@pytest.mark.parametrize(
    "part",
    [
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
        "_rels/.rels",
    ],
)
def test_documents_that_declare_entities_are_refused(part):
    assert codes(with_laughs(part)) == ["not_a_workbook"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (raw_xlsx('<sheetData><row r="1048576"><c><v>1</v></c></row></sheetData>'), "too_many_rows"),
        (raw_xlsx('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'), "too_many_columns"),
        (raw_xlsx(f"<sheetData><row>{'<c/>' * 703}</row></sheetData>"), "too_many_columns"),
        (raw_ods('<table:table-row><table:table-cell table:number-columns-repeated="900"><text:p>x</text:p>'
                 "</table:table-cell></table:table-row>"), "too_many_columns"),
        (raw_xlsx("", **{"xl/vbaProject.bin": b"x"}), "has_macros"),
        (raw_xlsx("", **{"xl/macrosheets/sheet1.xml": b"<a/>"}), "has_macros"),
        (raw_xlsx("", **{"xl/externalLinks/externalLink1.xml": b"<a/>"}), "has_external_links"),
        (raw_xlsx("", **{"../evil": b"x"}), "path_in_archive"),
        (raw_xlsx("", **{"xl/..\\..\\evil": b"x"}), "path_in_archive"),
        (raw_xlsx("", **{"/etc/evil": b"x"}), "path_in_archive"),
        (raw_xlsx("", **{"C:evil": b"x"}), "path_in_archive"),
        (raw_ods("", **{"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "old_or_locked_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_or_locked_workbook"),
        (packed({"word/document.xml": b"<a/>", "_rels/.rels": b"<a/>"}), "not_a_workbook"),
        (packed({}), "not_a_workbook"),
        (raw_xlsx("<sheetData>"), "not_a_workbook"),
        (raw_xlsx("", **{f"xl/media/{n}.png": b"" for n in range(2_001)}), "unpacks_too_large"),
    ],
)  # fmt: skip
def test_what_a_study_does_not_need_is_refused_by_name(content, code):
    assert codes(content) == [code]


def test_a_workbook_locked_with_a_password_is_told_so():
    content = bytearray(small_workbook())
    for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            content[at + place] |= 1
    assert codes(bytes(content)) == ["old_or_locked_workbook"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_no_office_program_uses_is_refused(method):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in unpacked(small_workbook()).items():
            archive.writestr(name, content)
    assert codes(stream.getvalue()) == ["not_a_workbook"]


def test_a_part_larger_than_it_claims_is_refused():
    content = small_workbook()
    size = struct.pack("<I", len(unpacked(content)["xl/worksheets/sheet1.xml"]))
    assert content.count(size) >= 1
    assert codes(content.replace(size, struct.pack("<I", 40))) == ["not_a_workbook"]


def test_calculation_order_and_drawings_do_no_harm():
    order = b'<calcChain><c r="C3" i="1"/><c r="A1"/></calcChain>'
    drawing = b"<xdr:wsDr xmlns:xdr='x'><xdr:row>5</xdr:row><xdr:row>2</xdr:row></xdr:wsDr>"
    members = unpacked(small_workbook())
    assert codes(packed(members | {"xl/calcChain.xml": order, "xl/drawings/drawing1.xml": drawing})) == []
