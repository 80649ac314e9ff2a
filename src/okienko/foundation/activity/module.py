from django.utils.translation import gettext_lazy as _

from okienko.foundation.activity.home import failed_jobs
from okienko.foundation.registry import ModuleManifest, NavItem, Phase, Slot

manifest = ModuleManifest(
    label="activity",
    name=_("Jobs in progress"),
    order=12,
    urls="okienko.foundation.activity.urls",
    navigation=(
        NavItem(Phase.SETTINGS, _("Jobs in progress"), "activity:jobs", "jobs.view", 80),
        NavItem(
            Phase.SETTINGS, _("Jobs in progress"), "activity:network_jobs", "jobs.view", 80, level="network"
        ),
    ),
    slots=(Slot("office.home.tasks", failed_jobs, 10), Slot("network.home.tasks", failed_jobs, 10)),
)
