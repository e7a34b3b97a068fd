"""The parts of a batch on disk: Parquet files that are whole or not there, recognised by what they answer.

A folder holds `batch.json` (what was asked), and per part one file per table and `part-00000.json` with their
checksums, written last: a part without it, or with another checksum, was never finished.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from mcda.batch.asked import Asked
from mcda.batch.rows import COLUMNS
from mcda.errors import InputError, Issue, Where
from mcda.version import __version__

Frames = Mapping[str, pd.DataFrame]
ABOUT = "batch.json"


class Folder:
    """Where a batch is written: a folder of parts, for a file ending in .parquet beside it until they are joined.

    Raises InputError where it holds another batch, or this one and `resume` was not said, and where nothing can be
    written. `is_joined`: the file is there already, and nothing is left to do.
    """

    def __init__(self, place: Path, about: Mapping[str, Any], *, resume: bool) -> None:
        self.file = place if place.suffix == ".parquet" else None
        self.path = place.with_name(f"{place.name}.parts") if self.file else place
        self.about = json.dumps(about, ensure_ascii=False, indent=1)
        self.is_joined = False
        if self.file and self.file.exists():
            self._same(self.file, _told_in(self.file), resume=resume)
            shutil.rmtree(self.path, ignore_errors=True)
            self.is_joined = True
            return
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._begin(resume=resume)
        except OSError as error:
            params = {"path": str(place), "detail": error.strerror or str(error)}
            raise InputError([Issue("cannot_write", where=Where(str(place)), params=params)]) from None

    def _begin(self, *, resume: bool) -> None:
        file = self.path / ABOUT
        if file.exists():
            self._same(self.path, file.read_text(encoding="utf-8", errors="replace"), resume=resume)
        elif any(self.path.iterdir()):
            raise InputError([Issue("folder_not_empty", where=Where(str(self.path)), params={"path": str(self.path)})])
        else:
            _write(file, self.about.encode())

    def _same(self, place: Path, told: str, *, resume: bool) -> None:
        """What a place tells of its batch must be what is asked now, and `resume` be said."""
        where, params = Where(str(place)), {"path": str(place)}
        if not resume:
            raise InputError([Issue("batch_there", where=where, params=params)])
        try:
            same = json.loads(told) == json.loads(self.about)
        except ValueError:
            raise InputError([Issue("batch_damaged", where=where, params=params)]) from None
        if not same:
            raise InputError([Issue("batch_other", where=where, params=params)])

    def is_done(self, number: int, key: str) -> bool:
        """Whether this part was finished for exactly this question, and its files are as they were written."""
        try:
            told = json.loads(self._mark(number).read_text(encoding="utf-8"))
            return bool(told["key"] == key) and all(_digest(self.path / name) == d for name, d in told["files"].items())
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def write(self, number: int, key: str, frames: Frames) -> None:
        """Write a part; the mark that it is finished comes last."""
        files = {}
        for name, frame in frames.items():
            file = self.path / f"{name}-{number:05d}.parquet"
            half = file.with_suffix(".half")
            frame.to_parquet(half, index=False)
            half.replace(file)
            files[file.name] = _digest(file)
        _write(self._mark(number), json.dumps({"key": key, "files": files}).encode())

    def _mark(self, number: int) -> Path:
        return self.path / f"part-{number:05d}.json"

    def finish(self) -> None:
        """For a file, join the parts: the ranking into it, the other tables beside it; take the folder away. The file
        itself comes last: until it is there, the parts are."""
        if self.file is None:
            return
        for name in sorted(COLUMNS, key=lambda name: name == "ranking"):
            self._join(name, table_file(self.file, name))
        shutil.rmtree(self.path)

    def _join(self, name: str, target: Path) -> None:
        from pyarrow import parquet

        half = target.with_suffix(".half")
        writer = None
        for part in parts_of(self.path, name):
            table = parquet.read_table(part)
            if writer is None:
                told = {**(table.schema.metadata or {}), ABOUT: self.about}
                writer = parquet.ParquetWriter(half, table.schema.with_metadata(told))
            writer.write_table(table)
        if writer is not None:
            writer.close()
            half.replace(target)


def _told_in(file: Path) -> str:
    """What a joined file says it was asked; nothing that is known where it says nothing."""
    from pyarrow import ArrowException, parquet

    try:
        told = (parquet.read_schema(file).metadata or {}).get(ABOUT.encode(), b"{}")
    except (ArrowException, OSError):
        return "{}"
    return bytes(told).decode()


def about_of(studies: Mapping[str, str], scenarios: int, parts: str, asked: Asked) -> dict[str, Any]:
    """What a batch was asked, as it stands in its folder: studies with their hashes, how many scenarios and a checksum
    over all of them, the questions, draws, seed and version."""
    return {
        "version": __version__,
        "studies": dict(studies),
        "scenarios": scenarios,
        "checksum": parts,
        "what": list(asked.what),
        "draws": asked.draws,
        "seed": asked.seed,
        **({"plan": asked.plan.canonical()} if "portfolio" in asked.what else {}),
    }


def table_file(file: Path, name: str) -> Path:
    """Where a table of a batch in one file stands: 'result.parquet', 'result.summary.parquet', ..."""
    return file if name == "ranking" else file.with_name(f"{file.stem}.{name}.parquet")


def parts_of(folder: Path, name: str) -> Iterator[Path]:
    """The files of one table in order."""
    return iter(sorted(folder.glob(f"{name}-[0-9]*.parquet"), key=lambda file: (len(file.name), file.name)))


def read_batch(path: str | Path, name: str) -> pd.DataFrame:
    """A table ('ranking', 'summary', 'findings', 'shares') of a batch written to this folder or .parquet file.

    Raises InputError where there is none.
    """
    files = _files(Path(path), name)
    return pd.concat([pd.read_parquet(file) for file in files], ignore_index=True).astype(dict(COLUMNS[name]))


def failed_in(path: str | Path) -> tuple[int, int]:
    """How many scenarios a batch on disk holds and how many of them failed, counted a part at a time.

    Raises InputError where there is none.
    """
    from pyarrow import parquet

    count = failed = 0
    for file in _files(Path(path), "summary"):
        with parquet.ParquetFile(file) as part:
            for rows in part.iter_batches(columns=["error"]):
                count, failed = count + rows.num_rows, failed + rows.num_rows - rows.column(0).null_count
    return count, failed


def _files(place: Path, name: str) -> list[Path]:
    """The files of one table, at least one. Raises InputError where there is none."""
    files = list(parts_of(place, name)) if place.is_dir() else [f for f in (table_file(place, name),) if f.exists()]
    if not files:
        raise InputError([Issue("file_missing", where=Where(str(place)), params={"path": str(place)})])
    return files


def _write(file: Path, content: bytes) -> None:
    half = file.with_suffix(".half")
    half.write_bytes(content)
    half.replace(file)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
