"""The result as JSON: for machines, and the form in which screen, command line and Python are compared."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mcda.errors import Finding
from mcda.report.exhibits.catalogue import gate_reason
from mcda.report.exhibits.findings import finding_sentence
from mcda.report.exhibits.ranked_list import notice_of, study_title
from mcda.report.exhibits.result_rows import result_rows
from mcda.result import Gated, Result
from mcda.study.model import Study
from mcda.workshop.room import Room


def json_file(result: Result, language: str = "en", *, measures: Sequence[str] = (), room: Room | None = None) -> bytes:
    """The result as UTF-8 JSON: study, provenance, weights and where they come from, ranking, gated, findings.

    Rows of `ranking` are those of `Result.rows()`: scores and EUR as numbers, unrounded. `weights` are fractions of
    the whole by criterion id (the leaves sum to 1), `local_weights` fractions among siblings; `sources` say how each
    sibling group was weighed, by whom and when, `quality` and `consistency` how far the answers agree. `study` names
    the study and what must be said with its figures. `language` is that of the sentences. `measures`: only these,
    ranked or not; ranks stay those of the whole ranking. `room`: its decisions stand in `decided_rank`, `decided_tier`,
    `decided_reason` and `decided_place`, the place in the order they make. The same result gives the same bytes.
    Raises InputError for measures the study does not have.
    """
    info = result.study.study
    content = {
        "study": {
            "title": study_title(result, language),
            "region": info.region,
            "notice": notice_of(result, language),
        },
        "provenance": asdict(result.provenance),
        "weights": dict(result.weights.overall),
        "local_weights": dict(result.weights.local),
        "sources": [asdict(source) for source in result.weights.sources],
        "quality": [asdict(found) for found in result.weights.quality],
        "consistency": [asdict(found) for found in result.weights.consistency],
        "ranking": result_rows(result, measures, room),
        "gated": [_gated(result, g, language) for g in result.gated if not measures or g.measure in measures],
        "findings": [_finding(result.study, finding, language) for finding in result.findings],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _gated(result: Result, gate: Gated, language: str) -> dict[str, Any]:
    return {
        "id": gate.measure,
        "mandatory": gate.mandatory,
        "code": gate.code,
        "params": dict(gate.params),
        "sentence": gate_reason(result.study, (gate,), language),
    }


def _finding(study: Study, finding: Finding, language: str) -> dict[str, Any]:
    where = finding.where
    return {
        "code": finding.code,
        "level": finding.level,
        "where": {"table": where.table, "row": where.row, "column": where.column},
        "params": _listed(finding.params),
        "sentence": finding_sentence(finding, study, language),
    }


def _listed(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in params.items()}
