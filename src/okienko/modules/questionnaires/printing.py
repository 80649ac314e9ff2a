"""The paper form for the counter: a tagged PDF of a version or of a draft."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from okienko.engines.questionnaire import Questionnaire as Definition
from okienko.engines.questionnaire import from_builtins, paper_form
from okienko.foundation.print import compile_pdf
from okienko.modules.questionnaires.models import Questionnaire, QuestionnaireVersion

_WORDS = {
    "pl": {
        "correcting": "Pomyłka? Proszę zamalować całą kratkę i zaznaczyć właściwą.",
        "page": "Strona {page} z {pages}",
        "draft": "szkic",
        "version": "wersja {}",
    },
    "en": {
        "correcting": "A mistake? Fill the whole box in and mark the right one.",
        "page": "Page {page} of {pages}",
        "draft": "draft",
        "version": "version {}",
    },
    "uk": {
        "correcting": "Помилка? Зафарбуйте всю клітинку й позначте правильну.",
        "page": "Сторінка {page} з {pages}",
        "draft": "чернетка",
        "version": "версія {}",
    },
}


def form_pdf(version: QuestionnaireVersion, language: str = "", *, office: str = "") -> bytes:
    """The blank form of a published version; the same version gives the same bytes.

    A language that the version does not have gives its main one.
    """
    content = from_builtins(version.definition)
    return _pdf(content, language, office, at=version.published_at, number=version.number)


def draft_pdf(questionnaire: Questionnaire, language: str = "", *, office: str = "", at: datetime) -> bytes:
    """The form of the draft, marked as one."""
    return _pdf(from_builtins(questionnaire.draft), language, office, at=at, number=None)


def _pdf(content: Definition, language: str, office: str, *, at: datetime, number: int | None) -> bytes:
    language = language if language in content.languages else content.default_language
    words = _WORDS.get(language, _WORDS["en"])
    title = content.title.get(language) or content.title.get(content.default_language, "")
    data = {
        "title": title or content.code,
        "blocks": [asdict(block) for block in paper_form(content, language)],
        "correcting": words["correcting"],
        "words": {"page": words["page"]},
        "footer": words["version"].format(number) if number else words["draft"],
    }
    if office:
        data["office"] = office
    if number is None:
        data["draft"] = words["draft"]
    return compile_pdf("form", data, at=at, language=language)
