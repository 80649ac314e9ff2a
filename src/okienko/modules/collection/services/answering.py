"""A respondent sends an answer: the only write without an actor and without an audit entry."""

from __future__ import annotations

from datetime import datetime

from okienko.engines.questionnaire import Submission
from okienko.foundation.audit.commands import respondent_command
from okienko.modules.collection.answering.keys import kept_until, stored_hash
from okienko.modules.collection.answering.store import NewResponse, Outcome, store
from okienko.modules.collection.models import Mode
from okienko.modules.surveys.selectors import AnsweringLink


@respondent_command
def store_answer(
    *, link: AnsweringLink, key: str, submission: Submission, language: str, flags: list[str], at: datetime
) -> Outcome:
    """Store one answer through a link, once per key. The day is kept, the time is not."""
    values = submission.values
    return store(
        NewResponse(
            key_hash=stored_hash(key),
            kept_until=kept_until(at.date()),
            office_id=link.office_id,
            office_wave_id=link.office_wave_id,
            service_point_id=link.service_point_id,
            mode=Mode.WEB,
            language=language,
            day=at.date(),
            answers={code: value for code, value in values.items() if not isinstance(value, str)},
            texts={code: value for code, value in values.items() if isinstance(value, str)},
            flags=flags,
        )
    )
