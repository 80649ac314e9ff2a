"""Whatever the commands of results note, the history says in words."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from okienko.foundation.administration import history
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.testing.history import codes_in
from okienko.modules.results import services
from okienko.modules.results.tests.conftest import drawn, release


@pytest.mark.parametrize("kind", ["systematic", "census", "open"])
def test_no_command_of_results_leaves_a_code_in_the_history(in_office, make_closed, kind):
    made = release(make_closed(in_office, drawn(40), kind=kind))
    by = system_actor("test", office_id=made.office_id, network_id=made.office.network_id)
    who = {"by": by, "at": timezone.now()}
    text = services.ReportText("Wnioski.", "Propozycja.", "Sekretariat", date(2027, 3, 31))
    report = services.write_report(results=made, text=text, **who)
    report = services.hand_over(report=report, **who)
    report = services.decide(report=report, made=services.HeadDecision("accepted"), **who)
    services.keep_report(
        report=report, revision=report.revision, content=b"%PDF-", name="Raport 1.pdf", **who
    )
    written = list(AuditEntry.objects.filter(code__startswith="results."))
    assert [said for entry in written for said in codes_in(entry)] == []
    details = "\n".join(history.details(entry) for entry in written)
    assert {"systematic": "próba losowa", "census": "zapytano wszystkich", "open": "próba nielosowa"}[
        kind
    ] in details
