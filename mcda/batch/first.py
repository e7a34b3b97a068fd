"""Each study of a batch once more, under the first scenario it ranks in: what tables do not hold."""

import json
from collections.abc import Mapping
from typing import Any

from mcda.batch.compare import first_rows
from mcda.batch.run import Batch
from mcda.evaluate import evaluate
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.study.model import Study


def first_results(batch: Batch, studies: Mapping[str, Study]) -> dict[str, Result]:
    """By study its result under the first scenario that could be computed, made again from the settings the batch
    wrote down. A study without such a scenario is left out."""
    told = first_rows(batch)
    return {name: evaluate(study, _scenario(told.loc[name])) for name, study in studies.items() if name in told.index}


def _scenario(row: Any) -> Scenario:
    return Scenario.model_validate({**json.loads(row["settings"]), "seed": int(row["seed"])})
