"""From an empty installation to a report with a decision: the journey of a coordinator who never saw Okienko.

In Polish, by keyboard alone, at the width of a phone and of a desk; axe looks at every stage.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.e2e.clients import answer
from tests.e2e.person import Person
from tests.e2e.stack import Stack

SECRET = "zielone-okno-na-parterze-7"
ANSWERS = 24
# a filled-in sheet, one key per answer, part by part of the questionnaire
SHEET = "1111454443435455344454555555559"


@pytest.mark.parametrize("width", [1440, 360])
def test_an_office_gets_from_an_empty_installation_to_a_decision(empty, at, width):
    anna = at(empty.base, width)
    set_up(anna, empty)
    take_questionnaire(anna)
    plan_wave(anna)
    addresses = open_wave(anna)
    answer_on_a_phone(at(empty.base, 360), addresses[0])
    for number in range(ANSWERS):
        answer(addresses[number % 2], number)
    type_paper_forms(anna)
    close_wave(anna)
    read_results(anna)
    write_report(anna)


def set_up(anna: Person, empty: Stack) -> None:
    anna.open("/").look("start")
    code = (empty.data / "setup-code").read_text(encoding="ascii").strip()
    anna.fill("kod uruchomienia", code).press("zacznij", tag="button").look("start-urzad")
    anna.fill("nazwa urzędu", "Urząd Gminy Topolów Stary").choose("rodzaj", "urząd gminy")
    anna.choose("województwo", "opolskie").fill("miejscowość", "Topolów Stary").press("dalej", tag="button")
    anna.fill("nazwa punktu", "Sala obsługi").press("dodaj kolejny", tag="button")
    anna.reach("nazwa punktu")
    anna.fill("nazwa punktu", "Kancelaria").press("dalej", tag="button")
    anna.tick("tylko nasz").press("dalej", tag="button")
    anna.fill("imię i nazwisko", "Anna Przykładowa").fill("e-mail", "anna@example.org")
    anna.fill("^hasło \\(", SECRET).fill("jeszcze raz", SECRET).enter()
    anna.sees("Dzień dobry").look("pulpit-pusty")


def take_questionnaire(anna: Person) -> None:
    anna.go("Kwestionariusze").press("gotowy", tag="a").look("kwestionariusze-gotowe")
    anna.press("Zadowolenie klientów", tag="a").press("kopię", tag="button").look("edytor")
    anna.press("^opublikuj", tag="a").press("^opublikuj", tag="button").sees("Wersja 1").look(
        "kwestionariusz"
    )


def plan_wave(anna: Person) -> None:
    today = localdate()
    anna.go("Badania").press("przygotuj badanie", tag="a")
    anna.fill("nazwa", "Klienci 2026").choose("kwestionariusz", "zadowolenie").press("zapisz", tag="button")
    anna.fill("nazwa fali", "Jesień 2026").day("pierwszy dzień", today)
    anna.day("ostatni dzień", today + timedelta(14)).press("zaplanuj falę", tag="button").look("plan-fali")
    anna.press("^kogo pytamy", tag="a").look("kogo-pytamy")
    anna.radio("jak wybieramy", down=1).fill("ile jest", "60").fill("skąd pochodzi", "rejestr wizyt")
    anna.press("zapisz", tag="button").press("^gdzie", tag="a")
    anna.tick("sala obsługi").tick("kancelaria").press("zapisz", tag="button").look("punkty")
    anna.press("zapisz", tag="button")


def open_wave(anna: Person) -> list[str]:
    """The addresses of the two points' links."""
    anna.press("^linki", tag="a").look("linki")
    addresses = re.findall(r'value="(http[^"]+/a/[^"]+)"', anna.page.content())
    assert len(addresses) == 2
    anna.press("^jesień 2026", tag="a").press("otwórz falę").press("otwórz", tag="button")
    anna.sees("fala jest otwarta").look("fala-otwarta")
    return addresses


def answer_on_a_phone(ewa: Person, address: str) -> None:
    """Part by part, by keyboard: once back, one answer, and the words at the end."""
    ewa.open(address).look("ankieta-1")
    ewa.radio("czego dotyczyła", down=2).press("^dalej", tag="button").look("ankieta-2")
    ewa.press("^wstecz", tag="button").press("^українська", tag="button").look("ankieta-uk")
    ewa.press("^polski", tag="button")
    for _ in range(6):
        ewa.press("^dalej", tag="button")
    ewa.press("^dalej", tag="button").sees("konieczna|odpowiedzieć").look("ankieta-blad")
    ewa.radio("jak ogólnie ocenia", down=3).press("^dalej", tag="button").press("^wyślij", tag="button")
    ewa.sees("odpowiedź jest zapisana").look("ankieta-koniec")
    assert not ewa.page.context.cookies()


def type_paper_forms(anna: Person) -> None:
    anna.go("Formularze papierowe").press("^nowa partia", tag="a")
    anna.choose("punkt", "Kancelaria").day("dzień wypełnienia", localdate()).fill("ile formularzy", "2")
    anna.press("zapisz", tag="button").look("wpisywanie")
    for _ in range(2):
        for key in SHEET:
            anna.page.keyboard.press(key)
        anna.page.keyboard.press("Control+Enter")
        anna.settle()
    anna.press("^partia 1", tag="a").press("zamknij parti").press("zamknij", tag="button")
    anna.sees("partia jest zamknięta").look("partia")


def close_wave(anna: Person) -> None:
    anna.go("Badania").press("jesień 2026", tag="a").sees(f"{ANSWERS + 3} odpowiedzi")
    anna.press("^więcej").press("zamknij falę").press("zamknij", tag="button").look("fala-zamknieta")


def read_results(anna: Person) -> None:
    """The figures are computed by the worker; the page says when they are there."""
    for _ in range(60):
        anna.go("Wyniki")
        if re.search(r"\d,\d\d", anna.page.locator("main").inner_text()):
            break
        anna.page.wait_for_timeout(500)
    anna.look("wyniki-lista").press("jesień 2026", tag="a").sees("Zadowolenie").look("wyniki")


def write_report(anna: Person) -> None:
    anna.press("raport", tag="a").press("^napisz$|^pisz$|napisz raport", tag="a").look("raport-pisanie")
    anna.fill("^wnioski", "Klienci chwalą obsługę, a skarżą się na czekanie.")
    anna.fill("proponowana decyzja", "Wprowadzić zapisy na godzinę w sali obsługi.")
    anna.fill("kto ", "Biuro Obsługi Klienta").day("do kiedy", localdate() + timedelta(60))
    anna.fill("następne badanie", "Za rok, z tym samym kwestionariuszem.").press("zapisz", tag="button")
    anna.sees("zapisy na godzinę").look("raport")
    anna.press("utwórz pdf", tag="button")
    file = anna.page.locator("main a[href*='/pliki/']")
    for _ in range(90):
        if file.count():
            break
        anna.page.wait_for_timeout(1000)
        anna.page.reload()
    anna.look("raport-gotowy")
    pdf = anna.page.request.get(anna.base + file.first.get_attribute("href"))
    assert pdf.body().startswith(b"%PDF")
    anna.go("Wyniki").press("jesień 2026", tag="a").press("raport", tag="a")
    anna.press("przekaż", tag="a").press("przekaż", tag="button").sees("przekazan").look("raport-przekazany")
