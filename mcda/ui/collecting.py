"""Rating workbooks and ballots with their names, out to the municipalities; and the files that came back."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mcda.locale import text
from mcda.study.collection import ballot_bytes, rating_workbook
from mcda.study.collection.asked import asked_criteria, asked_measures
from mcda.study.model import Study

FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def asked_municipalities(study: Study) -> tuple[str, ...]:
    """Ids of the municipalities that have something to rate."""
    return tuple(name for name in study.municipality_by_id if asked_measures(study, name))


def rated_criteria(study: Study) -> tuple[str, ...]:
    """Ids of all criteria that can be asked about."""
    return tuple(leaf for leaf in study.leaves if study.criterion_by_id[leaf].kind == "given")


def usual_criteria(study: Study) -> tuple[str, ...]:
    """Ids of the criteria municipalities are asked about unless somebody chooses others."""
    return tuple(criterion.id for criterion in asked_criteria(study))


def file_name(study: Study, municipality: str, kind: str, language: str) -> str:
    """The name of a municipality's file: 'workbook' or 'ballot'; safe on every system."""
    name = re.sub(r"[^\w-]+", "-", study.municipality_by_id[municipality].name).strip("-")
    return f"{text(f'collect.file.{kind}', language)}_{name or municipality}.xlsx"


def made(study: Study, municipality: str, kind: str, language: str, criteria: Sequence[str], previous: bool) -> bytes:
    """The rating workbook or the ballot of one municipality."""
    if kind == "ballot":
        return ballot_bytes(study, municipality, language, criteria)
    return rating_workbook(study, municipality, language, study if previous else None, criteria)


@lru_cache(maxsize=8)
def all_files(study: Study, language: str, criteria: tuple[str, ...], previous: bool) -> bytes:
    """Workbook and ballot of every municipality as one .zip. Same arguments, same bytes."""
    stream = io.BytesIO()
    names: set[str] = set()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for municipality in asked_municipalities(study):
            for kind in ("workbook", "ballot"):
                name = unused(file_name(study, municipality, kind, language), names)
                names.add(name)
                entry = ZipInfo(name, FIRST_ZIP_DAY)
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, made(study, municipality, kind, language, criteria, previous))
    return stream.getvalue()


def by_name(files: Iterable[tuple[str, bytes]]) -> Mapping[str, bytes]:
    """Files that came back by name. A name given twice is numbered; the same file given twice counts once."""
    found: dict[str, bytes] = {}
    for name, content in files:
        if content not in found.values():
            found[unused(name, found)] = content
    return found


def unused(name: str, names: Iterable[str]) -> str:
    """The name, with the first free number if it is taken."""
    taken = set(names)
    stem, dot, ending = name.rpartition(".")
    tries = (f"{stem} ({n}){dot}{ending}" for n in range(2, len(taken) + 3))
    return name if name not in taken else next(other for other in tries if other not in taken)
