"""The frame of the back office, and what every page owes to a strict content security policy."""

import re
from pathlib import Path

import pytest
from django.test import override_settings

from okienko.foundation import ui
from okienko.foundation.offices.models import Membership
from okienko.foundation.registry import Role
from okienko.foundation.testing import factories
from okienko.foundation.testing.cast import Person
from okienko.foundation.web.views import server_error

TEMPLATES = Path(ui.__file__).parent / "templates"

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]* src=)", re.IGNORECASE)


@pytest.fixture
def style(dorota):
    return dorota.get(f"/siec/{dorota.network.slug}/styl/").content.decode()


def test_only_the_network_coordinator_opens_the_style_page(dorota, anna, celina, ewa):
    address = f"/siec/{dorota.network.slug}/styl/"
    assert dorota.get(address).status_code == 200
    assert anna.get(address).status_code == 404
    assert ewa.get(address).status_code == 302


def test_the_developers_style_page_exists_only_while_debugging(ewa):
    assert ewa.get("/styl/").status_code == 404
    with override_settings(DEBUG=True):
        assert ewa.get("/styl/").status_code == 200


def test_the_style_page_shows_every_component(style):
    used = "".join(file.read_text() for file in (TEMPLATES / "ui" / "style").glob("*.html"))
    names = {file.stem.replace("_", "-") for file in (TEMPLATES / "cotton").glob("*.html")}
    assert names - set(re.findall(r"<c-([a-z-]+)", used)) == set()


def test_every_component_says_what_it_accepts():
    for file in (TEMPLATES / "cotton").glob("*.html"):
        assert file.read_text().startswith("{# Accepts:"), file.name


@pytest.mark.parametrize("address", ["/konto/login/", "/konto/password/reset/", "/nie-ma-takiej/"])
def test_pages_without_the_frame_carry_no_inline_code(ewa, address):
    html = ewa.get(address).content.decode()
    assert not INLINE.search(html)
    assert '<html lang="pl">' in html


def test_the_style_page_carries_no_inline_code(style):
    assert not INLINE.search(style)


def test_a_page_has_one_main_one_heading_and_a_way_past_the_navigation(anna):
    html = anna.get(f"/u/{anna.office.slug}/").content.decode()
    assert html.count("<main") == 1
    assert html.count("<h1") == 1
    assert html.index('class="skip" href="#tresc"') < html.index("<header")
    assert 'id="tresc" tabindex="-1"' in html


def test_a_phase_without_entries_is_not_shown(anna, ewa):
    html = anna.get(f"/u/{anna.office.slug}/").content.decode()
    loop = html[html.index('<nav class="loop"') : html.index("</nav>", html.index('<nav class="loop"'))]
    lists = re.findall(r'<ul class="modules".*?</ul>', loop, re.DOTALL)
    assert lists
    assert all("<a href=" in entries for entries in lists)
    assert len(lists) == loop.count("popovertarget")


def test_the_switcher_is_a_list_only_where_there_is_a_choice(anna, other_office):
    address = f"/u/{anna.office.slug}/"
    assert "menu-office" not in anna.get(address).content.decode()
    Membership.objects.create(user=anna.user, office=other_office, role=Role.DEPUTY)
    html = anna.get(address).content.decode()
    assert f'href="/u/{other_office.slug}/"' in html
    assert 'aria-current="true"' in html


def test_logging_out_is_a_form_and_not_a_link(anna):
    html = anna.get(f"/u/{anna.office.slug}/").content.decode()
    assert '<form method="post" action="/konto/logout/">' in html
    assert 'href="/konto/logout/"' not in html


def test_a_name_with_markup_is_text_in_the_frame(network):
    office = factories.make_office(network, name="Urząd <b>Gminy</b>", slug="gmina")
    person = Person().sign_in(factories.make_member(office, Role.COORDINATOR, "<i>Zofia</i>"), office=office)
    html = person.get("/u/gmina/").content.decode()
    assert "<b>Gminy" not in html
    assert "<i>Zofia" not in html
    assert "&lt;i&gt;Zofia&lt;/i&gt;" in html


def test_a_visitor_changes_the_language_and_a_person_does_so_in_her_data(ewa, anna):
    html = ewa.get("/konto/login/").content.decode()
    assert '<button type="submit" name="language" value="en" lang="en">English</button>' in html
    answer = ewa.post("/jezyk/", {"language": "en", "next": "/konto/login/"}, follow=True)
    assert '<html lang="en">' in answer.content.decode()
    own = anna.get(f"/u/{anna.office.slug}/").content.decode()
    assert 'name="language"' not in own
    assert "Moje dane" in own


def test_error_pages_speak_to_the_person(ewa, anna, bartek):
    html = ewa.get("/nie-ma-takiej/").content.decode()
    assert "Nie ma tu takiej strony" in html
    assert "Przejdź na stronę startową" in html


def test_the_page_of_a_server_error_needs_neither_request_nor_database(rf):
    answer = server_error(rf.get("/u/brzozow-dolny/"))
    assert answer.status_code == 500
    assert "To nie Twoja wina" in answer.content.decode()
