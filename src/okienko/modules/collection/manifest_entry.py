"""Keyed entry and imports in the module's manifest."""

from django.utils.translation import gettext_lazy as _

from okienko.foundation.files.purposes import Purpose
from okienko.foundation.registry import NavItem, Permission, Phase, Slot
from okienko.foundation.registry.manifest import LEADS, NETWORK, Role
from okienko.modules.collection import home_entry, selectors_entry

TYPISTS = LEADS | {Role.CLERK}
ANALYSTS = NETWORK | {Role.ANALYST}

PERMISSIONS = (
    Permission("collection.view_batches", _("See batches of paper forms"), TYPISTS),
    Permission("collection.prepare_batch", _("Preparation of a batch of paper forms"), TYPISTS),
    Permission("collection.type_form", _("Typing in of paper forms"), TYPISTS),
    Permission("collection.settle_form", _("Settling of differences between two typings"), TYPISTS),
    Permission("collection.close_batch", _("Closing of a batch of paper forms"), TYPISTS),
    Permission("collection.import", _("Import of answers from a file"), LEADS),
    Permission("collection.undo_import", _("Undoing of an import of answers"), LEADS),
    Permission("collection.export_microdata", _("Export of single answers (microdata)"), ANALYSTS),
)
NAVIGATION = (NavItem(Phase.LISTEN, _("Paper forms"), "collection:batches", "collection.view_batches", 30),)


def purposes() -> tuple[Purpose, ...]:
    return (
        Purpose(
            code="collection.import",
            label=_("Answers to import"),
            permission="collection.import",
            kinds=("csv", "xlsx"),
            max_bytes=20_000_000,
            keep_days=30,
        ),
    )


SLOTS = (
    Slot("files.purpose", purposes),
    Slot("surveys.points.typed", selectors_entry.typed_at_points),
    Slot("surveys.wave.actions", selectors_entry.wave_actions, 20),
    Slot("surveys.wave.before_close", selectors_entry.before_close),
    Slot("office.home.tasks", home_entry.home_tasks, 25),
)
