"""Tables that people send: CSV and XLSX, read with suspicion; all or nothing, each problem with its place."""

from okienko.foundation.files.tables.model import Choices, Limits, Table, TableFault, TableProblem
from okienko.foundation.files.tables.reading import ENCODINGS, read_table

__all__ = ["ENCODINGS", "Choices", "Limits", "Table", "TableFault", "TableProblem", "read_table"]
