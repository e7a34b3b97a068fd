"""Grants on the command line: every measure on one line, or one measure with every programme and all reasons."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from rich.box import HORIZONTALS
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mcda.funding.records import Assessment, Bundle, MeasureMoney
from mcda.locale import label, text
from mcda.locale.formats import day, money
from mcda.report.exhibits.bundle_list import bundle_sentence, left_out_sentence
from mcda.report.exhibits.catalogue import in_language
from mcda.report.exhibits.funding_list import MARKS, finding_text
from mcda.report.exhibits.funding_overview import (
    Deadline,
    OverviewLine,
    deadlines,
    funding_overview,
    only_dates,
    pair_counts,
)
from mcda.report.exhibits.paid_shares import paid_shares, split_sentence
from mcda.report.exhibits.programmes import bundle_name, point_text, programme_name
from mcda.report.exhibits.ranked_list import notice_of, study_title
from mcda.result import Result
from mcda.study.model import Measure
from mcda.terminal import title_of

HEADER = ("id", "title", "verdict", "bundle", "grant", "own", "deadline")
NUMBERS = frozenset({"grant", "own"})
IN = "  "
Pair = tuple[str, str]


def funding_lines(result: Result, language: str, measure: str = "") -> list[str]:
    """What the command prints: the overview of all measures, or the sheet of one; nothing cut off, no colours."""
    return list(_sheet(result, measure, language) if measure else _overview(result, language))


def draw_overview(result: Result, language: str, console: Console | None = None) -> None:
    """The overview as a table that fits the terminal."""
    console = console or Console(highlight=False)
    title, *notice = _above(result, language)
    console.print(Text(title, style="bold"))
    for line in notice:
        console.print(Text(line, style="italic"))
    table = Table(box=HORIZONTALS, show_edge=False, pad_edge=False, header_style="bold")
    for key, header in zip(HEADER, _header(language), strict=True):
        wide = {"title": 2, "bundle": 3}.get(key)
        table.add_column(header, justify="right" if key in NUMBERS else "left", overflow="fold", ratio=wide)
    for found in funding_overview(result, language):
        table.add_row(*(Text(cell.replace(" €", "\xa0€")) for cell in _row(result, found, language)))
    console.print(table)
    for line in _below(result, language):
        console.print(Text(line, style="dim"))


def _overview(result: Result, language: str) -> Iterator[str]:
    rows = [_header(language), *(_row(result, line, language) for line in funding_overview(result, language))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield from (*_above(result, language), "")
    for row in (rows[0], ["-" * width for width in widths], *rows[1:]):
        cells = zip(row, HEADER, widths, strict=True)
        yield "  ".join(c.rjust(w) if key in NUMBERS else c.ljust(w) for c, key, w in cells).rstrip()
    yield from ("", *_below(result, language))


def _above(result: Result, language: str) -> list[str]:
    return [line for line in (study_title(result, language), notice_of(result, language)) if line]


def _header(language: str) -> list[str]:
    return [text(f"cli.funding.column.{key}", language) for key in HEADER]


def _row(result: Result, line: OverviewLine, language: str) -> list[str]:
    verdict = f"{MARKS[line.verdict]} {text(f'cli.verdict.{line.verdict}', language)}"
    grant = _between(line.grant_low, line.grant_high, language)
    own = _amount(line.own_contribution, language, cents=False)
    return [line.measure, line.title, verdict, line.bundle or "–", grant, own, _deadline(line.deadline, language)]


def _below(result: Result, language: str) -> Iterator[str]:
    yield _counts(result, "", language)
    yield text("cli.funding.reading", language, point=point_text(result.study, language))
    yield _made_by(result, language)


def _counts(result: Result, measure: str, language: str) -> str:
    counts = pair_counts(result, measure)
    key = "cli.funding.counts_one_measure" if measure else "cli.funding.counts"
    return text(
        key,
        language,
        pairs=sum(counts.values()),
        measures=len(result.money),
        programmes=len(next(iter(result.money.values())).assessments),
        **counts,
    )


def _sheet(result: Result, name: str, language: str) -> Iterator[str]:
    measure, found = result.study.measure_by_id[name], result.money[name]
    yield from (*_above(result, language), "")
    yield f"{name} {title_of(measure, language)}"
    yield from _pairs(_who(result, measure, language))
    yield from _block("money", _pairs(_money(result, found, language)), language)
    yield from _block("bundle", _bundles(result, found, language), language)
    yield from _block("left_out", _left_out(result, found, language), language)
    yield from _block("alternatives", _alternatives(result, found, language), language)
    yield from _block("loans", _loans(result, found, language), language)
    yield from _block("payers", _payers(result, found, language), language)
    yield from _block("deadlines", (IN + _deadline_line(result, d, language) for d in deadlines(found)), language)
    yield from _block("programmes", _programmes(result, found, language), language)
    yield from ("", _counts(result, name, language), _made_by(result, language))


def _block(title: str, lines: Iterable[str], language: str) -> list[str]:
    """A titled part of the sheet; nothing where there is nothing to say."""
    told = list(lines)
    return ["", text(f"cli.funding.block.{title}", language), *told] if told else []


def _pairs(pairs: Iterable[Pair]) -> list[str]:
    known = list(pairs)
    wide = max((len(name) for name, _ in known), default=0)
    return [f"{IN}{name.ljust(wide)}  {value}" for name, value in known]


def _who(result: Result, measure: Measure, language: str) -> Iterator[Pair]:
    known = result.study.municipality_by_id
    form = label("applicant", measure.lead_form, language)
    lead = in_language(measure, "lead", language)
    yield text("cli.funding.lead", language), f"{lead} · {form}" if form else lead
    members = ", ".join(known[m].name if m in known else m for m in measure.municipalities)
    yield text("cli.funding.members", language), members or text("amount.unknown", language)
    yield text("export.basis.as_of", language), _as_of(result, language)


def _money(result: Result, found: MeasureMoney, language: str) -> Iterator[Pair]:
    def line(key: str, amount: Decimal, note: str = "") -> Pair:
        return text(f"cli.funding.money.{key}", language), money(amount, language) + (f" ({note})" if note else "")

    if not found.cost_known:
        yield text("cli.funding.money.life_cycle", language), text("amount.unknown", language)
        return
    yield line("life_cycle", found.life_cycle_gross)
    if found.recoverable_vat:
        yield line("recoverable_vat", found.recoverable_vat)
    yield line("grant_low", found.grant_low)
    yield line("grant_high", found.grant_high)
    if found.grant_low != found.grant_high:
        yield line("grant", found.grant, point_text(result.study, language))
    if found.co_payment:
        yield line("co_payment", found.co_payment)
    low, high = found.own_contribution_low, found.own_contribution_high
    yield line("own", found.own_contribution, _between(low, high, language, cents=True) if low != high else "")
    yield line("own_investment", found.own_investment)
    yield line("own_running", found.own_running)


def _bundles(result: Result, found: MeasureMoney, language: str) -> Iterator[str]:
    for kind, bundle in (("sure", found.sure), ("possible", found.possible)):
        if bundle is not None:
            yield IN + text(f"cli.funding.bundle.{kind}", language, what=_parts(result, bundle, language))
    if found.sure is None and found.possible is None:
        yield IN + text("cli.funding.bundle.none", language)


def _parts(result: Result, bundle: Bundle, language: str) -> str:
    """'A 40.000 € + B 50.000 € = 90.000 €', with the rule that limits the sum."""
    study = result.study
    parts = [
        f"{programme_name(study, part.programme, language)} {money(part.grant, language)}" for part in bundle.parts
    ]
    total = f" = {money(bundle.total, language)}" if len(parts) > 1 else ""
    return f"{' + '.join(parts)}{total}. {bundle_sentence(study, bundle, language)}".strip()


def _left_out(result: Result, found: MeasureMoney, language: str) -> Iterator[str]:
    for out in found.left_out:
        name, alone = programme_name(result.study, out.programme, language), money(out.alone, language)
        yield IN + text("cli.funding.alone", language, programme=name, amount=alone)
        yield 2 * IN + left_out_sentence(result.study, out, language)


def _alternatives(result: Result, found: MeasureMoney, language: str) -> Iterator[str]:
    for bundle in found.alternatives:
        name = bundle_name(bundle, result.study, language)
        told = f"{name}: {money(bundle.total, language)}. {bundle_sentence(result.study, bundle, language)}"
        yield IN + told.strip()


def _loans(result: Result, found: MeasureMoney, language: str) -> Iterator[str]:
    for programme, amount in found.loans:
        yield f"{IN}{programme_name(result.study, programme, language)}: {money(amount, language)}"
    if found.loans:
        yield IN + text("reason.loan_is_financing", language)


def _payers(result: Result, found: MeasureMoney, language: str) -> Iterator[str]:
    yield IN + split_sentence(result, found.measure, language)
    shares = paid_shares(result, found.measure)
    if not shares:
        return
    amounts = [*(share.amount for share in shares), found.own_contribution]
    names = [*(share.name for share in shares), text("funding_words.total", language)]
    shown = [money(amount, language) for amount in amounts]
    wide, right = max(map(len, names)), max(map(len, shown))
    for name, amount in zip(names, shown, strict=True):
        yield f"{IN}{name.ljust(wide)}  {amount.rjust(right)}"


def _programmes(result: Result, found: MeasureMoney, language: str) -> Iterator[str]:
    """Every programme with all reasons: those considered first, then by verdict, then those only out of season."""
    order = sorted(
        found.assessments, key=lambda a: (not a.candidate, "yes check no".index(a.verdict), not only_dates(a))
    )
    for one in order:
        yield from _programme(result, one, language)


def _programme(result: Result, found: Assessment, language: str) -> Iterator[str]:
    row = result.study.programme_by_id[found.programme]
    name = f"{programme_name(result.study, row.id, language)} [{row.id}]"
    considered = f" · {text('export.funding.candidate', language)}" if found.candidate else ""
    yield f"{IN}{MARKS[found.verdict]} {name}: {text(f'cli.verdict.{found.verdict}', language)}{considered}"
    if found.verdict != found.computed_verdict:
        computed = text(f"cli.verdict.{found.computed_verdict}", language)
        yield f"{3 * IN}{text('cli.funding.computed', language, verdict=computed)}"
    if told := finding_text(found, language):
        yield f"{3 * IN}{text('cli.funding.finding', language, reason=told)}"
    if found.verdict != "no":
        yield f"{3 * IN}{_grant(found, language)}"
    for reason in found.reasons:
        gate = text(f"funding_gate.{reason.gate}", language)
        yield f"{3 * IN}{MARKS[reason.verdict]} {gate}: {reason.sentence(language)}"
    if row.source:
        seen = "" if row.as_of is None else f" ({day(row.as_of, language)})"
        yield f"{3 * IN}{text('export.funding.source', language)}: {row.source}{seen}"


def _grant(found: Assessment, language: str) -> str:
    if found.bound == "loan":
        return text("cli.funding.loan", language, amount=money(found.loan_eur, language))
    amount = _between(found.grant_low, found.grant_high, language, cents=True)
    bound = text(f"bound.{found.bound}", language)
    return text("cli.funding.grant", language, amount=amount, bound=bound)


def _amount(amount: Decimal | None, language: str, *, cents: bool) -> str:
    return text("amount.unknown", language) if amount is None else money(amount, language, cents=cents)


def _between(low: Decimal | None, high: Decimal | None, language: str, *, cents: bool = False) -> str:
    if low is None or high is None or low == high:
        return _amount(low, language, cents=cents)
    ends: Sequence[str] = [money(end, language, cents=cents) for end in (low, high)]
    return text("cli.funding.between", language, low=ends[0], high=ends[1])


def _deadline(found: Deadline | None, language: str) -> str:
    if found is None:
        return "–"
    key = "cli.funding.opens" if found.opens else "cli.funding.closes"
    return text(key, language, day=day(found.day, language), programme=found.programme)


def _deadline_line(result: Result, found: Deadline, language: str) -> str:
    key = "cli.funding.opens_line" if found.opens else "cli.funding.closes_line"
    name = programme_name(result.study, found.programme, language)
    return text(key, language, day=day(found.day, language), programme=name)


def _as_of(result: Result, language: str) -> str:
    return day(date.fromisoformat(result.provenance.as_of), language)


def _made_by(result: Result, language: str) -> str:
    made = result.provenance
    day_ = _as_of(result, language)
    return text("cli.funding.made_by", language, version=made.version, as_of=day_, inputs=made.input_hash[:12])
