"""The answering page as a respondent meets it, without JavaScript and without a cookie."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.utils import timezone

from okienko.engines.questionnaire import items
from okienko.foundation.offices.scope import all_offices
from okienko.modules.collection.answering import door, keys
from okienko.modules.collection.answering.form import CompiledVersion
from okienko.modules.collection.models import Response, SubmissionKey
from okienko.modules.surveys.models import OfficeWave, SurveyLink, Wave

URLENCODED = "application/x-www-form-urlencoded"


def responses() -> list[Response]:
    with all_offices("test"):
        return list(Response.objects.all())


def key_of(response) -> str:
    return re.search(r'name="k" value="([^"]+)"', response.content.decode()).group(1)


def send(client, url: str, **fields):
    return client.post(url, urlencode(fields, doseq=True), content_type=URLENCODED)


@pytest.fixture
def url(open_link) -> str:
    return f"/a/{open_link.token}/"


@pytest.fixture
def full_answer(clients_definition) -> dict[str, str]:
    """The best mark for everything, in the names of the form's fields."""
    version = CompiledVersion(clients_definition)
    return {
        item.code: str(item.categories[-1].value)
        for item in items(version.questionnaire)
        if item.kind in {"ordinal", "categorical"}
    }


def test_the_page_sets_no_cookie_and_asks_for_no_session(ewa, url):
    response = ewa.get(url)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in response.get("Vary", "")
    assert 'lang="pl"' in response.content.decode()
    assert 'rel="icon" href="data:,"' in response.content.decode(), "else the browser asks for one"


def test_a_page_of_the_clients_questionnaire_is_under_30_kilobytes(ewa, url):
    assert len(ewa.get(url).content) < 30_000


def test_an_answer_is_stored_once_with_the_day_and_nothing_of_the_request(ewa, url, open_link, full_answer):
    key = key_of(ewa.get(url))
    response = send(ewa, url, k=key, go="send", w="1", j="pl", **full_answer)
    assert response.status_code == 303, response.content.decode()
    (stored,) = responses()
    assert stored.day == timezone.localdate()
    assert stored.service_point_id == open_link.service_point_id
    assert stored.answers["zadowolenie"] == int(full_answer["zadowolenie"])
    assert stored.mode == "web"
    assert not response.cookies
    thanks = ewa.get(response["Location"])
    assert "Odpowiedź jest zapisana" in thanks.content.decode()


@pytest.mark.parametrize(
    ("language", "told", "denied"),
    [
        ("pl", "przeczyta koordynator", "Nikt nie zobaczy"),
        ("en", "read by the coordinator", "Nobody will see"),
        ("uk", "прочитає координатор", "Ніхто не побачить"),
    ],
)
def test_the_thanks_do_not_deny_that_remarks_are_read(ewa, url, language, told, denied):
    text = ewa.get(f"{url}dziekujemy/?j={language}").content.decode()
    assert told in text
    assert denied not in text


def test_the_same_key_again_changes_nothing(ewa, url, full_answer):
    key = key_of(ewa.get(url))
    for _ in range(3):
        assert send(ewa, url, k=key, go="send", w="1", **full_answer).status_code == 303
    assert len(responses()) == 1
    assert SubmissionKey.objects.count() == 1


def test_the_key_is_stored_only_as_a_keyed_hash(ewa, url, full_answer):
    key = key_of(ewa.get(url))
    send(ewa, url, k=key, go="send", w="1", **full_answer)
    kept = bytes(SubmissionKey.objects.get().key_hash)
    assert kept == keys.stored_hash(key)
    assert key.encode() not in kept


def test_page_by_page_keeps_earlier_answers_and_back_loses_nothing(ewa, url, full_answer):
    page = ewa.get(url)
    first = send(ewa, url, k=key_of(page), go="next", p="0", **full_answer)
    text = first.content.decode()
    assert 'name="p" value="1"' in text
    code, value = next(iter(full_answer.items()))
    assert f'<input type="hidden" name="{code}" value="{value}">' in text
    back = send(ewa, url, k=key_of(first), go="back", p="1", **full_answer).content.decode()
    assert 'name="p" value="0"' in back
    assert f'name="{code}" value="{value}" checked' in back


def test_the_language_switch_keeps_the_answers(ewa, url, full_answer):
    page = send(ewa, url, k=key_of(ewa.get(url)), go="lang-uk", p="0", j="pl", **full_answer).content.decode()
    code, value = next(iter(full_answer.items()))
    assert '<html lang="uk">' in page
    assert f'name="{code}" value="{value}" checked' in page


def test_a_missing_required_answer_is_said_at_its_question(ewa, url):
    response = send(ewa, url, k=key_of(ewa.get(url)), go="send", p="7")
    text = response.content.decode()
    assert 'role="alert"' in text
    assert 'class="a-err"' in text
    assert not responses()


def test_an_answer_that_is_not_on_the_list_is_refused(ewa, url, full_answer):
    response = send(
        ewa, url, k=key_of(ewa.get(url)), go="send", w="1", **(full_answer | {"zadowolenie": "77"})
    )
    assert response.status_code == 422
    assert not responses()


@pytest.mark.parametrize("change", [lambda key: key[:-2] + "AA", lambda key: "", lambda key: "x" * 500])
def test_a_tampered_key_is_refused_and_the_answers_are_kept(ewa, url, full_answer, change):
    key = key_of(ewa.get(url))
    response = send(ewa, url, k=change(key), go="send", w="1", **full_answer)
    assert response.status_code == 403
    text = response.content.decode()
    assert "zachowane" in text
    code, value = next(iter(full_answer.items()))
    assert f'name="{code}" value="{value}" checked' in text
    assert not responses()
    assert send(ewa, url, k=key_of(response), go="send", w="1", **full_answer).status_code == 303


@pytest.mark.parametrize(
    "change", [lambda key: key + "\n", lambda key: f"{key[:5]}!{key[5:]}", lambda key: key + "===="]
)
def test_a_used_key_spelt_otherwise_stores_nothing_more(ewa, url, full_answer, change):
    key = key_of(ewa.get(url))
    assert send(ewa, url, k=key, go="send", w="1", **full_answer).status_code == 303
    assert send(ewa, url, k=change(key), go="send", w="1", **full_answer).status_code == 403
    assert len(responses()) == 1


def test_the_key_of_another_link_is_refused(ewa, url, full_answer):
    key = keys.new_key("another-token", timezone.now())
    assert send(ewa, url, k=key, go="send", w="1", **full_answer).status_code == 403
    assert not responses()


def test_a_stale_form_keeps_the_answers_and_gets_a_fresh_key(ewa, url, open_link, full_answer):
    old = keys.new_key(open_link.token, timezone.now() - timedelta(days=2))
    response = send(ewa, url, k=old, go="send", w="1", **full_answer)
    assert "zbyt długo" in response.content.decode()
    assert not responses()
    assert send(ewa, url, k=key_of(response), go="send", w="1", **full_answer).status_code == 303


def test_an_unknown_token_says_nothing_and_is_404(ewa, url):
    response = ewa.get("/a/nie-ma-takiego-linku/")
    assert response.status_code == 404
    assert "Brzozów" not in response.content.decode()


def test_a_wave_closed_while_the_form_was_open_refuses_honestly(ewa, url, full_answer):
    key = key_of(ewa.get(url))
    with all_offices("test"):
        OfficeWave.objects.update(state="closed")
        Wave.objects.update(state="closed")
    # the link is still kept in memory as open; the database has the last word
    response = send(ewa, url, k=key, go="send", w="1", **full_answer)
    assert response.status_code == 410
    assert "zakończona" in response.content.decode()
    assert not responses()
    assert ewa.get(url).status_code == 410, "nor is the form offered to anybody else"
    assert not SubmissionKey.objects.exists()


def test_a_link_that_was_switched_off_shows_no_questions(ewa, url):
    with all_offices("test"):
        SurveyLink.objects.update(is_active=False)
    response = ewa.get(url)
    assert response.status_code == 410
    assert "<fieldset" not in response.content.decode()


def test_the_form_is_served_while_the_database_is_down(ewa, url, monkeypatch):
    ewa.get(url)
    monkeypatch.setattr(door, "FRESH_SECONDS", 0.0)

    def down(token):
        raise OperationalError("down")

    monkeypatch.setattr(door.surveys, "link_for_answering", down)
    assert ewa.get(url).status_code == 200
    door.forget()
    assert ewa.get(url).status_code == 503


def test_an_answer_that_cannot_be_stored_is_not_acknowledged_and_stays_on_the_page(
    ewa, url, full_answer, monkeypatch
):
    def down(response):
        raise OperationalError("down")

    key = key_of(ewa.get(url))
    with monkeypatch.context() as patch:
        patch.setattr("okienko.modules.collection.services.answering.store", down)
        response = send(ewa, url, k=key, go="send", w="1", **full_answer)
    assert response.status_code == 503
    text = response.content.decode()
    assert "NIE została zapisana" in text
    assert key_of(response) == key, "the same key, so that sending again cannot store twice"
    assert send(ewa, url, k=key, go="send", w="1", **full_answer).status_code == 303
    assert len(responses()) == 1


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"a=" + b"x" * 270_000, URLENCODED, 413),
        (b"&".join(b"f%d=1" % n for n in range(1500)), URLENCODED, 400),
        (b"k=%ff%fe&go=send", URLENCODED, 400),
        (b'{"zadowolenie": 5}', "application/json", 400),
        (b"\xff\xfe", URLENCODED, 400),
    ],
)
def test_a_hostile_body_is_refused(ewa, url, body, kind, status):
    assert ewa.post(url, body, content_type=kind).status_code == status
    assert not responses()


def test_hostile_text_is_shown_as_text(ewa, url, full_answer):
    evil = '"><script>alert(1)</script>'
    page = send(ewa, url, k=key_of(ewa.get(url)), go="lang-en", w="1", **(full_answer | {"uwagi": evil}))
    assert "<script" not in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()


def test_a_robot_in_the_trap_is_flagged_and_kept(ewa, url, full_answer):
    send(ewa, url, k=key_of(ewa.get(url)), go="send", w="1", adres="http://spam", **full_answer)
    (stored,) = responses()
    assert stored.flags == ["honeypot"]
    assert not stored.excluded


def test_every_kind_of_question_has_its_controls(clients_definition):
    pages = CompiledVersion(clients_definition).form("pl")
    html = b"".join(pages.blank(page.index) for page in pages.pages).decode()
    for item in items(pages.questionnaire):
        assert f'name="{item.code}"' in html, item.code


@pytest.mark.parametrize("path", ["/a/", "/a/x/y/z/", "/a/x/dziekujemy/more/"])
def test_whatever_stands_below_the_answering_path_sets_no_cookie(ewa, db, path):
    response = ewa.get(path)
    assert response.status_code == 404
    assert not response.cookies


def test_an_address_without_its_last_slash_is_mended(ewa, url):
    response = ewa.get(url.rstrip("/"))
    assert (response.status_code, response["Location"]) == (301, url)
    assert not response.cookies
