"""Posters with a QR code. They carry no date: the same poster serves every wave of the survey."""

from __future__ import annotations

from datetime import datetime

from okienko.foundation.print import compile_pdf, qr_svg
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.surveys.models import OfficeWave, SurveyLink
from okienko.modules.surveys.selectors import answer_url

LANGUAGES = 3
_PRIVACY = {
    "pl": "Ankieta jest anonimowa. Odpowiedzi nie wpływają na załatwienie sprawy.",
    "en": "The survey is anonymous. Your answers do not affect your matter.",
    "uk": "Опитування анонімне. Відповіді не впливають на розгляд справи.",
}
_TIME = {
    "pl": "To zajmie kilka minut.",
    "en": "It takes a few minutes.",
    "uk": "Це займе кілька хвилин.",
}
_TEXT = {
    "pl": "Proszę zeskanować kod telefonem albo wpisać adres w przeglądarce.",
    "en": "Scan the code with your phone or type the address into a browser.",
    "uk": "Відскануйте код телефоном або введіть адресу в браузері.",
}
_LABEL = {"pl": "Adres ankiety", "en": "Address of the survey", "uk": "Адреса опитування"}
_CODE = "Kod QR z adresem ankiety: {}"
_HEADINGS = {
    "clients": {
        "pl": "Jak Państwa obsłużyliśmy?",
        "en": "How did we serve you?",
        "uk": "Як ми Вас обслужили?",
    },
    "staff": {
        "pl": "Jak się Państwu u nas pracuje?",
        "en": "What is it like to work here?",
        "uk": "Як Вам у нас працюється?",
    },
    "partners": {
        "pl": "Jak się nam razem pracuje?",
        "en": "How do we work together?",
        "uk": "Як нам працюється разом?",
    },
}


def languages_of(office_wave: OfficeWave) -> tuple[str, ...]:
    """The languages of the questionnaire for which a poster has words, Polish first."""
    version = office_wave.wave.version or questionnaires.latest_version(office_wave.wave.survey.questionnaire)
    asked = questionnaires.definition(version).languages if version else ()
    others = [code for code in asked if code in _TEXT and code != "pl"]
    return ("pl", *others)[:LANGUAGES]


def poster_pdf(office_wave: OfficeWave, link: SurveyLink, *, size: str, at: datetime) -> bytes:
    """The poster of one link, A4 or A5, tagged so that a screen reader can read it out too."""
    address = answer_url(link)
    audience = office_wave.wave.survey.audience
    point = link.service_point
    data = {
        "title": _HEADINGS[audience]["pl"],
        "office": office_wave.office.name,
        "point": point.name if point else "",
        "size": size,
        "address": address.split("://", 1)[-1].rstrip("/"),
        "code": {"image": "qr", "alt": _CODE.format(address)},
        "sections": [_section(code, audience) for code in languages_of(office_wave)],
    }
    return compile_pdf("poster", data, images={"qr": qr_drawing(link)}, at=at, language="pl")


def _section(language: str, audience: str) -> dict:
    return {
        "language": language,
        "heading": _HEADINGS[audience][language],
        "text": _TEXT[language],
        "time": _TIME[language],
        "privacy": _PRIVACY[language],
        "address_label": _LABEL[language],
    }


def qr_drawing(link: SurveyLink) -> str:
    """The link's address as a QR code, SVG."""
    return qr_svg(answer_url(link))
