"""How a council speaks of itself and its municipality: by the kind of municipality, or for several together."""

from dataclasses import dataclass

from mcda.locale import has_text, text
from mcda.study.model import Study


@dataclass(frozen=True, slots=True)
class Voice:
    """`key`: 'one' for one municipality, 'alliance' for several together, 'body' where none is known. `body` as in a
    heading, `the_body` as a sentence begins, `home` and `of_home` (genitive) within one."""

    key: str
    municipality: str
    body: str
    the_body: str
    home: str
    of_home: str


def voice_of(study: Study, municipality: str, language: str) -> Voice:
    """The voice of that municipality's council; without one, of the study's only municipality, of the alliance, or of
    whoever decides."""
    if not municipality and len(study.municipalities) == 1:
        municipality = study.municipalities[0].id
    if municipality:
        row = study.municipality_by_id[municipality]
        kind = row.kind if has_text(f"voice.{row.kind}.body", language) else "other"
        word = text(f"voice.{kind}.word", language)
        return _voice("one", municipality, kind, row.name.removeprefix(f"{word} "), language)
    if study.municipalities:
        return _voice("alliance", "", "alliance" if study.study.region else "partners", study.study.region, language)
    return _voice("body", "", "nobody", study.study.title, language)


def _voice(key: str, municipality: str, kind: str, name: str, language: str) -> Voice:
    body, the_body, home, of_home = (
        text(f"voice.{kind}.{part}", language, name=name) for part in ("body", "the_body", "home", "of_home")
    )
    return Voice(key, municipality, body, the_body, home, of_home)
