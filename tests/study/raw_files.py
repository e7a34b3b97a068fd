"""Workbooks made of hand-written XML, for what no office program would write and some other program does."""

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def raw_xlsx(
    sheet: str, *, name: str = "measures", strings: str = "", styles: str = "", book: str = "", **parts: bytes
) -> bytes:
    """A workbook of one sheet: its XML inside <worksheet>, and the contents of the other parts."""
    members = {
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "/xl/styles.xml"),
        ),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}'
        f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    return packed({path: text.encode() for path, text in members.items()} | parts)


def relations(*targets: tuple[str, str, str]) -> str:
    """The relations of a part: (id, kind, target)."""
    entries = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{t}"/>' for i, kind, t in targets)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{entries}</Relationships>'


def styles(*formats: str) -> str:
    """Cell styles 1, 2, ... with these number formats (0 is General)."""
    declared = "".join(
        f'<numFmt numFmtId="{n}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for n, code in enumerate(formats, 164)
    )
    used = "".join(f'<xf numFmtId="{n}"/>' for n in range(164, 164 + len(formats)))
    return f"<numFmts>{declared}</numFmts><cellXfs><xf numFmtId='0'/>{used}</cellXfs>"


def texts(row: int, *words: str) -> str:
    """A row of inline texts."""
    cells = "".join(
        f'<c r="{chr(65 + n)}{row}" t="inlineStr"><is><t>{word}</t></is></c>' for n, word in enumerate(words)
    )
    return f'<row r="{row}">{cells}</row>'


def raw_ods(rows: str, *, name: str = "measures", before: str = "", **parts: bytes) -> bytes:
    """An OpenDocument spreadsheet of one sheet: its rows as XML, and what stands before the sheet."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for prefix, space in (("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing"))
    )
    content = (
        f"{HEAD}<office:document-content {spaces}><office:body><office:spreadsheet>{before}"
        f'<table:table table:name="{name}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": content.encode()} | parts)


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip archive of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    return stream.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The members of a zip archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}
