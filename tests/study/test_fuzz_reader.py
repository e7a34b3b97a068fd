"""No bytes and no table make the reader raise anything but InputError, or warn. RANGFOLGE_FUZZ sets how many."""

import csv
import io
import os
import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.errors import InputError, Issue
from mcda.study.cells import Formula, Percent
from mcda.study.model import TABLES
from mcda.study.read import read_sheets, read_study
from mcda.study.sheets import Sheet
from mcda.study.write import workbook_bytes
from raw_files import packed, raw_ods, unpacked
from small import small_study
from small_tables import SMALL, rows_of, small_workbook

COUNT = int(os.environ.get("RANGFOLGE_FUZZ", "500"))
BYTES, TABLES_COUNT, TEXTS = COUNT // 2, COUNT // 5, COUNT // 10

ODD = ("", "-1", "0", "1", "1e9", "1E+400", "NaN", "99999999999999999999", "Ä", "\u200b", "A1", "XFD1048576", "s", "b")
ODD += ("inlineStr", "true", "../x", "2026-13-45", "31.12.2026", "=A1", "#REF!", "0.5 %", "1.234", "1,5", "x" * 40_000)
WORDS = (
    "id",
    "title",
    "Maßnahme",
    "Relevanz",
    "relevance",
    "cost",
    "A",
    "B",
    "ISM",
    "ISM;GAR",
    "Summe",
    "field",
    "value",
)


def ods_of(rows: list[list[object]], name: str) -> bytes:
    def cell(value: object) -> str:
        kind = "float" if isinstance(value, int | float) else "string"
        number = f' office:value="{value}"' if kind == "float" else ""
        text = "" if value is None else f"<text:p>{value}</text:p>"
        return f'<table:table-cell office:value-type="{kind}"{number}>{text}</table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return raw_ods(lines, name=name)


def whole_ods() -> bytes:
    sheets = [unpacked(ods_of(rows_of(text), name))["content.xml"] for name, text in SMALL.items()]
    table = re.compile(rb"<table:table .*</table:table>", re.DOTALL)
    everything = b"".join(found[0] for sheet in sheets if (found := table.search(sheet)))
    return packed(unpacked(raw_ods("")) | {"content.xml": table.sub(lambda _: everything, sheets[0])})


SEEDS: tuple[tuple[str, bytes], ...] = (
    ("a.xlsx", small_workbook()),
    ("a.xlsx", workbook_bytes(small_study())),
    ("a.ods", whole_ods()),
    *((f"{name}.csv", text.encode()) for name, text in SMALL.items()),
)


def test_the_seeds_are_whole():
    assert read_study(SEEDS[0][1]) == read_study(SEEDS[2][1])
    assert read_study(SEEDS[1][1]) == small_study()


def flip_bits(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, 8)):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content))]


def splice(content: bytes, random: Random) -> bytes:
    other = random.choice(SEEDS)[1]
    start, end = sorted(random.randrange(len(other)) for _ in range(2))
    at = random.randrange(len(content))
    return content[:at] + other[start : min(end, start + 400)] + content[at + random.randrange(40) :]


def sprinkle(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content))
    signs = (b";", b",", b'"', b"\n", b"\r", b"\0", b"\xff", b"\xe4", b"\xef\xbb\xbf", b"<", b"&", b"sep=|\n", b"=")
    return content[:at] + random.choice(signs) * random.randint(1, 3) + content[at:]


def edit_member(content: bytes, random: Random) -> bytes:
    """The archive with the XML of one part changed, whole again as an archive."""
    if content[:2] != b"PK":
        return sprinkle(content, random)
    members = unpacked(content)
    path = random.choice([name for name in members if name.endswith((".xml", ".rels"))])
    text = members[path].decode()
    for _ in range(random.randint(1, 3)):
        text = random.choice(XML_EDITS)(text, random)
    return packed(members | {path: text.encode()})


def edit_attribute(text: str, random: Random) -> str:
    return _replace_one(r'(?<==")[^"]*(?=")', text, random)


def edit_text(text: str, random: Random) -> str:
    return _replace_one(r"(?<=>)[^<>]+(?=<)", text, random)


def drop_element(text: str, random: Random) -> str:
    found = list(re.finditer(r"<(\w+:?\w*)[^<>]*>[^<>]*</\1>|<[^<>]*/>", text))
    return text.replace(random.choice(found)[0], "", 1) if found else text


def double_element(text: str, random: Random) -> str:
    found = list(re.finditer(r"<(\w+:?\w*)[^<>]*>[^<>]*</\1>|<[^<>]*/>", text))
    return (
        text.replace(one, one * random.choice((2, 3, 800)), 1) if found and (one := random.choice(found)[0]) else text
    )


def drop_attribute(text: str, random: Random) -> str:
    found = list(re.finditer(r' [\w:]+="[^"]*"', text))
    return text.replace(random.choice(found)[0], "", 1) if found else text


def swap_elements(text: str, random: Random) -> str:
    parts = re.split(r"(?=<)", text)
    one, two = (random.randrange(len(parts)) for _ in range(2))
    parts[one], parts[two] = parts[two], parts[one]
    return "".join(parts)


def _replace_one(pattern: str, text: str, random: Random) -> str:
    found = list(re.finditer(pattern, text))
    if not found:
        return text
    match = random.choice(found)
    return text[: match.start()] + random.choice(ODD + WORDS) + text[match.end() :]


XML_EDITS = (edit_attribute, edit_text, drop_element, double_element, drop_attribute, swap_elements)


def swap_members(content: bytes, random: Random) -> bytes:
    if content[:2] != b"PK":
        return splice(content, random)
    members = unpacked(content)
    one, two = (random.choice(list(members)) for _ in range(2))
    changed = random.choice((
        members | {one: members[two]},
        {name: part for name, part in members.items() if name != one},
        members | {f"{one}x": members[one]},
        members | {one: random.randbytes(random.randrange(300))},
    ))  # fmt: skip
    return packed(changed)


def spoil_packed(content: bytes, random: Random) -> bytes:
    """The archive with a few bytes of its packed data changed, its checks left as they were."""
    return flip_bits(content, random) if random.random() < 0.5 else content[:60] + zlib.compress(content) + content[90:]


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flip_bits, cut, splice, sprinkle, edit_member, edit_member, edit_member, swap_members, spoil_packed
)  # fmt: skip


def outcome(read: Callable[[], object]) -> str:
    """'read', or the first issue's code; every sentence can be said in both languages."""
    issues: tuple[Issue, ...] = ()
    try:
        read()
    except InputError as error:
        issues = error.issues
    else:
        return "read"
    assert all(issue.sentence(language) for issue in issues for language in ("de", "en"))
    return issues[0].code


def test_spoilt_archives_read_as_they_were_or_not_at_all():
    for number in range(COUNT // 5):
        random = Random(f"archive {number}")
        file, content = random.choice(SEEDS[:3])
        spoilt = random.choice((flip_bits, cut, spoil_packed))(content, random)
        if outcome(lambda spoilt=spoilt, file=file: read_study(spoilt, file)) == "read":
            assert read_study(spoilt, file) == read_study(content, file), f"fuzz case {number}"


def test_changed_bytes_of_good_files():
    outcomes: Counter[str] = Counter()
    for number in range(BYTES):
        random = Random(f"bytes {number}")
        file, content = random.choice(SEEDS)
        mutation = random.choice(MUTATIONS)
        changed = mutation(content, random)
        try:
            outcomes[outcome(lambda changed=changed, file=file: read_study(changed, file))] += 1
        except Exception as error:
            error.add_note(f"fuzz case {number}: {mutation.__name__} on {file}")
            raise
    sys.stdout.write(f"\n{BYTES} files of changed bytes: {dict(outcomes.most_common())}\n")
    assert outcomes["read"] > BYTES / 100
    assert len(outcomes) > 10


names = st.sampled_from([*TABLES, "Maßnahmen", "Bewertung", "Kriterien", "Notizen", ""])
headers = st.one_of(
    st.sampled_from(sorted({name for model in TABLES.values() for name in model.model_fields})),
    st.sampled_from(["Nr.", "Titel", "Relevanz", "Kosten", "Investition EUR", "capex_eurr", "", "Summe"]),
    st.text(max_size=8),
)
cells = st.one_of(
    st.none(),
    st.sampled_from(ODD + WORDS),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.floats().map(Percent),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=5).map(lambda t: Formula(f"={t}")),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    name = draw(names)
    model = TABLES.get(name)
    known = st.sampled_from(list(model.model_fields)) if model else headers
    header = draw(st.lists(st.one_of(known, known, headers), max_size=8))
    rows = draw(st.lists(st.lists(cells, max_size=9).map(tuple), max_size=6))
    skipped = draw(st.integers(0, 3))
    lines = [(skipped + n, row) for n, row in enumerate([tuple(header), *rows], start=1)]
    spans = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(-2, 2**31))
    return Sheet(name, "a.xlsx", lines, draw(st.lists(spans, max_size=3)), draw(st.booleans()))


@st.composite
def nearly_whole(draw: st.DrawFn) -> list[Sheet]:
    """The small study's sheets, some cells of them anything at all."""
    found = []
    for name, text in SMALL.items():
        rows = [list(row) for row in rows_of(text)]
        for _ in range(draw(st.integers(0, 2))):
            row = draw(st.sampled_from(rows))
            row[draw(st.integers(0, len(row) - 1))] = draw(cells)  # type: ignore[call-overload]
        found.append(Sheet(name, "a.xlsx", [(n, tuple(row)) for n, row in enumerate(rows, start=1)]))
    return found


@given(
    st.one_of(
        nearly_whole(),
        st.lists(sheets(), max_size=6),
        st.tuples(nearly_whole(), st.lists(sheets())).map(lambda p: p[0] + p[1]),
    )
)
@settings(max_examples=TABLES_COUNT)
def test_tables_of_anything(found: list[Sheet]):
    outcome(lambda: read_sheets(found))


@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=200).map(lambda b: b"PK\3\4" + b),
        st.text(max_size=300).map(str.encode),
        st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=8).map(
            lambda rows: as_csv(rows, ";").encode("utf-16")
        ),
    ),
    st.sampled_from(["a.xlsx", "a.ods", "a.csv", "measures.csv", "Studie.txt", "a"]),
)
@settings(max_examples=TEXTS)
def test_any_bytes_at_all(content: bytes, file: str):
    outcome(lambda: read_study(content, file))


def as_csv(rows: list[list[str]], separator: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize("cell", [datetime(1, 1, 1), date(9999, 12, 31), float("inf"), -0.0, 1e300, 10**400, "٣", "½"])
@pytest.mark.parametrize(("table", "column"), [(0, 1), (1, 6), (2, 3), (3, 2), (4, 2)])
def test_odd_values_in_numbers_and_dates(cell, table, column):
    found = [Sheet(n, "a", [(i, tuple(r)) for i, r in enumerate(rows_of(t), start=1)]) for n, t in SMALL.items()]
    row = list(found[table].rows[1][1])
    row[column] = cell
    found[table].rows[1] = (2, tuple(row))
    outcome(lambda: read_sheets(found))
