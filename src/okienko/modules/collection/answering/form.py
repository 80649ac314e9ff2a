"""A published version compiled for one language: what a page of it needs, made once per process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape

from okienko.engines.questionnaire import (
    Page,
    Questionnaire,
    Validator,
    compile_validator,
    estimated_minutes,
    from_builtins,
    items,
    message,
    pages,
    references,
)
from okienko.modules.collection.answering.markup import Compiled, Data, State
from okienko.modules.collection.answering.questions import QuestionWriter

PAGED_FROM = 9  # questions; a shorter questionnaire is one page


class CompiledForm:
    """One questionnaire in one language.

    Attributes
    ----------
    pages : tuple of Page
    fields : dict of page index → names of its form fields
    """

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.questionnaire, self.language = questionnaire, language
        self.pages: tuple[Page, ...] = pages(questionnaire)
        writer = QuestionWriter(questionnaire, language)
        asked = {question.code: question for question in questionnaire.questions()}
        self._questions: dict[str, Compiled] = {
            code: writer.write(asked[code]) for page in self.pages for code in page.questions
        }
        self._heads = {page.index: self._head(writer, page) for page in self.pages}
        self._blank = {page.index: self._static(page) for page in self.pages}
        self.fields = _fields_by_page(questionnaire, self.pages)
        self._conditional = {
            code
            for page in self.pages
            for code in page.questions
            if asked[code].condition or any(option.condition for option in asked[code].options)
        }
        self._same_page = {
            code
            for page in self.pages
            for code in page.questions
            if _looks_at(asked[code], page, questionnaire)
        }
        count = sum(1 for question in asked.values() if question.kind != "information" and question.enabled)
        self.paged = count >= PAGED_FROM and len(self.pages) > 1
        self.minutes = estimated_minutes(questionnaire)
        self.title = writer.say(questionnaire.title)
        self.intro = writer.say(questionnaire.intro)
        self.thanks = writer.say(questionnaire.thanks)

    def blank(self, page: int) -> bytes:
        """The page as it is before anything was answered."""
        return self._blank[page]

    def body(self, indexes: Iterable[int], state: State, shown: frozenset[str]) -> bytes:
        """Pages with the given answers and messages; questions that earlier answers hide are left out."""
        found = []
        for index in indexes:
            found.append(self._heads[index])
            for code in self.pages[index].questions:
                if code in shown or code in self._same_page:
                    found.append(self._questions[code].render(state))
        return b"".join(found)

    def carried(self, data: Data, shown_pages: Iterable[int]) -> bytes:
        """Hidden inputs for answers of pages that are not shown now, so that going back loses nothing."""
        here = set(shown_pages)
        names = (name for index, names in self.fields.items() if index not in here for name in names)
        return "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name in names
            for value in data.get(name, ())
            if value
        ).encode()

    def _head(self, writer: QuestionWriter, page: Page) -> bytes:
        section = next(part for part in self.questionnaire.sections if part.code == page.section)
        title, intro = writer.say(section.title), writer.say(section.intro)
        head = f'<div class="a-sec"><h2 class="a-h">{title}</h2>' if title else '<div class="a-sec">'
        return (head + (f'<p class="a-help">{intro}</p>' if intro else "") + "</div>").encode()

    def _static(self, page: Page) -> bytes:
        return self._heads[page.index] + b"".join(self._questions[code].blank for code in page.questions)


def _looks_at(question, page: Page, questionnaire: Questionnaire) -> bool:
    """Does a question's condition depend on an answer of its own page? Then it stands there in any case."""
    wanted = set(references(question.condition))
    here = {item.code for item in items(questionnaire) if item.question in page.questions} | set(
        page.questions
    )
    return bool(wanted & here)


def _fields_by_page(
    questionnaire: Questionnaire, of_pages: tuple[Page, ...]
) -> Mapping[int, tuple[str, ...]]:
    place = {code: page.index for page in of_pages for code in page.questions}
    found: dict[int, dict[str, None]] = {page.index: {} for page in of_pages}
    for item in items(questionnaire):
        names = found[place[item.question]]
        for name in (item.code, f"{item.code}__m", f"{item.question}__m", f"{item.question}_other"):
            names[name] = None
    return {index: tuple(names) for index, names in found.items()}


class CompiledVersion:
    """A published version: its validator, and a form for each of its languages."""

    def __init__(self, definition: object) -> None:
        self.questionnaire = from_builtins(definition)
        self.validator: Validator = compile_validator(self.questionnaire)
        self.languages = self.questionnaire.languages
        self._forms: dict[str, CompiledForm] = {}

    def form(self, language: str) -> CompiledForm:
        """The form in a language of the questionnaire; its default language stands in for any other."""
        if language not in self.languages:
            language = self.questionnaire.default_language
        if language not in self._forms:
            self._forms[language] = CompiledForm(self.questionnaire, language)
        return self._forms[language]


@lru_cache(maxsize=64)
def language_name(language: str) -> str:
    """The language's own name, as on the switch."""
    known = {"pl": "Polski", "en": "English", "uk": "Українська", "de": "Deutsch", "be": "Беларуская"}
    return known.get(language) or message("language_name", language)
