"""One LibreOffice for all office tests, at a German desk; without it they are skipped and say so."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from desk import Desk, opened_desk

BRIDGE = "/usr/bin/python3"
"""Debian's Python: its package python3-uno serves no other."""


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    named = os.environ.get("SOFFICE", "soffice libreoffice").split()
    soffice = next((path for name in named if (path := shutil.which(name))), None)
    if soffice is None:
        pytest.skip("no LibreOffice here: make office installs Debian's")
    bridge = shutil.which(os.environ.get("OFFICE_PYTHON", BRIDGE))
    if bridge is None or subprocess.run([bridge, "-c", "import uno"], capture_output=True, check=False).returncode:
        pytest.skip("no Python here that can drive LibreOffice: make office installs Debian's python3-uno")
    with opened_desk(bridge, soffice, tmp_path_factory.mktemp("profile")) as opened:
        yield opened
