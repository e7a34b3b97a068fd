"""The labels as one row per measure: the word, a bar of the share above the line, the reasons in sentences."""

from collections.abc import Collection
from html import escape

from mcda.locale import text
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.label_list import LabelLine, label_lines
from mcda.result import Result
from mcda.robustness.labels import Labels


def sure_html(found: Labels, result: Result, shown: Collection[str], language: str) -> str:
    """A table: rank and title, the label, the share as a bar with its figure, why it is contested. The line is drawn
    behind the last measure above it where these stand together."""
    shares = {one.measure: one.share_above for one in found.lines}
    ranks = {line.measure: line.rank for line in result.ranking}
    heads = "".join(
        f"<th scope='col' role='columnheader'>{escape(text(f'labels.column.{name}', language))}</th>"
        for name in ("rank", "measure", "label", "above", "reasons")
    )
    rows = "".join(
        _row(line, ranks[line.measure], title_of(result.study.measure_by_id[line.measure], language), shares)
        for line in label_lines(found, language)
        if line.measure in shown
    )
    caption = f"<caption class='rf-unseen'>{escape(text('sensitivity_page.parts.sure', language))}</caption>"
    return (
        f"<div class='rf-sure'><table role='table'>{caption}<thead role='rowgroup'><tr role='row'>{heads}</tr></thead>"
        f"<tbody role='rowgroup'>{rows}</tbody></table></div>"
    )


def _row(line: LabelLine, rank: int, title: str, shares: dict[str, float]) -> str:
    width = f"{100 * shares[line.measure]:.1f}%"
    return (
        f"<tr role='row' class='rf-{line.label}'><td role='cell' class='rf-rank'>{rank}</td>"
        f"<th scope='row' role='rowheader'>{escape(title)}</th>"
        f"<td role='cell' class='rf-word'><span aria-hidden='true'>{line.sign}</span> {escape(line.word)}</td>"
        f"<td role='cell' class='rf-share'><i><em style='width:{width}'></em></i><b>{escape(line.percent)}</b></td>"
        f"<td role='cell' class='rf-why'>{escape(line.why)}</td></tr>"
    )
