"""A process for the faults of answers: `python -m tests.faults.answer_process prepare|careless PORT`."""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django


def prepare() -> None:
    """Tables, and an open wave of the pulse questionnaire; prints the token of its link."""
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from okienko.foundation.offices.scope import all_offices
    from okienko.foundation.testing.factories import make_network, make_office
    from okienko.modules.surveys.tests import factories

    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    with all_offices("test of faults"):
        office = make_office(make_network())
        survey = factories.make_survey(office)
        wave = factories.make_wave(survey, state="open", opens_on=today, closes_on=today + timedelta(days=9))
        link = factories.make_link(factories.make_office_wave(office, wave=wave, state="open"))
    print(json.dumps(link.token))


def careless(port: str) -> None:
    """The server of the control: it thanks people before their answers are on the disk."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "tests.faults.answer_careless:application",
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        blocking_threads=4,
        websockets=False,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    {"prepare": prepare, "careless": careless}[sys.argv[1]](*sys.argv[2:])
