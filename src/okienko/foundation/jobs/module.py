from django.utils.translation import gettext_lazy as _

from okienko.foundation.jobs.models import State
from okienko.foundation.registry import ModuleManifest, Noted, Permission, PersonalData
from okienko.foundation.registry.manifest import LEADS, NETWORK, Role

WORKERS = LEADS | NETWORK | {Role.HEAD, Role.ANALYST, Role.CLERK}

manifest = ModuleManifest(
    label="jobs",
    name=_("Jobs"),
    order=10,
    permissions=(
        Permission("jobs.view", _("See the progress and results of own jobs"), WORKERS),
        Permission("jobs.manage", _("See, stop and repeat the jobs of all colleagues"), LEADS | NETWORK),
        Permission("jobs.cancel", _("Stop a job"), WORKERS),
        Permission("jobs.retry", _("Repeat a failed job"), WORKERS),
    ),
    noted={
        "state": Noted(_("state"), dict(State.choices)),
        "cancel_requested": Noted(_("asked to stop")),
    },
    personal_data=(
        PersonalData(
            code="jobs.requests",
            label=_("Who ordered which job"),
            purpose=_("to show people the results of what they ordered and to find the causes of faults"),
            basis=_("performance of a task carried out in the public interest (GDPR art. 6(1)(e))"),
            retention_days=90,
            retention=_("90 days after the job has ended"),
            purge="okienko.foundation.jobs.retention.purge",
        ),
    ),
)
