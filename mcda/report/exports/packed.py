"""Archives whose bytes depend on their content alone: every member carries one day, in the order written."""

import io
from collections.abc import Mapping
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


def zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """Files by name as one archive."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return dated(buffer.getvalue(), day)
