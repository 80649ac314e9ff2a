"""The keys of keyed entry, in a browser: one key per answer, and nothing by mouse."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing.factories import make_service_point, scope_of
from okienko.foundation.testing.machine import browser_path, require
from okienko.modules.collection.models import EntryForm
from okienko.modules.collection.services import entry as services
from okienko.modules.surveys.tests.factories import (
    make_office_wave,
    make_point_plan,
    make_questionnaire,
    make_survey,
    make_wave,
)

KEY = "document.activeElement.querySelector('[data-key]').dataset.key"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def batch(office, anna, clients_definition):
    today = timezone.localdate()
    with open_scope(scope_of(office)):
        survey = make_survey(office, questionnaire=make_questionnaire(office, definition=clients_definition))
        wave = make_wave(survey, state="open", opens_on=today - timedelta(5), closes_on=today + timedelta(5))
        part = make_office_wave(office, wave=wave, state="open")
        plan = make_point_plan(part, make_service_point(office, name="Sala obsługi", code="sala"))
        pile = services.Pile(plan.service_point, today, expected=12)
        return services.create_batch(office_wave=part, pile=pile, by=anna.actor, at=timezone.now())


@pytest.fixture
def page(live_server, anna, office, batch, monkeypatch):
    require("browser")
    require("assets")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="pl-PL")
        cookie = anna.cookies["sessionid"]
        context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        opened = context.new_page()
        opened.goto(live_server.url + reverse("collection:type_form", args=[office.slug, batch.pk]))
        yield opened
        browser.close()


def typed(office) -> list[dict]:
    with open_scope(scope_of(office)):
        return [form.answers for form in EntryForm.objects.order_by("number")]


def shoot(page, name: str) -> None:
    folder = os.environ.get("OKIENKO_SCREENS")
    if folder:
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=width == 1440)


def test_a_form_is_typed_with_one_key_per_answer(page, office):
    stops = page.evaluate(
        "[...document.querySelectorAll('.typing-row[data-kind=code]')].map(r => r.dataset.item)"
    )
    assert len(stops) >= 20
    keys = 0
    for _stop in range(200):
        now = page.evaluate("document.activeElement.closest('.typing-row')?.dataset.kind || 'save'")
        if now == "save":
            break
        page.keyboard.press(page.evaluate(KEY) if now == "code" else "Enter")
        keys += now == "code"
    shoot(page, "typed")
    page.keyboard.press("Enter")
    page.wait_for_url("**zapisano=1**")
    (answers,) = typed(office)
    given = [code for code in stops if answers.get(code, -4) not in (-4,)]
    assert len(given) == keys, "one key for each answer"
    assert "2" in page.inner_text("h1")
    shoot(page, "next")


def test_a_wrong_key_does_not_move_and_says_which_keys_there_are(page):
    first = page.evaluate("document.activeElement.name")
    page.keyboard.press("q")
    assert page.evaluate("document.activeElement.name") == first
    assert "Klawisz q nie pasuje" in page.inner_text("[data-wrong-key]")
    shoot(page, "wrong")


def test_one_goes_back_corrects_and_a_reload_goes_on(page):
    names = [page.evaluate("document.activeElement.name")]
    for key in "11":
        page.keyboard.press(key)
        names.append(page.evaluate("document.activeElement.name"))
    page.keyboard.press("Backspace")
    assert page.evaluate("document.activeElement.name") == names[1]
    page.keyboard.press("2")
    page.reload()
    values = page.evaluate("n => n.map(name => document.querySelector(`[name=${name}]`).value)", names[:2])
    assert values == ["1", "2"]
    assert page.evaluate("document.activeElement.closest('.typing-row') !== null")


def test_a_question_that_is_not_asked_is_skipped(page):
    page.evaluate("document.querySelector('[name=sposob]').focus()")
    page.keyboard.press("2")
    skipped = page.evaluate("[...document.querySelectorAll('.is-skipped')].map(row => row.dataset.question)")
    assert "dotarcie" in skipped and "sposob" not in skipped
