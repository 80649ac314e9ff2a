"""What the module declares to Okienko."""

from django.utils.translation import gettext_lazy as _

from okienko.foundation.files.purposes import Purpose
from okienko.foundation.registry import ModuleManifest, NavItem, Noted, Permission, Phase, Slot
from okienko.foundation.registry.manifest import LEADS, NETWORK, Role
from okienko.modules.results import home, hooks
from okienko.modules.results.weighting import home as weights

READERS = LEADS | {Role.HEAD, Role.ANALYST}
HEAD = frozenset({Role.HEAD})


def purposes() -> tuple[Purpose, ...]:
    """Reports are kept until somebody deletes them: they are records of the office."""
    return (Purpose("results.report", _("Report on a wave"), "results.view", ("pdf",)),)


manifest = ModuleManifest(
    label="results",
    name=_("Results"),
    order=140,
    urls="okienko.modules.results.urls",
    navigation=(
        NavItem(Phase.UNDERSTAND, _("Results"), "results:results", "results.view", 10),
        NavItem(Phase.UNDERSTAND, _("Comparisons"), "results:network", "results.view_network", 10, "network"),
    ),
    noted={
        "inference": Noted(
            _("kind of inference"),
            {
                "design": _("probability sample"),
                "census": _("everybody was asked"),
                "none": _("not a probability sample"),
            },
        ),
        "version": Noted(_("version")),
    },
    slots=(
        Slot("files.purpose", purposes),
        Slot("surveys.wave.closed", hooks.wave_closed),
        Slot("collection.is_frozen", hooks.is_frozen),
        Slot("surveys.wave.actions", hooks.wave_actions, 40),
        Slot("surveys.wave.actions", weights.wave_actions, 45),
        Slot("surveys.network_wave.actions", hooks.network_wave_actions, 40),
        Slot("office.home.tasks", weights.office_tasks, 39),
        Slot("office.home.tasks", home.office_tasks, 40),
        Slot("office.home.standing", home.office_standing, 10),
        Slot("office.home.loop", home.office_loop, 20),
        Slot("network.home.standing", home.network_standing, 10),
        Slot("network.home.loop", home.network_loop, 20),
    ),
    demo="okienko.modules.results.demo.load",
    permissions=(
        Permission("results.view", _("See the results of closed waves"), READERS),
        Permission("results.view_network", _("See and compare the results of all offices"), NETWORK),
        Permission("results.release", _("Compute the results of a closed wave"), LEADS),
        Permission("results.weight", _("Weight the answers of a wave to known proportions"), LEADS),
        Permission("results.write_report", _("Write the report on a wave"), LEADS),
        Permission("results.hand_over", _("Hand the report over to the head of the office"), LEADS),
        Permission("results.decide", _("Decide on a report"), HEAD),
        Permission("results.keep_report", _("Make the PDF of a report"), READERS),
    ),
)
