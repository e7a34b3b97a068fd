"""The columns a ranked list can have, in groups: how each is called, what its cells are, and where they come from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mcda.funding.records import MeasureMoney
from mcda.locale import label, text
from mcda.locale.formats import number
from mcda.report.exhibits.catalogue import criterion_label, in_language, theme_label, title_of
from mcda.report.exhibits.list_line import ListLine
from mcda.report.exhibits.listing import Cell, Column, Kind
from mcda.report.exhibits.programmes import programme_name, programme_text
from mcda.report.exhibits.tier_names import signed_tier
from mcda.result import Result
from mcda.study.model import Criterion, Study

MARKS = {"yes": "✓", "check": "?", "no": "✗"}

CENT = Decimal("0.01")

LONGEST_NAME = 60
"""So many characters of a criterion's or a municipality's name stand in a header."""

SURE = ("robustness", "robustness_reason", "robustness_why", "robustness_share")
"""Columns that need the measures played through many times."""

Take = Callable[[ListLine], Cell]


@dataclass(frozen=True, slots=True)
class Source:
    """A column and where its cells come from: `cell` in the reader's words, `code` for programs where that differs.

    `width` is that of a spreadsheet in characters; `paper` how many characters a text needs on paper to read well.
    """

    key: str
    header: str
    kind: Kind
    width: int
    cell: Take
    code: Take | None = None
    paper: int = 0

    @property
    def column(self) -> Column:
        """The column as a listing has it."""
        return Column(self.key, self.header, self.kind, self.width)


def list_sources(result: Result, language: str) -> Mapping[str, tuple[Source, ...]]:
    """Every column this study's list can have, by group: place, score, decision, measure, cost, funding, and where the
    study has them values (a column per criterion) and shares (one per municipality). Headers are unique."""
    groups = {
        "place": _PLACE,
        "score": _SCORE,
        "decision": _DECISION,
        "measure": _MEASURE,
        "cost": _COST,
        "funding": _FUNDING,
    }
    named = {group: tuple(_named(form, language) for form in forms) for group, forms in groups.items()}
    named["score"] = (*named["score"], *_parts(result, language))
    named["values"] = _values(result, language)
    named["shares"] = _shares(result, language)
    return _distinct({group: sources for group, sources in named.items() if sources})


def points(result: Result, score: float) -> float:
    """A score as it is shown: 0..100 for the own methods, a second opinion's own figure else."""
    return score if result.method.startswith("pymcdm:") else 100 * score


_Form = tuple[str, Kind, int, int, Take, Take | None]
"""Key, kind, width, width on paper (0: what it needs), cell, code."""


def _named(form: _Form, language: str) -> Source:
    key, kind, width, paper, cell, code = form
    return Source(key, text(f"export.column.{key}", language), kind, width, cell, code, paper)


def _distinct(groups: Mapping[str, tuple[Source, ...]]) -> dict[str, tuple[Source, ...]]:
    """The same with no header twice, whatever users call their criteria: a table in a spreadsheet has unique ones."""
    seen: set[str] = set()
    return {group: tuple(_unlike(source, seen) for source in sources) for group, sources in groups.items()}


def _unlike(source: Source, seen: set[str]) -> Source:
    header, count = source.header, 1
    while header.casefold() in seen:
        count += 1
        header = f"{source.header} ({count})"
    seen.add(header.casefold())
    return Source(source.key, header, source.kind, source.width, source.cell, source.code, source.paper)


def _short(name: str) -> str:
    """A user's name as a header takes it: one line, not too long."""
    words = " ".join(name.split())
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"


def _parts(result: Result, language: str) -> tuple[Source, ...]:
    """One column per top criterion: its part of the score."""

    def source(top: str) -> Source:
        def part(line: ListLine) -> float:
            return line.ranked.contributions.get(top, 0.0)

        header = text("export.part", language, criterion=_short(criterion_label(result.study, top, language)))
        return Source(f"part_{top}", header, "points", 12, lambda line: points(line.result, part(line)), part)

    return tuple(source(top) for top in result.study.children.get("", ()))


def _values(result: Result, language: str) -> tuple[Source, ...]:
    """One column per leaf criterion: the value in use, in the criterion's own unit."""
    study = result.study
    return tuple(_value(study, study.criterion_by_id[leaf], at, language) for at, leaf in enumerate(study.leaves))


def _value(study: Study, leaf: Criterion, at: int, language: str) -> Source:
    kind = value_kind(leaf)
    name = _short(criterion_label(study, leaf.id, language))
    unit = _unit(leaf, kind, language)
    header = text("export.value_in" if unit else "export.value", language, criterion=name, unit=unit)

    def cell(line: ListLine) -> Cell:
        raw = float(line.result.matrix.raw[line.row, at])
        return Decimal(raw).quantize(CENT) if kind == "money" else raw

    return Source(f"value_{leaf.id}", header, kind, 14, cell)


def value_kind(leaf: Criterion) -> Kind:
    """How a criterion's values are shown: money as money, shares as percent, everything else as a number."""
    quantity = leaf.quantity or ""
    if quantity == "funding_share":
        return "percent"
    return "money" if leaf.unit == "EUR" or quantity.endswith(("_eur", "_eur_per_year")) else "number"


def _unit(leaf: Criterion, kind: Kind, language: str) -> str:
    """The unit a header names: the ends of a rated scale, else the criterion's unit; none for money and percent."""
    if kind != "number":
        return ""
    if leaf.kind == "given" and leaf.unit in ("", "points") and leaf.best is not None and leaf.worst is not None:
        low, high = sorted((leaf.best, leaf.worst))
        return text("export.scale", language, low=number(low, language), high=number(high, language))
    return label("export.unit", leaf.unit, language)


def _shares(result: Result, language: str) -> tuple[Source, ...]:
    """One column per municipality that bears a share of anything: its part of the own contributions."""
    bearing = {name for money in result.money.values() for name in money.shares}
    known = result.study.municipality_by_id

    def source(name: str) -> Source:
        header = text("export.share_of", language, municipality=_short(known[name].name))
        return Source(f"share_{name}", header, "money", 13, _amount(lambda money: money.shares.get(name)))

    return tuple(source(name) for name in known if name in bearing)


def _amount(of: Callable[[MeasureMoney], Decimal | None]) -> Take:
    """An amount, empty where the measure states no cost: then it would be a zero that nobody said."""
    return lambda line: of(line.money) if line.money.cost_known else None


def _unsure(line: ListLine, end: float) -> float | None:
    return end if line.ranked.score_high > line.ranked.score_low else None


def _shown(line: ListLine, score: float | None) -> Cell:
    return None if score is None else points(line.result, score)


def _names(line: ListLine) -> str:
    known = line.result.study.municipality_by_id
    return ", ".join(known[m].name if m in known else m for m in line.measure.municipalities)


def _open_values(line: ListLine) -> tuple[str, ...]:
    """The leaf criteria on which the measure's value is not known exactly."""
    matrix = line.result.matrix
    return tuple(leaf for at, leaf in enumerate(matrix.leaves) if matrix.low[line.row, at] < matrix.high[line.row, at])


def _open_names(line: ListLine) -> str:
    study = line.result.study
    return ", ".join(criterion_label(study, leaf, line.language) for leaf in _open_values(line))


def _best_programme(line: ListLine) -> str:
    """The programme with the largest grant behind the sign of its verdict: to be checked is never told as sure."""
    best = line.money.best
    return f"{MARKS[best.verdict]} {programme_name(line.result.study, best.programme, line.language)}" if best else ""


def _verdict(line: ListLine) -> str:
    best = line.money.best
    return text(f"export.verdict.{best.verdict if best else 'none'}", line.language)


def _remark(line: ListLine) -> str:
    """What the planners remarked."""
    return str(in_language(line.measure, "remark", line.language))


_PLACE: tuple[_Form, ...] = (
    ("rank", "whole", 6, 0, lambda x: x.ranked.rank, None),
    ("rank_group", "whole", 10, 0, lambda x: x.ranked.rank_group, None),
    ("tier", "text", 11, 0, lambda x: signed_tier(x.ranked.tier, x.language), lambda x: x.ranked.tier),
    (
        *("robustness", "text", 18, 17),
        lambda x: f"{x.sure_words.sign} {x.sure_words.word}" if x.sure_words else "",
        lambda x: x.sure.label if x.sure else "",
    ),
    (
        *("robustness_reason", "text", 22, 18),
        lambda x: x.sure_words.reasons if x.sure_words else "",
        lambda x: "|".join(x.sure.reasons) if x.sure else "",
    ),
    ("robustness_why", "text", 48, 40, lambda x: x.sure_words.why if x.sure_words else "", None),
    ("robustness_share", "percent", 12, 0, lambda x: x.sure.share_above if x.sure else None, None),
    ("weighted_sum_rank", "whole", 12, 0, lambda x: x.ranked.weighted_sum_rank, None),
    ("rank_in_category", "whole", 12, 0, lambda x: x.ranked.rank_in_category, None),
    ("cost_class", "whole", 12, 0, lambda x: x.ranked.cost_class, None),
    ("rank_in_cost_class", "whole", 13, 0, lambda x: x.ranked.rank_in_cost_class, None),
)

_SCORE: tuple[_Form, ...] = (
    ("score", "points", 10, 0, lambda x: points(x.result, x.ranked.score), lambda x: x.ranked.score),
    (
        *("score_low", "points", 9, 0),
        lambda x: _shown(x, _unsure(x, x.ranked.score_low)),
        lambda x: _unsure(x, x.ranked.score_low),
    ),
    (
        *("score_high", "points", 9, 0),
        lambda x: _shown(x, _unsure(x, x.ranked.score_high)),
        lambda x: _unsure(x, x.ranked.score_high),
    ),
    ("open_values", "text", 30, 24, _open_names, lambda x: "|".join(_open_values(x))),
)

_DECISION: tuple[_Form, ...] = (
    ("decided_rank", "whole", 13, 0, lambda x: x.decision.rank, None),
    ("decided_place", "whole", 14, 0, lambda x: x.place, None),
    (
        *("decided_tier", "text", 13, 0),
        lambda x: signed_tier(x.decision.tier, x.language),
        lambda x: x.decision.tier,
    ),
    ("decided_reason", "text", 36, 30, lambda x: x.decision.reason, None),
)

_MEASURE: tuple[_Form, ...] = (
    ("id", "text", 9, 0, lambda x: x.measure.id, None),
    ("title", "text", 48, 30, lambda x: title_of(x.measure, x.language), None),
    (
        *("theme", "text", 30, 20),
        lambda x: theme_label(x.result.study, x.measure.theme, x.language),
        lambda x: x.measure.theme,
    ),
    (
        *("category", "text", 17, 16),
        lambda x: label("category", x.measure.category, x.language),
        lambda x: x.measure.category,
    ),
    ("lead", "text", 28, 22, lambda x: in_language(x.measure, "lead", x.language), None),
    ("municipalities", "text", 60, 30, _names, lambda x: "|".join(x.measure.municipalities)),
    (
        *("time_horizon", "text", 14, 14),
        lambda x: label("export.horizon", x.measure.time_horizon, x.language),
        lambda x: x.measure.time_horizon,
    ),
    ("start_year", "year", 8, 0, lambda x: x.measure.start_year, None),
    ("duration_months", "whole", 10, 0, lambda x: x.measure.duration_months, None),
    ("staff_fte", "number", 10, 0, lambda x: x.measure.staff_fte, None),
    ("remark", "text", 40, 30, _remark, None),
    ("status", "text", 14, 14, lambda x: label("export.status", x.status, x.language), lambda x: x.status),
)

_COST: tuple[_Form, ...] = (
    ("life_cycle_cost_eur", "money", 14, 0, _amount(lambda money: money.life_cycle_gross), None),
    ("investment_eur", "money", 14, 0, _amount(lambda money: money.investment_gross), None),
    ("running_cost_eur_per_year", "money", 14, 0, _amount(lambda money: money.running_gross_per_year), None),
    (
        *("cost_quality", "text", 15, 15),
        lambda x: label("ui.cost_quality", x.measure.cost_quality, x.language),
        lambda x: x.measure.cost_quality,
    ),
)

_FUNDING: tuple[_Form, ...] = (
    (
        *("best_programme", "text", 34, 22),
        _best_programme,
        lambda x: x.money.best.programme if x.money.best else "",
    ),
    ("programme", "text", 45, 34, lambda x: programme_text(x.money, x.result.study, x.language), None),
    ("verdict", "text", 19, 18, _verdict, lambda x: x.money.best.verdict if x.money.best else ""),
    (
        *("eligible_cost_eur", "money", 17, 0),
        _amount(lambda money: money.best.eligible_cost if money.best else None),
        None,
    ),
    ("grant_eur", "money", 13, 0, _amount(lambda money: money.grant), None),
    ("grant_low_eur", "money", 13, 0, _amount(lambda money: money.grant_low), None),
    ("grant_high_eur", "money", 16, 0, _amount(lambda money: money.grant_high), None),
    ("own_contribution_eur", "money", 13, 0, _amount(lambda money: money.own_contribution), None),
    ("own_contribution_low_eur", "money", 13, 0, _amount(lambda money: money.own_contribution_low), None),
    ("own_contribution_high_eur", "money", 13, 0, _amount(lambda money: money.own_contribution_high), None),
)
