"""A result as the key of what is worked out from it: papers for eight councils ask eight times for the same."""

import json

from mcda.result import Result


class ResultKey:
    """A result by what makes its numbers: study, scenario, method, and the file its provenance names."""

    __slots__ = ("parts", "result")

    def __init__(self, result: Result) -> None:
        made = result.provenance
        scenario = json.dumps(made.scenario, sort_keys=True)
        self.result = result
        self.parts = (result.study.input_hash, scenario, result.method, made.file_hash, made.as_of, made.seed)

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ResultKey) and self.parts == other.parts
