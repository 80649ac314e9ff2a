"""The engine's problems as texts for translation; a test keeps them equal to the engine's own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "no_languages": _("The questionnaire has no language."),
    "default_language": _("The default language “{language}” is not among the languages."),
    "duplicate_language": _("The language “{language}” is given twice."),
    "no_questions": _("The questionnaire asks nothing."),
    "too_much": _("There are too many {what}: {count}; at most {limit} are allowed."),
    "bad_code": _("“{value}” cannot be a code: use lower-case letters, digits and single underscores."),
    "duplicate_code": _("The code “{value}” is used twice."),
    "duplicate_item": _("Two variables would be called “{value}”. Change the code of the question or row."),
    "empty_section": _("The part has no question that is asked."),
    "role_needed": _("The report needs a question with the role “{role}”, and none is asked."),
    "role_repeated": _("Two questions have the role “{role}”; the report can use only one."),
    "missing_text": _("The text is missing."),
    "missing_translation": _("The text is missing in the language “{language}”."),
    "stray_language": _("There is a text in “{language}”, which is not a language of the questionnaire."),
    "text_too_long": _("The text is longer than {limit} characters."),
    "control_characters": _("The text holds invisible control characters."),
    "scale_size": _("A scale has 2 to 11 points; this one has {count}."),
    "scale_steps": _("The points of a scale must rise by one; after {value} comes {next}."),
    "scale_ends": _("The first and the last point of a scale need a label."),
    "unused_part": _("A question of the kind “{kind}” does not use “{part}”."),
    "unknown_scale": _("The scale “{value}” does not exist."),
    "no_scale": _("The question needs a scale."),
    "recommendation_scale": _("A recommendation question needs a scale from 0 to 10."),
    "no_rows": _("The question needs at least one row."),
    "few_options": _("The question needs at least two answers to choose from."),
    "duplicate_option": _("The answer code {value} is used twice."),
    "negative_code": _(
        "The code {value} is negative; negative codes are kept for “don’t know” and the like."
    ),
    "other_twice": _("Only one answer can be “other” with words of one’s own."),
    "options_conditional": _("Every answer has a condition, so nothing may be left to choose."),
    "choice_limits": _("The limits on the number of answers contradict each other or the answers offered."),
    "exclusive_all": _("Every answer excludes the others: use a single choice."),
    "number_limits": _("The smallest number is bigger than the biggest."),
    "number_negative": _("Numbers start at 0: negative ones are kept for “don’t know” and the like."),
    "decimals": _("There may be 0 to 6 decimal places."),
    "date_limits": _("The limits of the date must be dates like 2026-11-22, the earliest first."),
    "text_limit": _("A text may have 1 to {limit} characters."),
    "unknown_area": _("The area “{value}” does not exist."),
    "driver_without_area": _("The question is a driver of satisfaction but belongs to no area."),
    "area_without_importance": _("Nobody is asked how important the area “{area}” is; other areas have it."),
    "importance_without_drivers": _(
        "The importance of the area “{area}” is asked, but nothing in it is rated."
    ),
    "role_kind": _("A question of the kind “{kind}” cannot have the role “{role}”."),
    "domain_missing": _("The question is a domain; say of which sort."),
    "condition_unknown": _("The condition looks at “{item}”, which is not in the questionnaire."),
    "condition_later": _("The condition looks at “{item}”, which is asked later."),
    "condition_off": _("The condition looks at “{item}”, which is not asked."),
    "condition_operator": _("“{op}” does not fit the answers of “{item}”."),
    "condition_value": _("“{value}” is not an answer of “{item}”."),
    "condition_no_value": _("The comparison with “{item}” has nothing to compare with."),
    "condition_empty": _("A group of conditions is empty."),
    "never_shown": _("The question can never appear: its conditions exclude each other."),
}
