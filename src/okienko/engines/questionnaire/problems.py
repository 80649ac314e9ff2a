"""Problems of a definition: their shape, and their texts in English as templates.

The texts are message ids for translation: ``PROBLEM_TEXTS[code].format(**params)``.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True, kw_only=True):
    """Something to repair in a definition.

    Attributes
    ----------
    code : str
        Key of ``PROBLEM_TEXTS``.
    severity : str
        ``error``: it cannot be published so. ``warning``: it can, but somebody should look.
    section, question : str
        Codes of the place; "" above them.
    path : str
        The text (a path of ``texts``) or part (``condition``, ``options``, ``option:3``, ``rows`` …).
    params : dict
        For the template.
    """

    code: str
    severity: Severity = "error"
    section: str = ""
    question: str = ""
    path: str = ""
    params: dict[str, int | float | str] = {}

    def text(self) -> str:
        """Return the problem in English."""
        return PROBLEM_TEXTS[self.code].format(**self.params)


PROBLEM_TEXTS: dict[str, str] = {
    # The whole
    "no_languages": "The questionnaire has no language.",
    "default_language": "The default language “{language}” is not among the languages.",
    "duplicate_language": "The language “{language}” is given twice.",
    "no_questions": "The questionnaire asks nothing.",
    "too_much": "There are too many {what}: {count}; at most {limit} are allowed.",
    "bad_code": "“{value}” cannot be a code: use lower-case letters, digits and single underscores.",
    "duplicate_code": "The code “{value}” is used twice.",
    "duplicate_item": "Two variables would be called “{value}”. Change the code of the question or row.",
    "empty_section": "The part has no question that is asked.",
    "role_needed": "The report needs a question with the role “{role}”, and none is asked.",
    "role_repeated": "Two questions have the role “{role}”; the report can use only one.",
    # Texts
    "missing_text": "The text is missing.",
    "missing_translation": "The text is missing in the language “{language}”.",
    "stray_language": "There is a text in “{language}”, which is not a language of the questionnaire.",
    "text_too_long": "The text is longer than {limit} characters.",
    "control_characters": "The text holds invisible control characters.",
    # Scales
    "scale_size": "A scale has 2 to 11 points; this one has {count}.",
    "scale_steps": "The points of a scale must rise by one; after {value} comes {next}.",
    "scale_ends": "The first and the last point of a scale need a label.",
    # Questions
    "unused_part": "A question of the kind “{kind}” does not use “{part}”.",
    "unknown_scale": "The scale “{value}” does not exist.",
    "no_scale": "The question needs a scale.",
    "recommendation_scale": "A recommendation question needs a scale from 0 to 10.",
    "no_rows": "The question needs at least one row.",
    "few_options": "The question needs at least two answers to choose from.",
    "duplicate_option": "The answer code {value} is used twice.",
    "negative_code": "The code {value} is negative; negative codes are kept for “don’t know” and the like.",
    "other_twice": "Only one answer can be “other” with words of one’s own.",
    "options_conditional": "Every answer has a condition, so nothing may be left to choose.",
    "choice_limits": "The limits on the number of answers contradict each other or the answers offered.",
    "exclusive_all": "Every answer excludes the others: use a single choice.",
    "number_limits": "The smallest number is bigger than the biggest.",
    "number_negative": "Numbers start at 0: negative ones are kept for “don’t know” and the like.",
    "decimals": "There may be 0 to 6 decimal places.",
    "date_limits": "The limits of the date must be dates like 2026-11-22, the earliest first.",
    "text_limit": "A text may have 1 to {limit} characters.",
    # Roles and areas
    "unknown_area": "The area “{value}” does not exist.",
    "driver_without_area": "The question is a driver of satisfaction but belongs to no area.",
    "area_without_importance": "Nobody is asked how important the area “{area}” is; other areas have it.",
    "importance_without_drivers": "The importance of the area “{area}” is asked, but nothing in it is rated.",
    "role_kind": "A question of the kind “{kind}” cannot have the role “{role}”.",
    "domain_missing": "The question is a domain; say of which sort.",
    # Conditions
    "condition_unknown": "The condition looks at “{item}”, which is not in the questionnaire.",
    "condition_later": "The condition looks at “{item}”, which is asked later.",
    "condition_off": "The condition looks at “{item}”, which is not asked.",
    "condition_operator": "“{op}” does not fit the answers of “{item}”.",
    "condition_value": "“{value}” is not an answer of “{item}”.",
    "condition_no_value": "The comparison with “{item}” has nothing to compare with.",
    "condition_empty": "A group of conditions is empty.",
    "never_shown": "The question can never appear: its conditions exclude each other.",
}
