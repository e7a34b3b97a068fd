"""The grammar of the command line, and what it says of a wrong call."""

import argparse
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.locale import LANGUAGES, text
from mcda.version import __version__

FORMATS = ("table", "json", "csv", "xlsx")
PRINTED = ("docx", "pdf")
"""What the ranked list comes in besides: papers, which need the extra `report`."""
SENSITIVITY_QUESTIONS = ("crossover", "stability", "what-if", "smaa", "agreement")
PLAN_QUESTIONS = ("prices", "line", "grants", "frontier", "core", "fairness")
DOCUMENTS = ("list", "kofi", "factsheets", "dossier", "council", "annex", "plan", "protocol")
DOCUMENT_FORMATS = ("pdf", "docx", "xlsx", "csv", "json")
WORKSHOP_ACTIONS = ("list", "replay", "delete")
DIALECTS = ("machine", "office")
WEIGHTINGS = ("all", "around", "order", "people", "statements")

Act = Callable[[argparse.Namespace, str], int]
"""A command: its options and the reader's language to an exit code."""


class Parser(argparse.ArgumentParser):
    """A parser that tells a wrong call like any other wrong input, in the reader's language."""

    def error(self, message: str) -> NoReturn:
        """Raise InputError with what argparse found, one of the sentences below."""
        usage = " ".join(self.format_usage().split()[1:])
        for pattern, code in WRONG_CALLS:
            if found := re.match(pattern, message):
                said = found.groupdict()
                params: dict[str, Param] = {"usage": usage, "value": said.get("value", "")}
                if choices := tuple(re.findall(r"[\w-]+", said.get("allowed", ""))):
                    params |= {"allowed": choices, "nearest": nearest(said["value"], choices)}
                raise InputError([Issue(code, where=Where(said.get("option", "")), params=params)])
        raise InputError([Issue("wrong_call", params={"usage": usage})])


WRONG_CALLS = (
    (r"the following arguments are required: (?P<value>.+)", "argument_missing"),
    (r"unrecognized arguments: (?P<value>.+)", "argument_unknown"),
    (r"argument (?P<option>\S+): invalid choice: '(?P<value>.*)' \(choose from (?P<allowed>.+)\)", "not_a_choice"),
    (r"argument (?P<option>\S+): invalid int value: '(?P<value>.*)'", "not_an_integer"),
    (r"argument (?P<option>\S+): expected .*argument", "option_without_value"),
)
"""How argparse says it, and our code for it."""


def make_parser(language: str, acts: Mapping[str, Act]) -> argparse.ArgumentParser:
    """The command line's grammar, explained in the reader's language; `acts` carry out the commands."""
    parser = Parser(prog="mcda", description=text("cli.about", language), allow_abbrev=False, add_help=False)
    _options(parser, language).add_argument(
        "--version", action="version", version=__version__, help=text("cli.version", language)
    )
    commands = parser.add_subparsers(title=text("cli.commands", language), metavar="COMMAND", required=True)
    _template_command(commands, acts, language)
    _check_command(commands, acts, language)
    _rank_command(commands, acts, language)
    _weights_command(commands, acts, language)
    _sensitivity_command(commands, acts, language)
    _plan_command(commands, acts, language)
    _funding_command(commands, acts, language)
    _report_command(commands, acts, language)
    _batch_command(commands, acts, language)
    _compare_command(commands, acts, language)
    _workshop_command(commands, acts, language)
    _app_command(commands, acts, language)
    return parser


def _command(
    commands: Any, name: str, acts: Mapping[str, Act], language: str
) -> tuple[argparse._ArgumentGroup, argparse._ArgumentGroup]:
    """A command's groups for what it works on and for its options, under titles in the reader's language."""
    about = text(f"cli.{name}.about", language)
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=about, allow_abbrev=False, add_help=False
    )
    parser.set_defaults(command=acts[name])
    return parser.add_argument_group(text("cli.arguments", language)), _options(parser, language)


def _options(parser: argparse.ArgumentParser, language: str) -> argparse._ArgumentGroup:
    options = parser.add_argument_group(text("cli.options", language))
    options.add_argument("-h", "--help", action="help", help=text("cli.help", language))
    options.add_argument("--lang", choices=LANGUAGES, help=text("cli.lang", language))
    return options


def _check_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "check", acts, language)
    arguments.add_argument("study", metavar="STUDY", help=text("cli.study", language))
    forms = ("text", "json")
    options.add_argument("--format", choices=forms, default="text", help=text("cli.check.format", language))
    options.add_argument("--annotate", metavar="FILE.xlsx", default="", help=text("cli.check.annotate", language))


def _template_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "template", acts, language)
    arguments.add_argument("file", metavar="FILE.xlsx", help=text("cli.template.file", language))
    options.add_argument("--study", metavar="STUDY", default="", help=text("cli.template.study", language))
    options.add_argument("--overwrite", action="store_true", help=text("cli.template.overwrite", language))


def _rank_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "rank", acts, language)
    arguments.add_argument("study", metavar="STUDY", help=text("cli.study", language))
    option = options.add_argument
    _scenario_options(options, language)
    option("--to", choices=(*FORMATS, *PRINTED), default="", help=text("cli.rank.to_list", language))
    option("--columns", metavar="KEY,...", help=text("cli.report.columns", language))
    option("--dialect", choices=DIALECTS, default="", help=text("cli.rank.dialect", language))
    option("-o", "--output", metavar="FILE", default="", help=text("cli.rank.output", language))


def _scenario_options(options: argparse._ArgumentGroup, language: str) -> None:
    """What may change while the study stays the same."""
    option = options.add_argument
    option("--scenario", metavar="FILE.toml", default="", help=text("cli.rank.scenario", language))
    option("--weights", metavar="ID=N,...", action="append", default=[], help=text("cli.rank.weights", language))
    option("--profile", metavar="ID", default="", help=text("cli.rank.profile", language))
    option("--method", metavar="NAME", default="", help=text("cli.rank.method", language))
    option("--as-of", metavar="DATE", default="", help=text("cli.rank.as_of", language))
    option("--seed", metavar="N", type=int, help=text("cli.rank.seed", language))


def _weights_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "weights", acts, language)
    arguments.add_argument("study", metavar="STUDY", help=text("cli.study", language))
    option = options.add_argument
    option("--scenario", metavar="FILE.toml", default="", help=text("cli.weights.scenario", language))
    option("--to", choices=("table", "json"), default="", help=text("cli.rank.to", language))
    option("-o", "--output", metavar="FILE", default="", help=text("cli.rank.output", language))
    options.set_defaults(weights=[], profile="", method="", seed=None, as_of="")


def _sensitivity_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "sensitivity", acts, language)
    arguments.add_argument("study", metavar="STUDY", help=text("cli.study", language))
    option = options.add_argument

    def told(name: str) -> str:
        return text(f"cli.sensitivity.{name}", language)

    option("--question", choices=SENSITIVITY_QUESTIONS, default="", help=told("question"))
    option("--weightings", choices=WEIGHTINGS, default="", help=told("weightings"))
    option("--statement", metavar="TEXT", action="append", default=[], help=told("statement"))
    option("--spread", metavar="N", default="", help=told("spread"))
    option("--open-ratings", action="store_true", help=told("open_ratings"))
    option("--draws", metavar="N", type=int, default=10_000, help=told("draws"))
    option("--first", metavar="N", type=int, help=told("first"))
    option("--budget", metavar="EUR", default="", help=told("budget"))
    option("--plan", metavar="FILE.toml", default="", help=told("plan"))
    option("--secure", metavar="PERCENT", default="", help=told("secure"))
    option("--contested", metavar="PERCENT", default="", help=told("contested"))
    option("--cost-spread", metavar="PERCENT", default="", help=told("cost_spread"))
    option("--common-cost", metavar="PERCENT", default="", help=told("common_cost"))
    _scenario_options(options, language)
    option("--to", choices=("table", "json", "xlsx"), default="", help=text("cli.rank.to", language))
    option("-o", "--output", metavar="FILE", default="", help=text("cli.rank.output", language))


def _plan_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "plan", acts, language)
    arguments.add_argument("study", metavar="STUDY", help=text("cli.study", language))
    option = options.add_argument

    def told(name: str) -> str:
        return text(f"cli.plan.{name}", language)

    option("--plan", metavar="FILE.toml", default="", help=told("plan"))
    option("--budget", metavar="EUR", default="", help=told("budget"))
    option("--years", metavar="N", type=int, help=told("years"))
    option("--schedule", action="store_true", help=told("schedule"))
    option("--must", metavar="ID,...", action="append", default=[], help=told("must"))
    option("--never", metavar="ID,...", action="append", default=[], help=told("never"))
    option("--ignore", metavar="KEY,...", action="append", default=[], help=told("ignore"))
    option("--seconds", metavar="N", default="", help=told("seconds"))
    asked = text("cli.plan.questions", language, names=PLAN_QUESTIONS)
    option("--questions", metavar="NAME,...", action="append", default=[], help=asked)
    _scenario_options(options, language)
    option("--to", choices=FORMATS, default="", help=text("cli.rank.to", language))
    option("-o", "--output", metavar="FILE", default="", help=text("cli.rank.output", language))


def _funding_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "funding", acts, language)
    arguments.add_argument("study", metavar="STUDY", help=text("cli.study", language))
    option = options.add_argument
    option("--measure", metavar="ID", default="", help=text("cli.funding.measure", language))
    option("--as-of", metavar="DATE", default="", help=text("cli.rank.as_of", language))
    option("--scenario", metavar="FILE.toml", default="", help=text("cli.funding.scenario", language))
    option("--to", choices=FORMATS, default="", help=text("cli.rank.to", language))
    option("-o", "--output", metavar="FILE", default="", help=text("cli.rank.output", language))
    options.set_defaults(weights=[], profile="", method="", seed=None)  # what ranks is the scenario file's matter here


def _report_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "report", acts, language)
    arguments.add_argument("study", metavar="STUDY", help=text("cli.study", language))
    option = options.add_argument

    def told(name: str) -> str:
        return text(f"cli.report.{name}", language)

    option("--kind", choices=DOCUMENTS, required=True, help=told("kind"))
    option("--to", choices=DOCUMENT_FORMATS, default="", help=told("to"))
    option("--measure", metavar="ID", action="append", default=[], help=told("measure"))
    option("--municipality", metavar="ID", default="", help=told("municipality"))
    option("--non-public", action="store_true", help=told("non_public"))
    option("--columns", metavar="KEY,...", help=told("columns"))
    option("--dialect", choices=DIALECTS, default="", help=told("dialect"))
    option("--template", metavar="FILE.docx", default="", help=told("template"))
    option("--plan", metavar="FILE.toml", default="", help=told("plan"))
    option("--room", metavar="ROOM", default="", help=told("room"))
    option("--database", metavar="URL", default="", help=text("cli.workshop.database", language))
    _scenario_options(options, language)
    option("-o", "--output", metavar="FILE", required=True, help=text("cli.rank.output", language))


def _batch_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "batch", acts, language)
    arguments.add_argument("study", metavar="STUDY", help=text("cli.study", language))
    option = options.add_argument

    def told(name: str) -> str:
        return text(f"cli.batch.{name}", language)

    arguments.add_argument("scenarios", metavar="SCENARIOS", help=told("scenarios"))
    option("--also", metavar="STUDY", action="append", default=[], help=told("also"))
    option("--what", metavar="NAME,...", default="ranking", help=told("what"))
    option("--plan", metavar="FILE.toml", default="", help=told("plan"))
    option("--draws", metavar="N", type=int, default=10_000, help=told("draws"))
    option("--seed", metavar="N", type=int, help=text("cli.rank.seed", language))
    option("--jobs", metavar="N", type=int, default=-1, help=told("jobs"))
    option("--dask", metavar="ADDRESS", default="", help=told("dask"))
    option("--resume", action="store_true", help=told("resume"))
    option("--keep-going", action="store_true", help=told("keep_going"))
    option("-o", "--output", metavar="DIR|FILE.parquet", required=True, help=told("output"))


def _compare_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "compare", acts, language)
    arguments.add_argument("study", metavar="STUDY", help=text("cli.study", language))
    asked = text("cli.compare.scenarios", language)
    arguments.add_argument("scenarios", metavar="SCENARIOS", nargs="?", default="", help=asked)
    option = options.add_argument
    option("--room", metavar="ROOM", default="", help=text("cli.compare.room", language))
    option("--database", metavar="URL", default="", help=text("cli.workshop.database", language))
    option("--also", metavar="STUDY", action="append", default=[], help=text("cli.batch.also", language))
    option("--what", metavar="NAME,...", default="ranking", help=text("cli.batch.what", language))
    option("--plan", metavar="FILE.toml", default="", help=text("cli.batch.plan", language))
    option("--draws", metavar="N", type=int, default=10_000, help=text("cli.batch.draws", language))
    option("--seed", metavar="N", type=int, help=text("cli.rank.seed", language))
    option("--keep-going", action="store_true", help=text("cli.batch.keep_going", language))
    option("--to", choices=("table", "json", "xlsx"), default="", help=text("cli.rank.to", language))
    option("-o", "--output", metavar="FILE", default="", help=text("cli.rank.output", language))


def _workshop_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "workshop", acts, language)
    acting = text("cli.workshop.action", language)
    arguments.add_argument("action", choices=WORKSHOP_ACTIONS, help=acting)
    arguments.add_argument("room", metavar="ROOM", nargs="?", default="", help=text("cli.workshop.room", language))
    option = options.add_argument
    option("--database", metavar="URL", default="", help=text("cli.workshop.database", language))
    option("--to", choices=("table", "json"), default="", help=text("cli.workshop.to", language))
    option("-o", "--output", metavar="FILE", default="", help=text("cli.rank.output", language))


def _app_command(commands: Any, acts: Mapping[str, Act], language: str) -> None:
    arguments, options = _command(commands, "app", acts, language)
    arguments.add_argument("study", metavar="STUDY", nargs="?", help=text("cli.app.study", language))
    options.add_argument("--port", type=int, default=8501, help=text("cli.app.port", language))
    options.add_argument("--address", default="127.0.0.1", help=text("cli.app.address", language))
    options.add_argument("--no-browser", action="store_true", help=text("cli.app.no_browser", language))
