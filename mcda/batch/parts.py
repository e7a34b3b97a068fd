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
    """A folder of parts. Raises InputError where it holds another batch, or this one and `resume` was not said."""

    def __init__(self, path: Path, about: Mapping[str, Any], *, resume: bool) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self._about(about, resume=resume)

    def _about(self, about: Mapping[str, Any], *, resume: bool) -> None:
        file = self.path / ABOUT
        if file.exists():
            where, params = Where(str(self.path)), {"path": str(self.path)}
            if not resume:
                raise InputError([Issue("batch_there", where=where, params=params)])
            if json.loads(file.read_text(encoding="utf-8")) != about:
                raise InputError([Issue("batch_other", where=where, params=params)])
        elif any(self.path.iterdir()):
            raise InputError([Issue("folder_not_empty", where=Where(str(self.path)), params={"path": str(self.path)})])
        else:
            _write(file, json.dumps(about, ensure_ascii=False, indent=1).encode())

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

    def into_file(self, file: Path) -> None:
        """Join the parts: the ranking into `file`, the other tables beside it, and take the folder away."""
        from pyarrow import parquet

        for name in COLUMNS:
            target = table_file(file, name)
            half = target.with_suffix(".half")
            writer = None
            for part in parts_of(self.path, name):
                table = parquet.read_table(part)
                writer = writer or parquet.ParquetWriter(half, table.schema)
                writer.write_table(table)
            if writer is not None:
                writer.close()
                half.replace(target)
        shutil.rmtree(self.path)


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
