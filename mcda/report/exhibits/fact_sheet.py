"""One measure on one sheet: position, ratings with their spread, money, and every programme with all reasons."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mcda.funding.records import Assessment, MeasureMoney
from mcda.locale import label, text
from mcda.locale.formats import day, money, number, percent
from mcda.report.exhibits.catalogue import (
    best_verdict,
    criterion_label,
    gate_reason,
    gates_by_measure,
    in_language,
)
from mcda.report.exhibits.levels import level_text
from mcda.report.exhibits.measure_texts import measure_texts
from mcda.report.exhibits.programmes import point_text, programme_name, programme_text
from mcda.report.exhibits.score import score_text, score_unit
from mcda.result import Ranked, Result
from mcda.study.model import Criterion, Eligibility, Measure, Rating, Study, Verdict

TEXTS = (
    *("situation", "goal", "target_group", "milestones", "indicator", "synergies", "risks", "legal_basis"),
    *("status", "application_state", "editor", "remark"),
)
"""What is told of the measure itself, in reading order."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value with an optional remark; `strong` marks the line the others lead to."""

    label: str
    value: str
    note: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """One rater's judgement with the reason given."""

    rater: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A leaf criterion: the value in use, its wording, how it maps to 0..1, and who said what.

    `counts` holds (level, number of raters) over the whole scale, empty for a computed criterion.
    """

    label: str
    top: str
    weight: str
    value: str
    wording: str
    share: float | None
    spread: str
    counts: tuple[tuple[str, int], ...]
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme's answer: the verdict in force, the computed one, a person's finding, and every reason.

    `role`: whether the sure or the highest possible grant of the measure comes from it; empty for the others.
    """

    name: str
    candidate: bool
    role: str
    verdict: Verdict
    computed: Verdict
    finding: str
    grant: str
    limit: str
    reasons: tuple[tuple[Verdict, str], ...]
    source: str
    as_of: str
    not_verified: str


@dataclass(frozen=True, slots=True)
class FactSheet:
    """Everything known about one measure, in the reader's language. `texts` holds what the study says of it beyond
    its description, filled lines only."""

    measure: Measure
    verdict: Verdict
    texts: tuple[Fact, ...]
    position: tuple[Fact, ...]
    parts: tuple[Fact, ...]
    criteria: tuple[CriterionLine, ...]
    money: tuple[Fact, ...]
    shares: tuple[Fact, ...]
    share_note: str
    programmes: tuple[ProgrammeLine, ...]


def fact_sheet(result: Result, measure_id: str, language: str) -> FactSheet:
    """The sheet of one measure. Unknown ids raise KeyError."""
    study, purse = result.study, result.money[measure_id]
    line = next((ranked for ranked in result.ranking if ranked.measure == measure_id), None)
    lines = (_programme(study, purse, assessment, language) for assessment in purse.assessments)
    paid = purse.shares if purse.cost_known else {}
    return FactSheet(
        measure=study.measure_by_id[measure_id],
        verdict=best_verdict(purse),
        texts=tuple(_texts(study.measure_by_id[measure_id], language)),
        position=tuple(_position(result, measure_id, line, language)),
        parts=_parts(result, line, language),
        criteria=tuple(_criterion(result, measure_id, leaf, language) for leaf in study.leaves),
        money=tuple(_money(study, study.measure_by_id[measure_id], purse, language)),
        shares=tuple(Fact(_municipality(study, who), money(part, language)) for who, part in paid.items()),
        share_note=_share_note(purse, language),
        programmes=tuple(sorted(lines, key=lambda p: (not p.role, not p.candidate, "yes check no".index(p.verdict)))),
    )


def _texts(measure: Measure, language: str) -> Iterator[Fact]:
    said = measure_texts(measure, language)
    for name in TEXTS:
        if said[name]:
            yield Fact(text(f"sheet.field.{name}", language), said[name])


def _position(result: Result, measure_id: str, line: Ranked | None, language: str) -> Iterator[Fact]:
    if line is None:
        gates = gates_by_measure(result)[measure_id]
        standing = text(f"ui.standing.{'mandatory' if gates[0].mandatory else 'excluded'}", language)
        yield Fact(standing, gate_reason(result.study, gates, language), strong=True)
        return
    count = len(result.ranking)
    yield _fact("rank", text("ui.sheet.of", language, rank=line.rank, count=count), language, strong=True)
    yield _fact("rank_group", str(line.rank_group), language)
    yield _fact("tier", label("ui.tier", str(line.tier), language), language)
    low, high = (score_text(result, end, language) for end in (line.score_low, line.score_high))
    interval = text("ui.sheet.score_interval", language, low=low, high=high) if low != high else ""
    yield Fact(score_unit(result, language), score_text(result, line.score, language), interval)
    yield _fact("weighted_sum_rank", str(line.weighted_sum_rank), language)
    yield _fact("rank_in_category", str(line.rank_in_category), language)
    yield _fact("rank_in_cost_class", str(line.rank_in_cost_class), language)
    if line.decided_rank is not None:
        yield _fact("decided_rank", str(line.decided_rank), language, note=line.decided_reason)


def _parts(result: Result, line: Ranked | None, language: str) -> tuple[Fact, ...]:
    parts = line.contributions if line else {}
    return tuple(
        Fact(criterion_label(result.study, top, language), score_text(result, part, language))
        for top, part in parts.items()
    )


def _fact(key: str, value: str, language: str, *, note: str = "", strong: bool = False) -> Fact:
    return Fact(text(f"ui.sheet.{key}", language), value, note, strong)


def _criterion(result: Result, measure_id: str, leaf: str, language: str) -> CriterionLine:
    study, criterion = result.study, result.study.criterion_by_id[leaf]
    column = result.matrix.leaves.index(leaf)
    row = result.matrix.measures.index(measure_id) if measure_id in result.matrix.measures else None
    raw = None if row is None else float(result.matrix.raw[row, column])
    ratings = study.ratings_by_cell.get((measure_id, leaf), ())
    values = [r.value for r in ratings if r.value is not None and not r.abstain]
    same = not values or min(values) == max(values)
    return CriterionLine(
        label=criterion_label(study, leaf, language),
        top=criterion_label(study, study.top_of(leaf), language),
        weight=percent(result.weights.overall[leaf], language, 1),
        value="–" if raw is None else level_text(criterion, raw, language),
        wording="" if raw is None else _wording(study, criterion, raw, language),
        share=None if row is None else float(result.matrix.values[row, column]),
        spread="" if same else text("ui.sheet.spread", language, low=min(values), high=max(values)),
        counts=_counts(criterion, values, language),
        voices=tuple(_voice(study, rating, language) for rating in ratings),
    )


def _wording(study: Study, criterion: Criterion, raw: float, language: str) -> str:
    """The wording of the level nearest to the value; of two equally near ones the worse."""
    levels = [level for level in study.levels if level.criterion == criterion.id]
    if not levels:
        return ""
    best = criterion.best or 0.0
    nearest = min(levels, key=lambda level: (abs(level.value - raw), -abs(level.value - best)))
    return (nearest.label_en if language == "en" else "") or nearest.label_de


def _counts(criterion: Criterion, values: list[float], language: str) -> tuple[tuple[str, int], ...]:
    if criterion.kind != "given" or criterion.best is None or criterion.worst is None or not criterion.step:
        return ()
    steps = round(abs(criterion.best - criterion.worst) / criterion.step)
    if steps > 10:
        return ()
    said = Counter(round(abs(value - criterion.worst) / criterion.step) for value in values)
    direction = criterion.step if criterion.best > criterion.worst else -criterion.step
    return tuple((number(criterion.worst + direction * i, language), said[i]) for i in range(steps + 1))


def _voice(study: Study, rating: Rating, language: str) -> Voice:
    if rating.abstain:
        value = text("ui.sheet.abstains", language)
    else:
        value = "–" if rating.value is None else number(rating.value, language, 1)
    return Voice(
        rater=_rater(study, rating.rater, language),
        value=value,
        reason=(rating.reason_en if language == "en" else "") or rating.reason,
    )


def _rater(study: Study, rater: str, language: str) -> str:
    if not rater:
        return text("ui.sheet.agreed", language)
    if rater in study.municipality_by_id:
        return study.municipality_by_id[rater].name
    for person in study.stakeholders:
        if person.id == rater:
            return (person.label_en if language == "en" else "") or person.label_de
    return label("ui.rater", rater, language)


def _municipality(study: Study, who: str) -> str:
    return study.municipality_by_id[who].name if who in study.municipality_by_id else who


def _money(study: Study, measure: Measure, purse: MeasureMoney, language: str) -> Iterator[Fact]:
    yield from cost_facts(measure, purse, language)
    if not purse.cost_known:
        return
    if purse.recoverable_vat:
        yield _fact("recoverable_vat", minus_text(purse.recoverable_vat, language), language)
    named = programme_text(purse, study, language)
    if purse.grant_low != purse.grant_high:
        named += ". " + text("ui.sheet.counted", language, point=point_text(study, language))
    yield _fact("grant", minus_text(purse.grant, language), language, note=named)
    low, high = purse.own_contribution_low, purse.own_contribution_high
    note = between_text(low, high, language) if low != high else ""
    if purse.best is None:
        note = text("ui.sheet.no_programme", language)
    yield _fact("own_contribution", money(purse.own_contribution, language), language, note=note, strong=True)


def cost_facts(measure: Measure, purse: MeasureMoney, language: str) -> Iterator[Fact]:
    """From the net investment to the whole cost; what nobody stated says so instead of showing a zero."""
    unknown = text("amount.unknown", language)
    if measure.capex_eur is None:
        yield _fact("investment_gross", unknown, language)
    else:
        yield from _investment(measure, purse, language)
    years = text("ui.sheet.years", language, years=purse.running_years)
    running = unknown if measure.opex_eur_per_year is None else money(purse.running_gross_per_year, language)
    yield _fact("running", running, language, note=years)
    yield _fact(
        "life_cycle", money(purse.life_cycle_gross, language) if purse.cost_known else unknown, language, strong=True
    )


def _investment(measure: Measure, purse: MeasureMoney, language: str) -> Iterator[Fact]:
    given = text("ui.sheet.given_as", language, basis=text(f"ui.price_basis.{measure.price_basis}", language))
    quality = label("ui.cost_quality", measure.cost_quality, language)
    if quality:
        given += " · " + text("ui.sheet.precision", language, quality=quality)
    yield _fact("investment_net", money(purse.investment_net, language), language, note=given)
    rate = percent(measure.vat_rate_pct / 100, language, 1 if measure.vat_rate_pct % 1 else 0)
    deductible = text(f"ui.sheet.vat_{'deductible' if measure.vat_deductible else 'not_deductible'}", language)
    yield _fact("vat", money(purse.investment_vat, language), language, note=f"{rate}, {deductible}")
    yield _fact("investment_gross", money(purse.investment_gross, language), language)


def between_text(low: Decimal, high: Decimal, language: str) -> str:
    ends = (money(end, language) for end in sorted((low, high)))
    return text("ui.sheet.between", language, **dict(zip(("low", "high"), ends, strict=True)))


def minus_text(amount: Decimal, language: str) -> str:
    """An amount that is taken off, with a true minus sign; zero stays zero."""
    return f"− {money(amount, language)}" if amount else money(amount, language)


def _share_note(purse: MeasureMoney, language: str) -> str:
    if purse.share_issue:
        return text(f"share_issue.{purse.share_issue}", language)
    return text("ui.sheet.split_by", language, key=label("cost_key", purse.cost_key, language))


def _programme(study: Study, purse: MeasureMoney, assessment: Assessment, language: str) -> ProgrammeLine:
    row = study.programme_by_id[assessment.programme]
    return ProgrammeLine(
        name=programme_name(study, row.id, language),
        candidate=assessment.candidate,
        role=_role(purse, row.id, language),
        verdict=assessment.verdict,
        computed=assessment.computed_verdict,
        finding=_finding(assessment.finding, language),
        grant=_grant(assessment, language),
        limit=_limit(assessment, language),
        reasons=tuple((r.verdict, r.sentence(language)) for r in assessment.reasons),
        source=row.source,
        as_of="" if row.as_of is None else day(row.as_of, language),
        not_verified=in_language(row, "not_verified", language),
    )


def _role(purse: MeasureMoney, programme: str, language: str) -> str:
    ends = {"sure": purse.sure, "possible": purse.possible}
    return ", ".join(
        text(f"ui.sheet.{key}", language) for key, end in ends.items() if end and programme in end.programmes
    )


def _limit(assessment: Assessment, language: str) -> str:
    """Which term decided the amount; nothing where there is no grant to decide."""
    if assessment.bound == "none":
        return ""
    return text("ui.sheet.bound", language, bound=label("bound", assessment.bound, language))


def _grant(assessment: Assessment, language: str) -> str:
    if assessment.grant_low == assessment.grant_high:
        return money(assessment.grant_high, language)
    return between_text(assessment.grant_low, assessment.grant_high, language)


def _finding(finding: Eligibility | None, language: str) -> str:
    if finding is None:
        return ""
    reason = (finding.reason_en if language == "en" else "") or finding.reason
    who = label("ui.rater", finding.by, language)
    when = "" if finding.date is None else day(finding.date, language)
    verdict = text(f"board.verdict.{finding.verdict}", language)
    invented = text("ui.sheet.illustrative", language) if finding.illustrative else ""
    by = ", ".join(part for part in (who, when, invented) if part)
    return text("ui.sheet.finding", language, by=by, verdict=verdict, reason=reason)
