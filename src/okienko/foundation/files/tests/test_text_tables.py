"""Text tables: encodings told honestly, separators found, damage told by row, nothing half-read."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from okienko.foundation.files.exports import write_csv
from okienko.foundation.files.tables import ENCODINGS, Choices, Limits, TableFault, read_table
from okienko.foundation.files.tables.messages import MESSAGES
from okienko.foundation.files.tables.model import TableProblem, column_letters

POLISH = "Źródło;Ocena\nPani Śląska: „Żółć”;5\ngęślą jaźń;4\n"
LATIN = "Źródło;Ocena\nPani Śląska;5\ngęślą jaźń;4\n"


def problems(content: bytes, name: str = "dane.csv", **options) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(TableFault) as fault:
        read_table(content, name, **options)
    return [(problem.code, problem.row, problem.column) for problem in fault.value.problems]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (POLISH.encode(), "utf-8"),
        (POLISH.encode("utf-8-sig"), "utf-8"),
        (POLISH.encode("utf-16"), "utf-16"),
        (POLISH.encode("utf-16-be"), "utf-16"),
        (POLISH.encode("utf-16-le"), "utf-16"),
        (POLISH.encode("cp1250"), "windows-1250"),
    ],
)
def test_polish_text_is_read_in_the_encoding_it_is_in(content, encoding):
    table = read_table(content, "dane.csv")
    assert table.header == ["Źródło", "Ocena"]
    assert table.rows == [["Pani Śląska: „Żółć”", "5"], ["gęślą jaźń", "4"]]
    assert (table.encoding, table.encoding_certain, table.delimiter) == (encoding, True, ";")
    assert table.row_numbers == [2, 3]


def test_iso_8859_2_is_told_from_windows_1250():
    table = read_table(LATIN.encode("iso-8859-2"), "dane.csv")
    assert table.rows[0] == ["Pani Śląska", "5"]
    assert (table.encoding, table.encoding_certain) == ("iso-8859-2", True)


def test_where_both_say_the_same_there_is_no_doubt():
    table = read_table("Imię;Ocena\nŁucja;5\n".encode("cp1250"), "dane.csv")
    assert table.rows == [["Łucja", "5"]] and table.encoding_certain


def test_an_encoding_that_cannot_be_told_is_not_called_certain_and_may_be_chosen():
    content = "Питання;Оцінка\nЧи задоволені;5\n".encode("cp1251")
    assert not read_table(content, "dane.csv").encoding_certain
    assert read_table(content, "dane.csv", choices=Choices(encoding="windows-1251")).header == [
        "Питання",
        "Оцінка",
    ]


def test_a_chosen_encoding_that_does_not_fit_is_told_by_row():
    assert problems(POLISH.encode("cp1250"), choices=Choices(encoding="utf-8")) == [("encoding", 1, None)]
    assert problems(b"a;b\n1;2\n\x81;3\n", choices=Choices(encoding="windows-1250")) == [
        ("encoding", 3, None)
    ]
    assert problems(b"a;b\n", choices=Choices(encoding="klingon")) == [("unknown_encoding", None, None)]


def test_utf_8_with_damage_is_not_taken_for_another_encoding():
    damaged = (POLISH * 5).encode() + b"\xc5;1\n"
    assert problems(damaged) == [("mixed_encoding", 16, None)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_separator_is_found_though_cells_hold_the_others(delimiter):
    rows = [["a", "b", "c"], ["1,5; 2|3\tx", "ą", "y"], ['mówi "tak"', "", "z"]]
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    table = read_table("\r\n".join(lines).encode(), "dane.csv")
    assert table.delimiter == delimiter
    assert table.rows == [["1,5; 2|3\tx", "ą", "y"], ['mówi "tak"', None, "z"]]


def test_polish_decimal_commas_do_not_pass_for_separators():
    table = read_table(b"a;b\n1,5;2,5\n3,5;4,5\n", "dane.csv")
    assert (table.delimiter, table.rows) == (";", [["1,5", "2,5"], ["3,5", "4,5"]])


def test_one_column_needs_no_separator():
    assert read_table(b"uwagi\nwszystko dobrze\n", "dane.csv").rows == [["wszystko dobrze"]]


def test_excels_own_first_line_is_no_row():
    table = read_table(b"sep=,\r\na,b\r\n1,2\r\n", "dane.csv")
    assert (table.header, table.rows, table.row_numbers) == (["a", "b"], [["1", "2"]], [3])


def test_cells_over_several_lines_keep_the_row_numbers_of_the_file():
    table = read_table(b'a;b\n"x\ny";1\n\nz;2\n', "dane.csv")
    assert table.rows == [["x\ny", "1"], ["z", "2"]]
    assert table.row_numbers == [2, 5]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", [("empty", None, None)]),
        (b"\n\n;;\n", [("no_header", None, None)]),
        (b"a;b\n1;2\n3\n4;5;6\n", [("row_short", 3, None), ("row_long", 4, None)]),
        (b"a;b;A\n1;2;3\n", [("header_twice", 1, 3)]),
        (b"\na;;c\n1;2;3\n", [("header_empty", 2, 2)]),
        (b'a;b\n1;2\n"3;4\n5;6\n', [("quotes", 3, None)]),
        (b'a;b\n1;2\n"3"x;4\n', [("quotes", 3, None)]),
        (b"a;b\n1;\0\n", [("nul", 2, None)]),
        (b"PK\x03\x04" + b"x" * 50, [("not_a_table", None, None)]),
        (b"%PDF-1.7", [("not_a_table", None, None)]),
        (b"\x89PNG\r\n\x1a\n", [("not_a_table", None, None)]),
    ],
)
def test_damage_is_told_with_its_place(content, found):
    assert problems(content) == found


def test_all_problems_are_told_at_once_the_first_hundred_in_full():
    with pytest.raises(TableFault) as fault:
        read_table(b"a;b\n" + b"1\n" * 250 + b'"', "dane.csv")
    assert (len(fault.value.problems), fault.value.count) == (100, 251)


def test_empty_columns_that_spreadsheets_leave_behind_go():
    table = read_table(b"a;b;;\n1;2;;\n3;4;;\n", "dane.csv")
    assert (table.header, table.rows) == (["a", "b"], [["1", "2"], ["3", "4"]])


@pytest.mark.parametrize(
    ("content", "limits", "found"),
    [
        (b"a;b\n1;2\n", Limits(size=5), [("too_large", None, None)]),
        (b"a\n" + b"1\n" * 4, Limits(rows=3), [("too_many_rows", None, None)]),
        (b"a;b;c\n1;2;3\n", Limits(columns=2), [("too_many_columns", 1, None)]),
        (b"a;b\n1;2\n3;4\n5;6\n", Limits(cells=4), [("too_many_cells", None, None)]),
        (b"a;b\n1;" + b"x" * 60 + b"\n", Limits(characters=50), [("cell_too_long", 2, 2)]),
        (b";" * 1_000_000, Limits(), [("no_header", None, None)]),
        (b"a" + b";a" * 1_000_000, Limits(), [("too_many_columns", 1, None)]),
        (b'a;b\n1;"' + b"x" * 200_000 + b'"\n', Limits(), [("cell_too_long", 2, 1)]),
    ],
)
def test_what_is_too_much_is_not_read(content, limits, found):
    assert problems(content, limits=limits) == found


def test_only_the_first_rows_are_read_when_only_they_are_wanted():
    table = read_table(b"a\n1\n2\n3\n", "dane.csv", head=2)
    assert (table.rows, table.truncated) == ([["1"], ["2"]], True)
    assert not read_table(b"a\n1\n2\n", "dane.csv", head=2).truncated


def test_every_message_can_be_filled_and_says_the_place():
    for code, message in MESSAGES.items():
        problem = TableProblem(
            code,
            7,
            28,
            {
                name: f"<{name}>"
                for name in ("limit", "found", "expected", "first", "name", "value", "sheet", "sheets")
            }
            | {"encoding": "x", "encodings": "y"},
        )
        with translation.override("en"):
            said = problem.message
        assert "%" not in said and said.endswith("."), code
        if "%(row)s" in str(message):
            assert "7" in said
        if "%(place)s" in str(message):
            assert "AB7" in said


def test_messages_speak_polish_with_polish_numbers():
    problem = TableProblem("too_many_rows", params={"limit": 200_000})
    with translation.override("pl"):
        assert problem.message.replace("\xa0", " ").startswith("Liczba wierszy tabeli przekracza 200 000.")


def test_columns_are_called_as_spreadsheets_call_them():
    assert [column_letters(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs", "Cc")), max_size=12
).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_is_written_is_read_back(rows):
    table = read_table(write_csv(["a", "b", "c"], rows), "dane.csv")
    read_back = [
        ["" if cell is None else cell.removeprefix("'").strip() for cell in row] for row in table.rows
    ]
    assert read_back == [[cell.removeprefix("'").strip() for cell in row] for row in rows if any(row)]


@given(st.binary(max_size=300), st.sampled_from([None, *ENCODINGS]))
def test_whatever_comes_there_is_a_table_or_a_fault_with_messages(content, encoding):
    try:
        table = read_table(content, "dane.csv", choices=Choices(encoding=encoding))
    except TableFault as fault:
        assert all(problem.message for problem in fault.problems) and fault.problems
    else:
        assert all(len(row) == len(table.header) for row in table.rows)
        assert len(table.rows) == len(table.row_numbers)
