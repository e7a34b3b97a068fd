"""Whose weights: the tables of stakeholders and of what they answered."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from mcda.study.record import Record

MOST_TIMES = 1000.0
"""Nothing is a thousand times as important as what it is compared with; beyond, a sign was left out."""

Answer = Annotated[float, AfterValidator(lambda number: float(f"{number:.15g}"))]
"""A number to 15 digits: as many as every spreadsheet keeps, so that a study is the same in every file."""


class Stakeholder(Record):
    """Table `stakeholders`: whose weights these are (a role, never a person's name).

    `role` groups voices of one kind (mayors, treasurers); `municipality` is the one they speak for.
    """

    id: str
    label_de: str
    label_en: str = ""
    description_de: str = ""
    description_en: str = ""
    role: str = ""
    municipality: str = ""
    voting_weight: float = Field(default=1.0, ge=0)
    illustrative: bool = False


class Judgement(Record):
    """Table `judgements`: 'under `parent`, `a` is `value` times as important as `b`' (1/9..9 or finer).

    `elicitation` best_worst: `a` is the most or `b` the least important of the siblings. `answered_at`: ISO 8601.
    """

    stakeholder: str
    parent: str = ""
    a: str
    b: str
    value: Answer = Field(ge=1 / MOST_TIMES, le=MOST_TIMES, allow_inf_nan=False)
    elicitation: Literal["ahp", "best_worst"] = "ahp"
    answered_at: str = ""


class DirectWeight(Record):
    """Table `weights`: what a stakeholder says of a criterion among its siblings: points, or a place in an order.

    `points`: direct points, swing points (0..100 for the step from worst to best) or points corrected by a
    trade-off. `rank`: 1 is the most important; equals share a number. `answered_at`: ISO 8601.
    """

    stakeholder: str
    criterion: str
    points: Answer | None = Field(default=None, ge=0, allow_inf_nan=False)
    rank: int | None = Field(default=None, ge=1)
    elicitation: Literal["direct", "swing", "tradeoff", "roc", "rank_sum", "rank_reciprocal"] = "direct"
    answered_at: str = ""
