"""Where the numbers of a document come from, as plain text a QR code can hold: enough to make them again."""

import hashlib
import json
from typing import Any

from mcda.result import Result
from mcda.scenario import Scenario
from mcda.workshop.room import Room

LONGEST = 200
"""A scenario written out longer than that is named by its hash: the code must stay readable on paper."""

LOG_SHOWN = 16
"""So many characters of a log's last hash tell two evenings apart; the minutes have it whole."""


def origin_code(result: Result, room: Room | None = None, last_hash: str = "") -> str:
    """Version, input hash, scenario, method, as-of date and seed, one per line; with a workshop the end of its log.

    The words are not translated: the code is read by programs. It holds no address and leads nowhere.
    """
    made = result.provenance
    lines = {
        "Rangfolge": made.version,
        "inputs sha256": made.input_hash,
        "scenario": scenario_code(made.scenario),
        "method": made.method,
        "as of": made.as_of,
        "seed": str(made.seed),
        **({"log": f"{room.seq} {last_hash[:LOG_SHOWN]}".strip()} if room is not None else {}),
    }
    return "\n".join(f"{name} {value}" for name, value in lines.items())


def scenario_code(scenario: Any) -> str:
    """What the scenario sets other than the study, as canonical JSON, or its hash where that is long. The columns of a
    list make no number and do not count."""
    plain = Scenario().canonical()
    differing = {key: value for key, value in scenario.items() if key != "columns" and plain.get(key) != value}
    if not differing:
        return "study"
    written = json.dumps(differing, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return written if len(written) <= LONGEST else f"sha256 {hashlib.sha256(written.encode()).hexdigest()}"
