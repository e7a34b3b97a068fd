"""The programmes that pay for a measure together, and those that do not, each with the rule that says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from mcda.funding.records import Bundle, LeftOut, MeasureMoney, Part
from mcda.locale import text
from mcda.locale.formats import money as money_text
from mcda.report.exhibits.programmes import programme_name
from mcda.study.model import Study, Verdict

Kind = Literal["sure", "possible", "left_out", "alternative", "loan"]


@dataclass(frozen=True, slots=True)
class BundleLine:
    """One programme in or beside a bundle. `number` counts the alternatives; `total` is what the whole set brings.

    `grant` is its part within the set, `alone` what it would pay by itself (EUR); a loan's amount is in `alone`.
    `sentence` is the rule that limits the set, keeps the programme out, or makes the set uncertain.
    """

    kind: Kind
    number: int
    programme: str
    verdict: Verdict
    grant: Decimal
    alone: Decimal
    total: Decimal
    sentence: str


def bundle_lines(study: Study, money: MeasureMoney, language: str) -> Iterator[BundleLine]:
    """The sure bundle, the possible one, what was left out and why, alternatives, loans: in this order."""
    verdicts = {found.programme: found.verdict for found in money.assessments}
    if money.sure:
        yield from _parts("sure", 0, money.sure, study, language)
    if money.possible:
        yield from _parts("possible", 0, money.possible, study, language)
    for out in money.left_out:
        sentence = left_out_sentence(study, out, language)
        yield BundleLine("left_out", 0, out.programme, verdicts[out.programme], ZERO, out.alone, ZERO, sentence)
    for number, bundle in enumerate(money.alternatives, start=1):
        yield from _parts("alternative", number, bundle, study, language)
    for programme, amount in money.loans:
        sentence = text("reason.loan_is_financing", language)
        yield BundleLine("loan", 0, programme, verdicts[programme], ZERO, amount, ZERO, sentence)


ZERO = Decimal(0)


def left_out_sentence(study: Study, out: LeftOut, language: str) -> str:
    """Why a programme that would pay stands outside the bundle."""
    other = programme_name(study, out.other, language) if out.other else ""
    return text(f"left_out.{out.code}", language, other=other)


def bundle_sentence(study: Study, bundle: Bundle, language: str) -> str:
    """What limits a set of programmes and what is still open about it; empty where nothing is."""
    parts = []
    if bundle.bound:
        owner = programme_name(study, bundle.bound_by, language) if bundle.bound_by else ""
        parts.append(text(f"bundle_bound.{bundle.bound}", language, programme=owner))
    else:
        reduced = (part for part in bundle.parts if part.grant < part.alone)
        parts += [_reduced_sentence(study, part, language) for part in reduced]
    if bundle.to_check:
        parts.append(text("funding_words.together_unknown", language))
    return " ".join(parts)


def _reduced_sentence(study: Study, part: Part, language: str) -> str:
    name, alone = programme_name(study, part.programme, language), money_text(part.alone, language)
    return text("funding_words.reduced", language, programme=name, amount=alone)


def _parts(kind: Kind, number: int, bundle: Bundle, study: Study, language: str) -> Iterator[BundleLine]:
    sentence = bundle_sentence(study, bundle, language)
    for part in bundle.parts:
        yield BundleLine(kind, number, part.programme, part.verdict, part.grant, part.alone, bundle.total, sentence)
