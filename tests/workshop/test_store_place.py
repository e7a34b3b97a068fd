"""Where rooms are kept when nobody says so, and what an address in the environment means."""

import stat
import sys
from pathlib import Path

import pytest

from mcda.workshop.store import database_url, open_store
from stored import opened


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in ("MCDA_DATABASE_URL", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("platform", "folder"),
    [("linux", ".local/share"), ("darwin", "Library/Application Support"), ("win32", "AppData/Local")],
)
def test_the_file_stands_in_the_users_data_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch, platform: str, folder: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert database_url() == f"sqlite:///{home}/{folder}/rangfolge/workshop.sqlite3"


@pytest.mark.parametrize(("platform", "variable"), [("linux", "XDG_DATA_HOME"), ("win32", "LOCALAPPDATA")])
def test_the_data_folder_may_be_elsewhere(monkeypatch: pytest.MonkeyPatch, platform: str, variable: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, "/elsewhere")
    assert database_url() == "sqlite:////elsewhere/rangfolge/workshop.sqlite3"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgres://u:p%40@h:5433/db?sslmode=require", "postgresql+psycopg://u:p%40@h:5433/db?sslmode=require"),
        ("postgresql://h/db", "postgresql+psycopg://h/db"),
        ("postgresql+psycopg://h/db", "postgresql+psycopg://h/db"),
        (" sqlite:////srv/rooms.db\n", "sqlite:////srv/rooms.db"),
        ("postgresqlish", "postgresqlish"),
    ],
)
def test_the_environment_names_another_database(monkeypatch: pytest.MonkeyPatch, given: str, meant: str) -> None:
    monkeypatch.setenv("MCDA_DATABASE_URL", given)
    assert database_url() == meant


@pytest.mark.parametrize("odd", ["ünser Ordner", "100 % #1", "a?b=c", "a@b:c"])
def test_the_folder_is_made_for_its_user_alone_whatever_its_name(
    home: Path, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(home / odd))
    monkeypatch.setattr(sys, "platform", "linux")
    store = open_store()
    opened(store)
    store.close()
    file = home / odd / "rangfolge" / "workshop.sqlite3"
    assert file.exists()
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    again = open_store()
    assert again.room("ABCDEF") is not None
    again.close()
