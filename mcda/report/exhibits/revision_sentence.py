"""What is said about contradictions in pairwise answers: the ratio in words, the answer to look at again, the triad."""

from fractions import Fraction

from mcda.locale import text
from mcda.locale.formats import fixed, number
from mcda.report.exhibits.catalogue import criterion_label
from mcda.result import Consistency
from mcda.study.model import Study
from mcda.weights.contradictions import Triad
from mcda.weights.revision import Revision

_OFF_SCALE = 1e-3


def ratio_text(value: float, language: str) -> str:
    """An answer as people give it: 6, 1/2, or 2,35 where it is no value of the scale."""
    whole = Fraction(1 / value if value < 1 else value).limit_denominator(1)
    if abs((1 / value if value < 1 else value) - whole) < _OFF_SCALE:
        return f"1/{whole}" if value < 1 and whole != 1 else str(whole)
    return number(value, language)


def revision_sentence(study: Study, found: Revision, language: str) -> str:
    """'Changing the answer on A against B from 6 to 1/2 brings the contradiction from .169 to .082 ...'"""
    return text(
        "weights_page.revision",
        language,
        a=criterion_label(study, found.a, language),
        b=criterion_label(study, found.b, language),
        answer=ratio_text(found.answer, language),
        nearest=ratio_text(found.nearest, language),
        before=fixed(found.ratio_before, language, 3),
        after=fixed(found.ratio_after, language, 3),
    )


def answer_sentence(study: Study, a: str, b: str, value: float, language: str) -> str:
    """'A counts 3 times as much as B.', turned round for answers below 1."""
    if value < 1:
        a, b, value = b, a, 1 / value
    names = {"a": criterion_label(study, a, language), "b": criterion_label(study, b, language)}
    if abs(value - 1) < _OFF_SCALE:
        return text("weights_page.equal", language, **names)
    return text("weights_page.times", language, value=ratio_text(value, language), **names)


def triad_sentences(study: Study, triad: Triad, language: str) -> tuple[str, str, str, str]:
    """The three answers that fit least, one sentence each, and what the first two would mean for the third."""
    a, b, c = triad.items
    said = [(a, b, triad.ab), (b, c, triad.bc), (a, c, triad.ac)]
    first, second, third = (answer_sentence(study, one, other, value, language) for one, other, value in said)
    meant = answer_sentence(study, a, c, triad.ab * triad.bc, language)
    return first, second, third, text("weights_page.triad_means", language, sentence=meant)


def consistency_sentence(found: Consistency, language: str) -> str:
    """Whether the answers agree, in plain words."""
    if found.size < 3:
        return text("weights_page.agree_two", language)
    key = "agree_no" if found.ratio > found.limit else "agree_yes"
    return text(f"weights_page.{key}", language)


def consistency_figures(found: Consistency, language: str) -> str:
    """The figures behind the sentence: CR, its limit and the random index in use, GCI, Koczkodaj's index."""
    return text(
        "weights_page.figures",
        language,
        ratio=fixed(found.ratio, language, 3),
        limit=fixed(found.limit, language, 2),
        index=found.random_index,
        gci=fixed(found.gci, language, 3),
        gci_limit=fixed(found.gci_limit, language, 3),
        koczkodaj=fixed(found.koczkodaj, language, 2),
        circles=found.circular_triads,
        orders=found.order_violations,
    )
