"""Problems of an import in words: where, what, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MESSAGES = {
    "unknown_value": gettext_lazy(
        "“%(value)s” is not an answer to question %(item)s. Say what it means, name it a missing code, "
        "or correct the file."
    ),
    "refused": gettext_lazy("%(words)s"),
    "no_answer": gettext_lazy("There is no answer in this row. Delete the row or check the columns."),
    "no_rows": gettext_lazy("There are no rows below the names of columns."),
    "no_day": gettext_lazy("There is no day. Choose a column with the day, or give one day for all rows."),
    "bad_day": gettext_lazy("“%(value)s” is not a day. Write it as 2026-11-22 or 22.11.2026."),
    "day_outside": gettext_lazy("%(value)s lies outside of the wave (%(first)s–%(last)s)."),
    "unknown_point": gettext_lazy(
        "There is no service point “%(value)s” in this wave. Use its code or name."
    ),
    "bad_weight": gettext_lazy("“%(value)s” is not a weight. A weight is a number above zero."),
    "bad_language": gettext_lazy("The questionnaire has no language “%(value)s”; it has: %(known)s."),
    "too_long": gettext_lazy("The text is longer than %(most)s characters. Shorten it."),
}


def problem_words(code: str, params: Mapping[str, Any]) -> str:
    return str(MESSAGES[code]) % params


def place_words(row: int, column: str) -> str:
    if column:
        return _("row %(row)s, column %(column)s") % {"row": row, "column": column}
    return _("row %(row)s") % {"row": row}
