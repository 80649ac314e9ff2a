"""Rules of a draft: what an edit may lead to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from okienko.engines.questionnaire import (
    Change,
    DefinitionError,
    EditError,
    Questionnaire,
    check,
    customise,
    from_builtins,
    to_builtins,
    to_json,
)
from okienko.engines.questionnaire.definition import MAX_BYTES
from okienko.modules.questionnaires.texts import REFUSALS, problem_words, refused

#: Problems that a draft may not even be saved with; with the others one may go on working.
REFUSED = frozenset({"too_much", "text_too_long", "bad_code", "duplicate_code", "duplicate_item"})


class StaleDraft(ValidationError):
    """The draft was changed by somebody else after this form was opened."""


class NothingNew(ValidationError):
    """The draft says the same as the latest version."""


def edited(content: Questionnaire, changes: Sequence[Change]) -> Questionnaire:
    """The draft after the changes; a `ValidationError` in words when one cannot be made."""
    try:
        result = customise(content, changes)
        # what would not be read back must not be saved: a condition nested too deeply, for one
        from_builtins(to_builtins(result))
    except EditError as error:
        raise refused(error) from None
    except (DefinitionError, RecursionError):
        raise ValidationError(str(REFUSALS["bad_value"])) from None
    if len(to_json(result)) > MAX_BYTES:
        raise ValidationError(_("The questionnaire would be too long to be saved. Shorten its texts."))
    known = {(problem.code, problem.question, problem.path) for problem in check(content)}
    for problem in check(result):
        place = (problem.code, problem.question, problem.path)
        if problem.code in REFUSED and place not in known:
            raise ValidationError(problem_words(problem, result))
    return result


def fingerprint(content: Questionnaire) -> str:
    return hashlib.sha256(to_json(content)).hexdigest()
