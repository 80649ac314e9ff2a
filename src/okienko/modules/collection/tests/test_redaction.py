"""Masking of personal data in remarks: invented people, streets and numbers."""

from __future__ import annotations

import pytest

from okienko.modules.collection import redaction
from okienko.modules.collection.redaction import clean, find, hide_words, redact, words

MASKED = [
    ("Proszę oddzwonić: 600 000 000, dziękuję", "Proszę oddzwonić: ⟨phone⟩, dziękuję"),
    ("tel. 600-000-000", "tel. ⟨phone⟩"),
    ("Mój numer 600000000.", "Mój numer ⟨phone⟩."),
    ("Dzwoniłem z +48 600 000 000 i nic", "Dzwoniłem z ⟨phone⟩ i nic"),
    ("stacjonarny 77 400 00 00 nie odpowiada", "stacjonarny ⟨phone⟩ nie odpowiada"),
    ("numer (22) 500 00 00", "numer ⟨phone⟩"),
    ("kontakt 0048600000000", "kontakt ⟨phone⟩"),
    ("mój PESEL 00000000000", "mój PESEL ⟨pesel⟩"),
    ("PESEL: 000 000 000 00", "PESEL: ⟨pesel⟩"),
    ("Pisałem z jan.przykladowski@example.org i cisza", "Pisałem z ⟨email⟩ i cisza"),
    ("mail: anna (at) example.org", "mail: ⟨email⟩"),
    ("Wszystko jest na www.example.org/profil/anna", "Wszystko jest na ⟨link⟩"),
    ("Mieszkam przy ul. Zmyślonej 5/3 i nie dostałem", "Mieszkam przy ⟨address⟩ i nie dostałem"),
    ("na ulicy Wymyślonej 12 brak chodnika", "na ⟨address⟩ brak chodnika"),
    ("os. Bajkowe 7 m. 4", "⟨address⟩"),
    ("al. Fikcyjna 101A", "⟨address⟩"),
    ("plac Nieistniejący 3", "⟨address⟩"),
    ("ul. gen. Zmyślonego 14", "⟨address⟩"),
    ("ul. 3 Maja 5", "⟨address⟩"),
    ("ul. Przykładowa", "⟨address⟩"),
    ("kod 00-000 Brzozów Dolny", "kod ⟨address⟩"),
    ("dowód ABC123456 zgubiony", "dowód ⟨number⟩ zgubiony"),
    ("konto 00 0000 0000 0000 0000 0000 0000", "konto ⟨number⟩"),
    ("sprawa nr GK.6220.15.2026.AB stoi", "sprawa nr ⟨number⟩ stoi"),
    ("decyzja nr 123/2026 za późno", "decyzja nr ⟨number⟩ za późno"),
    ("Pani Zmyślona z sekretariatu była nieuprzejma.", "Pani ⟨name⟩ z sekretariatu była nieuprzejma."),
    ("Pan Jan Wymyślony pomógł", "Pan ⟨name⟩ pomógł"),
    ("dziękuję p. Przykładowskiej za pomoc", "dziękuję p. ⟨name⟩ za pomoc"),
    ("obsługiwała mgr Anna Zmyślona-Bajkowa", "obsługiwała mgr ⟨name⟩"),
    ("panu Fikcyjnemu należy się nagroda", "panu ⟨name⟩ należy się nagroda"),
    ("z panią Hanią zawsze miło", "z panią ⟨name⟩ zawsze miło"),
    ("pan mgr inż. Wymyślony", "pan mgr inż. ⟨name⟩"),
    ("państwu Przykładowym odmówiono", "państwu ⟨name⟩ odmówiono"),
    ("Nazywam się Ewa Zmyślona i czekam", "Nazywam się ⟨name⟩ i czekam"),
    ("Z poważaniem Jan Wymyślony", "Z poważaniem ⟨name⟩"),
    ("kierownik Jan Wymyślony nie przyszedł", "kierownik ⟨name⟩ nie przyszedł"),
    ("burmistrz Zmyślonowski obiecał", "burmistrz ⟨name⟩ obiecał"),
    ("Пані Вигадана допомогла", "Пані ⟨name⟩ допомогла"),
]
UNTOUCHED = [
    "Pani przy okienku spokojnie wyjaśniła wszystko po kolei. Dziękuję.",
    "Pan przy stanowisku 3 pomógł mamie wypełnić formularz, za co dziękuję.",
    "Pani Kierownik wyjaśniła wszystko.",
    "Pan Burmistrz powinien tu przyjść.",
    "Czekałam godzinę i 10 minut, 14.11.2026 od 8.30 do 9.40.",
    "Opłata 1 234,50 zł to za dużo.",
    "W 2026 roku, między 10 a 12, w pokoju 214.",
    "Numerki skończyły się o 11:00, a czynne jest 7.30–15.30.",
    "Zapłaciłem 17 zł, potem 82 zł i jeszcze 100000 zł.",
    "Panie w rejestracji są miłe, panowie też.",
    "Urząd Miasta działa lepiej niż Starostwo.",
    "Jestem zadowolona. Polecam!",
    "Ocena 5/5, 10/10.",
    "Przy placu zabaw nie ma gdzie zaparkować.",
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_personal_data_is_masked(text, expected):
    assert redact(text) == expected


@pytest.mark.parametrize("text", UNTOUCHED)
def test_ordinary_words_stay(text):
    assert redact(text) == text


def test_several_kinds_in_one_remark():
    text = "Pani Zmyślona, tel. 600 000 000, ul. Bajkowa 5/3, pesel 00000000000, a@example.org"
    assert [mask.kind for mask in find(text)] == ["name", "phone", "address", "pesel", "email"]


def test_a_long_hostile_text_is_read_in_one_go():
    """A rule that tries every way to split a text would stand still here."""
    for text in ("1 " * 2000, "A" * 4000, "Pan " * 1000, "ul. " * 1000, "a." * 2000, "AB.1-" * 800):
        assert len(find(text)) >= 0


def test_a_respondent_cannot_write_a_code_of_ours():
    assert redact(clean("⟨phone⟩ 5")) == "<phone> 5"


def test_the_coordinator_chooses_words_and_neighbours_become_one_code():
    text = "Ta ruda z pokoju przy schodach była miła"
    assert [word.text for word in words(text)][:3] == ["Ta", "ruda", "z"]
    assert hide_words(text, {1, 3, 4, 5}) == "Ta ⟨chosen⟩ z ⟨chosen⟩ była miła"


def test_a_word_that_the_rules_hid_can_be_shown_again():
    text = "Pani Zmyślona i tel. 600 000 000"
    assert [word.kind for word in words(text)] == ["", "name", "", "", "phone", "phone", "phone"]
    assert hide_words(text, {4, 5, 6}) == "Pani Zmyślona i tel. ⟨phone⟩"
    assert hide_words(text, ()) == text


def test_every_kind_has_words():
    from okienko.modules.collection.remark_words import WORDS

    assert set(WORDS) == set(redaction.KINDS)
