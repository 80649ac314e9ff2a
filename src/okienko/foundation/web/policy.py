"""The content security policy, made once: it is the same in every response."""

from __future__ import annotations

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    """django-csp builds the header for every response anew; only one that asks for its own needs that."""

    def __init__(self, get_response) -> None:
        super().__init__(get_response)
        self.policy = build_policy()
        own = getattr(settings, "CONTENT_SECURITY_POLICY", None) or {}
        reports = getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None)
        # prefixes, reports and the pages of Django's debug mode are django-csp's business
        self.plain = not (own.get("EXCLUDE_URL_PREFIXES") or reports or settings.DEBUG)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        asks = "_csp_nonce" in request.__dict__ or any(name.startswith("_csp_") for name in response.__dict__)
        if asks or not self.plain:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.policy)
        # a nonce asked for from now on would stand in no header: as with django-csp, asking is an error
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)
        return response
