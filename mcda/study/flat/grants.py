"""Grants a flat list names, as programmes 'as listed': an amount or a rate per measure, to be checked unless promised.

A listed amount is what the planner hopes for. It stands as a person's finding (verdict 'to be checked' with its
amount), so the engine shows it as an interval from nothing to that amount; a rate becomes a programme of that rate.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mcda.errors import Issue, Param, Where
from mcda.locale import text
from mcda.study.flat.drafts import Draft
from mcda.study.flat.mapping import Assigned, FlatMapping, Meaning
from mcda.study.flat.tree import Leaf, funding_leaf
from mcda.study.model import Eligibility, Measure, Programme, Rating, StudyInfo, Verdict

LISTED = "listed"
HUNDRED = Decimal(100)


@dataclass(slots=True)
class Funding:
    """What the list says on grants. `programme_of`: a measure's programme by its row; `ratings`: the rate in per
    cent by row where no cost is known; `leaf`: None when the list names no usable grant."""

    leaf: Leaf | None = None
    programmes: dict[str, Programme] = field(default_factory=dict)
    programme_of: dict[int, str] = field(default_factory=dict)
    findings: dict[int, Eligibility] = field(default_factory=dict)
    ratings: dict[int, Rating] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def listed_funding(
    table: str, mapping: FlatMapping, drafts: Sequence[Draft], costs: Sequence[Decimal | None], info: StudyInfo
) -> Funding:
    """Programmes, findings and the criterion for a list with a column of grants or rates.

    `costs` are gross life-cycle costs, None where unknown. Computed from them; where the list knows none, its rates
    are ratings in per cent.
    """
    funding = Funding()
    columns = mapping.of("grant", "funding_rate")
    stated = [d for d in drafts if d.grant_kind == "open" or d.grant]
    if not columns or not any(d.grant for d in stated):
        return funding
    priced = any(costs)
    if not priced and not any(d.grant_kind == "rate" for d in stated):
        funding.issues.append(Issue("flat_funding_needs_cost", "note", Where(table, column=columns[0].header)))
        return funding
    for draft in drafts:
        column = _column(mapping, draft)
        if not priced:
            _rate_in_percent(funding, draft, column, info)
        elif draft in stated:
            _name_programme(funding, draft, column, info)
    funding.issues += _above_cost(table, mapping, drafts, costs)
    highest = max((_share(d, c, info) for d, c in zip(drafts, costs, strict=True) if c), default=Decimal(0))
    funding.leaf = funding_leaf(columns[0], priced, float(highest))
    funding.issues += _told(table, columns[0], drafts)
    return funding


def _above_cost(
    table: str, mapping: FlatMapping, drafts: Sequence[Draft], costs: Sequence[Decimal | None]
) -> Iterator[Issue]:
    """A grant above the whole cost: units mixed up, most likely."""
    for draft, cost in zip(drafts, costs, strict=True):
        if draft.grant_kind == "amount" and draft.grant and cost is not None and draft.grant > cost:
            where = Where(table, draft.row, _column(mapping, draft).header)
            params: dict[str, Param] = {"value": float(draft.grant), "allowed": float(cost)}
            yield Issue("flat_grant_above_cost", where=where, params=params)


def _column(mapping: FlatMapping, draft: Draft) -> Assigned:
    """The column a measure's grant was read from."""
    columns = mapping.of("grant", "funding_rate")
    meant = "funding_rate" if draft.grant_kind == "rate" else "grant"
    return next((c for c in columns if c.meaning == meant), columns[0])


def _name_programme(funding: Funding, draft: Draft, column: Assigned, info: StudyInfo) -> None:
    rated = draft.grant_kind == "rate"
    name = f"{LISTED}_{draft.grant:f}".replace(".", "_") if rated else LISTED
    if name not in funding.programmes:
        funding.programmes[name] = _programme(name, draft.grant if rated else None, info)
    verdict: Verdict = "yes" if column.awarded and draft.grant_kind != "open" else "check"
    funding.programme_of[draft.row] = name
    funding.findings[draft.row] = Eligibility(
        measure="",
        programme=name,
        verdict=verdict,
        reason=text(f"flat.listed.{verdict}", "de", column=column.header),
        reason_en=text(f"flat.listed.{verdict}", "en", column=column.header),
        awarded_eur=draft.grant if draft.grant_kind == "amount" else None,
    )


def _programme(name: str, rate: Decimal | None, info: StudyInfo) -> Programme:
    percent = "" if rate is None else f" ({rate.normalize():f} %)"
    return Programme(
        id=name,
        name=text("flat.listed.programme", info.language) + percent,
        name_en=text("flat.listed.programme", "en") + percent,
        rate_pct=rate,
        as_of=info.as_of,
        source=text("flat.listed.source", info.language),
    )


def _rate_in_percent(funding: Funding, draft: Draft, column: Assigned, info: StudyInfo) -> None:
    """A listed rate as a rating; nothing listed is none, 'open' and an amount without a cost leave it open."""
    if draft.grant_kind in {"open", "amount"}:
        return
    most = float(draft.grant or 0)
    least = most if column.awarded else 0.0
    middle = least + info.interval_point * (most - least)
    funding.ratings[draft.row] = Rating(measure="", criterion="", value=middle, low=least, high=most)


def _share(draft: Draft, cost: Decimal | None, info: StudyInfo) -> Decimal:
    """Listed grant over life-cycle cost, 0 to 1; a rate counts on the investment."""
    if not cost or not draft.grant:
        return Decimal(0)
    grant = draft.grant
    if draft.grant_kind == "rate":
        grant = draft.grant / HUNDRED * (cost - info.horizon_years * gross_of(draft, "opex"))
    return grant / cost


def gross_of(draft: Draft, meaning: Meaning) -> Decimal:
    """An amount with VAT at the model's usual rate, for bounds and shares (the engine computes the cents)."""
    amount = draft.amounts.get(meaning)
    if amount is None:
        return Decimal(0)
    vat: Decimal = Measure.model_fields["vat_rate_pct"].default
    factor = 1 + vat / HUNDRED if draft.fields.get("price_basis") == "net" else Decimal(1)
    return amount.euros * factor


def _told(table: str, column: Assigned, drafts: Sequence[Draft]) -> Iterator[Issue]:
    where = Where(table, column=column.header)
    yield Issue("flat_grants_promised" if column.awarded else "flat_grants_listed", "note", where)
    blank = tuple(str(d.row) for d in drafts if not d.grant_kind)
    if blank:
        yield Issue("flat_grant_blank", "note", where, {"rows": blank})
