"""Invitations: a letter with a key that works once, for one address, for seven days."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.accounts.models import User
from okienko.foundation.administration import services
from okienko.foundation.administration.rules import MOST_INVITATIONS_PENDING
from okienko.foundation.administration.writing import NotYours
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.models import Invitation, Membership, NetworkMembership
from okienko.foundation.offices.rules import Refused
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.registry import Role
from okienko.foundation.testing import factories

PASSWORD = "trzy krowy na dachu"
WHOM = {"name": "Bartek Nowy", "email": "Bartek@Example.org", "role": "member"}
PROFILE = {"name": "Bartek Nowy", "job_title": "referent", "password1": PASSWORD, "password2": PASSWORD}


def url(name: str, place, *args) -> str:
    return reverse(f"administration:{name}", args=[place.slug, *args])


def link(letter) -> str:
    return re.search(r"https?://\S+?(/zaproszenie/\S+/)", letter.body)[1]


@pytest.fixture
def invited(anna, letters) -> str:
    """The address in the letter that Bartek got."""
    assert anna.post(url("invite", anna.office), WHOM).url == url("people", anna.office)
    return link(letters[0])


def test_the_letter_says_who_invites_where_and_until_when(anna, letters, settings):
    settings.SITE_URL = "https://okienko.example"
    page = anna.post(url("invite", anna.office), WHOM, follow=True).content.decode()
    assert "został wysłany" in page
    letter = letters[0]
    assert letter.to == ["bartek@example.org"]
    assert letter.subject == "Okienko: zaproszenie (Urząd Miasta Brzozów Dolny)"
    for words in (
        "Anna Przykładowa",
        "Urząd Miasta Brzozów Dolny",
        "pracownik",
        "https://okienko.example/zaproszenie/",
    ):
        assert words in letter.body
    assert "<" not in letter.body and "&" not in letter.body


def test_the_key_is_not_in_the_database_the_history_or_the_pages(anna, invited):
    token = invited.split("/")[2]
    row = Invitation.objects.get()
    assert len(token) >= 43 and token not in str(vars(row))
    with all_offices("test"):
        entries = [str(vars(entry)) for entry in AuditEntry.objects.all()]
    assert not any(token in text for text in entries)
    assert token not in anna.get(url("people", anna.office)).content.decode()


def test_a_new_person_makes_an_account_and_is_in(ewa, invited, office):
    assert "Urząd Miasta Brzozów Dolny" in ewa.get(invited).content.decode()
    response = ewa.post(invited, PROFILE)
    assert response.url == f"/u/{office.slug}/"
    assert ewa.get(response.url).status_code == 200
    user = User.objects.get(email="bartek@example.org")
    assert (user.name, user.job_title, user.check_password(PASSWORD)) == ("Bartek Nowy", "referent", True)
    assert Membership.objects.get(user=user).role == "member"
    with all_offices("test"):
        codes = list(AuditEntry.objects.filter(office=office).values_list("code", "actor_name"))
    assert ("administration.accept_invitation", "Bartek Nowy") in codes


def test_a_key_works_once(ewa, invited):
    ewa.post(invited, PROFILE)
    other = Client()
    assert other.get(invited).status_code == 410
    assert other.post(invited, PROFILE).status_code == 410
    assert User.objects.filter(email="bartek@example.org").count() == 1


def test_a_key_runs_out_after_seven_days(ewa, invited):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = ewa.get(invited)
    assert page.status_code == 410 and "wygasło" in page.content.decode()
    assert ewa.post(invited, PROFILE).status_code == 410
    assert not User.objects.filter(email="bartek@example.org").exists()


def test_the_term_is_seven_days(anna, invited):
    row = Invitation.objects.get()
    assert row.expires_at - row.created_at == timedelta(days=7)


@pytest.mark.parametrize("token", ["x", "../..", "0" * 43, "ą", "%00", "a" * 5000])
def test_a_made_up_key_opens_nothing(ewa, invited, token):
    response = ewa.get(f"/zaproszenie/{token}/")
    assert response.status_code == 404
    assert "bartek" not in response.content.decode().lower()


def test_a_tampered_key_opens_nothing(ewa, invited):
    token = invited.split("/")[2]
    for other in (
        token[:-1],
        token + "A",
        token.swapcase(),
        "A" + token[1:] if token[0] != "A" else "B" + token[1:],
    ):
        assert ewa.get(f"/zaproszenie/{other}/").status_code == 404


def test_a_withdrawn_key_opens_nothing(anna, ewa, invited):
    row = Invitation.objects.get()
    assert "Wycofać" in anna.get(url("withdraw_invitation", anna.office, row.pk)).content.decode()
    assert ewa.get(invited).status_code == 200
    anna.post(url("withdraw_invitation", anna.office, row.pk))
    assert ewa.get(invited).status_code == 410
    assert ewa.post(invited, PROFILE).status_code == 410
    anna.post(url("resend_invitation", anna.office, row.pk))
    assert ewa.get(invited).status_code == 410


def test_sending_again_makes_a_new_key_and_kills_the_old_one(anna, ewa, invited, letters):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    row = Invitation.objects.get()
    anna.post(url("resend_invitation", anna.office, row.pk))
    assert len(letters) == 2
    assert ewa.get(invited).status_code == 404
    assert ewa.get(link(letters[1])).status_code == 200


def test_an_existing_person_signs_in_and_gains_the_role(celina, anna, letters):
    anna.post(url("invite", anna.office), WHOM | {"email": celina.user.email, "role": "analyst"})
    address = link(letters[0])
    stranger = Client()
    page = stranger.get(address).content.decode()
    assert f"/konto/login/?next={address}" in page and "password1" not in page
    assert stranger.post(address, PROFILE).status_code == 200  # still asked to sign in, nothing made
    assert not Membership.objects.filter(user=celina.user, office=anna.office).exists()
    assert celina.post(address).url == f"/u/{anna.office.slug}/"
    assert Membership.objects.get(user=celina.user, office=anna.office).role == "analyst"
    assert Membership.objects.filter(user=celina.user).count() == 2


def test_a_forwarded_letter_gives_its_role_to_nobody_else(celina, invited, office):
    page = celina.get(invited)
    assert "dla innego adresu" in page.content.decode()
    assert "bartek@example.org" not in page.content.decode()
    celina.post(invited)
    assert not Membership.objects.filter(user=celina.user, office=office).exists()


def test_inviting_tells_nobody_whether_an_address_has_an_account(anna, celina, letters):
    pages = []
    for number, email in enumerate((celina.user.email, "nikt@example.org")):
        anna.post(url("invite", anna.office), WHOM | {"name": "Osoba", "email": email})
        row = Invitation.objects.get(email=email)
        page = anna.get(url("people", anna.office)).content.decode()
        pages.append(re.sub(r"/zaproszenia/\d+/", "", page).replace(email, ""))
        row.delete()
        letters[number].body = re.sub(r"/zaproszenie/\S+", "", letters[number].body)
    cut = [page[page.index("<main") : page.index("</main")] for page in pages]
    assert cut[0] == cut[1]
    assert letters[0].body == letters[1].body


def test_the_same_address_is_not_invited_twice_and_members_are_not_invited(anna, bartek, invited):
    again = anna.post(url("invite", anna.office), WHOM)
    assert again.status_code == 422 and "już zaproszenie" in again.content.decode()
    own = anna.post(url("invite", anna.office), WHOM | {"email": bartek.user.email})
    assert own.status_code == 422
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("role", ["coordinator", "network_coordinator", "person", "", "x" * 500])
def test_an_office_gives_no_role_above_its_own(anna, letters, role):
    assert anna.post(url("invite", anna.office), WHOM | {"role": role}).status_code == 422
    assert not letters


@pytest.mark.parametrize(
    "change",
    [
        {"email": "nie adres"},
        {"email": "a@example.org\nBcc: b@example.org"},
        {"email": "a" * 250 + "@example.org"},
        {"name": ""},
        {"name": "x" * 121},
        {"name": "Anna\u202eannA"},
        {"name": "\x00"},
    ],
)
def test_a_strange_name_or_address_sends_no_letter(anna, letters, change):
    assert anna.post(url("invite", anna.office), WHOM | change).status_code == 422
    assert not letters and not Invitation.objects.exists()


def test_a_name_with_a_line_break_stays_on_one_line(anna, letters):
    anna.post(url("invite", anna.office), WHOM | {"name": "Bartek\r\nBcc: wszyscy@example.org"})
    assert Invitation.objects.get().name == "Bartek Bcc: wszyscy@example.org"
    assert letters[0].to == ["bartek@example.org"] and not letters[0].bcc


def test_markup_in_a_name_is_text_in_the_letter_and_on_the_pages(anna, ewa, letters):
    anna.post(url("invite", anna.office), WHOM | {"name": "<b>Bartek</b> & spółka"})
    page = ewa.get(link(letters[0])).content.decode()
    assert "<b>Bartek</b>" not in page and "&lt;b&gt;Bartek&lt;/b&gt;" in page
    assert "<b>Bartek</b>" not in anna.get(url("people", anna.office)).content.decode()


@pytest.mark.parametrize(
    "change", [{"password1": "krótkie", "password2": "krótkie"}, {"password2": "inne"}, {"name": ""}]
)
def test_a_refused_account_leaves_the_invitation_open(ewa, invited, change):
    assert ewa.post(invited, PROFILE | change).status_code == 422
    assert not User.objects.filter(email="bartek@example.org").exists()
    assert ewa.post(invited, PROFILE).status_code == 302


def test_a_letter_that_did_not_leave_is_shown_and_can_be_sent_again(anna, letters, monkeypatch):
    def broken(self, messages):
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", broken)
        page = anna.post(url("invite", anna.office), WHOM, follow=True).content.decode()
    assert "nie wyszedł" in page
    row = Invitation.objects.get()
    assert row.mailed_at is None
    anna.post(url("resend_invitation", anna.office, row.pk))
    row.refresh_from_db()
    assert row.mailed_at is not None and len(letters) == 1


def test_too_many_invitations_at_once_are_refused(anna, letters):
    now = timezone.now()
    Invitation.objects.bulk_create(
        Invitation(
            office=anna.office,
            email=f"o{number}@example.org",
            name="Osoba",
            role="member",
            token_hash=f"{number}",
            created_at=now,
            expires_at=now + timedelta(days=7),
        )
        for number in range(MOST_INVITATIONS_PENDING)
    )
    assert anna.post(url("invite", anna.office), WHOM).status_code == 422
    assert not letters


def test_a_deputy_appointed_meanwhile_is_not_doubled(anna, ewa, letters):
    anna.post(url("invite", anna.office), WHOM | {"role": "deputy"})
    factories.make_member(anna.office, Role.DEPUTY, "Szybsza Osoba")
    assert ewa.post(link(letters[0]), PROFILE).status_code == 302
    assert Membership.objects.get(user__email="bartek@example.org").role == "member"


def test_a_coordinator_invited_by_the_network_replaces_the_present_one(dorota, anna, ewa, letters):
    values = {"name": "Bartek Nowy", "email": "bartek@example.org"}
    page = dorota.get(url("invite_coordinator", dorota.network, anna.office.pk)).content.decode()
    assert "Anna Przykładowa" in page
    dorota.post(url("invite_coordinator", dorota.network, anna.office.pk), values)
    assert Membership.objects.get(user=anna.user).role == "coordinator"
    ewa.post(link(letters[0]), PROFILE)
    assert Membership.objects.get(user=anna.user).role == "member"
    assert Membership.objects.get(user__email="bartek@example.org").role == "coordinator"
    assert [letter.to[0] for letter in letters[1:]] == ["bartek@example.org", anna.user.email]


def test_an_invited_network_coordinator_sees_the_network(dorota, ewa, letters):
    dorota.post(
        url("invite_network_coordinator", dorota.network), {"name": "B", "email": "bartek@example.org"}
    )
    assert ewa.post(link(letters[0]), PROFILE).url == f"/siec/{dorota.network.slug}/"
    assert NetworkMembership.objects.filter(user__email="bartek@example.org").exists()
    assert ewa.get(url("network", dorota.network)).status_code == 200


def test_invitations_of_others_cannot_be_touched(anna, celina, dorota, invited):
    row = Invitation.objects.get()
    for name in ("resend_invitation", "withdraw_invitation"):
        assert celina.post(url(name, celina.office, row.pk)).status_code == 404
    outsider = factories.make_network(slug="inna")
    user = factories.make_network_coordinator(outsider)
    stranger = Client()
    stranger.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert stranger.post(url("network_withdraw_invitation", outsider, row.pk)).status_code == 404
    with pytest.raises(NotYours):
        services.withdraw_invitation(invitation=row, by=celina.actor, at=timezone.now())
    row.refresh_from_db()
    assert row.withdrawn_at is None
    assert dorota.post(url("network_withdraw_invitation", dorota.network, row.pk)).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_a_coordinator_of_an_office_does_not_touch_the_networks_invitations(anna, dorota, letters):
    dorota.post(url("invite_network_coordinator", dorota.network), {"name": "B", "email": "b@example.org"})
    row = Invitation.objects.get()
    assert anna.post(url("withdraw_invitation", anna.office, row.pk)).status_code == 404
    with pytest.raises(NotYours):
        services.withdraw_invitation(invitation=row, by=anna.actor, at=timezone.now())


def test_an_office_cannot_be_named_by_a_network_coordinator_of_another_network(anna, letters):
    network = factories.make_network(slug="inna")
    user = factories.make_network_coordinator(network)
    from okienko.foundation.offices.selectors import network_access

    actor = network_access(user, network.slug).actor
    with pytest.raises(NotYours):
        services.invite_coordinator(
            office=anna.office, name="x", email="x@example.org", by=actor, at=timezone.now()
        )
    assert not letters


def test_a_service_accepts_for_nobody_but_the_addressee(celina, invited):
    token = invited.split("/")[2]
    with pytest.raises(Refused):
        services.accept_invitation(token=token, user=celina.user, by=celina.actor, at=timezone.now())
    assert Invitation.objects.get().accepted_at is None


def test_nobody_accepts_for_the_addressee(celina, invited):
    """The addressee has an account, and somebody else acts: the role is taken by nobody."""
    addressee = factories.make_user("Bartek Przykładowy", email="bartek@example.org")
    token = invited.split("/")[2]
    with pytest.raises(Refused):
        services.accept_invitation(token=token, user=addressee, by=celina.actor, at=timezone.now())
    assert Invitation.objects.get().accepted_at is None
    assert not Membership.objects.filter(user=addressee).exists()
