"""The cube from an engine that the user has: one expression, the same sums, the same closed forms.

query       what is to be counted in which columns
expression  the Ibis expression; compiled to SQL it runs in DuckDB, Spark or ClickHouse
reading     the answers of the engine back into ``Cells``
through     the whole way: ``cube_through``
"""

from okienko.engines.statistics.relational.expression import profile, rows_of, sums
from okienko.engines.statistics.relational.query import CountQuery, StoredItem
from okienko.engines.statistics.relational.through import cube_through

__all__ = ["CountQuery", "StoredItem", "cube_through", "profile", "rows_of", "sums"]
