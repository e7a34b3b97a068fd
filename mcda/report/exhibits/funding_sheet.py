"""One measure's grants on one sheet: the programmes to apply for, what to settle first, deadlines, and the money."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mcda.funding.records import Assessment, Bundle, LeftOut, MeasureMoney
from mcda.locale import label, text
from mcda.locale.formats import day, money, percent
from mcda.report.exhibits.catalogue import best_verdict
from mcda.report.exhibits.fact_sheet import Fact, ProgrammeLine, between_text, cost_facts, fact_sheet, minus_text
from mcda.report.exhibits.programmes import bundle_name, point_text, programme_name
from mcda.result import Result
from mcda.study.model import Measure, Study, Verdict

DOCUMENTS = "prerequisites"
"""The gate whose open questions are papers and decisions to obtain; all others are facts to find out."""


@dataclass(frozen=True, slots=True)
class BundlePart:
    """One programme of a bundle: what it pays, and in a note what decided the amount."""

    name: str
    verdict: Verdict
    amount: str
    note: str


@dataclass(frozen=True, slots=True)
class BundleView:
    """Programmes that may stand together. `kind` is sure, possible or both; `notes` say what binds the sum."""

    kind: str
    parts: tuple[BundlePart, ...]
    total: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToDo:
    """One open question and the programmes that wait for its answer; `document`: a paper or decision to obtain."""

    sentence: str
    programmes: tuple[str, ...]
    document: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day to keep in mind: the last to apply, or (`opens`) the first of the next call."""

    on: date
    day: str
    name: str
    opens: bool


@dataclass(frozen=True, slots=True)
class FundingSheet:
    """Everything on the grants of one measure, in the reader's language."""

    verdict: Verdict
    bundles: tuple[BundleView, ...]
    left_out: tuple[Fact, ...]
    alternatives: tuple[Fact, ...]
    loans: tuple[Fact, ...]
    to_do: tuple[ToDo, ...]
    deadlines: tuple[Deadline, ...]
    watch_list: tuple[Deadline, ...]
    money: tuple[Fact, ...]
    share: Fact
    programmes: tuple[ProgrammeLine, ...]


def funding_sheet(
    result: Result, measure_id: str, language: str, programmes: tuple[ProgrammeLine, ...] | None = None
) -> FundingSheet:
    """The sheet of one measure; `programmes` are those of its fact sheet where that is at hand. Unknown ids raise
    KeyError."""
    study, purse = result.study, result.money[measure_id]
    days = sorted(_days(study, purse, language), key=lambda d: (d.on, d.name))
    return FundingSheet(
        verdict=best_verdict(purse),
        bundles=tuple(_bundles(study, purse, language)),
        left_out=tuple(_left_out(study, row, language) for row in purse.left_out),
        alternatives=tuple(_alternative(study, bundle, language) for bundle in purse.alternatives),
        loans=tuple(
            Fact(programme_name(study, name, language), text("funding.up_to", language, amount=money(lent, language)))
            for name, lent in purse.loans
        ),
        to_do=_to_do(study, purse, language),
        deadlines=tuple(found for found in days if not found.opens),
        watch_list=tuple(found for found in days if found.opens),
        money=tuple(_money(study, study.measure_by_id[measure_id], purse, language)),
        share=_share(study, purse, language),
        programmes=fact_sheet(result, measure_id, language).programmes if programmes is None else programmes,
    )


def _bundles(study: Study, purse: MeasureMoney, language: str) -> Iterator[BundleView]:
    sure, possible = purse.sure, purse.possible
    if sure:
        yield _bundle(study, purse, sure, "sure", language)
    if possible:
        yield _bundle(study, purse, possible, "possible", language)


def _bundle(study: Study, purse: MeasureMoney, bundle: Bundle, kind: str, language: str) -> BundleView:
    by_id = {found.programme: found for found in purse.assessments}
    parts = tuple(
        BundlePart(
            name=programme_name(study, part.programme, language),
            verdict=part.verdict,
            amount=money(part.grant, language),
            note=_limit(by_id[part.programme], part.alone - part.grant, part.alone, language),
        )
        for part in bundle.parts
    )
    notes = []
    if bundle.bound:
        named = programme_name(study, bundle.bound_by, language) if bundle.bound_by else ""
        notes.append(text(f"bundle_bound.{bundle.bound}", language, programme=named))
    if bundle.to_check:
        notes.append(text("funding.sheet.together_unknown", language))
    return BundleView(kind, parts, money(bundle.total, language), tuple(notes))


def _limit(found: Assessment, lost: Decimal, alone: Decimal, language: str) -> str:
    """What decided the amount, the eligible cost and rate behind it, and what the programme would pay alone."""
    said = []
    if found.rate_pct is not None and found.eligible_cost:
        rate = percent(found.rate_pct / 100, language, 1 if found.rate_pct % 1 else 0)
        cost = money(found.eligible_cost, language, cents=False)
        said.append(text("funding.sheet.rate_of", language, rate=rate, cost=cost))
    if found.bound not in ("none", "rate"):
        said.append(text("funding.sheet.limited_by", language, bound=label("bound", found.bound, language)))
    if lost > 0:
        said.append(text("funding.sheet.alone", language, amount=money(alone, language, cents=False)))
    return "; ".join(said)


def _left_out(study: Study, row: LeftOut, language: str) -> Fact:
    other = programme_name(study, row.other, language) if row.other else ""
    sentence = text(f"left_out.{row.code}", language, other=other)
    return Fact(programme_name(study, row.programme, language), money(row.alone, language, cents=False), sentence)


def _alternative(study: Study, bundle: Bundle, language: str) -> Fact:
    note = text("funding.sheet.together_unknown", language) if bundle.to_check else ""
    amount = text("funding.up_to", language, amount=money(bundle.total, language, cents=False))
    return Fact(bundle_name(bundle, study, language), amount, note)


def _to_do(study: Study, purse: MeasureMoney, language: str) -> tuple[ToDo, ...]:
    """Each open question once, with every programme that waits for it; documents first."""
    waiting: dict[tuple[bool, str], list[str]] = {}
    for found in _alive(purse):
        for reason in found.reasons:
            if reason.verdict == "check":
                names = waiting.setdefault((reason.gate != DOCUMENTS, reason.sentence(language)), [])
                names.append(programme_name(study, found.programme, language))
    return tuple(
        ToDo(sentence, tuple(dict.fromkeys(names)), not fact) for (fact, sentence), names in sorted(waiting.items())
    )


def _alive(purse: MeasureMoney) -> Iterator[Assessment]:
    """The programmes the planners have in mind and nothing has ruled out."""
    yield from (found for found in purse.assessments if found.candidate and found.verdict != "no")


def _days(study: Study, purse: MeasureMoney, language: str) -> Iterator[Deadline]:
    for found in purse.assessments:
        name = programme_name(study, found.programme, language)
        if found.candidate and found.verdict != "no" and found.closes is not None:
            yield Deadline(found.closes, day(found.closes, language), name, opens=False)
        elif found.candidate and found.opens is not None:
            yield Deadline(found.opens, day(found.opens, language), name, opens=True)


def _money(study: Study, measure: Measure, purse: MeasureMoney, language: str) -> Iterator[Fact]:
    """From the net investment to the own contribution, with what counts as eligible on the way."""
    yield from cost_facts(measure, purse, language)
    if not purse.cost_known:
        return
    if purse.recoverable_vat:
        yield Fact(text("ui.sheet.recoverable_vat", language), minus_text(purse.recoverable_vat, language))
    if purse.best is not None:
        name = programme_name(study, purse.best.programme, language)
        yield Fact(text("funding.sheet.eligible", language), money(purse.best.eligible_cost, language), name)
    between = purse.grant_low != purse.grant_high
    note = between_text(purse.grant_low, purse.grant_high, language) if between else ""
    yield Fact(text("ui.sheet.grant", language), minus_text(purse.grant, language), note)
    if purse.co_payment:
        who = measure.co_payer or text("funding.sheet.somebody", language)
        yield Fact(text("funding.sheet.co_payment", language), minus_text(purse.co_payment, language), who)
    low, high = purse.own_contribution_low, purse.own_contribution_high
    note = between_text(low, high, language) if low != high else ""
    yield Fact(text("ui.sheet.own_contribution", language), money(purse.own_contribution, language), note, strong=True)


def _share(study: Study, purse: MeasureMoney, language: str) -> Fact:
    """Funding eligibility: grant over gross life-cycle cost, with its interval and which point of it counts."""
    name = text("funding.sheet.share", language)
    if not purse.cost_known or not purse.life_cycle_gross:
        return Fact(name, text("amount.unknown", language), text("funding.sheet.share_is", language))
    now, low, high = (
        percent(end / purse.life_cycle_gross, language, 1) for end in (purse.grant, purse.grant_low, purse.grant_high)
    )
    said = [text("funding.sheet.share_is", language)]
    if purse.grant_low != purse.grant_high:
        said.append(text("funding.sheet.share_interval", language, low=low, high=high))
        said.append(text("ui.sheet.counted", language, point=point_text(study, language)))
    return Fact(name, now, " ".join(said), strong=True)
