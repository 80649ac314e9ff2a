"""The demo's questionnaires: the network's for clients and for staff, and one office's pulse."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.utils import timezone

from okienko.engines.questionnaire import from_json, to_builtins, to_json
from okienko.foundation.offices.models import Network
from okienko.modules.questionnaires import library
from okienko.modules.questionnaires.models import Questionnaire, QuestionnaireVersion


def load(*, size: str) -> None:
    """Copies of the ready questionnaires, published a while ago."""
    network = Network.objects.get(is_demo=True)
    first = network.offices.order_by("pk").first()
    for code, office in (("klienci", None), ("pracownicy", None), ("puls", first)):
        _publish(network, office, code)


def _publish(network: Network, office, code: str) -> None:
    definition = from_json(library.read(code))
    content = to_builtins(definition)
    made = timezone.now() - timedelta(days=500)
    row = Questionnaire.objects.create(
        network=network,
        office=office,
        name=definition.title["pl"],
        audience=definition.audience,
        library_code=code,
        draft=content,
        created_at=made,
    )
    QuestionnaireVersion.objects.create(
        network=network,
        office=office,
        questionnaire=row,
        number=1,
        definition=content,
        sha256=hashlib.sha256(to_json(definition)).hexdigest(),
        published_at=made,
    )
