"""What stands still on the live board while weights move: the criteria tree, starting points, methods, labels."""

from collections.abc import Sequence
from typing import Any

from mcda.locale import catalogue, text
from mcda.methods import METHODS
from mcda.methods.from_pymcdm import MENU
from mcda.report.exhibits.setting import method_name
from mcda.scenario import GROUP
from mcda.study.model import Criterion, Stakeholder, Study
from mcda.weights.stored import people_with_answers

_TEXTS = "board.text."


def board_controls(study: Study, language: str) -> dict[str, Any]:
    """The board's fixed parts as JSON values: texts, criteria as a tree, starting points, methods to choose from."""
    info = study.study
    return {
        "language": language,
        "texts": {key.removeprefix(_TEXTS): t for key, t in catalogue(language).items() if key.startswith(_TEXTS)},
        "notice": (info.notice_en if language == "en" else "") or info.notice,
        "criteria": _branch(study, "", language),
        "presets": _presets(study, language),
        "methods": [{"id": name, "label": method_name(name, language)} for name in METHODS],
        "second_opinions": [
            {"id": f"pymcdm:{name}", "label": method_name(f"pymcdm:{name}", language)} for name in MENU
        ],
    }


def _branch(study: Study, parent: str, language: str) -> list[dict[str, Any]]:
    return [_node(study, study.criterion_by_id[child], language) for child in study.children.get(parent, ())]


def _node(study: Study, criterion: Criterion, language: str) -> dict[str, Any]:
    english = language == "en"
    name = (criterion.label_en if english else "") or criterion.label_de
    children = _branch(study, criterion.id, language)
    return {
        "id": criterion.id,
        "label": name,
        "description": (criterion.description_en if english else "") or criterion.description_de,
        "lock": text("board.lock", language, name=name),
        "slider": text("board.slider", language, name=name),
        "box": text("board.box", language, name=name),
        "children": children,
        "unfold": text("board.subcriteria", language, name=name, count=str(len(children))) if children else "",
    }


def _presets(study: Study, language: str) -> Sequence[dict[str, str]]:
    """The study's own weights first, then the group, then everybody who has said how important the criteria are."""
    spoken = people_with_answers(study)
    own = {"id": "", "label": text("board.as_study", language), "description": ""}
    about = {"label": text("board.group", language), "description": text("board.group_help", language)}
    group = [{"id": GROUP} | about] if len(spoken) > 1 else []
    return [own, *group, *(_preset(who, language) for who in study.stakeholders if who.id in spoken)]


def _preset(who: Stakeholder, language: str) -> dict[str, str]:
    english = language == "en"
    return {
        "id": who.id,
        "label": (who.label_en if english else "") or who.label_de,
        "description": (who.description_en if english else "") or who.description_de,
    }
