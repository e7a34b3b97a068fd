"""What an event says, by kind: the only shapes a log may hold. Anything else is refused where it is read."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from mcda.scenario import FIRST_DAY, LAST_DAY, VotingKey

LONGEST_WORD = 80
LONGEST_TEXT = 1000
"""A reason is a sentence or two; more belongs into the measure's own papers."""

RoundKind = Literal["weights", "ratings", "top", "approval"]
Asked = Literal["rank_order", "swing", "pairwise"]
View = Literal[
    "blank", "join", "question", "progress", "reveal", "agenda", "ranking", "what_if", "compare", "decision", "sheet"
]
Status = Literal["idea", "checked", "decided", "running", "done", "dropped"]
Outcome = Literal["approved", "changed", "postponed", "refused", "noted"]


def clean(words: str) -> str:
    """Text without control characters (a line break stays) and without blanks at its ends."""
    return "".join(c for c in words.replace("\r\n", "\n") if c == "\n" or c.isprintable()).strip()


def one_line(words: str) -> str:
    """Clean text on a single line."""
    return " ".join(clean(words).split())


def day_or_none(words: str) -> str:
    """A day as '2026-03-01', or nothing. Raises ValueError for any other text and for days no study speaks of."""
    if words and not (FIRST_DAY <= (said := date.fromisoformat(words)) <= LAST_DAY and said.isoformat() == words):
        raise ValueError(f"{FIRST_DAY} ... {LAST_DAY}")
    return words


Word = Annotated[str, AfterValidator(one_line), Field(max_length=LONGEST_WORD)]
Words = Annotated[str, AfterValidator(clean), Field(max_length=LONGEST_TEXT)]
Id = Annotated[str, Field(min_length=1, max_length=200)]
Points = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Day = Annotated[str, AfterValidator(day_or_none)]


class Content(BaseModel):
    """What an event says."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Nothing(Content):
    """The kind says it all."""


class Opened(Content):
    """A room on a study. `scenario`: the settings it starts with; `key`: how votes are counted unless a round says
    otherwise; `anonymous`: people may join without role and municipality; `rehearsal`: simulated people are allowed."""

    title: Word
    study: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    language: Literal["de", "en"] = "de"
    scenario: Mapping[str, object]
    version: str
    roles: tuple[Word, ...] = ()
    anonymous: bool = True
    rehearsal: bool = False
    key: VotingKey = "equal"


class Joined(Content):
    """Somebody takes part: `paper` without a phone, `simulated` in a rehearsal. Role and municipality may be empty."""

    role: Word = ""
    municipality: Word = ""
    paper: bool = False
    simulated: bool = False
    nonce: str = ""


class Described(Content):
    """A person's role and municipality, corrected."""

    participant: Id
    role: Word = ""
    municipality: Word = ""
    nonce: str = ""


class OfPerson(Content):
    """Something about one participant: withdrawn, returned."""

    participant: Id


class Erased(Content):
    """What one participant said was erased on their wish: the numbers of those events."""

    participant: Id
    seqs: tuple[int, ...]


class RoundOpened(Content):
    """A question to everybody. weights: `asked` in this way below `parent`; ratings: `measures` on `criteria`;
    top: the measures each would put first; approval: yes or no to `question`."""

    kind: RoundKind
    asked: Asked = "swing"
    parent: str = ""
    measures: tuple[Id, ...] = ()
    criteria: tuple[Id, ...] = ()
    question: Words = ""
    key: VotingKey = "equal"


class OfRound(Content):
    """Something about one round, named by the number of the event that opened it."""

    round: int


class Revealed(Content):
    """A round's votes turned over; `key` where votes are to be counted otherwise than was announced."""

    round: int
    key: VotingKey | None = None


class Reopened(Content):
    """A round opened again, perhaps for the sake of one pair of criteria or one rating."""

    round: int
    focus: tuple[str, ...] = ()


class Rated(Content):
    """One rating: a value on the criterion's scale, or an abstention; either with a reason."""

    value: Number | None = None
    abstain: bool = False
    reason: Words = ""


class Voted(Content):
    """One person's whole answer to a round; a later one replaces it.

    `ranks` by criterion (1 first), `points` by criterion (0..100), `pairs` by 'a|b' (how many times a outweighs b),
    `ratings` by 'measure|criterion', `top` measures from the first, `answer` with `reason`. `nonce` keeps digests of
    short answers from being guessed.
    """

    round: int
    participant: Id
    ranks: Mapping[str, int] = Field(default_factory=dict)
    points: Mapping[str, Number] = Field(default_factory=dict)
    pairs: Mapping[str, Number] = Field(default_factory=dict)
    ratings: Mapping[str, Rated] = Field(default_factory=dict)
    top: tuple[Id, ...] = ()
    answer: Literal["", "yes", "no", "abstain"] = ""
    reason: Words = ""
    nonce: str = ""


class WeightsAgreed(Content):
    """The weights below `parent` in points: the group's own from `round`, or others that were agreed, with a remark."""

    parent: str = ""
    points: Mapping[str, Points]
    round: int | None = None
    remark: Words = ""


class WeightsTried(Content):
    """Weights put on the screen to see what happens; nothing is agreed by that."""

    points: Mapping[str, Points]


class Reason(Content):
    """A step that needs a reason."""

    reason: Words


class AgreedRating(Content):
    """A rating the group agreed on."""

    measure: Id
    criterion: Id
    value: Number


class RatingsAgreed(Content):
    """Ratings agreed: the means of `round`, or others, with a remark."""

    ratings: tuple[AgreedRating, ...]
    round: int | None = None
    remark: Words = ""


class SettingsSet(Content):
    """Other settings of the scenario: method, as-of day, programmes taken as closed (None: as at the start)."""

    method: str = ""
    as_of: Day = ""
    without_programmes: tuple[str, ...] | None = None


class Pinned(Content):
    """Measures that are on the screen whatever their rank."""

    measures: tuple[Id, ...]


class Shown(Content):
    """What the projector shows: a view, and of what (a round, two measures, a snapshot, how many lines)."""

    view: View
    round: int | None = None
    measures: tuple[str, ...] = ()
    snapshot: int | None = None
    lines: Annotated[int, Field(ge=1, le=100)] = 10


class SnapshotTaken(Content):
    """What is in force, kept under a name."""

    name: Word


class OfSnapshot(Content):
    """A snapshot, named by the number of the event that took it."""

    snapshot: int


class Decided(Content):
    """A place or a tier decided beside the computed one, with the reason. Neither takes the decision back."""

    measure: Id
    rank: Annotated[int, Field(ge=1, le=100_000)] | None = None
    tier: Annotated[int, Field(ge=1, le=9)] | None = None
    reason: Words = ""


class DecisionTaken(Content):
    """The list as it stands was decided, perhaps after an approval round."""

    round: int | None = None
    remark: Words = ""


class CouncilDecided(Content):
    """What one municipality's council made of it, and when (ISO date)."""

    municipality: Id
    outcome: Outcome
    day: Annotated[Day, Field(min_length=1)]
    remark: Words = ""


class StatusSet(Content):
    """How far a measure has come, for monitoring later on."""

    measure: Id
    status: Status
    remark: Words = ""


class Undone(Content):
    """A step of the facilitator taken back, named by its event's number."""

    step: int


CONTENTS: Mapping[str, type[Content]] = {
    "opened": Opened,
    "started": Nothing,
    "joined": Joined,
    "described": Described,
    "withdrawn": OfPerson,
    "returned": OfPerson,
    "erased": Erased,
    "round_opened": RoundOpened,
    "round_closed": OfRound,
    "round_reopened": Reopened,
    "round_revealed": Revealed,
    "voted": Voted,
    "weights_agreed": WeightsAgreed,
    "weights_tried": WeightsTried,
    "trial_ended": Nothing,
    "weights_locked": Nothing,
    "weights_unlocked": Reason,
    "ratings_agreed": RatingsAgreed,
    "settings_set": SettingsSet,
    "pinned": Pinned,
    "shown": Shown,
    "door_closed": Nothing,
    "door_opened": Nothing,
    "paused": Nothing,
    "resumed": Nothing,
    "frozen": Nothing,
    "unfrozen": Nothing,
    "snapshot_taken": SnapshotTaken,
    "snapshot_restored": OfSnapshot,
    "decided": Decided,
    "decision_taken": DecisionTaken,
    "council_decided": CouncilDecided,
    "status_set": StatusSet,
    "ended": Nothing,
    "undone": Undone,
}
