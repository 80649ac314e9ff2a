"""The content security policy: django-csp's own words, whether made once or for one response."""

from __future__ import annotations

import pytest
from csp.exceptions import CSPNonceError
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from okienko.foundation.web.policy import PolicyMiddleware

HEADER = "Content-Security-Policy"


def policy(middleware, answer) -> dict[str, set[str]]:
    """The header's directives; their order means nothing."""
    text = middleware(answer)(RequestFactory().get("/"))[HEADER]
    return {part.split()[0]: set(part.split()[1:]) for part in text.split(";") if part.strip()}


def plainly(request) -> HttpResponse:
    return HttpResponse("ok")


def with_a_nonce(request) -> HttpResponse:
    return HttpResponse(str(request.csp_nonce))


def with_its_own(request) -> HttpResponse:
    response = HttpResponse("ok")
    response._csp_update = {"img-src": ["https://example.org"]}
    return response


@pytest.mark.parametrize("answer", [plainly, with_its_own])
def test_the_header_is_the_one_that_django_csp_would_make(answer):
    assert policy(PolicyMiddleware, answer) == policy(CSPMiddleware, answer)


def test_it_says_what_the_settings_say():
    told = policy(PolicyMiddleware, plainly)
    assert told == {key: set(value) for key, value in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()}


def test_a_response_with_a_wish_of_its_own_leaves_the_others_alone():
    middleware = PolicyMiddleware(
        lambda request: with_its_own(request) if "own" in request.GET else plainly(request)
    )
    own, other = (middleware(RequestFactory().get(path))[HEADER] for path in ("/?own", "/"))
    assert "https://example.org" in own
    assert "https://example.org" not in other


def test_a_header_that_is_there_already_stays():
    def strict(request) -> HttpResponse:
        return HttpResponse("ok", headers={HEADER: "default-src 'none'"})

    assert PolicyMiddleware(strict)(RequestFactory().get("/"))[HEADER] == "default-src 'none'"


def test_a_nonce_asked_for_after_the_header_is_an_error(settings):
    request = RequestFactory().get("/")
    PolicyMiddleware(plainly)(request)
    with pytest.raises(CSPNonceError):
        str(request.csp_nonce)


def test_a_nonce_asked_for_in_time_stands_in_the_header_where_the_policy_has_a_place(settings):
    from csp.constants import NONCE

    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": ["'self'", NONCE]}}
    response = PolicyMiddleware(with_a_nonce)(RequestFactory().get("/"))
    assert f"'nonce-{response.content.decode()}'" in response[HEADER]


def test_reports_and_exceptions_are_left_to_django_csp(settings):
    settings.CONTENT_SECURITY_POLICY_REPORT_ONLY = {"DIRECTIVES": {"default-src": ["'self'"]}}
    response = PolicyMiddleware(plainly)(RequestFactory().get("/"))
    assert "default-src 'self'" in response["Content-Security-Policy-Report-Only"]
