"""Words that a respondent sees, in Polish, English and Ukrainian.

The answering page is compiled without templates, so its words live beside the engine. A message is a
string, or three forms chosen by ``n``: one, few, many (English uses the first and the last).
"""

from __future__ import annotations

import re

from .definition import Question
from .readers import FieldProblem

Forms = str | tuple[str, str, str]

PL: dict[str, Forms] = {
    "language_name": "Polski",
    "language": "Język",
    "start": "Zaczynamy",
    "next": "Dalej",
    "back": "Wstecz",
    "submit": "Wyślij",
    "progress": "{n} z {total}",
    "question_progress": "Pytanie {n} z {total}",
    "page_progress": "Część {n} z {total}",
    "minutes": ("około {n} minuty", "około {n} minut", "około {n} minut"),
    "questions": ("{n} pytanie", "{n} pytania", "{n} pytań"),
    "required_mark": "(odpowiedź konieczna)",
    "optional_mark": "(można pominąć)",
    "dont_know": "Nie wiem",
    "not_applicable": "Nie dotyczy",
    "no_choice": "Proszę wybrać",
    "other_words": "Proszę napisać, co",
    "satisfaction": "Ocena",
    "importance": "Ważność",
    "place": "Miejsce",
    "choose_one": "Proszę zaznaczyć jedną odpowiedź.",
    "choose_any": "Można zaznaczyć kilka odpowiedzi.",
    "choose_least": (
        "Proszę zaznaczyć co najmniej {n} odpowiedź.",
        "Proszę zaznaczyć co najmniej {n} odpowiedzi.",
        "Proszę zaznaczyć co najmniej {n} odpowiedzi.",
    ),
    "choose_most": (
        "Można zaznaczyć najwyżej {n} odpowiedź.",
        "Można zaznaczyć najwyżej {n} odpowiedzi.",
        "Można zaznaczyć najwyżej {n} odpowiedzi.",
    ),
    "choose_between": "Proszę zaznaczyć od {least} do {n} odpowiedzi.",
    "choose_exactly": (
        "Proszę zaznaczyć dokładnie {n} odpowiedź.",
        "Proszę zaznaczyć dokładnie {n} odpowiedzi.",
        "Proszę zaznaczyć dokładnie {n} odpowiedzi.",
    ),
    "rank_places": (
        "Proszę wskazać {n} miejsce.",
        "Proszę wskazać miejsca od 1 do {n}; 1 to najważniejsze.",
        "Proszę wskazać miejsca od 1 do {n}; 1 to najważniejsze.",
    ),
    "number_range": "Liczba od {least} do {most}",
    "number_from": "Liczba nie mniejsza niż {least}",
    "date_hint": "Dzień, miesiąc i rok, na przykład 22.11.2026",
    "text_limit": ("Najwyżej {n} znak", "Najwyżej {n} znaki", "Najwyżej {n} znaków"),
    "scale_end": "{value} – {label}",
    "error_title": "Proszę sprawdzić odpowiedzi",
    "error_summary": (
        "{n} odpowiedź wymaga poprawki.",
        "{n} odpowiedzi wymagają poprawki.",
        "{n} odpowiedzi wymaga poprawki.",
    ),
    "error_prefix": "Błąd:",
    "problem_required": "Proszę odpowiedzieć na to pytanie.",
    "problem_unknown_code": "Tej odpowiedzi nie ma na liście. Proszę wybrać jedną z podanych.",
    "problem_several": "Zaznaczono więcej niż jedną odpowiedź. Proszę zostawić jedną.",
    "problem_option_hidden": "Ta odpowiedź nie pasuje do wcześniejszych odpowiedzi. Proszę wybrać inną.",
    "problem_exclusive": "Te odpowiedzi wykluczają się. Proszę zostawić jedną z nich.",
    "problem_too_few": (
        "Proszę zaznaczyć co najmniej {limit} odpowiedź.",
        "Proszę zaznaczyć co najmniej {limit} odpowiedzi.",
        "Proszę zaznaczyć co najmniej {limit} odpowiedzi.",
    ),
    "problem_too_many": (
        "Można zaznaczyć najwyżej {limit} odpowiedź.",
        "Można zaznaczyć najwyżej {limit} odpowiedzi.",
        "Można zaznaczyć najwyżej {limit} odpowiedzi.",
    ),
    "problem_place_twice": "To samo miejsce wskazano dwa razy. Każde miejsce może wystąpić raz.",
    "problem_place_gap": "Proszę wskazać kolejne miejsca, zaczynając od 1.",
    "problem_place_range": "Miejsce musi być liczbą od 1 do {limit}.",
    "problem_not_a_number": "To nie jest liczba. Proszę wpisać cyfry, na przykład 12.",
    "problem_decimals": (
        "Po przecinku może być najwyżej {limit} cyfra.",
        "Po przecinku mogą być najwyżej {limit} cyfry.",
        "Po przecinku może być najwyżej {limit} cyfr.",
    ),
    "problem_whole_number": "Proszę wpisać liczbę całkowitą.",
    "problem_too_small": "Liczba jest za mała: najmniejsza to {limit}.",
    "problem_too_big": "Liczba jest za duża: największa to {limit}.",
    "problem_not_a_date": "To nie jest data. Proszę wpisać ją tak: 22.11.2026.",
    "problem_too_early": "Data jest za wczesna: najwcześniejsza to {limit}.",
    "problem_too_late": "Data jest za późna: najpóźniejsza to {limit}.",
    "problem_too_long": (
        "Tekst jest za długi: zmieści się {limit} znak.",
        "Tekst jest za długi: zmieszczą się {limit} znaki.",
        "Tekst jest za długi: zmieści się {limit} znaków.",
    ),
    "problem_wrong_type": "Wartość jest innego rodzaju, niż przewiduje pytanie.",
    "problem_not_shown": "Tego pytania nie można oznaczyć jako niezadanego: tu należy je zadać.",
    "problem_unknown_item": "Kwestionariusz nie ma pozycji „{item}”.",
}

EN: dict[str, Forms] = {
    "language_name": "English",
    "language": "Language",
    "start": "Start",
    "next": "Next",
    "back": "Back",
    "submit": "Send",
    "progress": "{n} of {total}",
    "question_progress": "Question {n} of {total}",
    "page_progress": "Part {n} of {total}",
    "minutes": ("about {n} minute", "about {n} minutes", "about {n} minutes"),
    "questions": ("{n} question", "{n} questions", "{n} questions"),
    "required_mark": "(answer needed)",
    "optional_mark": "(may be left out)",
    "dont_know": "Don’t know",
    "not_applicable": "Does not apply",
    "no_choice": "Please choose",
    "other_words": "Please say what",
    "satisfaction": "Rating",
    "importance": "Importance",
    "place": "Place",
    "choose_one": "Please mark one answer.",
    "choose_any": "You may mark several answers.",
    "choose_least": (
        "Please mark at least {n} answer.",
        "Please mark at least {n} answers.",
        "Please mark at least {n} answers.",
    ),
    "choose_most": (
        "You may mark at most {n} answer.",
        "You may mark at most {n} answers.",
        "You may mark at most {n} answers.",
    ),
    "choose_between": "Please mark {least} to {n} answers.",
    "choose_exactly": (
        "Please mark exactly {n} answer.",
        "Please mark exactly {n} answers.",
        "Please mark exactly {n} answers.",
    ),
    "rank_places": (
        "Please give {n} place.",
        "Please give places from 1 to {n}; 1 is the most important.",
        "Please give places from 1 to {n}; 1 is the most important.",
    ),
    "number_range": "A number from {least} to {most}",
    "number_from": "A number not less than {least}",
    "date_hint": "Day, month and year, for example 22.11.2026",
    "text_limit": ("At most {n} character", "At most {n} characters", "At most {n} characters"),
    "scale_end": "{value} – {label}",
    "error_title": "Please check your answers",
    "error_summary": (
        "{n} answer needs a correction.",
        "{n} answers need a correction.",
        "{n} answers need a correction.",
    ),
    "error_prefix": "Error:",
    "problem_required": "Please answer this question.",
    "problem_unknown_code": "This answer is not on the list. Please choose one of those given.",
    "problem_several": "More than one answer is marked. Please leave one.",
    "problem_option_hidden": "This answer does not fit the earlier answers. Please choose another.",
    "problem_exclusive": "These answers exclude each other. Please leave one of them.",
    "problem_too_few": (
        "Please mark at least {limit} answer.",
        "Please mark at least {limit} answers.",
        "Please mark at least {limit} answers.",
    ),
    "problem_too_many": (
        "You may mark at most {limit} answer.",
        "You may mark at most {limit} answers.",
        "You may mark at most {limit} answers.",
    ),
    "problem_place_twice": "The same place is given twice. Each place can be used once.",
    "problem_place_gap": "Please give places one after another, starting with 1.",
    "problem_place_range": "A place must be a number from 1 to {limit}.",
    "problem_not_a_number": "This is not a number. Please write digits, for example 12.",
    "problem_decimals": (
        "There may be at most {limit} decimal place.",
        "There may be at most {limit} decimal places.",
        "There may be at most {limit} decimal places.",
    ),
    "problem_whole_number": "Please write a whole number.",
    "problem_too_small": "The number is too small: the smallest is {limit}.",
    "problem_too_big": "The number is too big: the biggest is {limit}.",
    "problem_not_a_date": "This is not a date. Please write it like this: 22.11.2026.",
    "problem_too_early": "The date is too early: the earliest is {limit}.",
    "problem_too_late": "The date is too late: the latest is {limit}.",
    "problem_too_long": (
        "The text is too long: there is room for {limit} character.",
        "The text is too long: there is room for {limit} characters.",
        "The text is too long: there is room for {limit} characters.",
    ),
    "problem_wrong_type": "The value is of another kind than the question takes.",
    "problem_not_shown": "This question cannot be marked as not asked: with these answers it is asked.",
    "problem_unknown_item": "The questionnaire has no item “{item}”.",
}

UK: dict[str, Forms] = {
    "language_name": "Українська",
    "language": "Мова",
    "start": "Почнімо",
    "next": "Далі",
    "back": "Назад",
    "submit": "Надіслати",
    "progress": "{n} з {total}",
    "question_progress": "Запитання {n} з {total}",
    "page_progress": "Частина {n} з {total}",
    "minutes": ("близько {n} хвилини", "близько {n} хвилин", "близько {n} хвилин"),
    "questions": ("{n} запитання", "{n} запитання", "{n} запитань"),
    "required_mark": "(відповідь обов’язкова)",
    "optional_mark": "(можна пропустити)",
    "dont_know": "Не знаю",
    "not_applicable": "Не стосується",
    "no_choice": "Виберіть, будь ласка",
    "other_words": "Напишіть, будь ласка, що саме",
    "satisfaction": "Оцінка",
    "importance": "Важливість",
    "place": "Місце",
    "choose_one": "Позначте, будь ласка, одну відповідь.",
    "choose_any": "Можна позначити кілька відповідей.",
    "choose_least": (
        "Позначте, будь ласка, щонайменше {n} відповідь.",
        "Позначте, будь ласка, щонайменше {n} відповіді.",
        "Позначте, будь ласка, щонайменше {n} відповідей.",
    ),
    "choose_most": (
        "Можна позначити не більше ніж {n} відповідь.",
        "Можна позначити не більше ніж {n} відповіді.",
        "Можна позначити не більше ніж {n} відповідей.",
    ),
    "choose_between": "Позначте, будь ласка, від {least} до {n} відповідей.",
    "choose_exactly": (
        "Позначте, будь ласка, рівно {n} відповідь.",
        "Позначте, будь ласка, рівно {n} відповіді.",
        "Позначте, будь ласка, рівно {n} відповідей.",
    ),
    "rank_places": (
        "Укажіть, будь ласка, {n} місце.",
        "Укажіть, будь ласка, місця від 1 до {n}; 1 – найважливіше.",
        "Укажіть, будь ласка, місця від 1 до {n}; 1 – найважливіше.",
    ),
    "number_range": "Число від {least} до {most}",
    "number_from": "Число не менше ніж {least}",
    "date_hint": "День, місяць і рік, наприклад 22.11.2026",
    "text_limit": ("Не більше ніж {n} знак", "Не більше ніж {n} знаки", "Не більше ніж {n} знаків"),
    "scale_end": "{value} – {label}",
    "error_title": "Перевірте, будь ласка, відповіді",
    "error_summary": (
        "{n} відповідь потребує виправлення.",
        "{n} відповіді потребують виправлення.",
        "{n} відповідей потребують виправлення.",
    ),
    "error_prefix": "Помилка:",
    "problem_required": "Дайте, будь ласка, відповідь на це запитання.",
    "problem_unknown_code": "Такої відповіді немає в списку. Виберіть, будь ласка, одну з наведених.",
    "problem_several": "Позначено більше ніж одну відповідь. Залиште, будь ласка, одну.",
    "problem_option_hidden": "Ця відповідь не узгоджується з попередніми. Виберіть, будь ласка, іншу.",
    "problem_exclusive": "Ці відповіді виключають одна одну. Залиште, будь ласка, одну з них.",
    "problem_too_few": (
        "Позначте, будь ласка, щонайменше {limit} відповідь.",
        "Позначте, будь ласка, щонайменше {limit} відповіді.",
        "Позначте, будь ласка, щонайменше {limit} відповідей.",
    ),
    "problem_too_many": (
        "Можна позначити не більше ніж {limit} відповідь.",
        "Можна позначити не більше ніж {limit} відповіді.",
        "Можна позначити не більше ніж {limit} відповідей.",
    ),
    "problem_place_twice": "Те саме місце вказано двічі. Кожне місце можна вказати один раз.",
    "problem_place_gap": "Укажіть, будь ласка, місця поспіль, починаючи з 1.",
    "problem_place_range": "Місце має бути числом від 1 до {limit}.",
    "problem_not_a_number": "Це не число. Напишіть, будь ласка, цифрами, наприклад 12.",
    "problem_decimals": (
        "Після коми може бути не більше ніж {limit} цифра.",
        "Після коми може бути не більше ніж {limit} цифри.",
        "Після коми може бути не більше ніж {limit} цифр.",
    ),
    "problem_whole_number": "Напишіть, будь ласка, ціле число.",
    "problem_too_small": "Число замале: найменше – {limit}.",
    "problem_too_big": "Число завелике: найбільше – {limit}.",
    "problem_not_a_date": "Це не дата. Напишіть її, будь ласка, так: 22.11.2026.",
    "problem_too_early": "Дата зарання: найраніша – {limit}.",
    "problem_too_late": "Дата запізня: найпізніша – {limit}.",
    "problem_too_long": (
        "Текст задовгий: поміститься {limit} знак.",
        "Текст задовгий: помістяться {limit} знаки.",
        "Текст задовгий: поміститься {limit} знаків.",
    ),
    "problem_wrong_type": "Значення іншого виду, ніж передбачає запитання.",
    "problem_not_shown": "Це запитання не можна позначити як незадане: за таких відповідей його ставлять.",
    "problem_unknown_item": "В анкеті немає позиції «{item}».",
}

MESSAGES: dict[str, dict[str, Forms]] = {"pl": PL, "en": EN, "uk": UK}

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)

#: Used for a language that has no table of its own.
FALLBACK = "en"


def message(key: str, language: str, **params: int | float | str) -> str:
    """Return a message in a language.

    Parameters
    ----------
    key : str
        A key of ``MESSAGES["en"]``. Raises ``KeyError`` for another.
    language : str
        A language without a table falls back to English.
    **params
        What the text names; ``n`` (or ``limit``) chooses the plural form.

    Examples
    --------
    >>> message("questions", "pl", n=22)
    '22 pytania'
    """
    table = MESSAGES.get(language) or MESSAGES[FALLBACK]
    text = table[key]
    if isinstance(text, tuple):
        text = text[plural(language, params.get("n", params.get("limit", 0)))]
    if not params:
        return text
    return text.format(**{name: written(value, language) for name, value in params.items()})


def plural(language: str, n: object) -> int:
    """Return 0 for one, 1 for few, 2 for many, by the rules of the language (Unicode CLDR, whole numbers)."""
    if not isinstance(n, int):
        return 1 if language in ("pl", "uk") else 2
    if language not in ("pl", "uk"):
        return 0 if n == 1 else 2
    if n == 1 or (language == "uk" and n % 10 == 1 and n % 100 != 11):
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


def written(value: int | float | str, language: str) -> str:
    """Write a number as the language does (2.5 is "2,5" in Polish and Ukrainian), a date as 22.11.2026."""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else value
        text = f"{value}"
        return text.replace(".", ",") if language in ("pl", "uk") else text
    if isinstance(value, str) and (match := _ISO.fullmatch(value)):
        return f"{int(match[3])}.{match[2]}.{match[1]}"
    return str(value)


def problem_text(problem: FieldProblem, language: str) -> str:
    """Say to the respondent (or the typist) what is wrong with an answer."""
    return message(f"problem_{problem.code}", language, **problem.params)


def choice_note(question: Question, language: str) -> str:
    """Say how many answers of a multiple choice may be marked."""
    least, most = question.min_choices or 0, question.max_choices
    if most is not None and most == least:
        return message("choose_exactly", language, n=most)
    if most is not None and least > 1:
        return message("choose_between", language, least=least, n=most)
    if most is not None:
        return message("choose_most", language, n=most)
    return message("choose_least", language, n=least) if least > 1 else message("choose_any", language)


def input_note(question: Question, language: str) -> str:
    """Say what a number or a date should look like; "" for other kinds and for numbers without limits."""
    if question.kind == "date":
        return message("date_hint", language)
    if question.kind != "number":
        return ""
    if question.maximum is not None:
        return message("number_range", language, least=question.minimum or 0, most=question.maximum)
    return message("number_from", language, least=question.minimum) if question.minimum else ""
