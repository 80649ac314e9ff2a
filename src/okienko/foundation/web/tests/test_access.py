"""Who passes `@requires`: a signed-in person whose account is in use, with a role where the address says."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse

from okienko.foundation.accounts.models import User
from okienko.foundation.offices.models import Membership
from okienko.foundation.testing.factories import PASSWORD
from okienko.foundation.web.views import office_home


def addresses(anna, dorota) -> list[tuple[object, str]]:
    return [
        (anna, reverse("web:office_home", args=[anna.office.slug])),
        (anna, reverse("administration:edit_office", args=[anna.office.slug])),
        (anna, reverse("administration:profile")),
        (dorota, reverse("web:network_home", args=[dorota.network.slug])),
    ]


def test_an_account_that_is_no_longer_in_use_opens_nothing_though_it_was_signed_in(anna, dorota):
    pages = addresses(anna, dorota)
    assert [person.get(address).status_code for person, address in pages] == [200] * len(pages)
    User.objects.update(is_active=False)
    for person, address in pages:
        for answer in (person.get(address), person.post(address, {"name": "Przejęty"})):
            assert answer.status_code == 302 and answer.url.startswith(reverse("account_login")), address
    anna.office.refresh_from_db()
    assert anna.office.name != "Przejęty"


def test_an_account_that_is_no_longer_in_use_does_not_sign_in(client, anna):
    User.objects.update(is_active=False)
    client.post(reverse("account_login"), {"login": anna.user.email, "password": PASSWORD})
    answer = client.get(reverse("web:office_home", args=[anna.office.slug]))
    assert answer.status_code == 302 and answer.url.startswith(reverse("account_login"))


def test_a_role_that_was_taken_away_opens_nothing_from_the_next_click_on(anna):
    page = reverse("web:office_home", args=[anna.office.slug])
    assert anna.get(page).status_code == 200
    Membership.objects.filter(user=anna.user).delete()
    assert anna.get(page).status_code == 404


@pytest.mark.parametrize("active", [True, False])
def test_the_guard_itself_asks_whether_the_account_is_in_use(anna, active):
    """Whatever way a person came to be in the request: a backend of the future may not ask."""
    request = RequestFactory().get("/")
    request.user, request.session = anna.user, {}
    request.user.is_active = active
    answer = office_home(request, office=anna.office.slug)
    assert answer.status_code == (200 if active else 302)
