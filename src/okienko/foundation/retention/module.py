from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import ModuleManifest, NavItem, Permission, Phase, Schedule
from okienko.foundation.registry.manifest import NETWORK, STAFF

manifest = ModuleManifest(
    label="retention",
    name=_("Personal data"),
    order=8,
    urls="okienko.foundation.retention.urls",
    permissions=(
        Permission("retention.register", _("Read the register of personal data"), STAFF),
        Permission("retention.network_register", _("Read the network's register of personal data"), NETWORK),
        # No role: only the schedule deletes.
        Permission("retention.purge", _("Delete personal data whose term has passed"), frozenset()),
        Permission("retention.record_failure", _("Record that data could not be deleted"), frozenset()),
        Permission("retention.forget_old_runs", _("Delete old records of deletions"), frozenset()),
    ),
    navigation=(
        NavItem(Phase.SETTINGS, _("Personal data"), "retention:office_register", "retention.register", 60),
        NavItem(
            Phase.SETTINGS,
            _("Personal data"),
            "retention:network_register",
            "retention.network_register",
            60,
            "network",
        ),
    ),
    schedules=(
        Schedule(
            name="retention.purge",
            cron="20 3 * * *",
            job="okienko.foundation.retention.jobs.purge",
            label=_("Delete personal data whose term has passed"),
        ),
    ),
)
