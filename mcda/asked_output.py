"""Where the command line writes to, and in what form: the ending of a file says what is in it."""

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mcda.arguments import FORMATS, PRINTED
from mcda.errors import InputError, Issue, Param, Where
from mcda.locale import text

REASONS = {
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "is_folder",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.EROFS: "not_allowed",
    errno.ENOSPC: "disk_full",
    errno.ENAMETOOLONG: "name_too_long",
}
"""Why a file cannot be written, as far as it can be said in the reader's language."""


def ending_of(output: str) -> str:
    """The ending of a file's name in small letters, without its dot."""
    return Path(output).suffix.lower().removeprefix(".")


def output_form(to: str, output: str, forms: Sequence[str] = FORMATS) -> str:
    """What to write: as `--to` says, else by the file's ending, else a table. Files for a program of their own, such as
    a workbook, need somewhere to go. Raises InputError where the ending says something else."""
    ending = ending_of(output)
    form = to or (ending if ending in forms else "table")
    if form in ("xlsx", *PRINTED) and not output:
        raise InputError([Issue("output_missing", where=Where("-o"), params={"form": form})])
    check_ending(output, (form,) if to or ending in forms else forms)
    return form


def check_ending(output: str, forms: Sequence[str]) -> None:
    """Raise InputError where a file's ending belongs to none of the forms; a name without an ending says nothing."""
    allowed = tuple("txt" if form == "table" else form for form in forms)
    if (ending := ending_of(output)) and ending not in allowed:
        params: dict[str, Param] = {"value": f".{ending}", "allowed": tuple(f".{one}" for one in allowed)}
        raise InputError([Issue("ending_wrong", where=Where("-o"), params=params)])


def check_parts_place(output: str) -> None:
    """Raise InputError where a batch would be written to a file other than .parquet; a folder may be called anything
    that does not look like a file, and one that is there keeps its name."""
    ending = Path(output).suffix
    if ending and ending != ".parquet" and not Path(output).is_dir():
        raise InputError([Issue("batch_place", where=Where("-o"), params={"value": ending, "path": output})])


def parts_of(entry: str) -> tuple[str, ...]:
    """The parts of an entry between its commas."""
    return tuple(part.strip() for part in entry.split(",") if part.strip())


def columns_of(entry: str | None) -> tuple[str, ...]:
    """The keys of the columns wanted, in the order given; none where the option was not given. Raises InputError where
    it names nothing."""
    found = parts_of(entry or "")
    if entry is not None and not found:
        raise InputError([Issue("part_empty", where=Where("--columns"), params={"allowed": "rank,title,tier"})])
    return found


def deliver(content: bytes, output: str, language: str) -> None:
    """Write to standard output, or to a file that is complete the moment it has its name."""
    if output in ("", "-"):
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        try:
            partial.write_bytes(content)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        why = text(f"cli.unwritten.{REASONS.get(error.errno or 0, 'other')}", language)
        params = {"path": output, "detail": why}
        raise InputError([Issue("cannot_write", where=Where("-o"), params=params)]) from error


@contextmanager
def solver_talk_aside() -> Iterator[None]:
    """What a solver's own code writes to standard output is dropped: a pipe and a person get our answer alone."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
