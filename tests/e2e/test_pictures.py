"""The main pages, seen at a desk and on a telephone: axe clean, wide enough, and kept as pictures.

The pictures lie in `build/screens/`; `docs/podrecznik/obrazki.py` puts those of the manual into its folder.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.e2e.person import Person

COORDINATOR, HEAD, NETWORK = "koordynator@example.org", "kierownik@example.org", "siec@example.org"
OFFICE, NETWORK_HOME = "/u/brzozow-dolny/", "/siec/przyjazne-urzedy/"
DESK = 900
WIDTHS = pytest.mark.parametrize("width", [1440, 360])


def links(page: Page, pattern: str) -> list[str]:
    """Addresses on this page that look so, each once, without the server's name."""
    found = page.eval_on_selector_all("a[href]", "list => list.map(a => a.getAttribute('href'))")
    return list(dict.fromkeys(link for link in found if re.search(pattern, link)))


def first(page: Page, pattern: str) -> str:
    found = links(page, pattern)
    assert found, f"no link like {pattern!r} on {page.url}"
    return found[0]


def send(person: Person) -> None:
    """Send the form of the page by its last button, which is the one that saves."""
    person.page.locator("main form[method=post] button").last.focus()
    person.enter()


def picture(person: Person, name: str) -> Person:
    """Look at the page in a window as tall as it is: what sticks to the window then covers nothing."""
    page = person.page
    width = page.viewport_size["width"]
    page.evaluate("() => window.scrollTo(0, 0)")
    tall = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(DESK, tall)})
    person.look(name)
    page.set_viewport_size({"width": width, "height": DESK})
    return person


def open_wave(person: Person) -> str:
    """The address of the demo's open wave."""
    return first(person.open(OFFICE).page, r"/badania/fala/\d+/$")


def results(person: Person) -> str:
    """The address of the results of the last closed wave."""
    return first(person.open(OFFICE).page, r"/wyniki/\d+/$")


@WIDTHS
def test_pages_of_surveys(signed_in, width):
    person = signed_in(COORDINATOR, width)
    wave = open_wave(person)
    picture(person.open(OFFICE).sees("czeka"), "pulpit")
    picture(person.open(f"{OFFICE}badania/").sees("Przygotuj badanie"), "badania")
    picture(person.open(wave).sees("Zebrano"), "fala-otwarta")
    picture(person.open(f"{wave}linki/").sees("Plakat A4"), "linki")
    picture(person.open(f"{OFFICE}odpowiedzi/{wave.rstrip('/').split('/')[-1]}/"), "odpowiedzi")


@WIDTHS
def test_pages_of_a_plan(signed_in, width):
    person = signed_in(COORDINATOR, width)
    page = person.open(open_wave(person)).page
    person.open(first(page, r"/badania/\d+/$")).open(first(page, r"/nowa-fala/$"))
    person.fill("nazwa fali", "jesień 2027").enter()
    plan = page.url.removeprefix(person.base)
    page.goto(f"{person.base}{plan}kogo/")
    page.locator("input[value=systematic]").check()
    page.locator("[name=population]").fill("2400")
    page.locator("[name=population_source]").fill("system kolejkowy")
    picture(person, "kogo-pytamy")
    send(person)
    person.open(f"{plan}dni/losuj/")
    send(person)
    picture(person.sees("Wylosowano"), "dyzury")
    picture(person.open(f"{plan}ile/").sees("margines"), "ile-odpowiedzi")
    picture(person.open(f"{plan}punkty/"), "punkty-fali")
    picture(person.open(plan).sees("Plan fali"), "plan-fali")
    person.open(f"{plan}usun/")
    send(person)


@WIDTHS
def test_pages_of_questionnaires(signed_in, width):
    person = signed_in(COORDINATOR, width)
    page = person.open(f"{OFFICE}kwestionariusze/").page
    own = first(page, r"/kwestionariusze/\d+/$")
    picture(person.open(f"{OFFICE}kwestionariusze/gotowe/").sees("Weź i dostosuj"), "gotowe-kwestionariusze")
    picture(person.open(f"{own}edycja/").sees("Opublikuj"), "edytor-poczatek")
    question = [link for link in links(page, r"/edycja/.") if "podglad" not in link]
    assert question, page.url
    picture(person.open(own).sees("Opublikowane wersje"), "kwestionariusz")


@WIDTHS
def test_page_for_clients_in_three_languages(signed_in, at, demo, width):
    person = signed_in(COORDINATOR, width)
    page = person.open(f"{open_wave(person)}linki/").page
    address = first(page, r"/a/[^/]+/$")
    client = picture(at(demo.base, width).open(address).sees("Ankieta jest anonimowa"), "ankieta-pl")
    client.page.keyboard.press("Tab")
    client.page.locator("input[name=zadowolenie][value='5']").check()
    for language, title in (("en", "anonymous"), ("uk", "анонімн")):
        client.page.locator(f"button[value=lang-{language}]").focus()
        picture(client.enter().sees(title), f"ankieta-{language}")
        assert client.page.locator("input[name=zadowolenie][value='5']").is_checked()


@WIDTHS
def test_pages_of_paper_forms(signed_in, width):
    person = signed_in(COORDINATOR, width)
    page = person.page
    wave = open_wave(person).rstrip("/").split("/")[-1]
    person.open(f"{OFFICE}papier/fala/{wave}/nowa-partia/")
    page.locator("[name=service_point]").select_option(index=1)
    page.locator("[name=day]").fill(
        "2026-11-20" if page.locator("[name=day][type=date]").count() else "20.11.2026"
    )
    page.locator("[name=expected]").fill("3")
    page.locator("[name=double_every]").fill("3")
    picture(person, "nowa-partia")
    send(person)
    for number in (1, 2, 3):
        person.sees(f"Formularz {number}")
        page.keyboard.type("45", delay=60)
        if number == 1:
            picture(person, "wpisywanie")
        page.keyboard.type("3", delay=60)
        page.keyboard.press("Control+Enter")
        page.wait_for_url(re.compile(rf"zapisano={number}"))
    picture(person.open(first(page, r"/papier/\d+/$")).sees("Partia w liczbach"), "partia")


@WIDTHS
def test_pages_of_results(signed_in, width):
    person = signed_in(COORDINATOR, width)
    address = results(person)
    page = picture(person.open(address).sees("przedział 95%"), "wyniki").page
    question = first(page, r"/pytania/[^/]+/$")
    picture(person.open(question).sees("Przedział 95%"), "pytanie")
    picture(person.open(f"{address}grupy/service_point/").sees("Cały urząd"), "grupy")
    picture(person.open(f"{OFFICE}wyniki/"), "fale-wyniki")


@WIDTHS
def test_pages_of_the_report(signed_in, width):
    person = signed_in(COORDINATOR, width)
    page = person.page
    report = f"{results(person)}raport/"
    person.open(f"{report}pisz/")
    page.locator("[name=conclusions]").fill(
        "Zadowolenie klientów wzrosło z 3,94 do 4,29 i jest to zmiana istotna. "
        "Najniżej klienci oceniają czas oczekiwania, zwłaszcza w sali obsługi."
    )
    page.locator("[name=proposal]").fill("Otworzyć w sali obsługi drugie stanowisko dla spraw krótkich.")
    page.locator("[name=owner]").fill("kierownik Biura Obsługi Klienta")
    page.locator("[name=due]").fill(
        "2027-03-31" if page.locator("[name=due][type=date]").count() else "31.03.2027"
    )
    page.locator("[name=next_survey]").fill("Jesień 2027, ten sam kwestionariusz.")
    picture(person, "pisanie-raportu")
    send(person)
    picture(person.sees("Raport jest zapisany"), "raport")
    person.open(f"{report}przekaz/")
    send(person)
    head = signed_in(HEAD, width)
    picture(head.sees("Podejmij decyzję"), "pulpit-kierownika")
    picture(head.open(f"{report}decyzja/").sees("przyjęto ze zmianami"), "decyzja")


@WIDTHS
def test_pages_of_the_office(signed_in, width):
    person = signed_in(COORDINATOR, width)
    for path, words in (
        ("ludzie", "Zaproś współpracownika"),
        ("punkty", "Dodaj punkt obsługi"),
        ("ustawienia", "Dane urzędu"),
        ("deklaracja", "Zgodność"),
        ("dane-osobowe", "Co przechowujemy"),
        ("zadania", "Zadania w toku"),
        ("historia", "Historia"),
    ):
        picture(person.open(f"{OFFICE}{path}/").sees(words), path)


@WIDTHS
def test_pages_of_the_network(signed_in, width):
    person = signed_in(NETWORK, width)
    picture(person.open(NETWORK_HOME).sees("średnia sieci"), "siec-pulpit")
    page = picture(person.open(f"{NETWORK_HOME}porownania/").sees("Średnia sieci"), "porownania").page
    picture(person.open(first(page, r"/porownania/urzad/\d+/$")), "porownania-urzad")
    picture(person.open(f"{NETWORK_HOME}urzedy/").sees("Dodaj urząd"), "siec-urzedy")
    picture(person.open(f"{NETWORK_HOME}badania/kalendarz/"), "siec-kalendarz")


@WIDTHS
def test_pages_of_an_import(signed_in, tmp_path, width):
    person = signed_in(COORDINATOR, width)
    page = person.page
    wave = open_wave(person).rstrip("/").split("/")[-1]
    table = tmp_path / f"ankiety-{width}.csv"
    rows = ["dzień;punkt obsługi;zadowolenie;szybkosc;jasnosc;uwagi"]
    point = "Sala obsługi, parter"
    rows += [f"2026-11-20;{point};{4 + n % 2};{3 + n % 3};{5 - n % 2};" for n in range(12)]
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    picture(person.open(f"{OFFICE}import/fala/{wave}/").sees("Wczytywanie odpowiedzi"), "import-plik")
    page.locator("input[type=file]").set_input_files(table)
    send(person)
    picture(person.sees("Kolumny pliku"), "import")
    send(person)
    page.get_by_text("Gotowe do wczytania").first.wait_for(timeout=60_000)  # the task leads there by itself
    picture(person.settle().sees("Gotowe do wczytania"), "import-sprawdzony")
