"""What a person is told of a table's problem: where, what, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    # the file
    "empty": _("The file is empty. Choose the file again."),
    "too_large": _(
        "The file is too large: at most %(limit)s MB are read. Leave out what is not needed, or split it."
    ),
    "not_a_table": _("This is neither a CSV file nor an XLSX workbook. Save the table as one of these."),
    "name_says_text": _(
        "The name says CSV, but this is an Excel workbook. Rename the file so that it ends with .xlsx, "
        "or save it as CSV."
    ),
    "name_says_workbook": _(
        "The name says XLSX, but this is no Excel workbook. Open it in the program that made it "
        "and save it as XLSX."
    ),
    "old_workbook": _(
        "This is a workbook of the old XLS kind. Open it in a spreadsheet program and save it as XLSX or CSV."
    ),
    "locked_workbook": _(
        "The workbook is locked with a password. Open it, take the password off, and save it again as XLSX."
    ),
    "macros": _(
        "The workbook contains macros, and such files are not taken. Save it as XLSX without macros."
    ),
    "broken_workbook": _(
        "The workbook is damaged or cut off. Open it in a spreadsheet program, save it anew, and send "
        "that file."
    ),
    "bomb": _(
        "Unpacked, the workbook would be unusually large, so it was not opened. Copy the cells that are "
        "needed "
        "to a new workbook."
    ),
    "declarations": _(
        "The workbook contains declarations that no spreadsheet program writes, so it was not opened. "
        "Copy the cells to a new workbook."
    ),
    "too_slow": _(
        "Reading the workbook took too long. Copy only the cells that are needed to a new workbook."
    ),
    "too_much_memory": _("The workbook is too large to be read. Split it, or save it as CSV."),
    "no_sheet": _("There is no sheet “%(sheet)s” in the workbook. It has these: %(sheets)s."),
    "no_sheets": _(
        "There is no visible sheet with cells in the workbook. Check that you chose the right file."
    ),
    # text
    "encoding": _(
        "Row %(row)s: the file is not written in %(encoding)s. Choose another encoding, or save it as "
        "“CSV UTF-8”."
    ),
    "mixed_encoding": _(
        "Row %(row)s: the file is in UTF-8, but here are bytes that are not. It may be damaged or cut off; "
        "save it again as “CSV UTF-8”."
    ),
    "unknown_encoding": _("The encoding %(encoding)s is not known. Choose one of these: %(encodings)s."),
    "nul": _("Row %(row)s: there is a zero byte, which no text has. Save the file again as “CSV UTF-8”."),
    "quotes": _(
        "Row %(row)s: a quotation mark is opened and not closed, or stands in the wrong place. Inside of a "
        "quoted cell write it twice."
    ),
    # the table
    "no_header": _("The table has no rows. The first row must hold the names of the columns."),
    "header_empty": _(
        "Column %(column)s has no name in the first row (%(row)s). Give it one, or clear the column."
    ),
    "header_twice": _(
        "Columns %(first)s and %(column)s have the same name, “%(name)s”. Each column needs a name of "
        "its own."
    ),
    "too_many_columns": _(
        "Row %(row)s has %(found)s cells, and at most %(limit)s are read. Leave out columns that are not "
        "needed."
    ),
    "too_many_rows": _("The table has more than %(limit)s rows. Split it into several files."),
    "too_many_cells": _(
        "The table has more than %(limit)s cells. Leave out columns that are not needed, or split it."
    ),
    "cell_too_long": _("Cell %(place)s is longer than %(limit)s characters. Shorten it."),
    "row_short": _(
        "Row %(row)s has %(found)s cells, but the first row has %(expected)s. Check the separators and "
        "quotation marks."
    ),
    "row_long": _(
        "Row %(row)s has %(found)s cells, but the first row has %(expected)s. Check the separators and "
        "quotation marks, "
        "or name the columns that are missing."
    ),
    "formula": _(
        "Cell %(place)s holds a formula without a result. Open the workbook in a spreadsheet program and "
        "save it, "
        "or put the value in place of the formula."
    ),
    "error_value": _("Cell %(place)s shows the error %(value)s. Correct the formula, or clear the cell."),
}
