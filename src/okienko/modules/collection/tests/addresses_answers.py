"""The rows that the addresses of answers and remarks name."""

from __future__ import annotations

from okienko.modules.collection.models import Remark
from okienko.modules.surveys.tests.factories import make_office_wave


def rows(office) -> dict[str, dict]:
    part = make_office_wave(office, state="closed")
    remark = Remark.objects.create(office=office, office_wave=part, item="uwagi", text="x", masked="x")
    wave = {"pk": part.pk}
    found = {
        "quality": wave,
        "exclude": wave | {"flag": "burst"},
        "include": wave | {"flag": "burst"},
        "remarks": wave,
        "decide_remarks": wave,
        "mask_remark": wave | {"remark": remark.pk},
    }
    return {f"collection:{name}": values for name, values in found.items()}
