"""What a declaration must say, and when it must be looked at again.

Source: act of 4 April 2019 on digital accessibility, articles 10 and 11, and the technical conditions of the
declaration, version 2.0 of 31 July 2024.
"""

from __future__ import annotations

from datetime import date, timedelta

# Two months before the term there is time to ask an auditor.
_REMIND = timedelta(days=60)
_ALWAYS = (
    "published_on",
    "updated_on",
    "status",
    "method",
    "prepared_on",
    "reviewed_on",
    "contact_name",
    "contact_email",
    "contact_phone",
    "architecture",
    "apps",
)


def missing(values: dict[str, object]) -> list[str]:
    """Names of the fields without which nothing may be declared, in the order of the form."""
    wanted = list(_ALWAYS)
    if values.get("status") in {"partial", "none"}:
        wanted.insert(wanted.index("method"), "gaps")
    if values.get("method") == "audit":
        wanted.insert(wanted.index("prepared_on"), "auditor")
    if values.get("apps") == "some":
        wanted.append("apps_list")
    return [name for name in wanted if not values.get(name)]


def review_due(reviewed_on: date) -> date:
    """The declaration is reviewed by 31 March of every year; a review counts for the next one's term."""
    return date(reviewed_on.year + 1, 3, 31)


def needs_reminder(reviewed_on: date, today: date) -> bool:
    return today >= review_due(reviewed_on) - _REMIND
