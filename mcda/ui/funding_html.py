"""The funding matrix and the funding sheet as HTML that a screen reader, a printer and a phone can use."""

from collections.abc import Iterable
from html import escape

from mcda.locale import text
from mcda.report.exhibits.funding_matrix import FundingMatrix, MatrixCell, MatrixColumn, MatrixRow
from mcda.report.exhibits.funding_sheet import BundleView, Deadline, FundingSheet, ToDo
from mcda.ui.sheet import facts_html, programmes_html, verdict_html


def matrix_html(matrix: FundingMatrix, caption: str, language: str, *, mark: bool = True) -> str:
    """The matrix as one table whose headings stay in sight; on a phone each measure becomes a list of programmes.

    `mark`: intended programmes are marked, as they need where others stand beside them.
    """
    heads = "".join(_head(column, language) for column in matrix.columns)
    rows = "".join(_row(row, matrix.columns, mark, language) for row in matrix.rows)
    region = escape(text("funding.matrix.region", language), quote=True)
    first = escape(text("funding.matrix.measure", language))
    return (
        f"<div class='rf-matrix' role='region' tabindex='0' aria-label='{region}'><table role='table'>"
        f"<caption>{escape(caption)}</caption><thead role='rowgroup'><tr role='row'>"
        f"<th scope='col' role='columnheader'>{first}</th>{heads}</tr></thead>"
        f"<tbody role='rowgroup'>{rows}</tbody></table></div>"
    )


def funding_sheet_html(sheet: FundingSheet, language: str) -> str:
    """The whole sheet in one piece of markup: money to get and to pay beside what is to be done for it."""
    return (
        f"<div class='rf-sheet'><p>{verdict_html(sheet.verdict, language)}</p><div class='rf-grid'><section>"
        f"{_section('bundles', _bundles(sheet.bundles, language), language)}"
        f"{_section('money', facts_html((*sheet.money, sheet.share), amounts=True), language)}</section><section>"
        f"{_section('deadlines', _days(sheet.deadlines, 'apply_by', 'no_deadline', language), language)}"
        f"{_section('watch_list', _days(sheet.watch_list, 'opens_on', '', language), language)}"
        f"{_section('to_do', _to_do(sheet.to_do, language), language)}"
        f"{_section('left_out', facts_html(sheet.left_out, amounts=True), language)}"
        f"{_section('alternatives', facts_html(sheet.alternatives, amounts=True), language)}"
        f"{_section('loans', facts_html(sheet.loans, amounts=True), language)}</section></div>"
        f"{_section('programmes', programmes_html(sheet.programmes, language), language)}</div>"
    )


def _head(column: MatrixColumn, language: str) -> str:
    shut = "" if column.open else f"<small>{escape(text('funding.matrix.shut', language))}</small>"
    return f"<th scope='col' role='columnheader'>{escape(column.name)}{shut}</th>"


def _row(row: MatrixRow, columns: Iterable[MatrixColumn], mark: bool, language: str) -> str:
    place = "" if row.rank is None else text("funding.matrix.rank", language, rank=row.rank)
    about = " · ".join(part for part in (row.id, row.theme_label, place) if part)
    cells = "".join(_cell(cell, column.name, mark, language) for cell, column in zip(row.cells, columns, strict=True))
    head = f"<th scope='row' role='rowheader'>{escape(row.title)}<small>{escape(about)}</small></th>"
    return f"<tr role='row'>{head}{cells}</tr>"


def _cell(cell: MatrixCell | None, programme: str, mark: bool, language: str) -> str:
    if cell is None:
        return "<td role='cell' class='rf-empty'></td>"
    star = escape(text("funding.matrix.candidate", language)) if cell.candidate and mark else ""
    lines = (
        f"<b>{escape(cell.amount)}</b>" if cell.amount else "",
        f"<small>{escape(cell.why)}</small>" if cell.why else "",
        f"<small class='rf-mark'>★ {star}</small>" if star else "",
    )
    kind = " class='rf-candidate'" if star else ""
    return (
        f"<td role='cell'{kind}><span class='rf-programme-name'>{escape(programme)}</span>"
        f"{verdict_html(cell.verdict, language)}{''.join(lines)}</td>"
    )


def _section(name: str, body: str, language: str) -> str:
    return f"<h2>{escape(text(f'funding.sheet.{name}', language))}</h2>{body}" if body else ""


def _bundles(bundles: tuple[BundleView, ...], language: str) -> str:
    if not bundles:
        return f"<p>{escape(text('funding.sheet.no_bundle', language))}</p>"
    return "".join(_bundle(bundle, language) for bundle in bundles)


def _bundle(bundle: BundleView, language: str) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{verdict_html(part.verdict, language)} {escape(part.name)}"
        f"<span class='rf-note'>{escape(part.note)}</span></th><td class='rf-value'>{escape(part.amount)}</td></tr>"
        for part in bundle.parts
    )
    total = escape(text("funding.sheet.total", language))
    if len(bundle.parts) > 1:
        rows += f"<tr class='rf-strong'><th scope='row'>{total}</th><td class='rf-value'>{bundle.total}</td></tr>"
    notes = "".join(f"<p class='rf-note'>{escape(note)}</p>" for note in bundle.notes)
    heading = escape(text(f"funding.sheet.bundle_{bundle.kind}", language))
    return f"<h3>{heading}</h3><table><tbody>{rows}</tbody></table>{notes}"


def _to_do(to_do: tuple[ToDo, ...], language: str) -> str:
    if not to_do:
        return f"<p>{escape(text('funding.sheet.nothing_to_do', language))}</p>"
    parts = []
    for name, wanted in (("documents", True), ("facts", False)):
        items = "".join(_item(item, language) for item in to_do if item.document is wanted)
        if items:
            parts.append(f"<h3>{escape(text(f'funding.sheet.{name}', language))}</h3><ul>{items}</ul>")
    return "".join(parts)


def _item(item: ToDo, language: str) -> str:
    waits = escape(text("funding.sheet.waits", language, programmes=", ".join(item.programmes)))
    return f"<li>☐ {escape(item.sentence)}<span class='rf-note rf-waits'>{waits}</span></li>"


def _days(days: tuple[Deadline, ...], kind: str, none: str, language: str) -> str:
    if not days:
        return f"<p>{escape(text(f'funding.sheet.{none}', language))}</p>" if none else ""
    items = "".join(
        f"<li><strong>{escape(text(f'funding.sheet.{kind}', language, day=found.day))}</strong>"
        f"<span class='rf-note rf-waits'>{escape(found.name)}</span></li>"
        for found in days
    )
    return f"<ol class='rf-days'>{items}</ol>"
