"""A plan in words: its rules by name, how far it is proven, what was missed, what is worth telling about it."""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal

from mcda.errors import Param
from mcda.locale import has_text, label, text
from mcda.locale.formats import fixed, money
from mcda.portfolio import Missed, Plan
from mcda.report.exhibits.catalogue import theme_label, title_line
from mcda.report.exhibits.findings import LEVELS, FindingLine
from mcda.report.exhibits.programmes import programme_name
from mcda.study.model import Study

OPEN_END = 1.0
"""From this gap on nobody knows how far the plan is from the best."""

Words = Callable[[str, Study, str], str]


def rule_words(key: str, study: Study, language: str) -> str:
    """The rule of that key, or all rules whose keys begin so, as a plain noun phrase; an unknown key is its own word.

    'budget.2027': own money 2027; 'requires.MV-02.DO-02': MV-02 needs DO-02; 'pot': the pots of all programmes.
    """
    kind, _, rest = key.partition(".")
    if not has_text(f"plan_rule.{kind}", language):
        return key
    if not rest:
        return text(f"plan_rule.{kind}", language)
    return NAMED[kind](rest, study, language) if kind in NAMED else _one_of(kind, rest, language)


def status_sentence(made: Plan, language: str) -> str:
    """How far the plan is proven, or that there is none: never 'best' where something better may be left."""
    if made.status == "feasible":
        if not made.gap < OPEN_END:
            return text("plan_words.feasible_open", language)
        percent = fixed(math.ceil(1000 * made.gap - 1e-9) / 10, language, 1)
        return text("plan_words.feasible", language, percent=percent)
    return text(f"plan_words.{made.status}", language)


def task_sentence(made: Plan, language: str) -> str:
    """What the plan was made for: own money and years."""
    task, years = made.task, made.years
    limit = task.budget_eur if task.budget_eur is not None else sum(task.budget_by_year_eur.values(), Decimal(0))
    limited = task.budget_eur is not None or bool(task.budget_by_year_eur)
    first, last = (str(years[0]), str(years[-1])) if years else ("", "")
    key = f"{'budget' if limited else 'no_budget'}_{'years' if years else 'whole'}"
    amount = money(limit, language, cents=False)
    return text(f"plan_words.task.{key}", language, amount=amount, first=first, last=last)


def sum_sentence(made: Plan, language: str) -> str:
    """How many measures, worth how much, for what money."""
    amounts = {
        name: money(getattr(made, name), language, cents=False) for name in ("cost", "grant", "own", "whole", "later")
    }
    key = "plan_said.sums_years" if made.years else "plan_said.sums"
    return text(key, language, count=len(made.chosen), value=fixed(made.value, language, 1), **amounts)


def plan_finding_lines(made: Plan, study: Study, language: str) -> tuple[FindingLine, ...]:
    """What is worth telling, weightiest first, with how much it matters; how far it is proven stands elsewhere."""
    told = [one for one in made.findings if one.code != "plan_not_proven"]
    lines = [FindingLine(one.level, one.code, _sentence(one.code, one.params, study, language)) for one in told]
    return tuple(sorted(lines, key=lambda line: LEVELS.index(line.level)))


def plan_finding_sentences(made: Plan, study: Study, language: str) -> tuple[str, ...]:
    """The sentences of `plan_finding_lines`."""
    return tuple(line.sentence for line in plan_finding_lines(made, study, language))


def missed_sentences(made: Plan, study: Study, language: str) -> tuple[str, ...]:
    """One sentence for each soft minimum that the plan does not reach."""
    return tuple(_missed(one, study, language) for one in made.missed)


def out_reason(code: str, language: str) -> str:
    """Why no plan can hold a measure, standing alone."""
    return label("plan_out", code, language)


def measure_words(measure: str, study: Study, language: str) -> str:
    """'MV-07 Digitale Radkarte': how a measure is named in a sentence about plans."""
    found = study.measure_by_id.get(measure)
    return f"{measure} {title_line(found, language)}" if found else measure


def _missed(one: Missed, study: Study, language: str) -> str:
    params: Mapping[str, Param] = {"rule": one.key, "wanted": one.wanted, "reached": one.reached}
    return _sentence("plan_minimum_missed", params, study, language)


def _sentence(code: str, params: Mapping[str, Param], study: Study, language: str) -> str:
    """A finding about a plan with its rule in words and its amounts as amounts."""
    said: dict[str, object] = dict(params)
    if "rule" in said:
        said["rule"] = capital(rule_words(str(said["rule"]), study, language))
    return text(f"finding.{code}", language, **said)


def capital(words: str) -> str:
    """The words with a capital letter, to begin a sentence."""
    return words[:1].upper() + words[1:]


def _one_of(kind: str, rest: str, language: str) -> str:
    """A rule about a year or a single measure."""
    return text(f"plan_rule.{kind}_of", language, name=rest)


def _municipality(rest: str, study: Study, language: str) -> str:
    name, _, year = rest.partition(".")
    found = study.municipality_by_id.get(name)
    said = text("plan_rule.municipality_of", language, name=found.name if found else name)
    return f"{said} {year}" if year else said


def _pot(rest: str, study: Study, language: str) -> str:
    name, _, year = rest.partition(".")
    known = programme_name(study, name, language) if name in study.programme_by_id else name
    said = text("plan_rule.pot_of", language, name=known)
    return f"{said} {year}" if year else said


def _pair(kind: str) -> Words:
    def words(rest: str, study: Study, language: str) -> str:
        one, _, other = rest.partition(".")
        if not other:
            return text(f"plan_rule.{kind}_all", language, name=one)
        return text(f"plan_rule.{kind}_of", language, name=one, other=other)

    return words


def counted_words(of: str, name: str, study: Study, language: str) -> str:
    """Of which kind measures are counted: 'Handlungsfeld Wohnen', 'sofort beginnbar'."""
    if not name:
        return label("plan_counted", of, language)
    if of == "theme":
        return text("plan_counted.theme_of", language, name=theme_label(study, name, language))
    if of == "category":
        return text("plan_counted.category_of", language, name=label("category", name, language))
    found = study.municipality_by_id.get(name)
    return text("plan_counted.municipality_of", language, name=found.name if found else name)


def _number(end: str) -> Words:
    def words(rest: str, study: Study, language: str) -> str:
        of, _, name = rest.partition(".")
        return text(f"plan_rule.{end}_of", language, name=counted_words(of, name, study, language))

    return words


NAMED: Mapping[str, Words] = {
    "municipality": _municipality,
    "pot": _pot,
    "requires": _pair("requires"),
    "excludes": _pair("excludes"),
    "least": _number("least"),
    "most": _number("most"),
}
