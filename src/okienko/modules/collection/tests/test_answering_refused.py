"""What is sent too late, twice, or while nothing works: told in the respondent's language, never lost."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.utils import timezone

from okienko.engines.questionnaire import items
from okienko.foundation.offices.scope import all_offices
from okienko.modules.collection.answering import door, keys
from okienko.modules.collection.answering.form import CompiledVersion
from okienko.modules.collection.answering.words import word
from okienko.modules.collection.tests.test_answering import URLENCODED, key_of, responses, send
from okienko.modules.collection.views import answering_pages
from okienko.modules.surveys.models import OfficeWave, SurveyLink, Wave

NOT_KEPT = {
    "pl": "Ta odpowiedź nie została zapisana.",
    "en": "This answer was not stored.",
    "uk": "Цю відповідь не збережено.",
}


@pytest.fixture
def url(open_link) -> str:
    return f"/a/{open_link.token}/"


@pytest.fixture
def sent(ewa, url, clients_definition) -> dict[str, str]:
    """A whole answer with the key of a page that was opened while everything worked."""
    version = CompiledVersion(clients_definition)
    best = {
        item.code: str(item.categories[-1].value)
        for item in items(version.questionnaire)
        if item.kind in {"ordinal", "categorical"}
    }
    page = ewa.get(url)
    return best | {"k": key_of(page), "go": "send", "w": "1", "uwagi": 'Miło & "szybko"'}


def close_early() -> None:
    with all_offices("test"):
        OfficeWave.objects.update(state="closed", closed_at=timezone.now())
        Wave.objects.update(state="closed", closed_at=timezone.now())
    door.forget()


def switch_off() -> None:
    with all_offices("test"):
        SurveyLink.objects.update(is_active=False)
    door.forget()


def not_yet() -> None:
    with all_offices("test"):
        tomorrow = timezone.localdate() + timedelta(days=1)
        Wave.objects.update(opens_on=tomorrow, closes_on=tomorrow)
    door.forget()


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
@pytest.mark.parametrize("shut", [close_early, switch_off, not_yet])
def test_an_answer_that_came_too_late_is_told_not_to_be_stored(ewa, url, sent, shut, language):
    page = send(ewa, url, **(sent | {"go": f"lang-{language}"})).content.decode()
    assert f'action="?j={language}"' in page, "so that even a refusal knows the language"
    shut()
    refused = send(ewa, f"{url}?j={language}", **sent)
    assert NOT_KEPT[language] in refused.content.decode()
    assert refused["Content-Language"] == language
    assert not responses()


def test_who_only_looks_is_not_told_about_an_answer(ewa, url, sent):
    close_early()
    assert NOT_KEPT["pl"] not in ewa.get(url).content.decode()


@pytest.mark.parametrize("shut", [close_early, switch_off])
def test_a_form_sent_again_after_the_close_is_thanked_if_it_was_stored(ewa, url, sent, shut):
    assert send(ewa, url, **sent).status_code == 303
    shut()
    again = send(ewa, f"{url}?j=uk", **sent)
    assert (again.status_code, again["Location"]) == (303, f"{url}dziekujemy/?j=uk")
    assert ewa.get(again["Location"]).status_code == 200
    assert len(responses()) == 1


def test_after_an_early_close_no_day_to_come_is_named(ewa, url, sent):
    """The wave was planned for nine more days."""
    close_early()
    text = ewa.get(f"{url}?j=en").content.decode()
    today = timezone.localdate()
    assert f"until {today.day} {today:%B %Y}" in text


def test_a_form_gone_stale_and_stored_already_is_not_stored_again(ewa, url, sent, open_link, monkeypatch):
    moment = timezone.now() - timedelta(hours=23)
    sent |= {"k": keys.new_key(open_link.token, moment)}
    assert send(ewa, url, **sent).status_code == 303
    stale = keys.check_key(sent["k"], open_link.token, timezone.now() + timedelta(hours=2))
    assert stale is keys.KeyState.STALE
    monkeypatch.setattr("okienko.modules.collection.views.answering.check_key", lambda *_: stale)
    assert send(ewa, url, **sent).status_code == 303
    assert len(responses()) == 1


def test_a_stale_form_sent_while_the_database_is_down_keeps_its_answers(
    ewa, url, sent, open_link, monkeypatch
):
    sent |= {"k": keys.new_key(open_link.token, timezone.now() - timedelta(hours=30))}

    def down(_key_hash):
        raise OperationalError("down")

    with monkeypatch.context() as patch:
        patch.setattr("okienko.modules.collection.views.answering.is_stored", down)
        page = send(ewa, url, **sent)
    assert page.status_code == 503 and word("not_stored", "pl") in page.content.decode()
    assert "Miło &amp; &quot;szybko&quot;" in page.content.decode()
    assert responses() == []


def test_while_nothing_works_what_was_sent_stands_on_the_page_and_is_stored_afterwards(
    ewa, url, sent, monkeypatch
):
    """The process was started anew and the database is down: not even the questions are known."""

    def nothing(token):
        raise OperationalError("down")

    door.forget()
    with monkeypatch.context() as patch:
        patch.setattr(door.surveys, "link_for_answering", nothing)
        page = send(ewa, f"{url}?j=en", **sent)
    text = page.content.decode()
    assert page.status_code == 503
    assert "NOT stored" in text
    for name, value in sent.items():
        assert f'name="{name}" value="{value}"' in unescape(text), name
    assert "<script" not in text and '& "szybko"' not in text, "escaped"
    assert send(ewa, url, **sent).status_code == 303
    assert responses()[0].texts["uwagi"] == 'Miło & "szybko"'


def test_long_remarks_in_ukrainian_are_accepted(ewa, url, sent):
    """Every letter is six bytes on its way: 64 kB would refuse three remarks of the allowed length."""
    more = {f"uwagi_{number}": "ї" * 4000 for number in range(3)}
    body = urlencode(sent | more)
    assert 65_536 < len(body) < answering_pages.MOST_BYTES
    assert ewa.post(url, body, content_type=URLENCODED).status_code == 303
