from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import ModuleManifest, Permission, PersonalData, Schedule
from okienko.foundation.registry.manifest import NETWORK, STAFF

manifest = ModuleManifest(
    label="files",
    name=_("Files"),
    order=11,
    permissions=(
        # Only the door: each file asks for the permission of its purpose besides.
        Permission("files.download", _("Download files that one's role may see"), STAFF | NETWORK),
    ),
    schedules=(
        Schedule(
            name="files.delete_expired",
            cron="20 3 * * *",
            job="okienko.foundation.files.jobs.delete_expired",
            label=_("Delete files whose time has come"),
        ),
    ),
    personal_data=(
        PersonalData(
            code="files.content",
            label=_("Files sent to Okienko and made by it"),
            purpose=_("to import data that an office has, and to hand over reports and exports"),
            basis=_("performance of a task carried out in the public interest (GDPR art. 6(1)(e))"),
            retention_days=None,
            retention=_("as long as the purpose of the file says; deleted at night by a scheduled job"),
        ),
    ),
)
