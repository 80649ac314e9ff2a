"""What the module declares to Okienko."""

from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import ModuleManifest, NavItem, Permission, Phase, Schedule, Slot
from okienko.foundation.registry.manifest import LEADS, NETWORK, STAFF, Role
from okienko.modules.surveys import history
from okienko.modules.surveys.home import network_loop, network_tasks, office_loop, office_tasks

manifest = ModuleManifest(
    label="surveys",
    name=_("Surveys"),
    order=120,
    urls="okienko.modules.surveys.urls",
    navigation=(
        NavItem(Phase.LISTEN, _("Surveys"), "surveys:surveys", "surveys.view", 20),
        NavItem(Phase.LISTEN, _("Surveys"), "surveys:network_surveys", "surveys.view_network", 20, "network"),
    ),
    slots=(
        Slot("office.home.tasks", office_tasks, 20),
        Slot("office.home.loop", office_loop, 10),
        Slot("network.home.tasks", network_tasks, 20),
        Slot("network.home.loop", network_loop, 10),
    ),
    noted=history.NOTED,
    schedules=(
        Schedule(
            "surveys.close_waves",
            "20 0 * * *",
            "okienko.modules.surveys.jobs.close_waves",
            _("Closing of waves on their last day"),
        ),
    ),
    demo="okienko.modules.surveys.demo.load",
    permissions=(
        Permission("surveys.view", _("See surveys and how the collecting goes"), STAFF),
        Permission("surveys.plan", _("Preparation of surveys and waves"), LEADS),
        Permission("surveys.links", _("Change of links"), LEADS),
        Permission("surveys.open", _("Opening of a wave"), LEADS),
        Permission("surveys.extend", _("Extension of a wave"), LEADS),
        Permission("surveys.close", _("Closing of a wave"), LEADS),
        Permission("surveys.archive", _("Archiving of a survey"), LEADS),
        Permission("surveys.record_forms", _("Counting of paper forms"), LEADS | {Role.CLERK}),
        Permission(
            "surveys.view_network", _("See the network's surveys and every office's progress"), NETWORK
        ),
        Permission("surveys.plan_network", _("Preparation of the network's surveys and waves"), NETWORK),
        Permission("surveys.open_network", _("Opening of a wave of the network"), NETWORK),
        Permission("surveys.extend_network", _("Extension of a wave of the network"), NETWORK),
        Permission("surveys.close_network", _("Closing of a wave of the network"), NETWORK),
        Permission("surveys.archive_network", _("Archiving of a survey of the network"), NETWORK),
        # nobody's by hand: the schedule closes waves on their last day
        Permission("surveys.close_at_end", _("Closing of a wave on its last day"), frozenset()),
    ),
)
