"""Collecting ratings: a workbook and a ballot for each municipality, and their answers merged into the study."""

from mcda.study.collection.ballot import ballot_bytes
from mcda.study.collection.form import rating_workbook
from mcda.study.collection.merge import CellSummary, FileReport, Merge, Outlier, farthest, merge_ratings

__all__ = [
    "CellSummary",
    "FileReport",
    "Merge",
    "Outlier",
    "ballot_bytes",
    "farthest",
    "merge_ratings",
    "rating_workbook",
]
