"""Studies of other regions from their files: each file is one, what cannot be compared is told and stays out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mcda.batch.compare import check_comparable
from mcda.errors import InputError, Issue, Where
from mcda.study.model import Study
from mcda.ui.upload import File, Upload, take


@dataclass(frozen=True, slots=True)
class Gathered:
    """The studies that stand side by side, by name, the open one first; and the files left out, with all reasons."""

    studies: Mapping[str, Study]
    refused: tuple[Upload, ...]


def take_each(files: Sequence[File], language: str, today: date) -> tuple[Upload, ...]:
    """Each file read as a study of its own; a list without criteria is none."""
    return tuple(_whole(take([file], language, today)) for file in files)


def gathered(name: str, study: Study, uploads: Sequence[Upload]) -> Gathered:
    """The open study, called `name`, with those of the files that can stand beside it: read whole, not there yet, and
    on the same scales as those before."""
    studies = {name: study}
    refused: list[Upload] = []
    for upload in uploads:
        issues = upload.issues if upload.study is None else _in_the_way(studies, upload.study, stem(upload.name))
        if upload.study is None or issues:
            refused.append(replace(upload, issues=issues))
        else:
            studies[stem(upload.name)] = upload.study
    return Gathered(studies, tuple(refused))


def stem(name: str) -> str:
    """What a study is called: its file without the ending, as on the command line."""
    return name.rpartition(".")[0] or name


def _whole(upload: Upload) -> Upload:
    if upload.draft is None:
        return upload
    return replace(upload, draft=None, issues=(Issue("region_list", where=Where(upload.name)),))


def _in_the_way(studies: Mapping[str, Study], study: Study, name: str) -> tuple[Issue, ...]:
    """Why a study cannot stand beside the others."""
    if twin := next((other for other, known in studies.items() if known == study), ""):
        return (Issue("region_same_study", where=Where(name), params={"other": twin}),)
    if name in studies:
        return (Issue("region_same_name", where=Where(name), params={"value": name}),)
    try:
        check_comparable({**studies, name: study})
    except InputError as error:
        return error.issues
    return ()
