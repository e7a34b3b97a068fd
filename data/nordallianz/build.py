"""Make the example study's tables from the raw material beside this script. Same input, same bytes.

    python data/nordallianz/build.py [--catalogue FILE] [--programmes FILE] [--target FOLDER]

`raw/catalogue.csv` and `raw/programmes.csv` were collected from public sources; the other files of `raw/` were
written for this example and are invented where data/README.md says so. Ratings are drawn once with a fixed seed
around the levels of `raw/ratings.csv`; every rating with a reason stands as written in `raw/reasons.csv`.
"""

import argparse
import csv
import io
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mcda.study.model import TABLES, Record, Study
from mcda.study.write import cell_text, tables_of

HERE = Path(__file__).parent
SEED = 2025
SCALE = (1, 5)
PLANNERS = "planning_team"
COLLECTED = date(2026, 11, 1)
"""The programmes were collected in November 2026; the day was not recorded."""

THEMES = {
    "Mobilität und Verkehr": "mobility",
    "Wohnen und Siedlungsentwicklung": "housing",
    "Planungsprozesse und Open Data": "open_data",
    "Zusammenarbeit und Kompetenzen": "cooperation",
    "Kommunikation und Beteiligung": "participation",
}
CATEGORIES = {
    "Sofortmaßnahme": "quick_start",
    "Schlüsselprojekt": "key_project",
    "Einzelprojekt": "single_project",
    "Daueraufgabe": "standing_task",
    "Prüfauftrag": "study_task",
}
HORIZONS = {"kurz": "short", "mittel": "medium", "lang": "long"}

SHOWN = {
    "study": (
        *("horizon_years", "discount_rate_pct", "currency", "cost_key", "method", "language", "interval_point"),
        *("tier_limits_pct", "cost_class_limits_eur"),
    ),
    "criteria": ("sense", "kind", "value_function"),
    "measures": (
        *("capex_eur", "opex_eur_per_year", "price_basis", "vat_rate_pct", "vat_deductible", "cost_key"),
        *("mandatory", "knock_out", "status", "decided_rank", "decided_reason"),
    ),
    "municipalities": ("voting_weight",),
    "stakeholders": ("voting_weight",),
    "programmes": ("max_eligible_cost_eur", "vat_rule"),
    "programme_caps": ("basis",),
    "programme_calls": ("yearly",),
    "eligibility": ("awarded_eur",),
}
"""Columns written although every row holds the default: a reader of the file should not have to know it."""

CHILDREN = {"rates": "programme_rates", "caps": "programme_caps", "calls": "programme_calls"}
"""Key in `raw/programmes.toml` -> table of the rows below a programme."""

Row = Mapping[str, str]
Written = Mapping[tuple[str, str, str], Row]


def main() -> None:
    """Read the raw material and write one CSV file per table."""
    options = _options()
    catalogue, programmes = _rows(options.catalogue), _rows(options.programmes)
    study = build(catalogue, programmes)
    options.target.mkdir(parents=True, exist_ok=True)
    for table, content in csv_files(study).items():
        (options.target / f"{table}.csv").write_bytes(content)


def build(catalogue: Sequence[Row], programmes: Sequence[Row]) -> Study:
    """The example study, checked against the model."""
    frame = tomllib.loads((HERE / "raw" / "frame.toml").read_text(encoding="utf-8"))
    english = tomllib.loads((HERE / "raw" / "english.toml").read_text(encoding="utf-8"))
    readings = tomllib.loads((HERE / "raw" / "programmes.toml").read_text(encoding="utf-8"))
    sheets = tomllib.loads((HERE / "raw" / "sheets.toml").read_text(encoding="utf-8"))
    measures = [
        _measure(row, added) | _twins(row, added, english) | _told(sheets[row["id"]])
        for row, added in _paired(catalogue, "measures.csv")
    ]
    _make_exclusions_mutual(measures)
    return Study.model_validate(
        {
            "study": frame["study"],
            "criteria": tuple(frame["criteria"]),
            "measures": tuple(measures),
            "themes": tuple(frame["themes"]),
            "levels": tuple(_levels(frame["levels"])),
            "ratings": tuple(_ratings(frame["criteria"], measures)),
            "municipalities": tuple(frame["municipalities"]),
            "programmes": tuple(_programmes(programmes, readings)),
            **{table: tuple(_below(programmes, readings, key)) for key, table in CHILDREN.items()},
            "eligibility": tuple(_findings()),
            "stakeholders": tuple(frame["stakeholders"]),
            "judgements": tuple(_judgements(frame["judgements"])),
        }
    )


def csv_files(study: Study) -> dict[str, bytes]:
    """Every table that has rows as UTF-8 CSV: comma, decimal point, lists with semicolons."""
    files: dict[str, bytes] = {}
    for table, (used, _) in tables_of(study).items():
        content = getattr(study, table)
        records: Sequence[Record] = content if isinstance(content, tuple) else (content,)
        fields = [row[0] for row in tables_of(study)["study"][1]] if table == "study" else used
        header = [n for n in TABLES[table].model_fields if n in fields or n in SHOWN.get(table, ())]
        rows = [[cell_text(getattr(record, name), ".") for name in header] for record in records]
        if table == "study":
            header, rows = ["field", "value"], [list(pair) for pair in zip(header, rows[0], strict=True)]
        files[table] = _csv(header, rows)
    return files


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the tables of the example study.")
    parser.add_argument("--catalogue", type=Path, default=HERE / "raw" / "catalogue.csv")
    parser.add_argument("--programmes", type=Path, default=HERE / "raw" / "programmes.csv")
    parser.add_argument("--target", type=Path, default=HERE)
    return parser.parse_args()


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _paired(catalogue: Sequence[Row], name: str) -> Iterator[tuple[Row, Row]]:
    added = {row["id"]: row for row in _rows(HERE / "raw" / name)}
    return ((row, added[row["id"]]) for row in catalogue)


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are known; what is blank stays blank in the table."""
    return {name: value for name, value in values.items() if value not in ("", (), None)}


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _pairs(cell: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, amount) for name, _, amount in (part.partition("=") for part in _list(cell)))


def _measure(row: Row, added: Row) -> dict[str, Any]:
    """A measure: the catalogue's facts and what the design needs beyond them. Costs stay as given."""
    return _filled(
        {name: added[name] for name in ("start_year", "duration_months", "staff_fte", "cost_quality", "lead_form")}
        | {name: added[name] for name in ("base_share_pct", "payer", "opex_vat_rate_pct", "status", "cost_source")}
        | {name: added[name] for name in ("running_cost_key", "running_payer", "co_payer", "co_payer_pct")}
        | {name: _list(added[name]) for name in ("cost_categories", "funding_themes", "fulfilled")}
        | {name: _pairs(added[name]) for name in ("units", "benefit_shares", "key_mix_pct")}
        | {name: _list(row[name]) for name in ("municipalities", "depends_on", "excludes", "funding_candidates")}
        | {name: row[name] for name in ("id", "lead", "price_basis", "cost_key")}
        | {
            "title": row["title_de"],
            "title_en": added["title_en"] or row["title_en"],
            "theme": THEMES[row["theme"]],
            "category": CATEGORIES[row["category"]],
            "description": added["description"] or row["description_de"],
            "description_en": added["description_en"] or row["description_en"],
            "partners": _list(row["external_partners"]),
            "time_horizon": HORIZONS[row["horizon"]],
            "capex_eur": added["capex_eur"] or row["capex_eur"],
            "opex_eur_per_year": row["opex_eur_a"],
            "source": row["source_url"],
            "source_kind": added["source_kind"],
            "illustrative": True,
        }
    )


def _twins(row: Row, added: Row, english: Mapping[str, Row]) -> dict[str, Any]:
    """The English words of a measure; names of organisations stand in both languages as they are."""
    partners = _list(row["external_partners"])
    return _filled(
        {
            "lead_en": english["lead"].get(row["lead"], ""),
            "partners_en": tuple(english["partners"].get(partner, partner) for partner in partners),
            "source_kind_en": english["source_kind"].get(added["source_kind"], ""),
        }
    )


def _told(sheet: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What the fact sheet says of a measure, German with its English twin."""
    pairs = {
        name: tuple(_list(words) for words in both) if name == "milestones" else both for name, both in sheet.items()
    }
    return {f"{name}{end}": words for name, both in pairs.items() for end, words in zip(("", "_en"), both, strict=True)}


def _make_exclusions_mutual(measures: Sequence[dict[str, Any]]) -> None:
    """If A excludes B, B excludes A: the catalogue names one side only."""
    by_id = {measure["id"]: measure for measure in measures}
    for measure in measures:
        for other in measure.get("excludes", ()):
            listed = by_id[other].get("excludes", ())
            by_id[other]["excludes"] = (*listed, *(() if measure["id"] in listed else (measure["id"],)))


def _programmes(rows: Sequence[Row], readings: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Grant programmes: figures and sources from the collection, readings of prose from `programmes.toml`."""
    same = (
        *("id", "name_en", "funder", "level", "instrument", "max_grant_eur", "vat_rule"),
        *("max_eligible_cost_eur", "min_eligible_cost_eur", "min_grant_eur", "min_own_share_pct"),
        *("max_duration_months", "valid_from", "valid_to"),
    )
    for row in rows:
        reading = {name: value for name, value in readings[row["id"]].items() if name not in CHILDREN}
        yield _filled(
            {name: row[name] for name in same}
            | {
                "name": row["name_de"],
                "themes": _list(row["themes"]),
                "rate_pct": row["rate_base_pct"],
                "rate_raised_pct": "" if _raised_by_condition(readings[row["id"]]) else row["rate_raised_pct"],
                "applicant_types": _list(row["applicant_types"]),
                "stacking": row["combination_rule"],
                "source": row["source_url"],
                "as_of": COLLECTED,
                "verified_fields": tuple(reading.pop("verified")),
            }
            | reading
        )


def _raised_by_condition(reading: Mapping[str, Any]) -> bool:
    """Whether the raised rate hangs on a condition: then it stands in `programme_rates`, not in the programme."""
    return any("condition" in rate for rate in reading.get("rates", ()))


def _below(rows: Sequence[Row], readings: Mapping[str, Any], key: str) -> Iterator[dict[str, Any]]:
    """The rates, caps or calls of the programmes, in the order of the programmes."""
    for row in rows:
        yield from ({"programme": row["id"], **below} for below in readings[row["id"]].get(key, ()))


def _levels(wordings: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[dict[str, Any]]:
    for criterion, wording in wordings.items():
        for value, (german, english) in enumerate(zip(wording["de"], wording["en"], strict=True), start=SCALE[0]):
            yield {"criterion": criterion, "value": value, "label_de": german, "label_en": english}


def _findings() -> Iterator[dict[str, Any]]:
    for row in _rows(HERE / "raw" / "eligibility.csv"):
        yield {**row, "by": PLANNERS, "illustrative": True}


def _judgements(profiles: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[dict[str, Any]]:
    for stakeholder, groups in profiles.items():
        for parent, answers in groups.items():
            for a, b, value in (answer.split() for answer in answers):
                yield {"stakeholder": stakeholder, "parent": parent, "a": a, "b": b, "value": value}


def _ratings(criteria: Sequence[Mapping[str, Any]], measures: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every rating: relevance by each municipality taking part, feasibility by the planning team."""
    draw = random.Random(SEED)
    levels = {row["id"]: row for row in _rows(HERE / "raw" / "ratings.csv")}
    written = {(r["measure"], r["criterion"], r["rater"]): r for r in _rows(HERE / "raw" / "reasons.csv")}
    parents = {c["id"]: c["parent"] for c in criteria if "parent" in c}
    for measure in measures:
        for criterion, parent in parents.items():
            raters = measure["municipalities"] if parent == "relevance" else (PLANNERS,)
            level = float(levels[measure["id"]][criterion])
            yield from _cell(measure["id"], criterion, raters, level, written, draw)


def _cell(
    measure: str, criterion: str, raters: Sequence[str], level: float, written: Written, draw: random.Random
) -> Iterator[dict[str, Any]]:
    """The ratings of one measure on one criterion. A reason without a value is an abstention."""
    abstaining = {r for r in raters if written.get((measure, criterion, r), {}).get("value") == ""}
    fixed = {
        r: int(written[measure, criterion, r]["value"])
        for r in raters
        if (measure, criterion, r) in written and r not in abstaining
    }
    values = _spread([r for r in raters if r not in abstaining], level, fixed, draw)
    for rater in raters:
        why = written.get((measure, criterion, rater), {})
        yield _filled(
            {"measure": measure, "criterion": criterion, "rater": rater, "value": values.get(rater)}
            | {"abstain": rater in abstaining, "illustrative": True}
            | {"reason": why.get("reason", ""), "reason_en": why.get("reason_en", "")}
        )


def _spread(raters: Sequence[str], level: float, fixed: Mapping[str, int], draw: random.Random) -> dict[str, int]:
    """Whole steps around `level`, one per rater; the mean meets the level as far as whole steps allow.

    Deviations are triangular within three quarters of a step; then free ratings move by one step, the most distant first,
    until the sum is as near to `level` times raters as it can be. Written ratings never move.
    """
    drawn = {r: level + 0.75 * (draw.random() - draw.random()) for r in raters}
    values = {r: fixed.get(r, _on_scale(round(drawn[r]))) for r in raters}
    free = [r for r in raters if r not in fixed]
    missing = round(level * len(raters)) - sum(values.values())
    while missing:
        step = 1 if missing > 0 else -1
        movable = [r for r in free if _on_scale(values[r] + step) != values[r]]
        if not movable:
            break
        values[max(movable, key=lambda r: step * (drawn[r] - values[r]))] += step
        missing -= step
    return values


def _on_scale(value: int) -> int:
    return min(max(value, SCALE[0]), SCALE[1])


if __name__ == "__main__":
    main()
