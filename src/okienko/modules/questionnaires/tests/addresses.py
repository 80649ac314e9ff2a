"""The rows that the addresses of questionnaires name, for the tests of who may come in."""

from __future__ import annotations

from okienko.modules.questionnaires.tests.factories import make_questionnaire, make_version

_PLAIN = (
    *("questionnaire", "preview", "draft_form", "copy", "rename", "publish", "archive", "edit", "change"),
    *("delete", "languages", "add_section", "condition", "scales", "add_scale", "add_area"),
)
_VERSIONED = ("version", "version_preview", "version_form")


def rows(office) -> dict[str, dict]:
    """Parameters by route name."""
    found = _of(make_questionnaire(office), "")
    return found | _of(make_questionnaire(office, of_network=True), "network_")


def _of(row, prefix: str) -> dict[str, dict]:
    make_version(row)
    part = row.draft["sections"][0]
    values = {name: {} for name in _PLAIN}
    values |= {name: {"number": 1} for name in _VERSIONED}
    values |= {name: {"section": part["code"]} for name in ("edit_section", "add_question")}
    values["edit_question"] = {"question": part["questions"][0]["code"]}
    values["edit_scale"] = {"scale": row.draft["scales"][0]["code"]}
    return {f"questionnaires:{prefix}{name}": {"pk": row.pk, **more} for name, more in values.items()}
