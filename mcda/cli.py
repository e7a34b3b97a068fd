"""The command `mcda`: thin over the library. Exit codes: 0 done, 1 a bug (its traceback is kept), 2 bad input."""

import argparse
import importlib.util
import io
import json
import locale
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from mcda.arguments import FORMATS, PRINTED, Act, make_parser
from mcda.asked import asked_of, together
from mcda.asked_output import columns_of, deliver, output_form, solver_talk_aside
from mcda.asked_scenario import scenario_of
from mcda.errors import InputError, Issue, MethodError, Param, Where, nearest
from mcda.evaluate import check_rankable, evaluate
from mcda.locale import LANGUAGES, text
from mcda.report.exports.csv_file import csv_file
from mcda.report.exports.funding_file import funding_csv, funding_json, funding_xlsx
from mcda.report.exports.json_file import json_file
from mcda.report.exports.sensitivity_file import sensitivity_json, sensitivity_xlsx
from mcda.report.exports.weights_file import weights_json
from mcda.report.exports.xlsx_file import xlsx_file
from mcda.result import Result
from mcda.study.annotate import annotated_copy, annotated_sheets
from mcda.study.model import Study
from mcda.study.read import read_study, read_with_notes, sheets_at, sheets_in
from mcda.study.rules import check_study
from mcda.study.template import template_bytes
from mcda.terminal import check_lines, draw_ranking, issue_lines, issue_rows, ranking_lines
from mcda.terminal_funding import draw_overview, funding_lines
from mcda.terminal_sensitivity import sensitivity_lines
from mcda.terminal_weights import weights_lines

BAD_INPUT = 2
STORE_PACKAGES = ("sqlalchemy", "alembic")
APP_PACKAGES = ("streamlit", "plotly", *STORE_PACKAGES, "segno", "jinja2")


def run() -> NoReturn:
    """Entry point of the installed command."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, as `head` does; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command line and return its exit code. Input that cannot be used is told on stderr, whole."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    language = reader_language(given, os.environ)
    write_utf8()
    source = ""
    try:
        options = make_parser(language, COMMANDS).parse_args(given)
        source = getattr(options, "study", None) or ""
        return int(options.command(options, language))
    except InputError as error:
        issues: Sequence[Issue] = error.issues
    except MethodError as error:
        issues = (error.issue,)
    print(*issue_lines(issues, language, sheets_at(source) if source else ()), sep="\n", file=sys.stderr)
    return BAD_INPUT


def check(options: argparse.Namespace, language: str) -> int:
    """Read a study and tell everything that is wrong or worth knowing about it."""
    study: Study | None = None
    issues: Sequence[Issue]
    try:
        found, notes = read_with_notes(options.study)
        check_rankable(found)
        study, issues = found, (*notes, *check_study(found))
    except InputError as error:
        issues = error.issues
    if options.annotate:
        annotate(Path(options.study), issues, options.annotate, language)
    sheets = sheets_at(options.study)
    if options.format == "json":
        content = {"valid": study is not None, "issues": issue_rows(issues, language, sheets)}
        print(json.dumps(content, ensure_ascii=False, indent=2))
    elif study is None:
        print(*issue_lines(issues, language, sheets), sep="\n", file=sys.stderr)
    else:
        print(*check_lines(study, issues, language, sheets), sep="\n")
    return BAD_INPUT if study is None else 0


def annotate(source: Path, issues: Sequence[Issue], target: str, language: str) -> None:
    """Write the planner's file, or a folder's CSV files as one workbook, with every bad cell marked and all issues
    listed; nothing where the file itself cannot be opened. Raises InputError where the copy would replace it."""
    if not source.exists():
        return
    if Path(target).exists() and Path(target).samefile(source):
        raise InputError([Issue("own_file", where=Where("--annotate"), params={"path": target})])
    try:
        if source.is_dir():
            copy = annotated_sheets(sheets_in(source), issues, language)
        else:
            copy = annotated_copy(source.read_bytes(), issues, language, source.name)
    except InputError:  # what was wrong with the file is among the issues, told next
        return
    deliver(copy, target, language)


def template(options: argparse.Namespace, language: str) -> int:
    """Write the Excel template, with an example or filled with a study."""
    target = Path(options.file)
    if target.suffix.lower() != ".xlsx":
        raise InputError([Issue("not_an_xlsx_name", where=Where("FILE"), params={"path": options.file})])
    if target.exists() and target.stat().st_size and not options.overwrite:
        raise InputError([Issue("file_exists", where=Where("FILE"), params={"path": options.file})])
    study = read_study(options.study) if options.study else None
    deliver(template_bytes(language, study), options.file, language)
    print(text("cli.template.written", language, path=options.file))
    return 0


def rank(options: argparse.Namespace, language: str) -> int:
    """Rank a study under a scenario and print or write the ranking."""
    form, study, scenario, columns = together(
        lambda: rank_form(options),
        lambda: read_study(options.study),
        lambda: scenario_of(options),
        lambda: columns_of(options.columns),
    )
    result = evaluate(study, scenario)
    if form == "table" and options.output in ("", "-"):
        print_ranking(result, language)
    else:
        deliver(content_of(result, form, options.dialect, columns, language), options.output, language)
    return 0


def funding(options: argparse.Namespace, language: str) -> int:
    """Tell which grants a study's measures can get, or all about those of one measure."""
    form = output_form(options.to, options.output)
    study, scenario = together(lambda: study_with(options.study, options.measure), lambda: scenario_of(options))
    result = evaluate(study, scenario)
    if form == "table" and options.output in ("", "-") and sys.stdout.isatty() and not options.measure:
        draw_overview(result, language)
    else:
        deliver(funding_content(result, form, options.measure, language), options.output, language)
    return 0


def weights(options: argparse.Namespace, language: str) -> int:
    """Tell everybody's weights, which answers to look at again, and how far people agree."""
    form = output_form(options.to, options.output, ("table", "json"))
    study, scenario = together(lambda: read_study(options.study), lambda: scenario_of(options))
    result = evaluate(study, scenario)
    lines = "" if form == "json" else "".join(f"{line}\n" for line in weights_lines(result, language))
    deliver(lines.encode() or weights_json(result), options.output, language)
    return 0


def sensitivity(options: argparse.Namespace, language: str) -> int:
    """Tell how firm the ranking is: crossings, stability, what it would take, acceptability, agreement of methods."""
    from mcda.asked_plan import named_task, with_plan

    form = output_form(options.to, options.output, ("table", "json", "xlsx"))
    study, scenario, asked, task = together(
        lambda: read_study(options.study),
        lambda: scenario_of(options),
        lambda: asked_of(options),
        lambda: named_task(options.plan),
    )
    result = evaluate(study, scenario)
    if (asked.labels.first or 1) > len(result.ranking):
        allowed: dict[str, Param] = {"value": str(asked.labels.first), "allowed": f"1 ... {len(result.ranking)}"}
        raise InputError([Issue("out_of_range", where=Where("--first"), params=allowed)])
    with solver_talk_aside():
        asked = with_plan(asked, result, task)
        if form == "json":
            content = sensitivity_json(result, asked, language)
        elif form == "xlsx":
            content = sensitivity_xlsx(result, asked, language)
        else:
            content = "".join(f"{line}\n" for line in sensitivity_lines(result, asked, language)).encode()
    deliver(content, options.output, language)
    return 0


def plan(options: argparse.Namespace, language: str) -> int:
    """Tell which measures are best done together under budgets and rules; where nothing keeps them all, what would."""
    from mcda.asked_plan import plan_asked, plan_content, unsolved_lines

    form = output_form(options.to, options.output)
    study, scenario, asked = together(
        lambda: read_study(options.study), lambda: scenario_of(options), lambda: plan_asked(options)
    )
    result = evaluate(study, scenario)
    with solver_talk_aside():
        made = asked.made(result)
        content = plan_content(result, made, asked, form, language) if made.solved else b""
        missing = [] if made.solved else unsolved_lines(result, made, asked, language)
    if missing:
        print(*missing, sep="\n", file=sys.stderr)
        return BAD_INPUT
    deliver(content, options.output, language)
    return 0


def study_with(source: str, measure: str) -> Study:
    """The study. Raises InputError where it does not hold the measure asked for."""
    study = read_study(source)
    names = tuple(study.measure_by_id)
    if measure and measure not in names:
        near = nearest(measure, names)
        params: dict[str, Param] = {"value": measure, "allowed": names, "nearest": near}
        raise InputError([Issue("unknown_id", where=Where("--measure"), params=params)])
    return study


def funding_content(result: Result, form: str, measure: str, language: str) -> bytes:
    """The grants as the bytes of a file."""
    if form == "json":
        return funding_json(result, language, measure)
    if form == "csv":
        return funding_csv(result, language, measure)
    if form == "xlsx":
        return funding_xlsx(result, language, measure)
    return "".join(f"{line}\n" for line in funding_lines(result, language, measure)).encode()


def report(options: argparse.Namespace, language: str) -> int:
    """Write one of the documents planners hand in."""
    from mcda.asked_plan import named_task
    from mcda.asked_report import Call, document_of, report_form, room_log  # Word, PDF, rooms are extras

    form, columns, study, scenario, room, template, task = together(
        lambda: report_form(options),
        lambda: columns_of(options.columns),
        lambda: read_study(options.study),
        lambda: scenario_of(options),
        lambda: room_log(options.room, file_named(options.room), options.database),
        lambda: bytes_of(options.template, "--template"),
        lambda: named_task(options.plan),
    )
    with solver_talk_aside():
        content = document_of(Call(options, form, columns, template, task), study, scenario, room, language)
    deliver(content, options.output, language)
    return 0


def batch(options: argparse.Namespace, language: str) -> int:
    """Run many scenarios and write what they say as Parquet."""
    from mcda.asked_batch import batch_of, batch_words  # its packages are an extra

    with solver_talk_aside():
        said = batch_words(batch_of(options, language), language)
    print(said, file=sys.stderr)
    return 0


def compare(options: argparse.Namespace, language: str) -> int:
    """Put scenarios or studies side by side."""
    from mcda.asked_batch import comparison_of
    from mcda.terminal_compare import compare_content

    form = output_form(options.to, options.output, ("table", "json", "xlsx"))
    with solver_talk_aside():
        found = comparison_of(options, file_named(options.room), language)
    for note in found.notes:
        print(note, file=sys.stderr)
    deliver(compare_content(found, form, language), options.output, language)
    return 0


def file_named(name: str) -> bytes | None:
    """The content of the file of that name, None where there is none."""
    return Path(name).read_bytes() if name and Path(name).is_file() else None


def bytes_of(name: str, option: str) -> bytes:
    """The content of the file an option names, nothing where it names none. Raises InputError where it is missing."""
    content = file_named(name)
    if name and content is None:
        raise InputError([Issue("cannot_read", where=Where(option), params={"path": name})])
    return content or b""


def workshop(options: argparse.Namespace, language: str) -> int:
    """List rooms, run a room's log again, or delete a room."""
    require_packages(STORE_PACKAGES)
    from mcda.asked_rooms import rooms_answer  # the store's packages are an extra, as the front end's

    options.to = output_form(options.to, options.output, ("table", "json"))
    deliver(rooms_answer(options, file_named(options.room), language).encode(), options.output, language)
    return 0


def require_packages(names: Sequence[str]) -> None:
    """Raise InputError naming the packages of the extra `app` that are not installed."""
    missing = tuple(name for name in names if importlib.util.find_spec(name) is None)
    if missing:
        raise InputError([Issue("app_missing", params={"packages": missing})])


def app(options: argparse.Namespace, language: str) -> int:
    """Open the front end on a study."""
    require_packages(APP_PACKAGES)
    require_free(options.address, options.port)
    from mcda.ui.server import serve  # the front end's packages are an extra: only this command needs them

    serve(options.study, port=options.port, address=options.address, open_browser=not options.no_browser)
    return 0


def require_free(address: str, port: int) -> None:
    """Raise InputError when another program, perhaps a second Rangfolge, already listens there."""
    try:
        with socket.create_server((address, port)):
            return
    except (OSError, OverflowError):
        params = {"port": str(port), "address": address}
        raise InputError([Issue("cannot_listen", where=Where("--port"), params=params)]) from None


def rank_form(options: argparse.Namespace) -> str:
    """What `mcda rank` writes. Raises InputError for options that would change nothing in it."""
    form = output_form(options.to, options.output, (*FORMATS, *PRINTED))
    heard = {"--dialect": ("csv",), "--columns": ("csv", "xlsx", *PRINTED)}
    given = {"--dialect": options.dialect, "--columns": options.columns}
    issues = [
        Issue("changes_nothing", where=Where(name), params={"allowed": forms})
        for name, forms in heard.items()
        if given[name] and form not in forms
    ]
    if issues:
        raise InputError(issues)
    return form


def content_of(result: Result, form: str, dialect: str, columns: Sequence[str], language: str) -> bytes:
    """The ranking as the bytes of a file."""
    if form == "json":
        return json_file(result, language)
    if form == "csv":
        return csv_file(result, language, dialect or "machine", columns)
    if form == "xlsx":
        return xlsx_file(result, language, columns)
    if form in PRINTED:
        from mcda import report as documents  # Word and PDF are an extra

        return documents.report(result, "list", form, documents.Request(language=language, columns=tuple(columns)))
    return "".join(f"{line}\n" for line in ranking_lines(result, language)).encode()


def print_ranking(result: Result, language: str) -> None:
    """A coloured table in a terminal, plain lines of full length in a pipe."""
    if sys.stdout.isatty():
        draw_ranking(result, language)
    else:
        print(*ranking_lines(result, language), sep="\n")


def reader_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """`--lang` if given, else German where the system speaks German, else English."""
    for position, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang":
            value = "".join(arguments[position + 1 : position + 2])
        if value in LANGUAGES:
            return value
    spoken = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    if not spoken and sys.platform == "win32":
        spoken = locale.getlocale()[0] or ""
    return "de" if spoken.casefold().startswith(("de", "ger")) else "en"


def write_utf8() -> None:
    """Umlauts and the euro sign come out whole, also in a Windows console with an old code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


COMMANDS: Mapping[str, Act] = {
    "template": template,
    "check": check,
    "rank": rank,
    "weights": weights,
    "sensitivity": sensitivity,
    "plan": plan,
    "funding": funding,
    "report": report,
    "batch": batch,
    "compare": compare,
    "workshop": workshop,
    "app": app,
}
"""What each word after `mcda` does."""
