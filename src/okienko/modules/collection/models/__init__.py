"""Tables of answers and of the ways in which they came."""

from okienko.modules.collection.models.entry import EntryBatch, EntryForm
from okienko.modules.collection.models.exclusion import Exclusion, Flag
from okienko.modules.collection.models.imports import ImportRun, ImportState
from okienko.modules.collection.models.remark import Remark, RemarkState
from okienko.modules.collection.models.response import Mode, Response, SubmissionKey

__all__ = [
    "EntryBatch",
    "EntryForm",
    "Exclusion",
    "Flag",
    "ImportRun",
    "ImportState",
    "Mode",
    "Remark",
    "RemarkState",
    "Response",
    "SubmissionKey",
]
