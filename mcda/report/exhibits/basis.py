"""What a ranking rests on: provenance, weights, contradictions, what stands outside, findings."""

from collections.abc import Iterator, Mapping
from datetime import date

from mcda.locale import label, text
from mcda.locale.formats import day
from mcda.report.exhibits.catalogue import criterion_label, gate_reason, gates_by_measure, title_of
from mcda.report.exhibits.findings import finding_lines
from mcda.report.exhibits.programmes import point_text
from mcda.report.exhibits.ranked_list import Cell, Column, Kind, Listing, notice_of, study_title
from mcda.report.exhibits.setting import changed_weights, members, method_name, profile_name, scenario_name
from mcda.report.exhibits.trade_sentence import trade_sentences
from mcda.result import Result
from mcda.scenario import GROUP

WIDE = 90
"""Width of a column that holds sentences."""


def basis(result: Result, language: str = "de") -> tuple[Listing, ...]:
    """The blocks of the sheet that explains a ranking, in reading order."""
    parts = basis_parts(result, language)
    return tuple(block for blocks in parts.values() for block in blocks)


def basis_parts(result: Result, language: str = "de") -> Mapping[str, tuple[Listing, ...]]:
    """The same blocks by what they are about, in reading order: study, reading, provenance, weights, outside,
    findings."""
    return {
        "study": (_study(result, language),),
        "reading": (_reading(result, language),),
        "provenance": (_provenance(result, language),),
        "weights": (_weights(result, language), *_consistency(result, language), *_trades(result, language)),
        "outside": (_outside(result, language),),
        "findings": (_findings(result, language),),
    }


def _block(title: str, rows: list[tuple[Cell, ...]], language: str, *columns: tuple[str, Kind, int]) -> Listing:
    shown = (Column(key, text(f"export.basis.{key}", language) if key else "", kind, w) for key, kind, w in columns)
    nothing: list[tuple[Cell, ...]] = [(text("export.basis.nothing", language), *([""] * (len(columns) - 1)))]
    return Listing(text(f"export.basis.{title}", language), tuple(shown), tuple(rows or nothing))


def _study(result: Result, language: str) -> Listing:
    rows: list[tuple[Cell, ...]] = [(text("export.basis.title", language), study_title(result, language))]
    if notice := notice_of(result, language):
        rows.append((text("export.basis.notice", language), notice))
    return _block("study", rows, language, ("", "text", 34), ("", "text", WIDE))


def _reading(result: Result, language: str) -> Listing:
    foreign = result.method.startswith("pymcdm:")
    score = text("export.own_points" if foreign else "export.out_of_100", language)
    years, point = result.study.study.horizon_years, point_text(result.study, language)
    rows: list[tuple[Cell, ...]] = [(text("export.column.score", language), score)]
    for key, name in (("read_costs", "life_cycle_cost_eur"), ("read_grant", "grant_eur")):
        rows.append(
            (text(f"export.column.{name}", language), text(f"export.basis.{key}", language, years=years, point=point))
        )
    rows.append((text("export.column.own_contribution_eur", language), text("export.basis.read_own", language)))
    rows.append((text("export.column.rank", language), text("export.basis.read_rank", language)))
    return _block("reading", rows, language, ("", "text", 34), ("", "text", WIDE))


def _provenance(result: Result, language: str) -> Listing:
    made = result.provenance
    as_study = text("export.basis.as_study", language)
    facts = {
        "version": made.version,
        "method": f"{method_name(made.method, language)} ({made.method})",
        "as_of": day(date.fromisoformat(made.as_of), language),
        "scenario": scenario_name(result, language),
        "profile": profile_name(result, language) or as_study,
        **({"people": members(result, language)} if result.scenario.profile == GROUP else {}),
        "changed": changed_weights(result, language) or text("export.basis.nothing", language),
        **({"columns": ", ".join(result.scenario.columns)} if result.scenario.columns else {}),
        "seed": str(made.seed),
        "input_hash": made.input_hash,
        "file_hash": made.file_hash,
    }
    rows: list[tuple[Cell, ...]] = [(text(f"export.basis.{key}", language), value) for key, value in facts.items()]
    return _block("provenance", rows, language, ("", "text", 34), ("", "text", WIDE))


def _weights(result: Result, language: str) -> Listing:
    columns: tuple[tuple[str, Kind, int], ...] = (
        ("criterion", "text", 34),
        ("local", "percent", 14),
        ("overall", "percent", 14),
        ("best", "number", 14),
        ("worst", "number", 14),
        ("unit", "text", 14),
    )
    return _block("weights", list(_tree(result, "", 0, language)), language, *columns)


def _tree(result: Result, parent: str, depth: int, language: str) -> Iterator[tuple[Cell, ...]]:
    """Criteria from the top, the lower ones indented."""
    for name in result.study.children.get(parent, ()):
        row = result.study.criterion_by_id[name]
        shown = "    " * depth + criterion_label(result.study, name, language)
        yield (
            shown,
            result.weights.local[name],
            result.weights.overall[name],
            row.best,
            row.worst,
            label("export.unit", row.unit, language),
        )
        yield from _tree(result, name, depth + 1, language)


def _consistency(result: Result, language: str) -> tuple[Listing, ...]:
    if not result.weights.consistency:
        return ()
    top = text("export.basis.top", language)
    rows: list[tuple[Cell, ...]] = [
        (criterion_label(result.study, c.parent, language) if c.parent else top, c.ratio, c.limit)
        for c in result.weights.consistency
    ]
    columns: tuple[tuple[str, Kind, int], ...] = (
        ("under", "text", 34),
        ("ratio", "number", 14),
        ("limit", "number", 14),
    )
    return (_block("consistency", rows, language, *columns),)


def _trades(result: Result, language: str) -> tuple[Listing, ...]:
    """What the weights say in amounts, one sentence each."""
    rows: list[tuple[Cell, ...]] = [(said,) for said in trade_sentences(result.study, result.weights, language)]
    return (_block("trades", rows, language, ("", "text", WIDE)),) if rows else ()


def _outside(result: Result, language: str) -> Listing:
    study = result.study
    rows: list[tuple[Cell, ...]] = [
        (f"{measure} {title_of(study.measure_by_id[measure], language)}", gate_reason(study, gates, language))
        for measure, gates in gates_by_measure(result).items()
    ]
    return _block("outside", rows, language, ("", "text", 34), ("", "text", WIDE))


def _findings(result: Result, language: str) -> Listing:
    rows: list[tuple[Cell, ...]] = [
        (text(f"export.level.{line.level}", language), line.sentence) for line in finding_lines(result, language)
    ]
    return _block("findings", rows, language, ("level", "text", 34), ("sentence", "text", WIDE))
