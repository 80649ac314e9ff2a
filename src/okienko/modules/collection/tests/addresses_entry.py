"""Rows that the addresses of paper forms and imports name."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from okienko.modules.collection.models import EntryBatch, EntryForm, ImportRun
from okienko.modules.surveys.tests.factories import make_office_wave

OF_WAVE = ("wave_batches", "create_batch", "imports")
OF_BATCH = ("batch", "change_batch", "delete_batch", "close_batch", "type_form")
OF_FORM = ("correct_form", "retype_form", "settle_form", "delete_form")
OF_IMPORT = (
    "import",
    "import_progress",
    "import_columns",
    "check_import",
    "carry_out_import",
    "undo_import",
    "import_problems",
)


def rows(office) -> dict[str, dict]:
    """Parameters by route name."""
    part = make_office_wave(office, state="open")
    batch = EntryBatch.objects.create(
        office=office, office_wave=part, number=1, expected=3, created_at=timezone.now(),
        day=timezone.localdate() - timedelta(1),
    )  # fmt: skip
    form = EntryForm.objects.create(office=office, batch=batch, number=1, answers={"zadowolenie": 4})
    run = ImportRun.objects.create(
        office=office,
        office_wave=part,
        file_name="odpowiedzi.csv",
        created_at=timezone.now(),
        state="checked",
    )
    found = {name: {"pk": part.pk} for name in OF_WAVE}
    found |= {name: {"pk": batch.pk} for name in OF_BATCH}
    found |= {name: {"pk": batch.pk, "number": form.number} for name in OF_FORM}
    found |= {name: {"pk": run.pk} for name in OF_IMPORT}
    return {f"collection:{name}": values for name, values in found.items()}
