"""What a council paper is about: whose council, which measures come first, and what else there is."""

from collections.abc import Mapping
from dataclasses import dataclass

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.locale import text
from mcda.portfolio import Plan
from mcda.report.documents.in_effect import in_effect
from mcda.report.exhibits.council_voice import Voice, voice_of
from mcda.report.exhibits.decided_order import decisions_of
from mcda.report.exhibits.decided_tiers import decided_tiers
from mcda.report.exhibits.labels_once import labels_once
from mcda.report.exhibits.money_sums import MoneySum, money_sum, paid_measures, rest_tellable, tellable
from mcda.report.exhibits.tier_names import tier_name
from mcda.report.request import Request
from mcda.result import Result
from mcda.robustness.labels import Labels
from mcda.workshop.room import Room


@dataclass(frozen=True, slots=True)
class Scope:
    """`first`: the measures the council decides on now, in rank order (the first tier, or those chosen), of `mine`, all
    it would ever pay for; `called` names the first ones ('Stufe 1'). `sums`: the money of `first`."""

    result: Result
    room: Room | None
    voice: Voice
    language: str
    public: bool
    labels: Labels | None
    tiers: Mapping[str, int]
    first: tuple[str, ...]
    mine: tuple[str, ...]
    called: str
    sums: MoneySum
    plan: Plan | None = None

    def told(self) -> bool:
        """Whether the money of the first measures may be told: enough of them, for one council of those it pays for,
        and enough left beside them, for the sum of all is told in the annex."""
        home = self.voice.municipality
        first, every = (
            [name for name in sums.measures if not home or home in self.result.money[name].shares]
            for sums in (self.sums, money_sum(self.result, self.mine))
        )
        return tellable(first, public=self.public) and rest_tellable(first, every, public=self.public)

    def share_only(self) -> bool:
        """Whether the paper tells of the money only the council's own share: in public what is summed over one
        council's measures, set beside another council's paper, would tell single ones."""
        return self.public and bool(self.voice.municipality)

    def say(self, key: str, **params: object) -> str:
        """A text of the paper with the council's names filled in."""
        voice = self.voice
        names = {"body": voice.body, "the_body": voice.the_body, "home": voice.home, "of_home": voice.of_home}
        return text(f"council.{key}", self.language, **names, **params)


def scope_of(result: Result, request: Request) -> Scope:
    """The scope for the request. Raises InputError for a municipality the study does not hold."""
    found, room = in_effect(result, request)
    study, language = found.study, request.language
    if request.municipality and request.municipality not in study.municipality_by_id:
        known = tuple(study.municipality_by_id)
        hint: dict[str, Param] = {"allowed": known, "nearest": nearest(request.municipality, known)}
        params = {"value": request.municipality, **hint}
        raise InputError([Issue("unknown_id", where=Where("municipalities"), params=params)])
    voice = voice_of(study, request.municipality, language)
    tiers = decided_tiers(found, decisions_of(found, room))
    home = voice.municipality
    mine = tuple(n for n in paid_measures(found) if not home or home in study.measure_by_id[n].municipalities)
    top = min(tiers.values())
    chosen = request.measures or tuple(name for name, tier in tiers.items() if tier == top)
    first = tuple(name for name in mine if name in chosen)
    return Scope(
        result=found,
        room=room,
        voice=voice,
        language=language,
        public=request.public,
        labels=labels_once(found, request.plan),
        tiers=tiers,
        first=first,
        mine=mine,
        called=text("council.chosen", language) if request.measures else tier_name(top, language),
        sums=money_sum(found, first),
        plan=request.plan,
    )
