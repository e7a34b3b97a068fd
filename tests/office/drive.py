"""A German desk: runs LibreOffice headless and types into it as a person does. For a Python that can import uno.

Started with the path of soffice and a folder for its profile. Every line on standard input is a job in JSON:
open a file, type texts into cells, empty, or unlock parts of sheets, calculate every formula anew, save; the answer to
each is a line saying done.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

TRIES = 600
CONTENTS = 1 | 2 | 4 | 16
"""Numbers, dates, texts and formulas; formats, comments and lists to choose from stay."""

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>de-DE</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooLocale" oor:op="fuse"><value>de</value></prop></item>
<item oor:path="/org.openoffice.Office.Linguistic/General">
<prop oor:name="DefaultLocale" oor:op="fuse"><value>de-DE</value></prop></item>
</oor:items>
"""


def started(soffice: str, profile: Path) -> "subprocess.Popen[bytes]":
    """LibreOffice with a German profile of its own, listening on a pipe named after it."""
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    quiet = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
    accept = f"--accept=pipe,name={profile.name};urp"
    return subprocess.Popen(
        [soffice, f"-env:UserInstallation={profile.as_uri()}", *quiet, accept],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def desktop_of(office: "subprocess.Popen[bytes]", pipe: str) -> tuple[Any, Any]:
    """The desktop and the dispatcher, once LibreOffice answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(TRIES):
        with suppress(NoConnectException):
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            made = context.ServiceManager.createInstanceWithContext
            return made("com.sun.star.frame.Desktop", context), made("com.sun.star.frame.DispatchHelper", context)
        with suppress(subprocess.TimeoutExpired):
            raise RuntimeError(f"LibreOffice ended with {office.wait(0.2)}")
    raise RuntimeError("LibreOffice does not answer")


def properties(**values: Any) -> tuple[Any, ...]:
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


class Desk:
    """One document at a time, typed into."""

    def __init__(self, desktop: Any, dispatcher: Any) -> None:
        self.desktop, self.dispatcher = desktop, dispatcher

    def done(self, job: Mapping[str, Any]) -> None:
        """Carry out a job."""
        url = Path(job["open"]).as_uri()
        document = self.desktop.loadComponentFromURL(url, "_blank", 0, ())
        if document is None:
            raise RuntimeError(f"LibreOffice cannot open {job['open']}")
        try:
            for name in job.get("unlock", []):
                document.Sheets.getByName(name).unprotect("")
            for name, place in job.get("empty", []):
                document.Sheets.getByName(name).getCellRangeByName(place).clearContents(CONTENTS)
            self._type(document, job.get("type", []))
            if job.get("calculate"):
                document.calculateAll()
            for path, kind, options in job.get("save", []):
                document.storeToURL(Path(path).as_uri(), properties(FilterName=kind, FilterOptions=options))
        finally:
            document.close(True)

    def _type(self, document: Any, cells: "list[list[str]]") -> None:
        """Go to each cell and enter a text there, as the keyboard does: LibreOffice makes of it what it makes."""
        controller = document.CurrentController
        for name, place, written in cells:
            sheet = document.Sheets.getByName(name)
            if controller.ActiveSheet.Name != name:
                controller.setActiveSheet(sheet)
            controller.select(sheet.getCellRangeByName(place))
            self.dispatcher.executeDispatch(controller.Frame, ".uno:EnterString", "", 0, properties(StringName=written))


def jobs() -> "Iterator[Mapping[str, Any]]":
    for line in sys.stdin:
        yield json.loads(line)


def main() -> None:
    soffice, profile = sys.argv[1], Path(sys.argv[2])
    office = started(soffice, profile)
    try:
        desktop, dispatcher = desktop_of(office, profile.name)
        desk = Desk(desktop, dispatcher)
        for job in jobs():
            desk.done(job)
            sys.stdout.write("done\n")
            sys.stdout.flush()
    finally:
        office.terminate()
        office.wait(60)


if __name__ == "__main__":
    main()
