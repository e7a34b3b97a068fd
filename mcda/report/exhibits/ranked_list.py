"""The ranked list as one table of typed cells: what a planner would have put into Excel."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.report.exhibits.list_columns import SURE, Source, list_sources, points
from mcda.report.exhibits.list_line import ListLine, list_lines
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing
from mcda.result import Ranked, Result
from mcda.robustness.labels import Labels, has_labels, robustness_labels
from mcda.workshop.room import Room

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "Listing",
    "points",
    "ranked_list",
    "list_groups",
    "sources_of",
    "list_rows",
    "asks_how_sure",
    "study_title",
    "notice_of",
    "PRINTED",
    "OF_GRANTS",
]

PRINTED = (
    *("rank", "id", "title", "rank_group", "tier", "robustness", "robustness_reason", "score", "life_cycle_cost_eur"),
    *("programme", "verdict", "grant_low_eur", "grant_high_eur", "own_contribution_eur"),
)
"""What is printed of the usual columns; the rest is for the screen."""

_MORE = (
    *("score_low", "score_high", "open_values", "weighted_sum_rank", "rank_in_category", "cost_class"),
    *("rank_in_cost_class", "investment_eur", "running_cost_eur_per_year", "cost_quality", "eligible_cost_eur"),
    *("grant_eur", "own_contribution_low_eur", "own_contribution_high_eur", "theme", "category", "lead"),
    *("municipalities", "time_horizon", "start_year", "duration_months", "staff_fte", "status"),
    *("decided_rank", "decided_place", "decided_tier", "decided_reason", "remark"),
)

_ALWAYS = frozenset(
    {"rank", "id", "title", "rank_group", "tier", "score", "life_cycle_cost_eur", "own_contribution_eur"}
)
"""The usual columns that stay even where no measure has anything in them."""

FEW = 12
"""An issue names so many measures or columns of what may be a long list."""

OF_GRANTS = frozenset(
    {"programme", "best_programme", "verdict", "eligible_cost_eur", "grant_eur", "grant_low_eur", "grant_high_eur"}
    | {"own_contribution_low_eur", "own_contribution_high_eur"}
)
"""What says nothing in a study without grant programmes."""


def ranked_list(
    result: Result,
    language: str = "de",
    columns: Sequence[str] = (),
    *,
    measures: Sequence[str] = (),
    room: Room | None = None,
    labels: Labels | None = None,
    codes: bool = False,
) -> Listing:
    """The result's ranking with everything a list of measures carries (domain reference 1.5, 2.4 and 5).

    `columns`: keys in the order wanted (see `list_groups`); without, those of the scenario; without, the usual ones,
    leaving out what no measure has.
    `measures`: only these, ranks stay those of the whole ranking. `room`: whose decisions stand beside the computed
    ranks, instead of the study's. `labels`: how sure each place is; computed (about a second) where such a column is
    asked for and they are not given, left out of the usual columns without them. `codes`: cells for programs, codes
    and unrounded scores instead of words and points.
    Raises InputError naming columns the list does not have and measures the study does not have.
    """
    columns = wanted_columns(result, columns)
    sources = sources_of(result, language, columns, sure=labels is not None)
    if labels is None and asks_how_sure(columns) and has_labels(result):
        labels = robustness_labels(result)
    lines = list_lines(result, list_rows(result, measures), language, room, labels)
    if not columns:
        sources = tuple(s for s in sources if s.key in _ALWAYS or any(s.cell(line) not in (None, "") for line in lines))
    return Listing(
        title=study_title(result, language),
        columns=tuple(source.column for source in sources),
        rows=tuple(tuple(_cell(source, line, codes) for source in sources) for line in lines),
    )


def wanted_columns(result: Result, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns asked for, else those of the scenario; empty for the usual ones. Raises InputError naming every one
    the list does not have, with the one that may have been meant."""
    wanted = tuple(columns) or result.scenario.columns
    place = Where("--columns") if columns else Where("scenario", column="columns")
    offered = list_sources(result, "de").values() if wanted else ()
    known = {source.key: source for source in chain.from_iterable(offered)}
    if strange := [name for name in dict.fromkeys(wanted) if name not in known]:
        raise InputError([_unknown("list_column_unknown", place, name, known, PRINTED) for name in strange])
    return wanted


def list_groups(result: Result, language: str = "de") -> Mapping[str, tuple[Column, ...]]:
    """Every column the list of this study can have, by group (a key of the catalogue's `list.group`)."""
    return {name: tuple(one.column for one in group) for name, group in list_sources(result, language).items()}


def sources_of(result: Result, language: str, columns: Sequence[str] = (), *, sure: bool = False) -> tuple[Source, ...]:
    """The columns asked for, or the usual ones; `sure` whether those on how sure a place is belong to the usual."""
    groups = list_sources(result, language)
    known = {source.key: source for source in chain.from_iterable(groups.values())}
    parts = [source.key for source in groups["score"] if source.key.startswith("part_")]
    values = [source.key for source in groups.get("values", ())]
    usual = [*PRINTED, *parts, *_MORE, *values]
    idle = (frozenset() if sure else frozenset(SURE)) | (frozenset() if result.study.programmes else OF_GRANTS)
    return tuple(known[key] for key in dict.fromkeys(columns or [key for key in usual if key not in idle]))


def list_rows(result: Result, measures: Sequence[str] = ()) -> tuple[Ranked, ...]:
    """The lines of the ranking that are asked for, in rank order. Raises InputError for measures nobody knows."""
    known = result.study.measure_by_id
    if strange := [name for name in measures if name not in known]:
        raise InputError([_unknown("unknown_id", Where("--measure"), name, known, known) for name in strange])
    return tuple(line for line in result.ranking if not measures or line.measure in measures)


def asks_how_sure(columns: Sequence[str]) -> bool:
    """Whether some of these columns say how sure a place is, which takes playing the measures through many times."""
    return any(key in SURE for key in columns)


def study_title(result: Result, language: str) -> str:
    """The study's title in the reader's language, or as the study has it."""
    info = result.study.study
    return (info.title_en if language == "en" else "") or info.title


def notice_of(result: Result, language: str) -> str:
    """What must be said wherever the list is shown, e.g. that it is an illustrative example."""
    info = result.study.study
    return (info.notice_en if language == "en" else "") or info.notice


def _unknown(code: str, place: Where, name: str, known: Collection[str], told: Iterable[str]) -> Issue:
    """A key there is not, with one that is like it or begins so, and the first of those to be told."""
    near = nearest(name, known) or next((key for key in known if name and key.startswith(name)), "")
    allowed = tuple(key for key in told if key in known)[:FEW]
    params: dict[str, Param] = {"value": name, "nearest": near, "allowed": allowed}
    return Issue(code, where=place, params=params)


def _cell(source: Source, line: ListLine, codes: bool) -> Cell:
    return source.code(line) if codes and source.code else source.cell(line)
