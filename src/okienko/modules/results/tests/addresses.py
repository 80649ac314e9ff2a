"""The rows that the addresses of results name, for the tests of who may come in."""

from __future__ import annotations

from django.utils import timezone

from okienko.foundation.offices.actor import system_actor
from okienko.modules.results import services
from okienko.modules.results.tests.conftest import close_wave, drawn, release

_PLAIN = (
    "result",
    "questions",
    "remarks",
    "xlsx",
    "csv",
    "report",
    "write",
    "make_pdf",
    "hand_over",
    "decide",
)


def rows(office) -> dict[str, dict]:
    """Parameters by route name."""
    part = close_wave(office, drawn(40))
    made = release(part)
    _written(made)
    found = {f"results:{name}": {"pk": made.pk} for name in _PLAIN}
    found["results:question"] = {"pk": made.pk, "code": "zadowolenie"}
    found["results:group"] = {"pk": made.pk, "code": "service_point"}
    found["results:chart"] = {"pk": made.pk, "name": "areas"}
    found["results:release"] = {"part": part.pk}
    found |= _of_weights(office)
    return found | _of_network(office)


def _of_weights(office) -> dict[str, dict]:
    part = close_wave(office, drawn(40))
    named = {f"results:{name}": {"part": part.pk} for name in ("weights", "weights_use", "weights_refuse")}
    division = {"part": part.pk, "division": "sprawa"}
    return named | {"results:weights_margin": division, "results:weights_remove": division}


def _written(made) -> None:
    by = system_actor("test", office_id=made.office_id, network_id=made.wave.network_id)
    text = services.ReportText("Wnioski.", "Propozycja.")
    services.write_report(results=made, text=text, by=by, at=timezone.now())


def _of_network(office) -> dict[str, dict]:
    part = close_wave(office, drawn(40))
    part.wave.office = None
    part.wave.save()
    made = release(part)
    named = ("comparison", "places", "network_xlsx", "network_csv")
    found = {f"results:{name}": {"wave": part.wave_id} for name in named}
    return found | {"results:network_result": {"pk": made.pk}}
