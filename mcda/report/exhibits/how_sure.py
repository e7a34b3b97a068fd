"""How sure the result is, in a few sentences: the first place, the first so many, why, and what the data leave open."""

from collections import Counter
from collections.abc import Iterator, Sequence

from mcda.locale import label, text
from mcda.report.exhibits.catalogue import title_line
from mcda.report.exhibits.label_list import label_lines
from mcda.result import Ranked, Result
from mcda.robustness.labels import Label, Labels

ORDER: tuple[Label, ...] = ("secure", "likely", "contested", "unlikely")


def sure_sentences(result: Result, lines: Sequence[Ranked], labels: Labels | None, language: str) -> tuple[str, ...]:
    """Sentences on these first lines of the ranking. Without labels (the method has none) only what groups and data
    say."""
    return (
        *(_leader(result, labels, language) if labels else ()),
        *_group(result, language),
        *_counts(result, lines, labels, language),
        *((" ".join(open_),) if (open_ := tuple(_open(result, language))) else ()),
    )


def _leader(result: Result, labels: Labels, language: str) -> Iterator[str]:
    first = result.ranking[0]
    words = {line.measure: line for line in label_lines(labels, language)}[first.measure]
    name = title_line(result.study.measure_by_id[first.measure], language)
    yield text("sure.leader", language, title=name, word=words.word, share=words.share)


def _group(result: Result, language: str) -> Iterator[str]:
    """Who cannot be told apart from the first, or shares its rank."""
    tied = sum(line.rank == 1 for line in result.ranking)
    if tied > 1:
        yield text("sure.tied", language, count=tied)
    size = sum(line.rank_group == result.ranking[0].rank_group for line in result.ranking)
    if size <= tied:
        return
    if 1 < size < len(result.ranking):
        yield text("sure.group", language, count=size)
    elif size == len(result.ranking) > 1:
        yield text("sure.one_group", language, count=size)


def _counts(result: Result, lines: Sequence[Ranked], labels: Labels | None, language: str) -> Iterator[str]:
    """How many of the places are how sure, and why not; that it is not told, where the method does not allow it."""
    if labels is None and len(result.ranking) > 1:
        yield text("labels.not_offered", language)
    if labels is None or len(lines) < 2:
        return
    by_measure = labels.by_measure()
    shown = [by_measure[line.measure] for line in lines]
    counts = Counter(one.label for one in shown)
    parts = ", ".join(
        text("sure.part", language, count=str(counts[name]), word=text(f"labels.word.{name}", language))
        for name in ORDER
        if counts[name]
    )
    asked = "_budget" if labels.budget_eur is not None else "_one" if labels.line == 1 else ""
    yield text(f"sure.counts{asked}", language, count=str(len(shown)), line=labels.line, parts=parts)
    reasons = Counter(reason for one in shown for reason in one.reasons)
    if reasons:
        named = {name: "ratings" if name == "data" and not labels.priced else name for name in reasons}
        told = ((named[name], n) for name, n in reasons.most_common())
        why = "; ".join(text(f"sure.reason.{name}", language, count=str(n)) for name, n in told)
        yield text("sure.why", language, reasons=why)


def _open(result: Result, language: str) -> Iterator[str]:
    """Ratings and grants that are still open, and how good the cost figures are; of a study without costs nothing."""
    count = sum(line.incomplete for line in result.ranking)
    if count:
        yield text(f"sure.incomplete{'' if result.study.programmes else '_ratings'}", language, count=count)
    known = [
        result.study.measure_by_id[line.measure] for line in result.ranking if result.money[line.measure].cost_known
    ]
    kinds = Counter(one.cost_quality for one in known if one.cost_quality)
    if kinds:
        told = ", ".join(f"{n} {label('ui.cost_quality', kind, language)}" for kind, n in kinds.most_common())
        yield text("sure.cost_quality", language, count=str(len(known)), kinds=told)
    unknown = len(result.ranking) - len(known)
    if unknown and known:
        yield text("sure.cost_unknown", language, count=unknown)
