"""What is kept of a wave: the answers as compact columns, and the cube; both as Arrow tables.

An Arrow table goes into a Parquet file and comes back (who opens files does that); all that is needed to
read the columns again is in the table's metadata, with a version.

description  the metadata, checked when it is read
answers      ``pack``, ``unpack``: rows as bytes, sorted by unit
cubes        ``cube_table``, ``read_cube``: sums; cubes of days are put together by ``combine``
fingerprint  a checksum of the rows that does not depend on their order and adds up over files
"""

from okienko.engines.statistics.storage.answers import PackedAnswers, design_column, pack, spec_of, unpack
from okienko.engines.statistics.storage.cubes import (
    StoredCube,
    columns_of,
    cube_table,
    put_together,
    read_cube,
)
from okienko.engines.statistics.storage.description import (
    ANSWERS,
    CUBE,
    AnswersNote,
    CubeNote,
    ItemNote,
    kind_of,
    label_of,
    note_of,
)
from okienko.engines.statistics.storage.fingerprint import Fingerprint, fingerprint

__all__ = [
    "ANSWERS",
    "CUBE",
    "AnswersNote",
    "CubeNote",
    "Fingerprint",
    "ItemNote",
    "PackedAnswers",
    "StoredCube",
    "columns_of",
    "cube_table",
    "design_column",
    "fingerprint",
    "kind_of",
    "label_of",
    "note_of",
    "pack",
    "put_together",
    "read_cube",
    "spec_of",
    "unpack",
]
