"""A zipped office file whose bytes depend on its content alone: every member carries one day, in the order written."""

import io
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def dated(content: bytes, day: date) -> bytes:
    """The same archive with every member dated `day` (1980 at the earliest, as the format has it)."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as given, ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for member in given.infolist():
            info = ZipInfo(member.filename, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = member.external_attr
            made.writestr(info, given.read(member))
    return buffer.getvalue()
