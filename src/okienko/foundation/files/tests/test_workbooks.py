"""Workbooks: honest ones read as people see them, hostile ones refused with a reason and without harm."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from okienko.foundation.files.tables import Choices, Limits, TableFault, read_table
from okienko.foundation.files.tests.hostile import (
    HEADER,
    MAIN,
    SHEET,
    bomb,
    changed,
    marked_as_encrypted,
    overlapping_bomb,
    packed,
    with_entity,
    with_sheet,
    workbook,
)

QUADRATIC = '<!ENTITY x "' + "x" * 50_000 + '">'
LAUGHS = "".join(
    f'<!ENTITY x{number} "{f"&x{number - 1};" * 10 if number else "lol"}">' for number in range(10)
)


def problems(content: bytes, name: str = "dane.xlsx", **options) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(TableFault) as fault:
        read_table(content, name, **options)
    assert all(problem.message for problem in fault.value.problems)
    return [(problem.code, problem.row, problem.column) for problem in fault.value.problems]


def test_cells_are_read_as_people_see_them():
    content = workbook(
        [
            ["tekst", "liczba", "data", "godzina", "tak", "puste"],
            [" Zażółć ", 4.0, date(2026, 11, 22), time(7, 30), True, None],
            ["=SUM(A1)", 0.1 + 0.2, datetime(2026, 11, 22, 7, 30), time(0, 5), False, ""],  # noqa: DTZ001 - workbooks know no zones
            ["007", 1e21, None, None, None, None],
            [None, -12.50, None, None, None, 1e-7],
        ]
    )
    table = read_table(content, "dane.xlsx")
    assert table.rows == [
        ["Zażółć", "4", "2026-11-22", "07:30:00", "TRUE", None],
        ["=SUM(A1)", "0.3", "2026-11-22T07:30:00", "00:05:00", "FALSE", None],
        ["007", "1000000000000000000000", None, None, None, None],
        [None, "-12.5", None, None, None, "0.0000001"],
    ]
    assert (table.sheet, table.sheets, table.encoding) == ("Dane", ("Dane",), "")


def test_row_numbers_are_those_of_the_sheet_and_empty_rows_are_left_out():
    table = read_table(workbook([[None], [None], ["a", "b"], [1, 2], [None, None], [3, None]]), "dane.xlsx")
    assert (table.header, table.rows, table.row_numbers) == (["a", "b"], [["1", "2"], ["3", None]], [4, 6])


def test_the_first_sheet_with_cells_is_read_unless_another_is_asked_for():
    content = workbook([], sheets={"Puste": [], "Oceny": [["a"], [1]], "Uwagi": [["b"], [2]]})
    table = read_table(content, "dane.xlsx")
    assert (table.sheet, table.header, table.sheets) == ("Oceny", ["a"], ("Puste", "Oceny", "Uwagi"))
    assert read_table(content, "dane.xlsx", choices=Choices(sheet="Uwagi")).header == ["b"]
    assert problems(content, choices=Choices(sheet="Brak")) == [("no_sheet", None, None)]
    assert problems(workbook([], sheets={"Puste": []})) == [("no_sheets", None, None)]


def test_a_hidden_sheet_is_not_taken_by_itself():
    content = changed(
        workbook([], sheets={"Tajne": [["x"], [1]], "Jawne": [["a"], [1]]}),
        lambda parts: parts.update(
            {
                "xl/workbook.xml": parts["xl/workbook.xml"].replace(
                    b'name="Tajne"', b'name="Tajne" state="hidden"'
                )
            }
        ),
    )
    assert read_table(content, "dane.xlsx").sheet == "Jawne"


def test_a_formula_is_its_result_and_without_one_a_problem_with_its_address():
    cells = '<c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c>'
    rows = (
        f'<row r="1">{cells}</row><row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><v>5</v></c></row>'
        '<row r="3"><c r="A3"><v>1</v></c><c r="B3"><f>A1+1</f></c></row>'
        '<row r="7"><c r="A7"><f>NOW()</f></c></row>'
    )
    assert problems(with_sheet(rows)) == [("formula", 3, 2), ("formula", 7, 1)]
    assert read_table(with_sheet(rows.split('<row r="3">')[0]), "dane.xlsx").rows == [["2", "5"]]


def test_a_formula_whose_result_is_empty_is_an_empty_cell():
    rows = f'<row r="1">{cell("A1")}{cell("B1").replace(">a<", ">b<")}</row>'
    rows += '<row r="2"><c r="A2" t="str"><f>IF(1,"","x")</f><v></v></c><c r="B2"><v>1</v></c></row>'
    assert read_table(with_sheet(rows), "dane.xlsx").rows == [[None, "1"]]


def test_workbooks_of_other_programs_are_read_too():
    """Prefixed elements, cells without addresses, texts in pieces with hints on pronunciation, ISO dates."""
    rows = (
        '<x:row><x:c t="inlineStr"><x:is><x:r><x:t>Za</x:t></x:r><x:r><x:t>żółć</x:t></x:r>'
        "<x:rPh><x:t>hint</x:t></x:rPh></x:is></x:c>"
        '<x:c t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row>'
        '<x:row><x:c t="d"><x:v>2026-11-22T00:00:00</x:v></x:c>'
        '<x:c t="str"><x:v>a_x000D_b</x:v></x:c></x:row>'
    )
    xml = f'{HEADER}<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    content = changed(workbook([["a"]]), lambda parts: parts.update({SHEET: xml.encode()}))
    table = read_table(content, "dane.xlsx")
    assert (table.header, table.rows) == (["Zażółć", "b"], [["2026-11-22", "a\rb"]])


def test_an_error_shown_in_a_cell_is_a_problem():
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#DIV/0!</v></c></row>'
    )
    with pytest.raises(TableFault) as fault:
        read_table(with_sheet(rows), "dane.xlsx")
    [problem] = fault.value.problems
    assert (problem.code, problem.place) == ("error_value", "A2") and "#DIV/0!" in problem.message


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bomb(60_000_000), "bomb"),
        (overlapping_bomb(1_000), "bomb"),
        (
            packed(
                {"[Content_Types].xml": b"", "xl/workbook.xml": b""} | {f"xl/{n}": b"" for n in range(2_100)}
            ),
            "bomb",
        ),
        (with_entity(QUADRATIC, "&x;" * 20_000), "declarations"),
        (with_entity(LAUGHS, "&x9;"), "declarations"),
        (with_entity('<!ENTITY x SYSTEM "file:///etc/hostname">'), "declarations"),
        (with_entity('<!ENTITY x SYSTEM "http://127.0.0.1:9/">'), "declarations"),
        (with_entity('<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;', "a"), "declarations"),
        (
            changed(
                workbook([["a"]]),
                lambda parts: parts.update({SHEET: parts[SHEET].decode().encode("utf-16")}),
            ),
            "declarations",
        ),
        (changed(workbook([["a"]]), lambda parts: parts.update({"xl/vbaProject.bin": b"x"})), "macros"),
        (workbook([["a"], [1]])[:-300], "broken_workbook"),
        (workbook([["a"], [1]])[:100], "broken_workbook"),
        (
            changed(workbook([["a"]]), lambda parts: parts.update({SHEET: b"<worksheet><sheetData>"})),
            "broken_workbook",
        ),
        (changed(workbook([["a"]]), lambda parts: parts.pop("xl/workbook.xml")), "broken_workbook"),
        (packed({"a.txt": b"a"}), "broken_workbook"),
        (marked_as_encrypted(workbook([["a"]])), "locked_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "locked_workbook",
        ),
        (b"<html><table></table></html>", "name_says_workbook"),
        (b"a;b\n1;2\n", "name_says_workbook"),
        (b"", "empty"),
    ],
)
def test_hostile_and_damaged_workbooks_are_refused_with_a_reason(content, code):
    assert problems(content) == [(code, None, None)]


def test_a_workbook_that_calls_itself_csv_is_told_so():
    assert problems(workbook([["a"]]), "dane.csv") == [("name_says_text", None, None)]


def cell(address: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>a</t></is></c>'


@pytest.mark.parametrize(
    ("rows", "limits", "found"),
    [
        (f'<row r="1">{cell("A1")}{cell("XFD1")}</row>', Limits(), [("too_many_columns", 1, None)]),
        (f'<row r="1">{cell("A1")}{cell("ZZZZ1")}</row>', Limits(), [("too_many_columns", 1, None)]),
        (f'<row r="1">{cell("A1")}{cell("żółć1")}</row>', Limits(), [("broken_workbook", None, None)]),
        (f'<row r="1">{"".join(cell(f"A{n}") for n in range(1, 9))}</row>', Limits(), None),
        (
            "".join(f'<row r="{n}">{cell(f"A{n}")}</row>' for n in range(1, 9)),
            Limits(rows=5),
            [("too_many_rows", None, None)],
        ),
        (
            f'<row r="1">{cell("A1")}</row><row r="9">{cell("A9")}{cell("C9")}</row>',
            Limits(),
            [("row_long", 9, None)],
        ),
    ],
)
def test_sheets_of_absurd_size_are_refused(rows, limits, found):
    if found is None:
        assert read_table(with_sheet(rows), "dane.xlsx", limits=limits).header == ["a"]
    else:
        assert problems(with_sheet(rows), limits=limits) == found


def test_a_declared_size_of_millions_of_cells_costs_nothing():
    content = changed(
        workbook([["a"], [1]]),
        lambda parts: parts.update({SHEET: parts[SHEET].replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')}),
    )
    assert read_table(content, "dane.xlsx").rows == [["1"]]


def test_what_eats_memory_or_time_is_ended_and_told():
    rows = "".join(f'<row r="{n}">{cell(f"A{n}")}</row>' for n in range(1, 400_000))
    assert problems(with_sheet(rows), limits=Limits(seconds=1, rows=10**9)) == [("too_slow", None, None)]
    long = '<row r="1">' + cell("A1").replace(">a<", ">" + "a" * 45_000_000 + "<") + "</row>"
    assert problems(with_sheet(long), limits=Limits(memory=100_000_000)) == [("too_much_memory", None, None)]


def test_only_the_first_rows_are_read_when_only_they_are_wanted():
    content = workbook([["a"], [1], [2], [3]])
    table = read_table(content, "dane.xlsx", head=2)
    assert (table.rows, table.truncated) == ([["1"], ["2"]], True)
    assert not read_table(content, "dane.xlsx", head=3).truncated
