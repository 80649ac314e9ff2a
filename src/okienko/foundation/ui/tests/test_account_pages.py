"""allauth's pages in our look and in plain Polish: log-in, password, two-step log-in, own sessions."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.utils import translation

from okienko.foundation.accounts.wording import SAID_DIFFERENTLY
from okienko.foundation.testing.factories import PASSWORD

ENGLISH = re.compile(r">\s*(Sign|Your|The |Please|Activate|Recovery|Enter|You )")


def code_for(secret: str, *, periods_ago: int = 0) -> str:
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2] - periods_ago))


def words_of(response) -> str:
    assert response.status_code == 200
    html = response.content.decode()
    assert not ENGLISH.search(html)
    assert "<p><label" not in html  # Django's own drawing of a form
    return html


@pytest.fixture
def sure_anna(anna):
    """Anna has just repeated her password."""
    anna.post("/konto/reauthenticate/", {"password": PASSWORD})
    return anna


@pytest.fixture
def guarded_anna(sure_anna):
    """Anna with two-step log-in."""
    html = sure_anna.get("/konto/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="authenticator_secret" value="([A-Z2-7]+)"', html)[1]
    answer = sure_anna.post("/konto/2fa/totp/activate/", {"code": code_for(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return sure_anna


def test_logging_in_offers_no_sign_up(ewa):
    html = words_of(ewa.get("/konto/login/"))
    assert "Zaproszenia wysyła koordynator" in html
    assert "/konto/signup/" not in html
    assert "placeholder" not in html


def test_a_wrong_password_is_told_in_words_and_leads_nowhere(anna, ewa):
    html = words_of(ewa.post("/konto/login/", {"login": anna.user.email, "password": "zle-haslo"}))
    assert "Adres e-mail lub hasło się nie zgadza" in html
    assert "data-error-summary" in html


def test_the_right_password_leads_to_the_office(anna, ewa):
    answer = ewa.post("/konto/login/", {"login": anna.user.email, "password": PASSWORD}, follow=True)
    assert answer.request["PATH_INFO"] == f"/u/{anna.office.slug}/"


def test_a_forgotten_password_is_set_anew_by_mail(anna, ewa):
    words_of(ewa.get("/konto/password/reset/"))
    words_of(ewa.post("/konto/password/reset/", {"email": anna.user.email}, follow=True))
    link = re.search(r"/konto/password/reset/key/\S+", mail.outbox[0].body)[0]
    page = ewa.get(link, follow=True)
    assert "Powtórz nowe hasło" in words_of(page)
    new = {"password1": "zupelnie-nowe-haslo-7", "password2": "zupelnie-nowe-haslo-7"}
    assert "Hasło zostało zmienione" in words_of(ewa.post(page.request["PATH_INFO"], new, follow=True))


def test_an_unknown_address_is_not_told_from_a_known_one(anna, ewa):
    known = words_of(ewa.post("/konto/password/reset/", {"email": anna.user.email}, follow=True))
    unknown = words_of(ewa.post("/konto/password/reset/", {"email": "nikt@example.org"}, follow=True))
    hide = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert hide.sub("", known) == hide.sub("", unknown)


def test_letters_are_short_polish_and_signed_by_okienko(anna, ewa):
    ewa.post("/konto/password/reset/", {"email": anna.user.email})
    ewa.post("/konto/password/reset/", {"email": "nikt@example.org"})
    new = "zupelnie-nowe-haslo-7"
    change = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    anna.post("/konto/password/change/", change, HTTP_USER_AGENT="Mozilla/5.0 (Windows) Firefox/141.0")
    wanted, unknown, changed = mail.outbox
    assert wanted.subject == "Okienko: ustawienie nowego hasła"
    assert "Dzień dobry," in wanted.body
    assert "/konto/password/reset/key/" in wanted.body
    assert "/konto/signup/" not in unknown.body
    assert "zaproszenie" in unknown.body
    assert "Hasło zostało zmienione." in changed.body
    assert "Firefox, Windows" in changed.body
    assert not any(word in letter.body for letter in mail.outbox for word in ("Witamy z", "link", "you"))


def test_two_step_log_in_is_turned_on_and_off(guarded_anna):
    assert "prosimy o hasło i o kod" in words_of(guarded_anna.get("/konto/2fa/"))
    codes = words_of(guarded_anna.get("/konto/2fa/recovery-codes/"))
    assert "Niewykorzystane kody" in codes
    words_of(guarded_anna.get("/konto/2fa/recovery-codes/generate/"))
    words_of(guarded_anna.get("/konto/2fa/totp/deactivate/"))
    guarded_anna.post("/konto/2fa/totp/deactivate/")
    assert "prosimy tylko o hasło" in words_of(guarded_anna.get("/konto/2fa/"))


def test_the_second_step_asks_for_the_code(guarded_anna, ewa):
    page = ewa.post("/konto/login/", {"login": guarded_anna.user.email, "password": PASSWORD}, follow=True)
    assert "To konto chroni logowanie dwustopniowe" in words_of(page)
    wrong = ewa.post(page.request["PATH_INFO"], {"code": "000000"})
    assert "Kod się nie zgadza" in words_of(wrong)


@pytest.mark.parametrize(("periods_ago", "accepted"), [(1, True), (3, False)])
def test_a_code_may_turn_while_it_is_typed_but_not_lie_about(sure_anna, periods_ago, accepted):
    html = sure_anna.get("/konto/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="authenticator_secret" value="([A-Z2-7]+)"', html)[1]
    sent = {"code": code_for(secret, periods_ago=periods_ago)}
    assert (sure_anna.post("/konto/2fa/totp/activate/", sent).status_code == 302) is accepted


def test_the_secret_can_be_read_where_the_picture_cannot(sure_anna):
    html = words_of(sure_anna.get("/konto/2fa/totp/activate/"))
    assert 'alt="Kod QR dla aplikacji z kodami' in html
    assert re.search(r'id="authenticator_secret" value="[A-Z2-7]{16,}"', html)


def test_a_person_sees_where_she_is_logged_in_and_can_end_it(anna, ewa):
    sent = {"login": anna.user.email, "password": PASSWORD}
    ewa.post("/konto/login/", sent, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/141.0")
    ewa.get("/konto/sessions/", HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/141.0")
    anna.get("/konto/sessions/")
    html = words_of(anna.get("/konto/sessions/"))
    assert "Firefox, Windows" in html
    anna.post("/konto/sessions/")
    assert ewa.get(f"/u/{anna.office.slug}/").status_code == 302


@pytest.mark.parametrize(
    "address", ["/konto/password/change/", "/konto/2fa/", "/konto/sessions/", "/konto/logout/"]
)
def test_the_account_pages_share_one_row_of_tabs(anna, address):
    html = words_of(anna.get(address))
    assert html.count('<nav class="tabs"') == 1
    assert "Wróć do pracy" in html


def test_whatever_we_say_differently_is_said_in_polish():
    with translation.override("pl"):
        ours = {text: translation.gettext(text) for text in SAID_DIFFERENTLY}
    assert {text for text, polish in ours.items() if text == polish} == set()
    assert ours["Two-Factor Authentication"] == "Logowanie dwustopniowe"
