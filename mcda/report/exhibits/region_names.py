"""What several studies call the same thing: the words of the first of them that has it."""

from mcda.batch.side_by_side import SideBySide
from mcda.report.exhibits.catalogue import criterion_label, theme_label
from mcda.report.exhibits.programmes import programme_name


def criterion_word(side: SideBySide, criterion: str, language: str) -> str:
    """The criterion's name; the id where no study has it."""
    has = (r.study for r in side.results.values() if criterion in r.study.criterion_by_id)
    return next((criterion_label(study, criterion, language) for study in has), criterion)


def programme_word(side: SideBySide, programme: str, language: str) -> str:
    """The programme's name; the id where no study has it."""
    has = (r.study for r in side.results.values() if programme in r.study.programme_by_id)
    return next((programme_name(study, programme, language) for study in has), programme)


def theme_word(side: SideBySide, theme: str, language: str) -> str:
    """The theme's name; the id where no study says what it means."""
    named = (theme_label(result.study, theme, language) for result in side.results.values())
    return next((name for name in named if name != theme), theme)
